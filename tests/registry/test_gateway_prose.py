"""Titles, running text, keywords and data items of foreign catalogues."""

import pytest

from registry.gateway import items, prose
from tests.registry.readings import mended, refused, taken


class TestTitles:
    @pytest.mark.parametrize("title", ["公园信息（2021年）", "IPI", "“放心粮油”企业、供应店"])
    def test_are_taken(self, title):
        assert taken(prose.read_title(title)) == title

    @pytest.mark.parametrize(
        ("value", "title"),
        [
            (" 公园\t信息\r\n", "公园 信息"), ("ＡＢＣ公司（１）", "ABC公司（1）"), ("公园\u200b信息\u202e",
            "公园信息"),
            ("&ldquo;五星级&rdquo;公园", "“五星级”公园"), ("公园　信息", "公园 信息"),
        ],
    )  # fmt: skip
    def test_are_cleaned_but_keep_chinese_punctuation(self, value, title):
        assert mended(prose.read_title(value)) == title

    def test_without_a_letter_or_too_long_are_refused(self):
        assert "no letter" in refused(prose.read_title("2021001"))
        assert "201 characters" in refused(prose.read_title("长" * 201))
        assert taken(prose.read_title({"a": 1})) is None

    @pytest.mark.parametrize(
        ("title", "trial"),
        [("测试", True), ("test1", True), ("测试数据", True), ("普通话水平测试信息", False)],
    )
    def test_that_look_like_a_trial_are_told(self, title, trial):
        assert prose.looks_like_a_trial(title) is trial


class TestText:
    def test_loses_its_markup_and_scripts(self):
        value = "<p>第一段&nbsp;甲</p><p>第二段<script>alert(1)</script><br/>末行 &lt;b&gt;</p>"
        assert mended(prose.read_abstract(value)) == "第一段 甲\n第二段\n末行"
        assert mended(prose.read_abstract("贺州市&ldquo;五星&rdquo;")) == "贺州市“五星”"

    def test_keeps_a_sign_that_is_no_markup(self):
        assert taken(prose.read_abstract("收入<3000元的家庭")) == "收入<3000元的家庭"

    def test_is_nothing_where_only_markup_stood(self):
        assert taken(prose.read_abstract("<p>&nbsp;</p>")) is None

    def test_is_cut_where_it_is_too_long(self):
        assert len(mended(prose.read_abstract("长" * 6000))) == prose.LONGEST_TEXT
        assert len(mended(prose.read_line("长" * 400))) == prose.LONGEST_LINE

    def test_of_several_parts_becomes_one_line(self):
        assert taken(prose.read_line(["甲", "乙"])) == "甲、乙"
        assert mended(prose.read_abstract("甲\t\r\n  乙")) == "甲\n乙"


class TestKeywords:
    @pytest.mark.parametrize(
        ("value", "words"),
        [
            ("系统\r\n\t市\r\n\t环境温度\r\n\t环境温度", ["系统", "环境温度"]),
            ("数据、报名、信息、开放", ["数据", "报名", "开放"]),
            ("培育\xa0\r\n\t   企业名单\xa0\r\n\t", ["培育", "企业名单"]),
            ("农业、水利\r\n农、林、牧、渔业", ["农业、水利", "农、林、牧、渔业"]),
            ("台州市 环境 空气", ["台州市", "环境", "空气"]),
            ("机构,建筑,SODA2022", ["机构", "建筑", "SODA2022"]),
        ],
    )
    def test_are_taken_apart(self, value, words):
        assert mended(prose.read_keywords(value)) == words

    def test_of_a_list_are_taken(self):
        assert taken(prose.read_keywords(["公园", "绿地"])) == ["公园", "绿地"]

    def test_that_are_only_pieces_say_nothing(self):
        assert taken(prose.read_keywords("1、-、_")) is None


class TestItems:
    @pytest.mark.parametrize(
        ("abstract", "names"),
        [
            (
                "包含拆除施工企业信息包括企业名称、法定代表人、资质等级信息。",
                ["企业名称", "法定代表人", "资质等级"],
            ),
            (
                "报名信息,包含团队名称,团队组长,联系电话,邮箱等信息",
                ["团队名称", "团队组长", "联系电话", "邮箱"],
            ),
            ("主要信息包括:平均温度、数据时间", ["平均温度", "数据时间"]),
            ("产值包括年份、产值(万元、现价)、评定等级等内容。", ["年份", "产值(万元、现价)", "评定等级"]),
            ("指标名称,年度,月份,总指数", ["指标名称", "年度", "月份", "总指数"]),
            ("降水量内容包含为年份、时间、单位;", ["年份", "时间", "单位"]),
            ("可作为工作参考,主要应用于公共服务,提供姓名、征收项目等数据。", ["姓名", "征收项目"]),
            ("档案包括状态、编号、省、市等内容。", ["状态", "编号", "省", "市"]),
            (
                "经营情况包括项目、法人数(个)、人数(人、营业额(万元)、收入等内容。",
                ["项目", "法人数(个)", "人数(人", "营业额(万元)", "收入"],
            ),
        ],
    )
    def test_are_found_in_the_abstract(self, abstract, names):
        assert [item["name"] for item in mended(items.items_in_abstract(abstract))] == names

    @pytest.mark.parametrize(
        "abstract",
        [
            "六次全省人口普查基本情况信息", "对按时申报的,系统对其进行等级评定,可转化为信用,促进发展",
            "包括7个国控站点优良天数比例情况",
            "上海市公安局提供的受理点信息", "",
        ],
    )  # fmt: skip
    def test_are_not_invented(self, abstract):
        assert items.items_in_abstract(abstract).value is None

    def test_are_read_from_a_column(self):
        assert taken(items.read_items(["名称", "地址"])) == [{"name": "名称"}, {"name": "地址"}]
        assert taken(items.read_items([{"名称": "名称", "类型": "C"}])) == [{"name": "名称"}]
        assert mended(items.read_items("1.名称；2.地址\n3.电话")) == [
            {"name": n} for n in ("名称", "地址", "电话")
        ]
