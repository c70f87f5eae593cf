"""A row read as an entry: every value taken, mended with a note, reported, or kept as an extra."""

import time
from datetime import date

import pytest

from kernel.words import translate
from registry.gateway import propose_mapping, read_entry

TODAY = date(2023, 6, 20)


def entry_of(row, **options):
    return read_entry(row, propose_mapping(row).columns, **options)


def problems(entry):
    return [(problem.field, problem.rule) for problem in entry.problems]


class TestReadEntry:
    def test_reads_a_row_of_a_portal(self):
        entry = entry_of(
            {
                "标题": "参赛报名信息",
                "摘要": "参赛报名信息,包含团队名称,团队组长等信息",
                "标签": "报名、大赛",
                "更新周期": "每年",
                "资源格式": "数据库-mysql",
                "数源单位": "市大数据局",
                "数据领域": "科技创新",
                "行业分类": "暂无",
                "开放条件": "开放网站开放",
                "更新日期": "2023-06-14",
                "数据条数": "1,235",
                "详情页网址": "http://data.example.gov.cn/detail?iid=4932",
                "文件数": "1",
            }
        )
        assert entry.refused is None
        assert entry.fields == {
            "title": "参赛报名信息",
            "abstract": "参赛报名信息,包含团队名称,团队组长等信息",
            "keywords": ["报名", "大赛"],
            "update_frequency": "yearly",
            "formats": ["mysql"],
            "data_form": "table",
            "provider": "市大数据局",
            "themes": ["science"],
            "opening_attribute": "open",
            "updated_on": date(2023, 6, 14),
            "record_count": 1235,
            "source_url": "http://data.example.gov.cn/detail?iid=4932",
            "items": [{"name": "团队名称"}, {"name": "团队组长"}],
        }
        assert entry.extras == {"文件数": "1"}
        assert entry.problems == []

    def test_says_what_was_mended_from_what_to_what(self):
        entry = entry_of({"名称": "公园", "数据量": "1,235"})
        (mending,) = entry.mendings
        assert (mending.field, mending.rule) == ("record_count", "number_form")
        assert (mending.before, mending.after) == ("1,235", "1235")
        assert translate(mending.note, "zh") == "“1,235”读作数字 1235。"

    def test_reports_and_keeps_what_it_does_not_understand(self):
        entry = entry_of({"名称": "公园", "更新频率": "看情况", "开放条件": "镇海区"})
        assert problems(entry) == [
            ("update_frequency", "not_understood"),
            ("opening_attribute", "not_understood"),
        ]
        assert "update_frequency" not in entry.fields
        assert entry.extras == {"更新频率": "看情况", "开放条件": "镇海区"}

    def test_refuses_what_can_hold_no_entry(self):
        assert "not a record" in str(read_entry(7, {}).refused)
        assert "not a record" in str(read_entry([1], {}).refused)
        assert "names no resource" in str(entry_of({"名称": "暂无", "摘要": "x"}).refused)
        assert "names no resource" in str(entry_of({"摘要": "x"}).refused)
        assert "no letter" in str(entry_of({"名称": "12369"}).refused)

    def test_takes_the_second_title_where_the_first_is_none(self):
        entry = entry_of({"资源名称": "12369", "标题": "投诉热线"})
        assert entry.refused is None
        assert entry.fields["title"] == "投诉热线"

    def test_keeps_the_preferred_column_and_the_other_as_an_extra(self):
        entry = entry_of({"名称": "公园", "提供单位": "市园林局", "发布部门": "市大数据局"})
        assert entry.fields["provider"] == "市园林局"
        assert entry.extras == {"发布部门": "市大数据局"}

    def test_joins_the_lists_of_several_columns(self):
        themes = {"数据领域": "城建住房", "国家主题分类": "城乡建设、环境保护"}
        entry = entry_of({"行业分类": "教育文化", "名称": "公园", **themes})
        assert entry.fields["themes"] == ["construction", "environment", "education_culture"]

    def test_reports_days_that_cannot_be(self):
        row = {"名称": "公园", "发布日期": "2023-06-10", "更新日期": "2023-06-01"}
        assert problems(entry_of(row)) == [("updated_on", "updated_before_published")]
        row = {"名称": "公园", "更新日期": 1696010400000}
        assert problems(entry_of(row)) == []
        assert problems(entry_of(row, today=TODAY)) == [("updated_on", "in_the_future")]

    def test_reports_a_row_that_was_typed_to_try(self):
        assert problems(entry_of({"名称": "测试数据"})) == [("title", "trial")]


class TestAHostileRow:
    @pytest.mark.parametrize(
        "piece",
        [
            "a",
            "包括",
            "等",
            "（",
            "、",
            "<",
            "&amp;",
            "1",
            " ",
            "a@",
            "身份证",
            "[",
            "0571-",
            "*",
            "\u3000",
            "主要信息",
            "：",
            "a.",
            "的信息",
        ],
    )
    def test_costs_no_more_than_its_size(self, piece):
        headings = ["名称", "摘要", "标签", "数据领域", "行业分类", "开放条件", "更新频率", "资源格式", "联系方式", "联系邮箱",
                    "数据量", "更新日期", "详情页网址", "提供单位", "数据项"]  # fmt: skip
        row = dict.fromkeys(headings, piece * (200_000 // len(piece)))
        began = time.process_time()
        entry = entry_of({**row, "名称": "公园"})
        assert time.process_time() - began < 2
        assert ("provider", "too_long") in problems(entry)
        assert "provider" not in entry.fields

    @pytest.mark.parametrize(
        "value", [{"a": [1]}, [[1], {"b": None}], 1.5, True, -7, 10**30, [None]], ids=str
    )
    def test_with_objects_in_its_cells_raises_nothing(self, value):
        entry_of(
            {
                "名称": "公园",
                **dict.fromkeys(("摘要", "标签", "数据领域", "资源格式", "数据量", "更新日期"), value),
            }
        )
        others = dict.fromkeys(("数据项", "开放条件", "联系方式", "详情页网址", "更新频率"), value)
        entry_of({"名称": value, **others})


class TestTwoColumnsOnOpening:
    def test_agree(self):
        entry = entry_of({"名称": "公园", "开放类型": "可开放", "开放条件": "无条件开放"})
        assert entry.fields["opening_attribute"] == "open"
        assert entry.problems == []

    def test_a_stated_class_beats_a_mere_channel(self):
        entry = entry_of({"名称": "公园", "开放属性": "开放网站", "开放类型": "有条件开放"})
        assert entry.fields["opening_attribute"] == "conditional"
        assert entry.problems == []

    def test_the_stricter_class_wins_and_is_reported(self):
        entry = entry_of({"名称": "公园", "开放属性": "无条件开放", "开放类型": "不予开放"})
        assert entry.fields["opening_attribute"] == "none"
        assert problems(entry) == [("opening_attribute", "columns_differ")]

    def test_a_silent_one_is_no_problem_once_the_other_answered(self):
        entry = entry_of({"名称": "公园", "开放属性": "某政策", "开放类型": "有条件开放"})
        assert entry.fields["opening_attribute"] == "conditional"
        assert entry.problems == []
        entry = entry_of({"名称": "公园", "开放属性": "有条件开放", "开放类型": "某政策"})
        assert entry.fields["opening_attribute"] == "conditional"
        assert entry.problems == []
        assert entry.extras == {"开放类型": "某政策"}

    def test_the_words_of_the_other_are_kept_as_the_conditions(self):
        entry = entry_of({"名称": "公园", "开放属性": "有条件开放", "开放条件": "需说明应用场景"})
        assert entry.fields["opening_conditions"] == "需说明应用场景"
        entry = entry_of({"名称": "公园", "开放属性": "有条件开放", "开放条件": "签订保密协议后使用"})
        assert entry.fields["opening_conditions"] == "签订保密协议后使用"
        assert entry.problems == []

    def test_a_channel_that_gave_way_is_not_reported_as_read(self):
        entry = entry_of({"名称": "公园", "开放属性": "开放网站", "开放类型": "有条件开放"})
        assert [mending.rule for mending in entry.mendings] == []
        entry = entry_of({"名称": "公园", "开放属性": "有条件开放", "开放类型": "开放网站"})
        assert entry.fields["opening_attribute"] == "conditional"
