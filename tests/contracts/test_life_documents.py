"""The texts printed in the life of a right, by the real printer: both languages, and the same bytes again."""

import pytest

from contracts import commands
from contracts.queries.changes import agreements_of_change
from contracts.queries.policies import policy_of_right
from contracts.rules import policy
from contracts.vocabulary import CHANGE_AGREEMENTS
from kernel import documents
from kernel.db import db
from kernel.documents import KINDS, templates
from tests.factories import contracts as made
from tests.factories import life
from tests.factories.life import run

pytestmark = pytest.mark.prints
KINDS_OF_LIFE = (
    *CHANGE_AGREEMENTS, "right_notice", "right_decision", "rectification_order", "consolidated_text",
    "deletion_certificate", "exit_account",
)  # fmt: skip


class TestTexts:
    @pytest.mark.parametrize("kind", KINDS_OF_LIFE)
    def test_have_chinese_for_every_word(self, app, kind) -> None:
        assert templates.bundle(KINDS[kind]).version

    def test_are_printed_and_printed_again(self, app) -> None:
        who = made.parties()
        held = made.a_right(who)
        change = life.agreed(life.an_amendment(who.operator, held), who.deputy, who.operator)
        less = life.an_announced_reduction(who.authority, held, purposes=["public_governance"])
        run(commands.change.reply, who.operator, less, reply="知悉。")
        run(commands.change.impose, who.deputy, less, **life.WHY)
        item = life.an_item(who.authority, held)
        run(commands.right_life.ask_surrender, who.operator, held, reason="业务调整。")
        run(commands.right_life.surrender, who.authority, held, **life.WHY)
        left = life.left_for_good(life.exit_of(held), who.operator, who.authority)
        found = [one for subject in (held, item, left) for one in documents.documents_of(subject)]
        found += documents.documents_of(agreements_of_change(change.id)[0])
        assert {one.kind for one in found} == {
            "right_notice", "right_decision", "rectification_order", "consolidated_text", "deletion_certificate",
            "exit_account", "amendment_agreement",
        }  # fmt: skip
        for one in found:
            assert documents.content(one).startswith(b"%PDF-1.7")
            assert documents.verify(one)["rerender_matches"] is True, one.kind

    @pytest.mark.parametrize("terms", [{"purposes": ["public_governance"]}, {"territory": ["990102"]}, {"sources": 1}])
    def test_carry_as_odrl_what_the_right_permits_from_then_on(self, app, terms) -> None:
        who = made.parties()
        rain, wind = made.a_source(who), made.a_source(who)
        held = made.a_right(who, sources=[str(rain.id), str(wind.id)], territory=["990102", "990103"])
        given = {"sources": [str(rain.id)]} if "sources" in terms else terms
        change = life.agreed(life.a_reduction(who.operator, held, **given), who.deputy, who.operator)
        texts = [documents.current("consolidated_text", held)]
        texts += documents.documents_of(agreements_of_change(change.id)[0])
        db.session.refresh(held)
        for one in texts:
            [attached] = one.masthead["attachments"]
            assert policy.read(attached["data"]) == policy_of_right(held), one.kind
