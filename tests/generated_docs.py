"""The parts of docs/ that are written from what runs: duties, states, permissions.

`tests/test_docs.py` compares them with the files and writes them anew when they are stale (and fails, so that the new
text is read and committed).
"""

import ast
import csv
import io
import re
from functools import cache
from pathlib import Path

from contracts import states
from contracts.rules import cells
from kernel.command import COMMANDS
from kernel.deadlines import TABLE
from kernel.duty import DUTIES
from wsgi import PACKAGES

ROOT = Path(__file__).resolve().parent.parent
IDS = ROOT / "docs" / "duties.csv"


def camel(name: str) -> str:
    """'term_is_lawful' as 'TermIsLawful', 'return_' as 'Return'."""
    return "".join(part.capitalize() for part in name.strip("_").split("_"))


@cache
def classes_of_tests() -> dict[tuple[str, str], str]:
    """(package, class name) to the place of the test class."""
    found = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        package = path.relative_to(ROOT / "tests").parts[0]
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found.setdefault((package, node.name), f"{path.relative_to(ROOT).as_posix()}::{node.name}")
    return found


def class_of_rule(name: str) -> str:
    """The test class of a duty, or ''."""
    package, function = name.split(".", 1)
    return classes_of_tests().get((package, f"Test{camel(function)}"), "")


def class_of_command(name: str) -> str:
    """The test class of a command, or '': `Test<Verb>` or `Test<Subject><Verb>` in the tests of its package."""
    package, subject, verb = name.split(".")
    classes = classes_of_tests()
    both = classes.get((package, f"Test{camel(subject)}{camel(verb)}"))
    return both or classes.get((package, f"Test{camel(verb)}"), "")


def ours(name: str) -> bool:
    """Whether a rule, clock or command is the product's, not one of the toys that tests of the kernel declare."""
    return name.split(".")[0] in (*PACKAGES, "kernel")


def built() -> dict[str, list[tuple[str, str]]]:
    """Duty id to (where, test)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, duty in sorted(DUTIES.items()):
        for duty_id in duty.ids if ours(name) else ():
            found.setdefault(duty_id, []).append((name, class_of_rule(name)))
    for name, command in sorted(COMMANDS.items()):
        for duty_id in command.duties if ours(name) else ():
            found.setdefault(duty_id, []).append((name, class_of_command(name)))
    for row in TABLE:
        command = sorted(row.starts)[0]
        for duty_id in row.duties if ours(command) else ():
            found.setdefault(duty_id, []).append((f"clock {row.name} ({command})", class_of_command(command)))
    return found


@cache
def known_ids() -> tuple[str, ...]:
    """All ids, in order, from the list that stands in docs/duties.csv."""
    with IDS.open(encoding="utf-8", newline="") as source:
        return tuple(row["id"] for row in csv.DictReader(source))


def duties_csv() -> str:
    """id, status, function, test: one line a duty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "status", "function", "test"])
    done = built()
    for duty_id in known_ids():
        rows = [row for row in done.get(duty_id, []) if row[1]]
        functions = "; ".join(dict.fromkeys(where for where, _ in rows))
        tests = "; ".join(dict.fromkeys(test for _, test in rows))
        writer.writerow([duty_id, "built" if rows else "not yet", functions, tests])
    return out.getvalue()


def duties_md() -> str:
    """The readable form: what the law asks, where it is checked, which test shows it."""
    rows = list(csv.DictReader(io.StringIO(duties_csv())))
    count = sum(row["status"] == "built" for row in rows)
    lines = [
        "# Duties",
        "",
        "Written by the test run from the rules, clocks and commands; do not edit.",
        f"{count} of {len(rows)} duties are built. A duty counts as built when code carries it out and a test shows it.",
        "",
        "| id | status | where | test |",
        "|---|---|---|---|",
    ]
    lines += [f"| {row['id']} | {row['status']} | {row['function']} | {row['test']} |" for row in rows]
    lines += ["", "## Rules", "", "| rule | ids | basis | sentence |", "|---|---|---|---|"]
    for name, duty in sorted(DUTIES.items()):
        if ours(name):
            sentence = re.sub(r"\s+", " ", duty.text.split("\n\n")[0])
            lines.append(f"| `{name}` | {', '.join(duty.ids)} | {duty.basis} | {sentence} |")
    return "\n".join(lines) + "\n"


def _own_commands() -> list:
    return [command for name, command in sorted(COMMANDS.items()) if ours(name)]


def states_md() -> str:
    """Every subject with what can happen to it."""
    lines = ["# States", "", "Written by the test run from the state tables; do not edit.", ""]
    machines: dict[str, object] = {}
    for command in _own_commands():
        machines.setdefault(command.name.rsplit(".", 1)[0], command.states)
    for prefix, machine in machines.items():
        lines += [f"## {prefix}", "", "| step | from | to |", "|---|---|---|"]
        for verb, (sources, targets) in machine.transitions.items():
            froms = ", ".join(sorted(state or "–" for state in sources))
            lines.append(f"| {verb} | {froms} | {', '.join(sorted(targets)) or 'as it was'} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def permissions_md() -> str:
    """Every command with the predicates of which any one suffices, and the states it may start from."""
    lines = ["# Permissions", "", "Written by the test run from the permission tables; do not edit.", ""]
    lines += ["| command | who (any one suffices) | from the states |", "|---|---|---|"]
    for command in _own_commands():
        who = ", ".join(predicate.__name__ for predicate in command.may)
        froms = ", ".join(sorted(state or "–" for state in command.states.transitions[command.verb][0]))
        lines.append(f"| `{command.name}` | {who} | {froms} |")
    return "\n".join(lines) + "\n"


def lifecycle_md() -> str:
    """Every state × command cell of rights, agreements and changes, and the awkward cells of a right in force."""
    lines = ["# The life of rights and agreements", "", "Written by the test run from the tables; do not edit.", ""]
    for title, machine in (
        ("Rights", states.RIGHT), ("Agreements", states.AGREEMENT), ("Changes", states.CHANGE),
        ("Items to mend", states.RECTIFICATION), ("Exits", states.EXIT),
    ):  # fmt: skip
        lines += [f"## {title}", "", *_matrix(machine), ""]
    lines += [
        "## A right in force: step × situation", "",
        "A cell that says nothing leaves the step open. A number names the reason below.", "", *_cells(),
    ]  # fmt: skip
    return "\n".join(lines).rstrip() + "\n"


def _matrix(machine) -> list[str]:
    """Commands down, states across: where each leads, or a dash where it is refused."""
    columns = sorted(machine.states)
    rows = ["| step | (new) | " + " | ".join(columns) + " |", "|---" * (len(columns) + 2) + "|"]
    for verb, (sources, targets) in machine.transitions.items():
        to = ", ".join(sorted(targets)) or "stays"
        rows.append(f"| {verb} | " + " | ".join(to if one in sources else "–" for one in (None, *columns)) + " |")
    return rows


def _cells() -> list[str]:
    """The awkward cells, with their reasons numbered in the order they come."""
    reasons: list[str] = []
    rows = ["| step | " + " | ".join(cells.SITUATIONS) + " |", "|---" * (len(cells.SITUATIONS) + 1) + "|"]
    for step in cells.STEPS:
        row = []
        for situation in cells.SITUATIONS:
            reason = cells.cell(step, situation).reason
            reasons += [reason] if reason and reason not in reasons else []
            row.append(str(reasons.index(reason) + 1) if reason else "")
        rows.append(f"| {step} | " + " | ".join(row) + " |")
    return [*rows, "", *(f"{number}. {reason}" for number, reason in enumerate(reasons, 1))]


WRITTEN = {
    "lifecycle.md": lifecycle_md,
    "duties.csv": duties_csv,
    "duties.md": duties_md,
    "states.md": states_md,
    "permissions.md": permissions_md,
}
