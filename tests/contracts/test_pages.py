"""The pages of contracts, as each role sees them."""

import io
from datetime import timedelta

import pytest

from accounts.queries import person
from contracts import commands, queries
from contracts.views import desk
from kernel.actor import Actor
from kernel.command import execute
from kernel.db import db
from registry.models import DataResource
from tests.accounts.pages import check
from tests.factories import contracts as made
from tests.factories.accounts import PASSWORD, a_member, acting, organisation_of, sign_in

WHY = {"reason": "发现越权访问。", "basis": "YN L180"}


@pytest.fixture
def who(app) -> made.Parties:
    """A licensed operator, an authority, an agency and a registrar."""
    return made.parties()


@pytest.fixture
def browse(app):
    """A browser signed in as somebody: `browse(actor)`."""

    def signed_in(actor: Actor):
        client = app.test_client()
        sign_in(client, person(actor.user_id))
        return client

    return signed_in


def application_values(resource) -> dict:
    """What an applicant types."""
    return {
        **made.WORDS,
        **made.a_term(),
        "level": "first_level",
        "sources": [str(resource.id)],
        "funding_mode": "share_of_income",
    }


class TestLists:
    @pytest.mark.parametrize(
        "path", ["/applications", "/rights", "/agreements", "/elements", "/applications/new", "/elements/new"]
    )
    def test_are_for_people_with_an_account(self, client, path) -> None:
        assert client.get(path).status_code == 302

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_are_drawn_in_both_languages(self, who, browse, lang) -> None:
        held = made.a_right(who)
        made.an_element(who, held)
        client = browse(who.operator)
        for path in ("/applications", "/rights", "/elements"):
            check(client.get(f"{path}?lang={lang}"), held.title if path != "/elements" else "逐日雨量")
        check(client.get(f"/agreements?state=in_force&kind=security_commitment&lang={lang}"))

    def test_are_handed_out_as_files(self, who, browse) -> None:
        held = made.an_awaiting_right(who)
        client = browse(who.operator)
        for path in ("/applications", "/rights"):
            answer = client.get(f"{path}?format=csv&lang=en")
            assert answer.mimetype == "text/csv" and held.title in answer.text


class TestApplication:
    def test_is_written_handed_in_and_followed(self, who, browse) -> None:
        resource = made.a_source(who)
        client = browse(who.operator)
        check(client.get("/applications/new"))
        check(client.get("/applications/new?level=first_level"), resource.title)
        typed = application_values(resource)
        bad = client.post("/applications/new", data=typed | {"title": ""})
        assert bad.status_code == 422 and typed["plan"].splitlines()[0] in check(bad)
        upload = {"attachment": (io.BytesIO(b"%PDF-1.7\n%%EOF\n"), "计划.pdf")}
        done = client.post("/applications/new", data=typed | upload, content_type="multipart/form-data")
        assert done.status_code == 302
        page = check(client.get(done.location), typed["title"])
        assert "计划.pdf" in page
        assert client.get(f"{done.location}/files/0").data == b"%PDF-1.7\n%%EOF\n"
        assert client.get(f"{done.location}/files/1").status_code == 404
        assert client.get(f"{done.location}/letter.pdf").status_code == 404
        check(client.get(f"{done.location}/edit"), typed["title"])
        assert client.post(f"{done.location}/edit", data=typed | {"title": "改名"}).status_code == 302
        row_id = done.location.rpartition("/")[2]
        assert client.post(f"/do/contracts.application.submit/{row_id}").status_code == 302
        assert "改名" in check(client.get(done.location))
        assert browse(who.agency).get(done.location).status_code == 404

    def test_says_why_it_cannot_be_handed_in(self, who, browse) -> None:
        asked = made.an_application(who, **made.a_term(365 * 9))
        answer = browse(who.operator).post(f"/do/contracts.application.submit/{asked.id}?lang=en")
        assert answer.status_code == 409 and "at most" in answer.text

    def test_is_assessed_and_decided_by_different_people(self, who, browse) -> None:
        asked = made.submitted(made.an_application(who), who.operator)
        execute(commands.application.accept, actor=who.authority, subject_id=asked.id)
        where, assessor = f"/applications/{asked.id}", browse(who.authority)
        check(assessor.get(where))
        check(assessor.get(f"{where}/assess"))
        scores = {
            f"scores-{n}-{name}": value for n, row in enumerate(made.SCORES) for name, value in row.items()
        }
        assert check(assessor.post(f"{where}/assess", data=scores))
        assert assessor.post(f"{where}/assess", data=scores | {"opinion": "可行。"}).status_code == 302
        assert assessor.get(f"{where}/grant").status_code == 403
        decider = browse(who.deputy)
        page = check(decider.get(f"{where}/grant"))
        assert str(who.agency.organisation_id) in page
        shares = {
            f"income_shares-{n}-{k}": v
            for n, row in enumerate(made.first_shares(who))
            for k, v in row.items()
        }
        refused = decider.post(
            f"{where}/grant?lang=en", data=made.REASONS | shares | {"income_shares-0-share_bp": "1"}
        )
        assert refused.status_code == 409 and "10000" in refused.text
        assert decider.post(f"{where}/grant", data=made.REASONS | shares).status_code == 302
        assert "/rights/" in check(decider.get(where))
        letter = browse(who.operator).get(f"{where}/letter.pdf")
        assert letter.mimetype == "application/pdf" and letter.headers["Content-Disposition"].startswith(
            "inline"
        )
        assert browse(who.agency).get(f"{where}/assess").status_code == 404

    def test_on_elements_begins_with_the_right_they_come_from(self, who, browse) -> None:
        held = made.a_right(who)
        element, developer = made.an_element(who, held), made.a_developer(who)
        client = browse(developer)
        assert held.title in check(client.get("/applications/new"))
        where = f"/applications/new?level=second_level&parent_right_id={held.id}"
        assert element.title in check(client.get(where))
        assert client.get("/applications/new?level=second_level&parent_right_id=x").status_code == 404
        asked = made.a_second_application(developer, element)
        check(client.get(f"/applications/{asked.id}"))
        check(client.get(f"/applications/{asked.id}/edit"))
        made.assessed(made.submitted(asked, developer), who.authority)
        assert str(who.operator.organisation_id) in check(
            browse(who.deputy).get(f"/applications/{asked.id}/grant")
        )


class TestAgreement:
    def test_is_read_and_signed(self, who, browse) -> None:
        held = made.an_awaiting_right(who)
        agreement = queries.agreements_about("right", held.id)[0]
        document, client, where = (
            queries.document_of(agreement),
            browse(who.operator),
            f"/agreements/{agreement.id}",
        )
        assert document.sha256 in check(client.get(where))
        assert client.get(f"{where}/text.pdf").mimetype == "application/pdf"
        wrong = client.post(where, data={"document_sha256": document.sha256, "password": "not this one"})
        assert wrong.status_code == 422 and "not this one" not in check(wrong)
        signed = client.post(where, data={"document_sha256": document.sha256, "password": PASSWORD})
        assert signed.status_code == 302
        page = check(client.get(where))
        assert who.operator.name in page and 'name="password"' not in page
        assert browse(who.agency).get(where).status_code == 404
        assert 'name="password"' not in check(
            browse(who.authority).get(f"/agreements/{queries.agreements_about('right', held.id)[1].id}")
        )

    def test_tells_an_organisation_that_somebody_else_has_to_sign(self, who, browse) -> None:
        agreement = queries.agreements_about("right", made.an_awaiting_right(who).id)[0]
        organisation = organisation_of(who.operator)
        clerk = acting(a_member(organisation, mandates=["apply"]), organisation)
        assert "mandate to sign" in check(browse(clerk).get(f"/agreements/{agreement.id}?lang=en"))


class TestRight:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_tells_everything_in_both_languages(self, who, browse, lang) -> None:
        held = made.a_right(who)
        second = made.a_second_right(who, made.a_developer(who), made.an_element(who, held))
        for actor in (who.operator, who.authority, who.agency):
            page = check(browse(actor).get(f"/rights/{held.id}?lang={lang}"), held.number)
            assert (second.number in page) is (actor is not who.agency)
        assert held.number in check(browse(who.operator).get(f"/rights/{second.id}?lang={lang}"))

    def test_tells_what_a_suspension_would_hit_before_it_happens(self, who, browse) -> None:
        held = made.a_right(who)
        second = made.a_second_right(who, made.a_developer(who), made.an_element(who, held))
        client, where = browse(who.authority), f"/rights/{held.id}"
        assert second.number in check(client.get(f"{where}/suspend"))
        assert check(client.post(f"{where}/suspend", data={}))
        assert client.post(f"{where}/suspend", data=WHY).status_code == 302
        assert WHY["reason"] in check(client.get(where))
        assert browse(who.operator).get(f"{where}/suspend").status_code == 403
        db.session.refresh(second)
        assert second.state == "suspended"

    def test_offers_its_renewal_in_its_last_days(self, who, browse) -> None:
        held = made.a_right(who, **made.a_term(60))
        client = browse(who.operator)
        renewal = f"/applications/new?level=first_level&amp;renews={held.id}"
        shown = check(client.get(f"/rights/{held.id}"))
        assert renewal in shown and f'href="/rights/{held.id}/renew"' in shown
        check(client.get(f"/rights/{held.id}/renew"))
        day = (held.ends_on + timedelta(days=1)).isoformat()
        assert f'value="{day}"' in check(client.get(renewal.replace("&amp;", "&")), held.title)
        assert browse(who.authority).get(renewal.replace("&amp;", "&")).status_code == 404

    def test_announces_before_it_terminates(self, who, browse) -> None:
        held = made.a_right(who)
        where = f"/rights/{held.id}"
        assert browse(who.deputy).get(f"{where}/terminate").status_code == 403
        execute(commands.right.announce_termination, actor=who.authority, subject_id=held.id, data=WHY)
        assert WHY["reason"] in check(browse(who.operator).get(where))
        execute(commands.right.reply, actor=who.operator, subject_id=held.id, data={"reply": "已整改。"})
        client = browse(who.deputy)
        assert "已整改。" in check(client.get(where))
        check(client.get(f"{where}/terminate"))
        assert client.post(f"{where}/terminate", data=WHY).status_code == 302
        check(client.get(where))

    def test_is_not_there_for_strangers(self, who, browse) -> None:
        held = made.an_awaiting_right(who)
        assert browse(made.a_developer(who)).get(f"/rights/{held.id}").status_code == 404


class TestElement:
    def test_is_described_filled_and_delivered(self, who, browse) -> None:
        held = made.a_right(who)
        client = browse(who.operator)
        assert held.number in check(client.get("/elements/new"))
        where = f"/elements/new?right_id={held.id}"
        check(client.get(where))
        assert client.get("/elements/new?right_id=x").status_code == 404
        columns = {f"columns-{n}-{k}": v for n, row in enumerate(made.FIELDS) for k, v in row.items()}
        resource = queries.sources_of_right(held)[0]
        typed = {
            "right_id": str(held.id),
            "title": "逐日雨量",
            "abstract": "说明",
            "treatment": "已清洗",
            "resources": [str(resource.id)],
        }
        assert client.post(where, data=typed).status_code == 422
        done = client.post(where, data=typed | columns)
        assert done.status_code == 302
        check(client.get(done.location))
        check(client.get(f"{done.location}/edit"), "rain")
        assert (
            client.post(f"{done.location}/edit", data=typed | columns | {"title": "日雨量"}).status_code
            == 302
        )
        row_id = done.location.rpartition("/")[2]
        upload = {"file": (io.BytesIO(made.RAIN.content), "rain.csv"), "edition": "2026-10-01"}
        check(client.get(f"/do/contracts.element.attach/{row_id}"))
        attached = client.post(
            f"/do/contracts.element.attach/{row_id}", data=upload, content_type="multipart/form-data"
        )
        assert attached.status_code == 302
        assert "12.5" in check(client.get(done.location))
        assert client.post(f"/do/contracts.element.deliver/{row_id}").status_code == 302
        file = client.post(f"{done.location}/file")
        assert file.data == made.RAIN.content and file.headers["Content-Disposition"].startswith("attachment")

    def test_shows_its_rows_to_the_operator_alone(self, who, browse) -> None:
        element = made.an_element(who, made.a_right(who))
        developer = made.a_developer(who)
        page = check(browse(developer).get(f"/elements/{element.id}"))
        assert "12.5" not in page and "/applications/new" in page
        assert browse(developer).post(f"/elements/{element.id}/file").status_code == 409
        other = made.parties_of("640300")
        assert browse(other.operator).get(f"/elements/new?right_id={element.right_id}").status_code == 404


class TestDesk:
    def test_tells_each_role_what_waits(self, who, browse) -> None:
        held = made.a_right(who)
        made.a_drafted_element(who, held)
        waiting = made.an_awaiting_right(who, resource_of(held), title="第二项开发")
        asked = made.submitted(made.an_application(who, resource_of(held), title="第三项开发"), who.operator)
        execute(commands.right.suspend, actor=who.authority, subject_id=held.id, data=WHY)
        sections = {
            actor: [section for make in (desk.signatures, desk.applications_to_decide, desk.own_rights, desk.obligations,
                                         desk.own_elements, desk.notices) if (section := make(actor))]
            for actor in (who.operator, who.authority, made.a_developer(who), who.agency)
        }  # fmt: skip
        said = {
            actor: [row.heading for section in found for row in section.rows]
            for actor, found in sections.items()
        }
        assert any(waiting.title in heading for heading in said[who.operator])
        assert asked.title in said[who.operator] and asked.title in said[who.authority]
        assert held.heading in said[who.authority] and "逐日雨量" in said[who.operator]
        assert said[who.agency] == []
        assert browse(who.operator).get("/desk").status_code in (200, 404)


def resource_of(held):
    """The resource a right rests on."""
    return db.session.get(DataResource, queries.sources_of_right(held)[0].id)
