"""The duties of a catalogue entry, under the rules of each place."""

import pytest

from jurisdictions.tree import all_jurisdictions, profile_of
from kernel.duty import DUTIES
from kernel.errors import RuleBroken
from kernel.words import Text, translate
from registry.rules import catalogue, personal
from registry.rules.personal import PersonalItem, opening_warnings, personal_items
from registry.vocabulary import FIELDS

WUZHONG, DONGGUAN, LISHUI, CHENGDU, YUNNAN = (
    profile_of(code) for code in ("640300", "441900", "331100", "510100", "530000")
)
COMPLETE = {
    "title": "公园信息",
    "themes": ["construction"],
    "national_grade": "general",
    "provider": "市园林局",
    "collector": "市园林局",
    "approver": "市园林局",
    "data_form": "file",
    "formats": ["csv"],
    "items": [{"name": "名称"}],
    "sharing_attribute": "unconditional",
    "sharing_manner": "接口",
    "opening_attribute": "open",
    "update_frequency": "yearly",
}
IDENTITY = personal_items(["姓名、身份证号码"])


def broken(duty, *args, **options):
    with pytest.raises(RuleBroken) as refused:
        duty(*args, **options)
    assert str(refused.value.message) != translate(refused.value.message, "zh")
    return str(refused.value.message)


class TestMissingFields:
    @pytest.mark.parametrize("place", all_jurisdictions(), ids=lambda place: place.code)
    @pytest.mark.parametrize("key", ["catalogue.entry_fields", "opening.entry_fields"])
    def test_knows_every_part_that_any_rule_names(self, place, key):
        missing = catalogue.missing_fields({}, profile_of(place.code), key)
        assert missing[0] == "title"
        assert set(missing) <= set(FIELDS.codes)

    @pytest.mark.parametrize(
        "profile", [WUZHONG, DONGGUAN, LISHUI, CHENGDU, YUNNAN], ids=lambda profile: profile.code
    )
    def test_is_empty_for_a_complete_entry(self, profile):
        assert catalogue.missing_fields(COMPLETE, profile) == ()

    def test_follows_the_rule_of_the_place(self):
        bare = {"title": "公园", "provider": "市园林局"}
        assert {"collector", "approver"} <= set(catalogue.missing_fields(bare, WUZHONG))
        assert "items" in catalogue.missing_fields(bare, YUNNAN)
        assert "national_grade" not in catalogue.missing_fields(bare, DONGGUAN)
        assert "formats" in catalogue.missing_fields(bare, CHENGDU)

    def test_asks_for_conditions_only_with_their_attribute(self):
        conditional = {**COMPLETE, "sharing_attribute": "conditional", "opening_attribute": "conditional"}
        assert catalogue.missing_fields(conditional, WUZHONG) == ("sharing_conditions", "sharing_scope")
        assert catalogue.missing_fields(conditional, YUNNAN) == ("use_conditions", "opening_conditions")
        withheld = {**COMPLETE, "sharing_attribute": "none", "items": [], "sharing_manner": ""}
        assert catalogue.missing_fields(withheld, WUZHONG) == ()

    def test_takes_a_local_level_for_the_grade(self):
        local = {**COMPLETE, "national_grade": None, "local_level": "2"}
        assert catalogue.missing_fields(local, WUZHONG) == ()

    def test_counts_blanks_and_empty_lists_as_missing(self):
        blank = {**COMPLETE, "collector": "  ", "themes": []}
        assert catalogue.missing_fields(blank, WUZHONG) == ("themes", "collector")

    def test_refuses_a_rule_it_does_not_know(self, monkeypatch):
        catalogue._asked_groups.cache_clear()
        monkeypatch.delitem(catalogue.PARTS, "form")
        with pytest.raises(ValueError, match="no known part"):
            catalogue.missing_fields(COMPLETE, WUZHONG)


class TestEntryIsComplete:
    def test_lets_a_complete_entry_pass(self):
        catalogue.entry_is_complete(COMPLETE, WUZHONG)

    def test_names_what_is_missing(self):
        message = broken(
            catalogue.entry_is_complete, {**COMPLETE, "collector": None, "approver": None}, WUZHONG
        )
        assert message == "The entry does not yet say: collecting department, approving department."


class TestResourceCodeIsStandard:
    def test_lets_a_right_code_pass(self):
        catalogue.resource_code_is_standard("307001/000001")
        catalogue.resource_code_is_standard("307001/000001", "department")

    def test_refuses_a_wrong_form(self):
        assert "307001-1" in broken(catalogue.resource_code_is_standard, "307001-1")

    def test_refuses_a_class_that_belies_the_level(self):
        assert "begins with 3" in broken(catalogue.resource_code_is_standard, "307001/1", "base")


class TestSharingAttributeIsGrounded:
    def test_asks_nothing_of_data_shared_without_conditions(self):
        for attribute in ("unconditional", None):
            catalogue.sharing_attribute_is_grounded({"sharing_attribute": attribute}, WUZHONG)

    def test_asks_for_what_the_rule_of_the_place_names(self):
        fields = {"sharing_attribute": "conditional"}
        assert "basis of the sharing attribute, sharing conditions" in broken(
            catalogue.sharing_attribute_is_grounded, fields, WUZHONG
        )
        assert "sharing scope, conditions of use" in broken(
            catalogue.sharing_attribute_is_grounded, fields, YUNNAN
        )
        catalogue.sharing_attribute_is_grounded({**fields, "sharing_conditions": "签订协议"}, CHENGDU)

    def test_wants_a_law_for_data_that_are_not_shared(self):
        fields = {"sharing_attribute": "none"}
        assert "basis or reasons" in broken(catalogue.sharing_attribute_is_grounded, fields, WUZHONG)
        vague = {**fields, "sharing_basis": "不方便"}
        assert "law they rest on" in broken(catalogue.sharing_attribute_is_grounded, vague, WUZHONG)
        catalogue.sharing_attribute_is_grounded({**fields, "sharing_basis": "《统计法》第九条"}, WUZHONG)

    def test_is_content_with_reasons_where_the_rule_is(self):
        catalogue.sharing_attribute_is_grounded(
            {"sharing_attribute": "none", "sharing_basis": "仅供内部研究"}, CHENGDU
        )

    def test_asks_nothing_where_the_rule_is_silent(self):
        catalogue._not_shared_is_grounded(None, ())


class TestOpeningAttributeIsLawful:
    @pytest.mark.parametrize("attribute", ["open", "conditional"])
    def test_bars_personal_information(self, attribute):
        message = broken(catalogue.opening_attribute_is_lawful, attribute, WUZHONG, personal=IDENTITY)
        assert "身份证号码 (identity document)" in message

    @pytest.mark.parametrize("ground", [{"treated": True}, {"consented": True}])
    def test_lets_treated_or_consented_data_pass(self, ground):
        catalogue.opening_attribute_is_lawful("open", WUZHONG, personal=IDENTITY, trade_secret=True, **ground)

    def test_bars_nothing_on_an_uncertain_finding(self):
        catalogue.opening_attribute_is_lawful("open", WUZHONG, personal=personal_items(["姓名、性别"]))

    def test_bars_trade_secrets(self):
        assert "Trade secrets" in broken(
            catalogue.opening_attribute_is_lawful, "open", WUZHONG, trade_secret=True
        )

    def test_bars_state_secrets_whoever_consents(self):
        assert "state secrets" in broken(
            catalogue.opening_attribute_is_lawful, "conditional", WUZHONG, state_secret=True, consented=True
        )
        catalogue.opening_attribute_is_lawful("open", WUZHONG, state_secret=True, treated=True)

    def test_keeps_agreements_as_the_place_reads_them(self):
        assert "forbids" in broken(
            catalogue.opening_attribute_is_lawful, "open", WUZHONG, agreement="forbids"
        )
        catalogue.opening_attribute_is_lawful("open", WUZHONG, agreement="silent")
        assert "expressly" in broken(
            catalogue.opening_attribute_is_lawful, "open", YUNNAN, agreement="silent"
        )
        catalogue.opening_attribute_is_lawful("open", YUNNAN, agreement="allows")

    def test_demands_opening_where_the_ground_is_gone_and_the_rule_says_so(self):
        ground = {"personal": IDENTITY, "treated": True}
        assert "must be opened" in broken(catalogue.opening_attribute_is_lawful, "none", DONGGUAN, **ground)
        catalogue.opening_attribute_is_lawful("none", DONGGUAN, state_secret=True, **ground)
        catalogue.opening_attribute_is_lawful("none", WUZHONG, **ground)

    @pytest.mark.parametrize("attribute", ["none", "undecided", None])
    def test_asks_nothing_of_data_that_are_not_open(self, attribute):
        catalogue.opening_attribute_is_lawful(attribute, DONGGUAN, personal=IDENTITY, trade_secret=True)


class TestGradeLimitsAttributes:
    def test_leaves_general_data_free(self):
        for grade in ("general", None):
            catalogue.grade_limits_attributes(
                grade, opening="open", sharing="unconditional", registering=True
            )

    @pytest.mark.parametrize(
        "choice", [{"opening": "conditional"}, {"sharing": "conditional"}, {"opening": "undecided"}]
    )
    def test_closes_core_data(self, choice):
        assert "neither opened nor shared" in broken(catalogue.grade_limits_attributes, "core", **choice)

    def test_keeps_core_data_out_of_registration(self):
        assert "registered" in broken(catalogue.grade_limits_attributes, "core", registering=True)
        catalogue.grade_limits_attributes("core", opening="none", sharing="none")

    @pytest.mark.parametrize("choice", [{"opening": "open"}, {"sharing": "unconditional"}])
    def test_never_lets_important_data_go_without_conditions(self, choice):
        assert "on conditions" in broken(catalogue.grade_limits_attributes, "important", **choice)

    def test_lets_important_data_go_on_conditions(self):
        catalogue.grade_limits_attributes(
            "important", opening="conditional", sharing="conditional", registering=True
        )


class TestPersonalItems:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("姓名、身份证号码", "identity"), ("包含身份证、金额", "identity"), ("手机号", "contact"), ("家庭住址",
            "address"),
            ("户籍所在地", "address"), ("出生年月", "birth"), ("银行卡号", "account"), ("人脸图像", "biometrics"),
            ("病历", "health"),
            ("宗教信仰", "belief"), ("学生姓名", "minors"), ("婚姻状况", "family"), ("行踪", "whereabouts"),
        ],
    )  # fmt: skip
    def test_finds_each_kind(self, text, kind):
        assert kind in {item.kind for item in personal_items([text]) if item.certain}

    @pytest.mark.parametrize(
        "text",
        [
            "身份证办理指南", "户籍人口数", "残疾人数", "宗教活动场所", "企业名称、联系电话", "医保局",
            "身份证号（脱敏）", "居民身份证补领网点",
            "需申请人提供有效身份证等材料", "品名、姓名牌", "", "指纹锁",
        ],
    )  # fmt: skip
    def test_does_not_take_statistics_and_services_for_persons(self, text):
        assert [item for item in personal_items([text]) if item.certain] == []

    def test_marks_what_the_law_calls_sensitive(self):
        found = {item.term: item.sensitive for item in personal_items(["身份证号码、家庭住址、人脸"])}
        assert found == {"身份证号码": True, "家庭住址": False, "人脸": True}

    def test_only_warns_of_a_name_with_particulars(self):
        (item,) = personal_items(["姓名、性别"])
        assert (item.term, item.kind, item.certain) == ("姓名", "name", False)
        assert personal_items(["姓名"]) == ()

    def test_counts_some_words_only_beside_a_name(self):
        assert [item.certain for item in personal_items(["残疾等级、补助标准"])] == [False]
        assert {item.term for item in personal_items(["姓名", "残疾等级"]) if item.certain} == {"残疾等级"}

    def test_names_each_word_once(self):
        assert len(personal_items(["身份证号", "身份证号"])) == 1

    def test_says_the_finding_in_both_languages(self):
        text = PersonalItem("人脸", "biometrics", sensitive=True).text
        assert str(text) == "人脸 (biometrics)"
        assert translate(text, "zh") == "人脸（生物识别信息）"


class TestOpeningWarnings:
    def test_speak_only_of_data_that_are_to_be_opened(self):
        found = personal_items(["姓名、性别"])
        assert len(opening_warnings("open", found)) == 1
        assert opening_warnings("none", found) == ()
        assert opening_warnings("open", IDENTITY[:1]) == ()


class TestBiometricsAreGrounded:
    def test_wants_a_law(self):
        assert "指纹" in broken(personal.biometrics_are_grounded, ["姓名", "指纹"], " ")
        personal.biometrics_are_grounded(["指纹"], "《出境入境管理法》第七条")
        personal.biometrics_are_grounded(["姓名"], None)


class TestDuties:
    def test_are_known_by_their_ids(self):
        ids = {name: duty.ids for name, duty in DUTIES.items() if name.startswith("registry.")}
        assert ids["registry.entry_is_complete"] == ("C05",)
        assert ids["registry.opening_attribute_is_lawful"] == ("O01",)
        assert ids["registry.sharing_attribute_is_grounded"] == ("H01",)
        assert ids["registry.grade_limits_attributes"] == ("G02",)
        assert ids["registry.biometrics_are_grounded"] == ("A08",)

    def test_name_every_field_in_chinese(self):
        for term in FIELDS:
            assert translate(Text(term.en), "zh") == term.zh
