"""The rules of the house, checked: direction, commands, duties, doors, homes of certain words, sizes."""

import ast
import inspect
import re
import statistics
import textwrap
from pathlib import Path

import pytest

from kernel.command import COMMANDS
from kernel.duty import DUTIES
from kernel.permissions import VISIBLE
from kernel.routes.json_door import SERVED
from tests.generated_docs import ROOT, class_of_command, class_of_rule
from wsgi import PACKAGES

pytestmark = pytest.mark.sqlite

CODE = [*PACKAGES, "kernel", "jurisdictions"]
FILES = sorted(path for package in CODE for path in (ROOT / package).rglob("*.py"))
PARTS = {
    "views", "api", "cli", "feeds", "reactions", "commands", "queries", "schemas", "rules", "states", "deadlines",
    "permissions", "models", "gateway", "vocabulary", "__init__",
}  # fmt: skip
# Pages that anybody may open without an account. A new one is a decision.
OPEN_PAGES = {
    "accounts.demo", "accounts.register", "accounts.sign_in", "api-docs.openapi_json", "billing.caps",
    "contracts.clause_templates", "contracts.condition_library", "contracts.selections",
    "marketplace.open_data", "marketplace.price_history", "marketplace.prices", "marketplace.products",
    "registry.announcements", "registry.catalogue", "registry.debarred_operators", "registry.operators",
    "registry.registrars", "registry.registrations", "registry.resources", "registry.schema", "registry.standard",
    "supervision.accessibility", "supervision.api_docs", "supervision.calendar", "supervision.check",
    "supervision.favicon", "supervision.healthz", "supervision.help_", "supervision.home", "supervision.log",
    "supervision.log_key", "supervision.operating_mandates", "supervision.privacy",
    "supervision.robots", "supervision.rules", "supervision.search", "supervision.sitemap",
    "supervision.suggest", "supervision.synonyms",
}  # fmt: skip
# Takes a file, compares it and forgets it: nothing is written, so there is no command behind it.
POSTS_WITHOUT_COMMAND = {"supervision.check", "supervision.checked"}
FORBIDDEN_NAMES = re.compile(r"(^|_)(manager|managers|helper|helpers|util|utils|handler|handlers)(_|$)")


def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def calls(path: Path):
    for node in ast.walk(ast.parse(source(path))):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def without_definitions(path: Path) -> str:
    """The code of a module without its strings and comments and without the names it defines."""
    tree = ast.parse(source(path))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.name = "_"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.unparse(tree)


def own_commands():
    return [command for name, command in sorted(COMMANDS.items()) if name.split(".")[0] in PACKAGES]


@pytest.mark.usefixtures("site")
class TestCommands:
    def test_have_permission_docstring_transition_and_name(self):
        for command in own_commands():
            assert command.may and command.handler.__doc__, command.name
            assert command.verb in command.states.transitions, command.name
            assert re.fullmatch(r"[a-z]+\.[a-z_]+\.[a-z_]+", command.name), command.name

    def test_have_a_test_class(self):
        missing = [command.name for command in own_commands() if not class_of_command(command.name)]
        assert not missing, f"no class Test<Verb> for {missing}"

    def test_every_subject_says_who_may_see_it_and_has_a_heading(self):
        for command in own_commands():
            assert command.subject in VISIBLE, command.subject
            assert hasattr(command.subject, "heading"), command.subject

    def test_every_subject_has_a_json_door(self):
        served = {row.model for row in SERVED}
        missing = {command.subject.__name__ for command in own_commands()} - {
            model.__name__ for model in served
        }
        assert not missing

    def test_every_state_of_a_table_can_be_reached(self):
        for command in own_commands():
            targets = {t for _, to in command.states.transitions.values() for t in to}
            named = {s for froms, _ in command.states.transitions.values() for s in froms if s}
            assert named <= targets | {"running", "waiting"}, (command.name, named - targets)


@pytest.mark.usefixtures("site")
class TestDuties:
    def test_have_source_sentence_and_test(self):
        for name, duty in DUTIES.items():
            if name.split(".")[0] in PACKAGES:
                assert duty.basis and duty.text and duty.ids, name
                assert class_of_rule(name), f"no class Test… for the duty {name}"

    def test_take_plain_values_and_live_in_rules(self):
        for name, duty in DUTIES.items():
            if name.split(".")[0] in PACKAGES:
                assert ".rules" in duty.function.__module__, name

    def test_are_asked_by_the_work_itself(self):
        """A rule that only its test calls protects nobody."""
        files = [path for path in FILES if path.relative_to(ROOT).parts[0] in PACKAGES]
        asked = {part for path in files for part in re.findall(r"\b(\w+)\b", without_definitions(path))}
        unasked = [name for name in DUTIES if name.split(".")[0] in PACKAGES and name.split(".")[1] not in asked]
        assert not unasked


class TestRoutes:
    """Every route is a command's door or on the short list of open pages."""

    def test_that_change_something_run_a_command(self, site):
        posts = [rule.endpoint for rule in site.url_map.iter_rules() if "POST" in (rule.methods or ())]
        without = {name for name in posts if not runs_a_command(site.view_functions[name]) and own(name)}
        assert without == POSTS_WITHOUT_COMMAND

    def test_change_nothing_when_they_only_read(self, site):
        for rule in site.url_map.iter_rules():
            assert not rule.methods & {"PUT", "PATCH", "DELETE"}, rule

    def test_are_open_without_an_account_only_where_the_list_says_so(self, client):
        opened = set()
        for rule in client.application.url_map.iter_rules():
            if "GET" in rule.methods and not rule.arguments and own(rule.endpoint):
                with client.get(str(rule)) as answer:
                    assert answer.status_code in (200, 302, 403, 404), (rule, answer.status_code)
                    if not answer.headers.get("Location", "").startswith("/sign-in") and answer.status_code < 400:
                        opened.add(rule.endpoint)
        assert opened == OPEN_PAGES


def own(endpoint: str) -> bool:
    """Whether a route is a page of ours: the JSON door is made from the commands themselves."""
    return not endpoint.startswith(("api_", "static"))


def runs_a_command(view, seen=None) -> bool:
    """Whether a view, or a function of ours that it calls, executes a command or draws its form."""
    seen = seen if seen is not None else set()
    if view in seen:
        return False
    seen.add(view)
    text = textwrap.dedent(inspect.getsource(view))
    if "execute(" in text or "form_page(" in text:
        return True
    names = [node.func.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]  # fmt: skip
    called = [inspect.unwrap(view).__globals__.get(name) for name in names]
    return any(runs_a_command(one, seen) for one in called if inspect.isfunction(one))


class TestHomes:
    @pytest.mark.parametrize(
        "word, homes",
        [
            (
                r"session\.commit\(",
                ("kernel/command.py", "kernel/outbox.py", "kernel/audit/", "kernel/documents/", "kernel/search/"),
            ),
            (r"session\.flush\(", ("kernel/",)),
            (r"datetime\.now\(|date\.today\(|time\.time\(", ("kernel/clock.py",)),
            (r"\bfloat\(", ("kernel/pdf", "kernel/long_tables.py")),
            (r"profile\.code ==|jurisdiction == [\"']", ()),
            (r"import stripe|from stripe", ("billing/gateway",)),
            (r"import weasyprint|from weasyprint", ("kernel/pdf",)),
        ],
    )
    def test_certain_words_stand_only_at_home(self, word, homes):
        strays = [
            path.relative_to(ROOT).as_posix()
            for path in FILES
            if re.search(word, source(path))
            and not path.relative_to(ROOT).as_posix().startswith(homes or ("-",))
        ]
        assert not strays, (word, strays)

    def test_handlers_read_no_request_and_check_no_role(self):
        for path in FILES:
            place = path.relative_to(ROOT).as_posix()
            if "/commands" in place:
                text = source(path)
                assert not re.search(r"\brequest\.\w+[\[(.]|actor\.roles|actor\.mandates", text), place


class TestFiles:
    def test_have_a_docstring(self):
        assert not [path for path in FILES if not ast.get_docstring(ast.parse(source(path)))]

    def test_carry_only_the_names_of_the_house(self):
        for package in PACKAGES:
            for path in (ROOT / package).iterdir():
                if path.suffix == ".py" or (path.is_dir() and path.name != "__pycache__"):
                    assert path.stem in PARTS, path
        assert not [path for path in FILES if FORBIDDEN_NAMES.search(path.stem)]

    def test_stay_within_their_sizes(self):
        sizes = sorted(len(source(path).splitlines()) for path in FILES)
        assert sizes[-1] <= 300, [p.name for p in FILES if len(source(p).splitlines()) > 300]
        assert sizes[int(len(sizes) * 0.9)] <= 200
        assert statistics.median(sizes) <= 110

    def test_public_functions_of_the_work_and_the_law_say_what_they_are(self):
        bare = []
        for path in FILES:
            if re.search(r"/(commands|queries|rules)(/|\.py)", path.as_posix()):
                for node in ast.parse(source(path)).body:
                    if (
                        isinstance(node, ast.FunctionDef)
                        and not node.name.startswith("_")
                        and not ast.get_docstring(node)
                    ):
                        bare.append(f"{path.relative_to(ROOT)}:{node.name}")
        assert not bare

    def test_templates_are_short(self):
        long = [p.name for p in (ROOT / "templates").rglob("*.html") if len(source(p).splitlines()) > 110]
        assert not long

    def test_speak_of_the_project_alone(self):
        words = re.compile(r"/wor[k]/|/far[m]/|pyp[i]\.org|registry\.npm[j]s|deb\.debia[n]|\bTOD[O]\b|FIXM[E]|raise NotImplemente[d]Error")
        assert not [path.relative_to(ROOT).as_posix() for path in FILES if words.search(source(path))]
