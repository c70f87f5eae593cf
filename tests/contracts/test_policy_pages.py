"""Clauses, conditions and conditional access through the pages."""

import re

import pytest

from contracts.models import ClauseTemplate, OpenAccess
from contracts.rules import clauses as law
from kernel.db import db
from tests.contracts.test_access import an_entry, applied
from tests.factories.accounts import PLACE, a_member, an_actor, organisation_of, sign_in
from tests.factories.registry import an_agency, an_authority

KIND = "security_commitment"
ENGLISH = {"Accept-Language": "en"}


def form(clauses, **more):
    typed = {"kind": KIND, "note": "调整措辞。"} | more
    for number, row in enumerate(clauses):
        typed |= {f"clauses-{number}-{name}": value for name, value in row.items()}
    return typed


@pytest.fixture
def rows(app):
    return law.rows_of(law.delivered(KIND))


@pytest.fixture
def author(app, client):
    """A signed-in client of somebody of the authority."""
    authority = an_authority(PLACE)
    sign_in(client, a_member(organisation_of(authority)))
    return client


class TestClauses:
    def test_are_for_everybody_to_read(self, client, app) -> None:
        assert b"Data security commitment" in client.get("/clause-templates", headers=ENGLISH).data
        page = client.get(f"/clause-templates/{KIND}", headers=ENGLISH)
        assert page.status_code == 200 and "承诺".encode() in page.data
        chinese, english = (re.findall(rf'<div lang="{lang}">(.*?)</div>', page.text, re.S) for lang in ("zh-CN", "en"))
        assert not re.search(r"【[A-Za-z]", "".join(chinese)) and "【" in "".join(chinese)
        assert re.search(r"【[A-Za-z]", "".join(english))
        assert client.get("/clause-templates/no_such_kind").status_code == 404

    def test_are_written_by_the_authority_alone(self, client, app) -> None:
        assert client.get(f"/clause-templates/{KIND}/edit").status_code in (302, 401, 403)

    def test_are_previewed_without_being_saved(self, author, rows) -> None:
        rows[1] |= {
            "zh": rows[1]["zh"] + "\n- 每季度自查。",
            "en": rows[1]["en"] + "\n- We check ourselves every quarter.",
        }
        page = author.post(f"/clause-templates/{KIND}/edit", data=form(rows, preview="1"), headers=ENGLISH)
        assert page.status_code == 200 and b"We check ourselves every quarter." in page.data
        assert db.session.scalar(db.select(db.func.count()).select_from(ClauseTemplate)) == 0

    def test_are_saved_as_a_version_with_its_changes(self, author, rows) -> None:
        rows[1] |= {
            "zh": rows[1]["zh"] + "\n- 每季度自查。",
            "en": rows[1]["en"] + "\n- We check ourselves every quarter.",
        }
        reply = author.post(f"/clause-templates/{KIND}/edit", data=form(rows))
        assert reply.status_code == 302
        page = author.get(reply.headers["Location"], headers=ENGLISH)
        assert b"The clause was changed." in page.data and b"We check ourselves every quarter." in page.data

    def test_say_what_is_wrong_and_keep_what_was_typed(self, author, rows) -> None:
        rows[1] |= {"zh": "{order.number}", "en": "{order.number}"}
        page = author.post(f"/clause-templates/{KIND}/edit", data=form(rows), headers=ENGLISH)
        assert page.status_code in (409, 422) and b"this is no fact of the document" in page.data


class TestOpenAccess:
    def test_is_applied_for_from_the_entry(self, client, app) -> None:
        entry, buyer = an_entry(an_agency()), an_actor("buyer")
        sign_in(client, a_member(organisation_of(buyer)))
        page = client.get(f"/open-access/new?entry_id={entry.id}", headers=ENGLISH)
        assert page.status_code == 200 and "公共卫生".encode() in page.data
        typed = {
            "entry_id": str(entry.id),
            "purpose": "charity",
            "purpose_text": "救助。",
            "ability": "有。",
            "measures": "专人。",
            "wanted_until": "2099-01-01",
        }
        reply = client.post("/open-access/new", data=typed)
        assert reply.status_code == 302 and client.get(reply.headers["Location"]).status_code == 200
        assert client.get("/open-access").status_code == 200

    def test_is_not_there_for_strangers(self, client, app) -> None:
        row: OpenAccess = applied(an_entry(an_agency()), an_actor("buyer"))
        sign_in(client, a_member(organisation_of(an_actor("buyer"))))
        assert client.get(f"/open-access/{row.id}").status_code == 404
