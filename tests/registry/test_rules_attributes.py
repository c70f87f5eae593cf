"""The law of attributes beyond the single class: places' classes, authorised operation, closing, loosening, comments once."""

from datetime import date

import pytest

from jurisdictions.tree import profile_of
from kernel.errors import RuleBroken
from registry.rules.attributes import (
    attributes_are_classes_of_the_place,
    closing_is_grounded,
    comments_are_made_at_once,
    has_trade_secrets,
    items_marked,
    loosening_is_recorded,
    operation_attribute_is_lawful,
)
from registry.rules.review import extension_is_asked_in_time

WUZHONG, LISHUI = profile_of("640300"), profile_of("331100")
TODAY = date(2026, 5, 6)


def refused(work):
    with pytest.raises(RuleBroken) as found:
        work()
    return found.value


class TestAttributesAreClassesOfThePlace:
    @pytest.mark.parametrize("opening", ["open", "conditional", "none", "undecided", None])
    def test_takes_what_the_place_knows(self, opening):
        attributes_are_classes_of_the_place({"opening_attribute": opening}, WUZHONG)

    def test_reads_a_list_of_open_data_as_its_classes(self):
        for code in ("open", "conditional", "none"):
            attributes_are_classes_of_the_place({"opening_attribute": code}, LISHUI)

    def test_refuses_another_class(self):
        told = refused(
            lambda: attributes_are_classes_of_the_place({"sharing_attribute": "none"}, _only("unconditional"))
        )
        assert "H01" in told.ids and "not shared" in str(told)


def _only(*classes):
    class Rules:
        def list(self, key):
            return classes if key == "sharing.classes" else ()

    return Rules()


class TestOperationAttributeIsLawful:
    def test_takes_what_is_open(self):
        operation_attribute_is_lawful(
            {"operation_attribute": "allowed", "opening_attribute": "open"}, WUZHONG
        )

    @pytest.mark.parametrize("attribute", ["none", None])
    def test_asks_nothing_of_what_is_not_held_out(self, attribute):
        operation_attribute_is_lawful({"operation_attribute": attribute, "national_grade": "core"}, WUZHONG)

    @pytest.mark.parametrize(
        "facts",
        [
            {"operation_attribute": "allowed", "opening_attribute": "none"},
            {"operation_attribute": "conditional", "national_grade": "core"},
            {"operation_attribute": "allowed", "national_grade": "important"},
            {"operation_attribute": "conditional", "opening_attribute": "open"},
        ],
    )
    def test_refuses_what_may_not_be_authorised(self, facts):
        assert refused(lambda: operation_attribute_is_lawful(facts, WUZHONG)).ids == ("F02",)

    def test_takes_conditions_that_are_stated(self):
        facts = {
            "operation_attribute": "conditional",
            "national_grade": "important",
            "operation_conditions": "可用不可见",
        }
        operation_attribute_is_lawful(facts, WUZHONG)


class TestClosingIsGrounded:
    def test_asks_for_the_ground_where_data_are_open_else(self):
        assert "O01" in refused(lambda: closing_is_grounded({"opening_attribute": "none"}, WUZHONG)).ids

    @pytest.mark.parametrize(
        "told", [{"opening_ground": "trade_secret"}, {"opening_basis": "《数据安全法》第二十一条"}]
    )
    def test_takes_a_ground_or_a_basis(self, told):
        closing_is_grounded({"opening_attribute": "none"} | told, WUZHONG)

    def test_takes_what_the_data_show_themselves(self):
        found = items_marked([{"name": "姓名", "sensitivity": "personal"}])
        closing_is_grounded({"opening_attribute": "none"}, WUZHONG, found)

    def test_asks_nothing_where_the_rules_are_silent_or_data_are_open(self):
        closing_is_grounded({"opening_attribute": "none"}, LISHUI)
        closing_is_grounded({"opening_attribute": "open"}, WUZHONG)


class TestLooseningIsRecorded:
    closed, opened = {"opening_attribute": "none"}, {"opening_attribute": "open"}

    def test_asks_for_the_record_where_a_ground_stood_against_it(self):
        assert refused(lambda: loosening_is_recorded(self.closed, self.opened, True)).ids == ("O01",)
        half = self.opened | {"ground_removed_by": "treatment"}
        refused(lambda: loosening_is_recorded(self.closed, half, True))

    def test_takes_it_with_the_record(self):
        told = self.opened | {"ground_removed_by": "consent", "removal_record": "2026-04-01 同意书 12 号"}
        loosening_is_recorded(self.closed, told, True)

    def test_asks_nothing_where_no_ground_stood_or_nothing_is_loosened(self):
        loosening_is_recorded(self.closed, self.opened, False)
        loosening_is_recorded(self.opened, self.closed, True)
        loosening_is_recorded(self.opened, self.opened, True)


class TestCommentsAreMadeAtOnce:
    def test_asks_nothing_of_the_first_return(self):
        comments_are_made_at_once({"title"}, None, set())

    def test_takes_what_was_named_before_or_changed_since(self):
        comments_are_made_at_once({"title", "abstract"}, {"title"}, {"abstract"})

    def test_refuses_what_the_first_review_let_pass(self):
        told = refused(lambda: comments_are_made_at_once({"provider"}, {"title"}, {"abstract"}))
        assert told.ids == ("C02",) and "providing department" in str(told)


class TestExtensionIsAskedInTime:
    def test_takes_it_while_the_clock_runs(self):
        extension_is_asked_in_time(TODAY, TODAY, True)

    @pytest.mark.parametrize(("ends", "is_known"), [(None, True), (date(2026, 5, 5), True), (TODAY, False)])
    def test_refuses_it_else(self, ends, is_known):
        assert refused(lambda: extension_is_asked_in_time(TODAY, ends, is_known)).ids == ("C06",)


class TestItemsMarked:
    def test_bar_opening_when_they_are_personal(self):
        items = [
            {"name": "甲", "sensitivity": "sensitive_personal"},
            {"name": "乙", "sensitivity": "ordinary"},
            {"name": "丙"},
        ]
        assert [(item.term, item.sensitive, item.certain) for item in items_marked(items)] == [
            ("甲", True, True)
        ]

    def test_tell_trade_secrets(self):
        assert has_trade_secrets([{"name": "甲", "sensitivity": "trade_secret"}])
        assert not has_trade_secrets([{"name": "甲"}])
