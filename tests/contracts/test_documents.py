"""The printed texts, by the real printer: both languages, the same figures, the same bytes again."""

import re

import pytest

from contracts import queries
from contracts.commands import decision as decisions
from contracts.vocabulary import AGREEMENT_KINDS
from kernel import documents
from kernel.command import execute
from kernel.documents import KINDS, templates
from tests.contracts.test_agreements import ORDER, order_agreement
from tests.factories import contracts as made
from tests.factories.accounts import an_actor

pytestmark = pytest.mark.prints


class TestTexts:
    @pytest.mark.parametrize("kind", [*AGREEMENT_KINDS, "decision_letter"])
    def test_have_chinese_for_every_word(self, app, kind) -> None:
        assert templates.bundle(KINDS[kind]).version

    def test_of_a_right_are_printed_and_printed_again(self, app) -> None:
        who = made.parties()
        asked = made.assessed(made.submitted(made.an_application(who), who.operator), who.authority)
        held = made.granted(asked, who.deputy, made.first_shares(who), conditions="按季报告。")
        for agreement in queries.agreements_about("right", held.id):
            document = queries.document_of(agreement)
            assert documents.content(document).startswith(b"%PDF-1.7")
        assert documents.verify(document)["rerender_matches"] is True

    def test_say_the_same_figures_in_both_languages(self, app) -> None:
        who = made.parties()
        contract = queries.document_of(order_agreement(who.operator, an_actor("buyer")))
        page = templates.page(
            templates.bundle(KINDS[contract.kind]),
            contract.template,
            "bilingual",
            contract.masthead["doc"],
            contract.data,
        )
        chinese, _, english = page.partition('class="translation"')
        amounts = {
            side: sorted(re.findall(r"¥[\d,.]+", text)) for side, text in (("zh", chinese), ("en", english))
        }
        assert amounts["zh"] == amounts["en"] != []
        assert "人民币壹仟陆佰元整" in chinese

    def test_free_of_charge_name_no_payment(self, app) -> None:
        who = made.parties()
        free = ORDER | {"price": ORDER["price"] | {"due_on": None}}
        contract = order_agreement(who.operator, an_actor("buyer"), **free)
        assert documents.content(queries.document_of(contract))

    def test_refuse_with_remedies(self, app) -> None:
        who = made.parties()
        asked = made.assessed(made.submitted(made.an_application(who), who.operator), who.authority)
        reasons = {"reasons": "能力不足。", "basis": "WZ36"}
        execute(decisions.refuse, actor=who.deputy, subject_id=asked.id, data=reasons)
        assert documents.content(documents.documents_of(asked)[0])
