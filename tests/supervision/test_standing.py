"""The machine check of a code: a status of its own for each case, judged by the day; and the page for people."""

from datetime import timedelta

import pytest

from kernel import audit, clock, documents
from kernel.command import execute
from kernel.db import db
from kernel.documents.numbers import grouped_check_code
from registry import queries
from registry.commands import registration, registration_life
from supervision.vocabulary import STANDING
from tests.factories import contracts as made
from tests.factories.registry import (
    a_licence,
    a_registered_resource,
    a_registrar,
    a_registration,
    an_agency,
    an_authority,
    coded,
    handed_in,
    in_notice,
)

pytestmark = pytest.mark.usefixtures("app")


def later(days):
    return clock.frozen(clock.now() + timedelta(days=days))


@pytest.fixture
def registered():
    agency, registrar = an_agency(), a_registrar()
    found = a_registered_resource(agency, registrar)
    return agency, registrar, found, queries.registration_in_force(resource_id=found.id)


@pytest.fixture
def ask(client):
    def asked(code, status=200):
        answer = client.get(f"/api/v1/check/{code}")
        assert answer.status_code == status, answer.text
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        found = answer.json
        assert (found["status_code"], found["action"]) == STANDING[found["status"]]
        return found

    return asked


def on_first_day(row):
    return clock.frozen(clock.now() + timedelta(days=max((row.valid_from - clock.today()).days, 0)))


class TestRegistration:
    def test_in_force_can_be_relied_on_by_each_code(self, registered, ask):
        first = registered[3]
        with on_first_day(first):
            found = ask(first.number)
        assert (found["status"], found["kind"], found["status_code"]) == ("in_force", "registration", 10)
        assert (found["title"], found["valid_until"]) == (first.title, first.valid_until.isoformat())

    def test_is_judged_by_the_day_whatever_has_run(self, registered, ask):
        first = registered[3]
        assert ask(first.number)["status"] == "not_in_force_yet"
        with later((first.valid_until - clock.today()).days + 1):
            assert ask(first.number)["status"] == "expired"

    def test_replaced_names_its_successor(self, registered, ask):
        agency, registrar, found, first = registered
        change = handed_in(a_registration(agency, found, "change", new_volume="1"), agency)
        coded(in_notice(change, registrar), registrar)
        told = ask(first.number)
        assert (told["status"], told["replaced_by"]) == ("superseded", change.number)

    def test_cancelled_stops_for_good(self, registered, ask):
        execute(registration_life.cancel, actor=registered[1], subject_id=registered[3].id, data={"reasons": "灭失。"})
        assert ask(registered[3].number)["status"] == "cancelled"

    def test_in_notice_has_no_code_to_rely_on(self, ask):
        agency, registrar = an_agency(), a_registrar()
        found = in_notice(handed_in(a_registration(agency, local_code="GAN-77"), agency), registrar)
        assert ask("GAN-77")["status"] == "in_notice"
        execute(registration.refuse, actor=registrar, subject_id=found.id, data={"reasons": "x", "basis": "y"})
        assert ask("GAN-77", 404)["status"] == "unknown"


class TestLicence:
    def test_tells_suspension_at_once(self, ask):
        authority = an_authority()
        held = a_licence(authority=authority)
        assert ask(held.number)["status"] == "in_force"
        held.state = "suspended"
        db.session.commit()
        assert ask(held.number)["status"] == "suspended"


class TestRight:
    def test_tells_the_standing_and_no_party(self, ask):
        who = made.parties()
        held = made.a_right(who)
        found = ask(held.number)
        assert (found["kind"], found["title"], found["issued_by"]) == ("right", None, None)
        assert found["status"] == ("in_force" if held.starts_on <= clock.today() else "not_in_force_yet")

    def test_that_waits_for_signatures_is_not_in_force_yet(self, ask):
        held = made.an_awaiting_right(made.parties())
        assert ask(held.number)["status"] == "not_in_force_yet"


class TestDocument:
    def test_is_found_by_number_and_check_code(self, registered, ask):
        sheet = documents.current("registration_confirmation", registered[3])
        for code in (sheet.number, sheet.check_code, grouped_check_code(sheet.check_code).lower()):
            found = ask(code)
            assert (found["kind"], found["status"], found["sha256"]) == ("document", "in_force", sheet.sha256)


class TestCodesThatAreNone:
    @pytest.mark.parametrize("code", ["ZY-990100-20261121-000001-X", "%00", "x" * 65, "%0a"])
    def test_are_told_apart_as_malformed(self, ask, code):
        if code == "ZY-990100-20261121-000001-X":
            from kernel.documents.numbers import number_is_consistent

            assert not number_is_consistent(code)
        assert ask(code, 422)["status"] == "malformed"

    @pytest.mark.parametrize("code", ["1393264726771781632103", "AAAA-BBBB-CCCC-DDDD", "登记"])
    def test_are_unknown_where_nothing_carries_them(self, ask, code):
        assert ask(code, 404)["status"] == "unknown"

    def test_stand_in_the_description_of_the_interface(self, client):
        described = client.get("/api/v1/openapi.json").json["paths"]["/api/v1/check/{code}"]["get"]
        assert set(described["responses"]) >= {"200", "404", "422"}


class TestPage:
    def test_leads_from_any_code_to_the_standing_and_the_proof(self, registered, client):
        first = registered[3]
        page = client.get(f"/check?code={first.number}&lang=en", follow_redirects=True)
        assert page.status_code == 200 and first.number in page.text and "will be sealed" in page.text
        audit.seal(clock.now())
        page = client.get(f"/check/{first.number}?lang=en")
        assert "proof.json" in page.text and f"/registrations/{first.id}" in page.text
        proof = client.get(f"/check/{first.number}/proof.json").json
        assert f"fact {first.number} {first.valid_from} {first.valid_until}" in proof["entry"]

    def test_shows_nothing_of_what_nobody_may_see(self, client):
        held = made.a_right(made.parties())
        page = client.get(f"/check/{held.number}?lang=en").text
        assert held.number in page and held.title not in page and f"/rights/{held.id}" not in page

    def test_leads_a_document_s_number_to_its_own_page(self, registered, client):
        sheet = documents.current("registration_confirmation", registered[3])
        page = client.get(f"/check/{sheet.number}")
        assert page.status_code == 302 and page.headers["Location"].endswith(sheet.check_code)

    def test_says_so_where_there_is_nothing(self, client):
        assert client.get("/check/ZY-990100-20261121-000001-X").status_code == 404
        assert client.get("/check/ZY-990100-20261121-000001-X/proof.json").status_code == 404
