"""Every page as every reader gets it: the demonstration city, walked through from link to link in both languages."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from accounts import queries as accounts
from accounts.vocabulary import PASSWORD_HASH
from kernel import clock, config
from kernel.actor import ANONYMOUS, Actor
from kernel.db import db
from kernel.pages.addresses import PAGES, address_of
from kernel.permissions import VISIBLE, visible_to
from supervision.cli.demonstration import people, run
from tests.conftest import a_quick_printer, empty
from tests.factories.accounts import PASSWORD, a_member, a_person, an_organisation
from tests.factories.unfinished import leave_unfinished
from tests.page_reader import Page, faults

PUBLIC = (
    "/", "/catalogue", "/resources", "/products", "/operators", "/prices", "/open-data", "/check", "/help", "/healthz",
    "/api/v1/openapi.json", "/api/v1/docs",
)  # fmt: skip
ROLES = (
    "nobody", "reviewer", "decider", "registrar", "auditor", "operator", "keeper", "developer", "developer_keeper",
    "buyer", "charity", "agency0_apply", "government", "expert", "newcomer",
)  # fmt: skip
# In English these follow every link; the others see every plain page (the links are the same in both languages).
LINKS_IN_ENGLISH = {"nobody", "decider", "operator", "buyer"}
HOSTILE = (
    "page=-1", "page=99999999999999999999", "page=x&size=0", "size=100000", "q=%00", "q=" + "%E9%95%BF" * 3000,
    "q=%25_%5C'%22%3B--", "q=<script>alert(1)</script>", "lang=xx&text=zzz&unknown=1", "format=exe", "sort=-%00",
    "state=%00&level=x&theme=<script>alert(1)</script>&kind[]=1", "from=x&until=9999-99-99&since=0000-00-00&on=x",
)  # fmt: skip


@pytest.fixture(scope="module")
def city(site: Flask) -> Iterator[dict[str, str]]:
    """Addresses of the people of the demonstration city, loaded once."""
    patch = pytest.MonkeyPatch()
    patch.setitem(PASSWORD_HASH, "method", "scrypt:1024:8:1")
    with site.app_context(), a_quick_printer():
        with pytest.MonkeyPatch.context() as default:  # as `demo load` runs: long documents wait, and no runner prints
            shorter = replace(config.settings(), print_at_once=config.Settings.print_at_once)
            default.setitem(config._loaded, "settings", shorter)
            made = run(clock.today(), lambda _: None)
        leave_unfinished(made)
        for role in ("government", "expert"):
            made.people[role] = a_member(an_organisation(role))
        made.people["newcomer"] = a_person()
        yield {key: person.email for key, person in made.people.items()}
        db.session.remove()
        empty()
    patch.undo()


def browser(site: Flask, city: dict[str, str], reader: str) -> FlaskClient:
    """A browser signed in through the page as that reader."""
    client = site.test_client()
    if reader != "nobody":
        word = PASSWORD if reader in ("government", "expert", "newcomer") else people.PASSWORD
        assert client.post("/sign-in", data={"email": city[reader], "password": word}).status_code == 302
    return client


def plain_routes(site: Flask) -> list[str]:
    """Every page address that needs no identity."""
    rules = [
        rule for rule in site.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments
    ]
    return sorted(str(rule) for rule in rules if not str(rule).startswith(("/api/v1/toy", "/static")))


class Walk:
    """A walk through the site from link to link: every plain page, and of each kind of page one of its kind."""

    def __init__(self, site: Flask, client: FlaskClient, reader: str, lang: str) -> None:
        self.site, self.client, self.reader, self.lang = site, client, reader, lang
        self.follows = lang == "zh" or reader in LINKS_IN_ENGLISH
        self.map = site.url_map.bind("localhost")
        self.seen: Counter[str] = Counter()
        self.visited: set[str] = set()
        self.wrong: list[str] = []
        self.shown: set[str] = set()
        self.queue = deque((address, "the list of routes", True) for address in plain_routes(site))
        client.set_cookie("lang", lang)

    def go(self) -> "Walk":
        """Visit everything; `wrong` lists the faults, `shown` the kinds of pages that were drawn."""
        while self.queue:
            self._visit(*self.queue.popleft())
        return self

    def _visit(self, address: str, source: str, typed: bool) -> None:
        path = urldefrag(address)[0]
        kind = self._kind(path)
        if path in self.visited or kind is None or not typed and self.seen[kind] >= 2:
            return
        self.visited.add(path)
        self.seen[kind] += 1
        with self.client.get(path) as response:
            if response.status_code >= 500 or response.status_code not in (200, 302, 303, 403, 404):
                self.wrong.append(f"{address} (from {source}): {response.status_code}")
            elif not typed and response.status_code >= 400:
                self.wrong.append(f"{source} leads to {address}: {response.status_code}")
            else:
                self.wrong += [
                    f"{address}: {fault}" for fault in faults(response, path, self.reader, self.lang)
                ]
            if response.status_code == 200:
                self.shown.add(kind)
                self._follow(path, response)

    def _follow(self, path: str, response: Any) -> None:
        if response.mimetype != "text/html":
            return
        page = Page(response.text)
        for link in page.links if self.follows else ():
            target = urljoin(f"http://localhost{path}", link)
            parts = urlsplit(target)
            if parts.netloc == "localhost" and "lang=" not in parts.query and "text=" not in parts.query:
                self.queue.append((parts._replace(scheme="", netloc="").geturl(), path, False))
        for method, action in page.actions:
            target = urlsplit(urljoin(f"http://localhost{path}", action or path)).path
            try:
                self.map.match(target, method=method.upper())
            except (HTTPException, MethodNotAllowed) as error:
                self.wrong.append(f"{path}: the form goes to {method} {target}: {error}")

    def _kind(self, path: str) -> str | None:
        """The route of an address, apart by its query's names: each list is also seen filtered once."""
        parts = urlsplit(path)
        try:
            endpoint, _ = self.map.match(unquote(parts.path), method="GET")
        except HTTPException as error:
            self.wrong.append(f"no such address: {path} ({error})")
            return None
        if endpoint == "static":
            return None
        names = sorted(re.findall(r"(?:^|&)(\w+)=", parts.query))
        return endpoint + (f"?{','.join(names)}" if names else "")


def readers(names: Iterable[str]) -> list[Any]:
    """Readers as parameters; between them a few ask the database everything."""
    return [
        name if name in ("nobody", "reviewer", "operator") else pytest.param(name, marks=pytest.mark.sqlite)
        for name in names
    ]


@pytest.mark.slow
class TestWalk:
    KINDS: set[str] = set()

    @pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=[pytest.mark.sqlite, pytest.mark.no_cover])])
    @pytest.mark.parametrize("reader", readers(ROLES))
    def test_finds_every_page_whole(self, site: Flask, city: dict[str, str], reader: str, lang: str) -> None:
        walk = Walk(site, browser(site, city, reader), reader, lang).go()
        self.KINDS.update(kind.partition("?")[0] for kind in walk.shown)
        assert not walk.wrong, f"{len(walk.wrong)} faults:\n  " + "\n  ".join(sorted(set(walk.wrong))[:80])


def one_of_each_state(actor: Actor) -> Iterator[str]:
    """The addresses of cases an actor may see: of every subject with a page, one in each state it is found in."""
    for model in PAGES:
        seen = set()
        table: Any = model
        query = select(table).where(visible_to(actor, table)).order_by(table.id.desc()).limit(200)
        for row in db.session.scalars(query) if model in VISIBLE else ():
            if (state := getattr(row, "state", None)) not in seen:
                seen.add(state)
                yield urlsplit(address_of(row)).path


@pytest.mark.slow
class TestCases:
    KINDS: set[str] = set()

    @pytest.mark.parametrize(
        "reader",
        readers(
            [
                "nobody",
                "decider",
                "reviewer",
                "registrar",
                "operator",
                "keeper",
                "developer",
                "buyer",
                "charity",
                "agency0_apply",
            ]
        ),
    )
    def test_are_whole_in_every_state_with_every_page_that_belongs_to_them(
        self, site: Flask, city: dict[str, str], reader: str
    ) -> None:
        client, wrong = browser(site, city, reader), []
        client.set_cookie("lang", "zh")
        with site.test_request_context():
            actor = ANONYMOUS if reader == "nobody" else accounts.actor_by_email(city[reader])
            cases = sorted(set(one_of_each_state(actor)))
        for rule in site.url_map.iter_rules():
            if (
                "GET" not in (rule.methods or ())
                or rule.arguments & {"name", "filename"}
                or len(rule.arguments) != 1
            ):
                continue
            before, _, behind = str(rule).partition("<")
            for case in cases:
                if case.startswith(before) and "/" not in case[len(before) :] and before != "/":
                    address = case + behind.partition(">")[2]
                    with client.get(address) as answer:
                        wrong += (
                            []
                            if answer.status_code in (200, 302, 303, 403, 404, 409)
                            else [f"{address}: {answer.status_code}"]
                        )
                        if answer.status_code == 200:
                            self.KINDS.add(rule.endpoint)
                            wrong += [
                                f"{address}: {fault}" for fault in faults(answer, address, reader, "zh")
                            ]
        assert not wrong, f"{len(wrong)} faults:\n  " + "\n  ".join(sorted(set(wrong))[:80])

    @pytest.mark.sqlite
    def test_and_walks_have_shown_every_kind_of_page(self, site: Flask, city: dict[str, str]) -> None:
        """A page that nobody reaches, by links or in any state of a case, is a page nobody has."""
        shown = self.KINDS | TestWalk.KINDS
        if len(shown) < 60:
            pytest.skip("the walks did not run in this process")
        routes = {rule.endpoint for rule in site.url_map.iter_rules() if "GET" in (rule.methods or ())}
        hidden = {kind for kind in routes if not kind.startswith("api_")} - shown - REACHED_OTHERWISE
        assert not hidden, " ".join(sorted(hidden))


# These lead on to another page, or open only after steps the city has not taken; their packages test them.
REACHED_OTHERWISE = {
    "static", "supervision.clock_of", "contracts.terminate", "contracts.attachment", "contracts.application_section",
    "contracts.new_selection",
    "contracts.clause_version", "contracts.obligation_proof", "contracts.open_access", "marketplace.delivered_file", "marketplace.edit_offer", "contracts.outsourcing_file", "contracts.outsourcing_test", "registry.explain_overlap",
    "registry.schema_of_version", "registry.strike_entry", "supervision.log_consistency", "supervision.log_proof",
    "supervision.mails_off",
}  # fmt: skip


class TestPublicAddresses:
    @pytest.mark.parametrize("path", PUBLIC)
    def test_answer_everybody_in_every_language(self, site: Flask, city: dict[str, str], path: str) -> None:
        for reader in ("nobody", "buyer"):
            client = browser(site, city, reader)
            for lang, asked in (("zh-CN", "zh-CN,zh;q=0.9"), ("en", "en-GB,en;q=0.8"), ("zh-CN", "fr")):
                answer = client.get(path, headers={"Accept-Language": asked})
                assert answer.status_code == 200, (reader, path)
                if answer.mimetype == "text/html":
                    assert Page(answer.text).lang == lang, (reader, path, asked)

    def test_prefer_the_address_to_the_cookie_to_the_browser(self, site: Flask, city: dict[str, str]) -> None:
        client = site.test_client()
        german = {"Accept-Language": "zh-CN"}
        assert Page(client.get("/help?lang=en", headers=german).text).lang == "en"
        assert Page(client.get("/help", headers=german).text).lang == "en"
        assert Page(client.get("/help?lang=zh", headers=german).text).lang == "zh-CN"


class TestHostileQueries:
    @pytest.mark.no_cover
    def test_never_break_a_page(self, site: Flask, city: dict[str, str]) -> None:
        """Every page with every query, each as one of three readers in turn."""
        clients, wrong = [browser(site, city, reader) for reader in ("reviewer", "nobody", "operator")], []
        asked = [(path, query) for path in plain_routes(site) for query in HOSTILE]
        for turn, (path, query) in enumerate(asked):
            with clients[turn % 3].get(f"{path}?{query}") as answer:
                is_alive = answer.mimetype == "text/html" and "<script>alert" in answer.text
                if answer.status_code >= 500 or is_alive:
                    wrong.append(f"{path}?{query[:60]}: {answer.status_code}")
        assert not wrong, "\n".join(wrong)
        assert len(HOSTILE) % 3  # so that every query meets every reader

    def test_of_identities_lead_nowhere(self, site: Flask, city: dict[str, str]) -> None:
        client, wrong = browser(site, city, "reviewer"), []
        for rule in site.url_map.iter_rules():
            if (
                "GET" in (rule.methods or ())
                and rule.arguments
                and not str(rule).startswith(("/static", "/api/v1/toy"))
            ):
                path = re.sub(r"<uuid:\w+>", "00000000-0000-7000-8000-000000000000", str(rule))
                path = re.sub(r"<int:\w+>", "99999", re.sub(r"<\w+>", "%2e%2e", path))
                refusals = (302, 403, 404, 400) if "/action/" in path else (302, 403, 404)
                if (status := client.get(path).status_code) not in refusals:
                    wrong.append(f"{path}: {status}")
        assert not wrong, "\n".join(wrong)
