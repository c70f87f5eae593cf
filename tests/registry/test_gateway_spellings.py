"""Words of foreign catalogues read as code lists: what is taken, how it is mended, what is not understood."""

import pytest

from registry.gateway import contacts, dates, items, prose, spellings
from registry.vocabulary import DATABASE_LEVELS, LOCAL_LEVELS, NATIONAL_GRADES
from tests.registry.readings import mended, refused, taken

EMPTIES = [
    None,
    "",
    "  \n",
    "-",
    "暂无",
    "无",
    "undefined",
    "null",
    "默认主题",
    "暂无联系方式",
    "NULL",
    "N/A",
    "——",
    [],
]


class TestEmptyWords:
    @pytest.mark.parametrize("value", EMPTIES)
    @pytest.mark.parametrize(
        "read",
        [
            prose.read_title, prose.read_abstract, prose.read_keywords, prose.read_line, spellings.read_topics,
            spellings.read_industries, spellings.read_frequency, spellings.read_sharing, contacts.read_formats,
            contacts.read_form, contacts.read_contact, contacts.read_email, contacts.read_address,
            contacts.read_body,
            dates.read_day, dates.read_count, items.read_items,
        ],
    )  # fmt: skip
    def test_say_nothing_in_any_column(self, read, value):
        assert taken(read(value)) is None


class TestOpening:
    @pytest.mark.parametrize(
        ("word", "code"),
        [("无条件开放", "open"), ("有条件开放", "conditional"), ("不予开放", "none"), ("open", "open")],
    )
    def test_takes_the_words_of_the_law(self, word, code):
        assert taken(spellings.read_opening(word)) == code

    @pytest.mark.parametrize(
        ("word", "code"),
        [
            ("完全开放", "open"), ("无条件", "open"), ("1级\t不脱敏", "open"), ("1不脱敏", "open"), ("无特殊条件",
            "open"),
            ("开放网站", "open"), ("开放网站开放", "open"), ("浙江省数据开放平台开放", "open"), ("可开放", "open"),
            ("依据《浙江省公共数据条例》对外开放", "open"), ("按相关政策要求,当前数据允许开放", "open"),
            ("开放衢州市城市及县城公园信息", "open"), ("对外提供生活指数预报信息", "open"),
            ("登录开放", "conditional"), ("依申请开放", "conditional"), ("实名制开放", "conditional"), ("有条件",
            "conditional"),
            ("受限开放", "conditional"), ("经大数据主管部门领导审核同意后方可开放。", "conditional"), ("半开放",
            "conditional"),
            ("如:签订保密协议、盖章,待单位审批后方可使用", "conditional"), ("用于数据业务协同\n", "conditional"),
            ("仅供机构/个人查询相关记录", "conditional"), ("数源部门同意", "conditional"), ("按要求开放",
            "conditional"),
            ("涉及个人信息的公共数据已匿名化处理,于开放网站申请后开放", "conditional"), ("用于工作参考",
            "conditional"),
            ("涉及个人信息数据项有条件开放", "conditional"),
            ("禁止开放", "none"), ("局内使用", "none"), ("该数据不宜对外开放", "none"), ("待确定", "undecided"),
        ],
    )  # fmt: skip
    def test_mends_what_portals_write(self, word, code):
        assert mended(spellings.read_opening(word)) == code

    @pytest.mark.parametrize(
        ("word", "why"),
        [
            ("无", "does not tell"), ("0", "does not tell"), ("3", "does not tell"), ("否", "does not tell"),
            ("部门间数据共享", "sharing between agencies"), ("无条件共享", "sharing between agencies"),
            ("涉及个人信息的公共数据已匿名化处理", "how the data were treated"), ("4级\t脱敏",
            "level of protection"),
            ("L1", "level of protection"), ("镇海区", "does not say"), ("开放条件", "does not say"), ("某政策",
            "does not say"),
        ],
    )  # fmt: skip
    def test_guesses_nothing(self, word, why):
        assert why in refused(spellings.read_opening(word))

    def test_knows_yes_and_no_under_a_yes_or_no_heading(self):
        assert mended(spellings.read_opening("否", "是否向社会开放")) == "none"
        assert mended(spellings.read_opening("是", "是否向社会开放")) == "open"

    @pytest.mark.parametrize("word", [None, "", "null", "暂无", "请补充开放条件"])
    def test_hears_nothing_in_empty_words(self, word):
        assert taken(spellings.read_opening(word)) is None

    def test_keeps_the_condition_and_the_level_beside_it(self):
        assert spellings.read_opening("用于数据校验").also == (("opening_conditions", "用于数据校验"),)
        assert spellings.read_opening("依申请开放").also == (("opening_conditions", "依申请开放"),)
        assert spellings.read_opening("1级\t不脱敏").also == (("local_level", "1"),)
        assert spellings.read_opening("4级\t脱敏").also == (("local_level", "4"),)


class TestSharing:
    def test_takes_and_mends(self):
        assert taken(spellings.read_sharing("不予共享")) == "none"
        assert mended(spellings.read_sharing("受限共享")) == "conditional"
        assert mended(spellings.read_sharing("非共享")) == "none"
        assert "not understood" in refused(spellings.read_sharing("看情况"))


class TestFrequency:
    @pytest.mark.parametrize(
        ("word", "code"),
        [
            ("每年", "yearly"),
            ("每月", "monthly"),
            ("实时", "real_time"),
            ("不更新", "static"),
            ("其他", "other"),
        ],
    )
    def test_takes_the_usual_words(self, word, code):
        assert taken(spellings.read_frequency(word)) == code

    @pytest.mark.parametrize(
        ("word", "code"),
        [
            ("年", "yearly"), ("按年更新", "yearly"), ("年度更新", "yearly"), ("每年一次", "yearly"),
            ("每年更新一次", "yearly"),
            ("每天", "daily"), ("按日更新", "daily"), ("每月(更新说明:暂无新业务数据产生)", "monthly"), ("即时",
            "real_time"),
            ("不更新（更新说明：无）", "static"), ("静态数据", "static"), ("不定期更新", "irregular"), ("不定时",
            "irregular"),
            ("小时级", "hourly"), ("分钟级", "by_minute"), ("季度", "quarterly"), ("半年", "half_yearly"), ("半月",
            "half_monthly"),
            ("其它", "other"), ("自定义", "other"), ("每个月", "monthly"),
        ],
    )  # fmt: skip
    def test_mends_other_spellings(self, word, code):
        assert mended(spellings.read_frequency(word)) == code

    def test_proposes_the_nearest_word(self):
        assert "Perhaps “monthly”" in refused(spellings.read_frequency("每月度末"))


class TestTopics:
    def test_takes_a_theme(self):
        assert taken(spellings.read_topics("医疗卫生")) == ["health"]
        assert taken(spellings.read_topics(["城建住房", "其他"])) == ["construction", "other"]

    def test_mends_lists_and_joined_words(self):
        assert taken(spellings.read_topics("工业农业、财税金融")) == ["industry_agriculture", "finance"]
        assert taken(spellings.read_topics("信用服务,财税金融,")) == ["credit", "finance"]
        assert mended(spellings.read_topics("文化、卫生、体育")) == ["health", "education_culture"]

    def test_puts_a_section_of_industry_where_it_belongs(self):
        assert spellings.read_topics("居民服 务、修理和其他服务业").also == (("industries", ["O"]),)
        assert spellings.read_industries("教育文化").also == (("themes", ["education_culture"]),)

    def test_takes_sections_of_industry(self):
        assert taken(spellings.read_industries("农、林、牧、渔业")) == ["A"]
        assert mended(spellings.read_industries("农林牧渔业\r\n公共管理、社会保障和社会组织")) == ["A", "S"]
        assert taken(
            spellings.read_industries("公共管理、社会保障和社会组织,水利、环境和公共设施管理业")
        ) == ["S", "N"]
        assert taken(spellings.read_industries("其他")) is None

    def test_keeps_what_is_understood_beside_what_is_not(self):
        reading = spellings.read_topics("医疗卫生、太空旅行")
        assert reading.value == ["health"]
        assert "太空旅行" in str(reading.refused)


class TestTerms:
    def test_read_grades_and_levels(self):
        assert taken(spellings.read_term("重要数据", NATIONAL_GRADES)) == "important"
        assert mended(spellings.read_term("核心", NATIONAL_GRADES)) == "core"
        assert mended(spellings.read_term("L3", LOCAL_LEVELS)) == "3"
        assert mended(spellings.read_term("主题库", DATABASE_LEVELS)) == "theme"
        assert "not understood" in refused(spellings.read_term("绝密", NATIONAL_GRADES))
