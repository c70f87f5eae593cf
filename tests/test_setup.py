"""The set-up: what is pinned, and that no file of the project names where packages come from."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
NAMES = ("serve", "test", "tools", "node")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def pins(name: str) -> dict[str, set[str]]:
    """Package to pinned versions (a version may depend on the Python)."""
    found: dict[str, set[str]] = {}
    for package, version in PIN.findall((REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")):
        found.setdefault(package, set()).add(version)
    return found


def wanted(name: str) -> list[str]:
    """The lines that ask for a package."""
    lines = (REQUIREMENTS / f"{name}.in").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


class TestRequirements:
    @pytest.mark.parametrize("name", NAMES)
    def test_have_a_lower_bound_each(self, name):
        assert wanted(name) and [line for line in wanted(name) if ">=" not in line] == []

    @pytest.mark.parametrize("name", NAMES)
    def test_are_pinned_with_hashes(self, name):
        text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
        blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
        assert [block for block in blocks if "==" in block and "--hash=sha256:" not in block] == []

    @pytest.mark.parametrize("name", NAMES)
    def test_pin_everything_that_is_wanted(self, name):
        assert {re.split(r"[\[>]", line)[0] for line in wanted(name)} <= set(pins(name))

    def test_serve_what_was_tested(self):
        tested = pins("test")
        assert {name: versions for name, versions in pins("serve").items() if tested.get(name) != versions} == {}


class TestAddresses:
    @pytest.mark.parametrize("name", NAMES)
    def test_of_package_registries_stand_in_no_requirements(self, name):
        text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
        assert re.findall(r"https?://\S+|^-.*", text, re.MULTILINE) == []

    def test_of_package_registries_stand_in_no_lock(self):
        packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        assert [name for name, entry in packages.items() if "resolved" in entry] == []
        assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


class TestScripts:
    @pytest.mark.parametrize(
        "name", ["serve", "test", "flask", "pin", "environment.sh", "packages.sh", "postgres.sh"]
    )
    def test_are_plain_shell(self, name):
        checked = subprocess.run(["sh", "-n", ROOT / "bin" / name], capture_output=True, text=True)  # noqa: S603, S607
        assert (checked.returncode, checked.stderr) == (0, "")

    @pytest.mark.parametrize("name", ["serve", "test", "flask", "pin"])
    def test_can_be_run(self, name):
        assert (ROOT / "bin" / name).stat().st_mode & 0o111
