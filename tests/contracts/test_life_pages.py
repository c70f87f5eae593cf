"""The life of a right as pages: what can be begun, what it hits, what was said, who has to sign, the exit."""

from datetime import timedelta

import pytest

from accounts.queries import person
from contracts import commands, queries
from contracts.views import desk_life
from kernel import clock, documents
from kernel.actor import Actor
from tests.accounts.pages import check
from tests.factories import contracts as made
from tests.factories import life
from tests.factories.accounts import organisation_of, sign_in
from tests.factories.life import run


@pytest.fixture
def who(app) -> made.Parties:
    """A licensed operator, an authority, an agency and a registrar."""
    return made.parties()


@pytest.fixture
def held(who):
    """A first-level right in force."""
    return made.a_right(who, **made.a_term(60))


@pytest.fixture
def browse(app):
    """A browser signed in as somebody."""

    def signed_in(actor: Actor):
        client = app.test_client()
        sign_in(client, person(actor.user_id))
        return client

    return signed_in


class TestChanges:
    def test_begin_on_the_page_of_the_right_and_end_with_signatures(self, who, held, browse) -> None:
        holder, where = browse(who.operator), f"/rights/{held.id}"
        assert f'href="{where}/amend"' in check(holder.get(where))
        typed = {"right_id": str(held.id), "clause": "security", "clause_text": "每季度演练一次。", "reason": "加强安全。"}
        form = check(holder.get(f"{where}/amend"))
        assert 'value="7000"' in form
        bad = holder.post(f"{where}/amend", data=typed | {"reason": ""})
        assert bad.status_code == 422 and "每季度演练一次。" in check(bad)
        done = holder.post(f"{where}/amend", data=typed)
        assert done.status_code == 302
        page = check(holder.get(done.location))
        assert "每季度演练一次。" in page and "/approve" not in page
        decider = browse(who.deputy)
        assert f"{done.location}/approve" in check(decider.get(done.location))
        check(decider.get(f"{done.location}/approve"))
        assert decider.post(f"{done.location}/approve", data={"reason": "同意。"}).status_code == 302
        assert "/agreements/" in check(holder.get(done.location))
        assert browse(life.another_operator(who)).get(done.location).status_code == 404

    @pytest.mark.parametrize("lang", ["zh", "en"])
    @pytest.mark.parametrize("verb", ["amend", "renew", "transfer", "reduce"])
    def test_have_their_forms_in_both_languages(self, who, held, browse, verb, lang) -> None:
        check(browse(who.operator).get(f"/rights/{held.id}/{verb}?lang={lang}"))
        assert browse(who.agency).get(f"/rights/{held.id}/{verb}").status_code == 403

    def test_are_listed_for_who_may_see_them(self, who, held, browse) -> None:
        life.an_amendment(who.operator, held)
        check(browse(who.operator).get("/changes?state=proposed&kind=amendment"), held.title)
        assert held.title not in check(browse(life.another_operator(who)).get("/changes"))

    def test_say_what_stands_against_them(self, who, held, browse) -> None:
        run(commands.right.announce_termination, who.authority, held, **life.WHY)
        page = check(browse(who.operator).get(f"/rights/{held.id}/renew?lang=en"))
        assert "This is not possible now" in page
        assert f'href="/rights/{held.id}/renew"' not in check(browse(who.operator).get(f"/rights/{held.id}"))

    def test_that_are_ordered_show_what_they_hit(self, who, held, browse) -> None:
        element = made.an_element(who, held)
        developer = made.a_developer(who)
        second = made.a_second_right(who, developer, element, **made.a_term(50))
        change = life.an_announced_reduction(who.authority, held, purposes=["public_governance"])
        run(commands.change.reply, who.operator, change, reply="知悉。")
        page = check(browse(who.deputy).get(f"/changes/{change.id}/impose"))
        assert second.heading in page
        check(browse(who.operator).get(f"/changes/{change.id}"), "知悉。")

    def test_pass_a_right_on_through_the_page(self, who, held, browse) -> None:
        follower = life.another_operator(who)
        typed = {"right_id": str(held.id), "new_holder_uscc": organisation_of(follower).uscc, "reason": "重组。"}
        done = browse(who.operator).post(f"/rights/{held.id}/transfer", data=typed)
        assert done.status_code == 302
        row_id = done.location.rpartition("/")[2]
        check(browse(follower).get(done.location))
        assert browse(follower).post(f"/do/contracts.change.consent/{row_id}").status_code == 302


class TestSuspensionInPart:
    def test_shows_the_parts_and_what_rests_on_them(self, who, held, browse) -> None:
        element, client, where = made.an_element(who, held), browse(who.authority), f"/rights/{held.id}"
        page = check(client.get(f"{where}/restrict"))
        assert queries.sources_of_right(held)[0].title in page and element.title in page
        typed = {"scope": "new_sales", "reason": "价格问题。", "basis": "YN L180"}
        assert client.post(f"{where}/restrict", data=typed).status_code == 302
        page = check(client.get(where))
        assert f"/do/contracts.right.relax/{held.id}" in page
        assert browse(who.operator).get(f"{where}/restrict").status_code == 403


class TestItems:
    def test_stand_on_the_page_of_the_right_with_their_steps(self, who, held, browse) -> None:
        item = life.an_item(who.authority, held)
        assert f"/do/contracts.rectification.report/{item.id}" in check(browse(who.operator).get(f"/rights/{held.id}"))
        life.reported(item, who.operator)
        page = check(browse(who.deputy).get(f"/rights/{held.id}"))
        assert f"/do/contracts.rectification.close/{item.id}" in page
        assert browse(who.operator).get(f"/rights/{held.id}/items/{item.id}/proof").status_code == 404


class TestExit:
    def test_goes_from_surrender_to_close(self, who, held, browse) -> None:
        run(commands.right_life.ask_surrender, who.operator, held, reason="业务调整。")
        client, where = browse(who.authority), f"/rights/{held.id}"
        check(client.get(f"{where}/surrender"))
        assert client.post(f"{where}/surrender", data=life.WHY).status_code == 302
        left = life.exit_of(held)
        check(client.get(where), str(left.id))
        life.left_for_good(left, who.operator, who.authority)
        for lang in ("zh", "en"):
            check(client.get(f"/exits/{left.id}?lang={lang}"), "销毁记录.pdf")
        assert client.get(f"/exits/{left.id}/proof").data == life.PROOF.content
        letter = documents.documents_of(left)[0]
        assert client.get(f"/documents/{letter.check_code}").status_code == 200
        assert browse(life.another_operator(who)).get(f"/exits/{left.id}").status_code == 404


class TestPlan:
    def test_of_a_termination_names_what_ends_and_when(self, who, held, browse) -> None:
        made.an_element(who, held)
        run(commands.right.announce_termination, who.authority, held, **life.WHY)
        with clock.frozen(clock.now() + timedelta(days=30)):
            page = check(browse(who.deputy).get(f"/rights/{held.id}/terminate"))
        assert "逐日雨量" in page


class TestDesk:
    def test_shows_each_what_waits_for_it(self, who, held) -> None:
        item = life.an_item(who.authority, held)
        assert item.what in str(desk_life.rights_to_care_for(who.operator).rows)
        life.reported(item, who.operator)
        assert desk_life.rights_to_care_for(who.operator) is None
        assert item.what in str(desk_life.rights_to_care_for(who.deputy).rows)
        assert desk_life.rights_to_care_for(who.agency) is None
