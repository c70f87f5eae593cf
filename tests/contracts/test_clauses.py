"""Clause templates: placeholders only, versions that never change, differences in words, documents that keep theirs."""

from dataclasses import replace

import pytest

from contracts import commands, queries
from contracts.models import ClauseTemplate
from contracts.queries import texts
from contracts.rules import clauses as law
from contracts.vocabulary import FROM_CLAUSES
from jurisdictions import tree
from kernel import documents
from kernel.command import execute
from kernel.documents import templates
from kernel.errors import InvalidInput, NotAllowed, RuleBroken, WrongState
from kernel.words import translate
from tests.factories import contracts as made
from tests.factories.accounts import PLACE, an_actor
from tests.factories.registry import an_authority, colleague

KIND = "first_level_agreement"
EXTRA = {
    "key": "extra",
    "heading_zh": "补充约定",
    "heading_en": "Supplement",
    "zh": "乙方{party_b.name}按季报告。\n[if rules.exit_wd] 退出证明期限为{rules.exit_wd}个工作日。",
    "en": "{party_b.name} reports every quarter.\n[if rules.exit_wd] The proof of exit is due in {rules.exit_wd} days.",
}


def rows(kind: str = KIND, *extra: dict[str, str], without: str = "") -> list[dict[str, str]]:
    return [row for row in law.rows_of(law.delivered(kind)) if row["key"] != without] + list(extra)


def drafted(author, kind: str = KIND, clauses=None, note: str = "增加按季报告。") -> ClauseTemplate:
    given = clauses if clauses is not None else rows(kind, EXTRA)
    return execute(commands.template.draft, actor=author, data={"kind": kind, "note": note, "clauses": given})


def published(author, publisher, **facts) -> ClauseTemplate:
    return execute(commands.template.publish, actor=publisher, subject_id=drafted(author, **facts).id)


@pytest.fixture
def author(app):
    return an_authority(PLACE)


@pytest.fixture
def publisher(author):
    return colleague(author)


class TestTemplateDraft:
    def test_makes_a_version_that_is_not_used_yet(self, author) -> None:
        first, second = drafted(author), drafted(author, note="再改。")
        assert (first.number, second.number, first.state) == (2, 3, "draft")
        assert texts.wording_in_force(KIND, PLACE).version == 1

    def test_refuses_what_is_no_fact_of_the_document(self, author) -> None:
        for line in ("{order.number}", "{party_b.name.__class__}", "[table fields]", "{", "[if nothing] 好"):
            with pytest.raises(RuleBroken) as caught:
                drafted(author, clauses=rows(KIND, EXTRA | {"zh": line, "en": line}))
            assert "U02" in caught.value.ids

    def test_refuses_facts_in_one_language_alone(self, author) -> None:
        with pytest.raises(RuleBroken, match="only one of the two languages"):
            drafted(author, clauses=rows(KIND, EXTRA | {"en": "Every quarter."}))

    def test_wants_a_reason_and_both_languages(self, author) -> None:
        with pytest.raises(InvalidInput) as caught:
            drafted(author, note="", clauses=rows(KIND, EXTRA | {"en": ""}))
        assert {"note", "clauses"} <= set(caught.value.messages)

    def test_begins_from_the_version_of_the_place_above(self, author, publisher) -> None:
        above = published(author, publisher)
        below = next(code for code in tree.subtree(PLACE) if code != PLACE)
        own = drafted(an_authority(below), clauses=rows())
        assert (own.number, own.based_on) == (2, 2)
        assert texts.predecessor(own) == texts.wording_of(above)

    def test_is_for_the_authority(self, author) -> None:
        with pytest.raises(NotAllowed):
            drafted(an_actor("operator"))


class TestTemplatePublish:
    def test_takes_the_place_of_the_version_before(self, author, publisher) -> None:
        old = published(author, publisher)
        stale = drafted(author, note="未用")
        new = published(author, publisher, note="再改。")
        assert [row.state for row in (old, stale, new)] == ["superseded", "dropped", "published"]
        assert texts.wording_in_force(KIND, PLACE).version == new.number

    def test_is_for_somebody_else_of_the_authority(self, author) -> None:
        with pytest.raises(NotAllowed):
            execute(commands.template.publish, actor=author, subject_id=drafted(author).id)

    def test_wants_every_mandatory_clause(self, author, publisher) -> None:
        row = drafted(author, clauses=rows(without="disclosure"))
        with pytest.raises(RuleBroken, match="Disclosure") as caught:
            execute(commands.template.publish, actor=publisher, subject_id=row.id)
        assert "U02" in caught.value.ids and row.state == "draft"

    def test_holds_for_the_places_below_until_they_have_their_own(self, author, publisher) -> None:
        published(author, publisher)
        below = next((code for code in tree.subtree(PLACE) if code != PLACE), PLACE)
        assert texts.wording_in_force(KIND, below).version == 2
        assert texts.wording_in_force(KIND, "CN").version == 1


class TestTemplateSupersede:
    def test_is_the_product_s_own(self, author, publisher) -> None:
        with pytest.raises(NotAllowed):
            execute(commands.template.supersede, actor=author, subject_id=published(author, publisher).id)


class TestTemplateDrop:
    def test_ends_a_draft_alone(self, author, publisher) -> None:
        row = execute(commands.template.drop, actor=author, subject_id=drafted(author).id)
        assert row.state == "dropped"
        with pytest.raises(WrongState):
            execute(commands.template.drop, actor=author, subject_id=published(author, publisher).id)


class TestDocuments:
    def test_take_the_version_in_force_and_keep_it(self, author, publisher) -> None:
        who = made.parties()
        before = queries.document_of(queries.agreements_about("right", made.an_awaiting_right(who).id)[0])
        published(author, publisher)
        after = queries.document_of(queries.agreements_about("right", made.an_awaiting_right(who).id)[0])
        assert (before.data["text"]["version"], after.data["text"]["version"]) == (1, 2)
        extra = next(block for block in after.data["text"]["blocks"] if block["key"] == "extra")
        assert after.data["party_b"]["name"]["zh"] in extra["body"]["zh"][0]["text"]
        assert documents.render_again(before) == documents.content(before)

    def test_number_the_items_of_a_list_once(self, author) -> None:
        promises = {"key": "promises", "zh": "承诺如下：\n- 保密\n- 报告", "en": "We promise:\n- to be silent\n- to report"}
        (block,) = texts.text_of(texts.Wording("security_commitment", 1, law.clauses_of([promises])), {})["blocks"]
        assert [line["text"] for line in block["body"]["zh"]] == ["承诺如下：", "（一）保密", "（二）报告"]
        assert [line["text"] for line in block["body"]["en"]] == ["We promise:", "(1) to be silent", "(2) to report"]
        papers = queries.agreements_about("right", made.an_awaiting_right(made.parties()).id)
        document = next(queries.document_of(one) for one in papers if one.kind == "security_commitment")
        pinned = templates.bundle(documents.KINDS[document.kind])
        page = templates.page(pinned, document.template, "zh", document.masthead["doc"], document.data)
        assert '<p class="item">（一）遵守' in page

    def test_carry_the_policy_as_odrl(self, author) -> None:
        who = made.parties()
        held = made.an_awaiting_right(who)
        document = queries.document_of(queries.agreements_about("right", held.id)[0])
        (attachment,) = document.masthead["attachments"]
        assert (attachment["name"], attachment["media_type"]) == ("policy.jsonld", "application/ld+json")
        assert attachment["data"] == document.data["policy"]


class TestClausesTakePlaceholdersOnly:
    @pytest.mark.parametrize("kind", law.kinds())
    def test_lets_pass_what_is_delivered(self, kind) -> None:
        law.clauses_take_placeholders_only(kind, law.delivered(kind))

    def test_refuses_a_clause_that_is_there_twice(self) -> None:
        one = law.delivered(KIND)[1]
        with pytest.raises(RuleBroken, match="scope"):
            law.clauses_take_placeholders_only(KIND, [one, one])


class TestClausesSayTheSameFacts:
    @pytest.mark.parametrize("kind", law.kinds())
    def test_lets_pass_what_is_delivered(self, kind) -> None:
        law.clauses_say_the_same_facts(law.delivered(kind))

    def test_refuses_a_fact_that_only_one_language_names(self) -> None:
        one = replace(law.delivered(KIND)[1], zh="{right.number}", en="the right")
        with pytest.raises(RuleBroken, match="right.number"):
            law.clauses_say_the_same_facts([one])


class TestClausesAreComplete:
    def test_lets_pass_a_text_with_every_mandatory_clause(self, app) -> None:
        mandatory = tree.profile_of(PLACE).list("op.agreement_clauses")
        assert len(mandatory) == 10
        law.clauses_are_complete({one.covers for one in law.delivered(KIND)}, mandatory)

    def test_names_what_is_missing(self) -> None:
        with pytest.raises(RuleBroken, match="Disclosure"):
            law.clauses_are_complete(["scope"], ["scope", "disclosure"])


class TestDifferences:
    OLD = law.clauses_of(
        [
            {"key": key, "heading_zh": key, "heading_en": key, "zh": f"{key}甲。{key}乙。", "en": f"{key}."}
            for key in "abcd"
        ]
    )

    def test_are_none_between_the_same_texts(self) -> None:
        assert law.differences(self.OLD, self.OLD) == []

    def test_say_what_was_added_dropped_and_changed(self) -> None:
        a, b, c, d = self.OLD
        changed = replace(b, zh="b甲。b丙。")
        fresh = replace(a, key="e", zh="新。", en="New.")
        found = {one.key: one for one in law.differences(self.OLD, [a, changed, fresh, d])}
        assert {key: one.kind for key, one in found.items()} == {"b": "changed", "e": "added", "c": "dropped"}
        assert (found["b"].added["zh"], found["b"].dropped["zh"]) == (["b丙。"], ["b乙。"])
        assert found["e"].added["en"] == ["New."] and found["c"].dropped["zh"] == ["c甲。", "c乙。"]
        assert translate(found["c"].said, "zh")

    def test_name_a_clause_that_stands_elsewhere(self) -> None:
        a, b, c, d = self.OLD
        (one,) = law.differences(self.OLD, [b, c, d, a])
        assert (one.key, one.kind) == ("a", "moved")


class TestKinds:
    def test_are_the_ones_the_form_offers(self) -> None:
        assert law.kinds() == list(FROM_CLAUSES)
