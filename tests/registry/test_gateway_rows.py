"""Files into rows: what is read, what is saved of a damaged file, what is refused and why."""

import csv
import io
import json
import zipfile

import pytest
import xlsxwriter

from kernel.errors import InvalidInput
from kernel.words import translate
from registry.gateway import joined_repeats, propose_mapping, read_rows
from registry.gateway.rows import RawRow

LIMITS = {"byte_limit": 2_000_000, "row_limit": 1000}
ROWS = [{"名称": "公园信息", "更新频率": "每年"}, {"名称": "学校信息", "更新频率": "每月"}]


def spreadsheet(rows, *, empty_first=False):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"strings_to_formulas": False})
    if empty_first:
        book.add_worksheet("说明")
    sheet = book.add_worksheet("目录")
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    book.close()
    return content.getvalue()


def zipped(members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in members.items():
            archive.writestr(name, part)
    return content.getvalue()


def refusal(filename, content, **limits):
    with pytest.raises(InvalidInput) as refused:
        read_rows(filename, content, **{**LIMITS, **limits})
    return str(refused.value.messages["file"][0])


class TestReadRows:
    def test_reads_a_json_list(self):
        file = read_rows("目录.json", json.dumps(ROWS, ensure_ascii=False).encode(), **LIMITS)
        assert [row.values for row in file.rows] == ROWS
        assert [row.number for row in file.rows] == [1, 2]
        assert (file.encoding, file.headings, file.problems) == ("utf-8", ["名称", "更新频率"], [])

    def test_reads_the_list_inside_an_answer_of_a_portal(self):
        file = read_rows("a.json", json.dumps({"code": 200, "data": ROWS}).encode(), **LIMITS)
        assert [row.values for row in file.rows] == ROWS

    def test_takes_a_single_record_as_a_list_of_one(self):
        assert len(read_rows("a.json", json.dumps(ROWS[0]).encode(), **LIMITS).rows) == 1

    def test_keeps_what_is_no_record_for_the_report(self):
        file = read_rows("a.json", b'[{"title": "x"}, 7, null]', **LIMITS)
        assert [row.values for row in file.rows] == [{"title": "x"}, 7, None]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_reads_csv_in_three_encodings_and_delimiters(self, encoding, delimiter):
        text = io.StringIO()
        writer = csv.writer(text, delimiter=delimiter)
        writer.writerows([["名称", "摘要"], ["公园", "包括名称,\n面积"], ["", ""], ["学校", "无"]])
        file = read_rows("目录.csv", text.getvalue().encode(encoding), **LIMITS)
        expected = [{"名称": "公园", "摘要": "包括名称,\n面积"}, {"名称": "学校", "摘要": "无"}]
        assert [row.values for row in file.rows] == expected
        assert file.encoding == ("gb18030" if encoding == "gb18030" else "utf-8")

    def test_says_when_a_csv_row_has_more_cells_than_headings(self):
        file = read_rows("a.csv", "名称,摘要\n公园,好,多余\n学校\n".encode(), **LIMITS)
        assert file.rows[0].values == {"名称": "公园", "摘要": "好"}
        assert file.rows[1].values == {"名称": "学校"}
        assert "Row 1" in str(file.problems[0])

    def test_tells_two_equal_headings_apart(self):
        file = read_rows("a.csv", "名称,部门,部门\n公园,甲,乙\n".encode(), **LIMITS)
        assert file.headings == ["名称", "部门", "部门 (2)"]
        assert "twice" in str(file.problems[0])

    def test_reads_a_spreadsheet_from_its_first_sheet_with_rows(self):
        content = spreadsheet([["名称", "数据量"], ["公园", 7], [], ["学校", "8"]], empty_first=True)
        file = read_rows("目录.xlsx", content, **LIMITS)
        assert [row.values for row in file.rows] == [
            {"名称": "公园", "数据量": 7},
            {"名称": "学校", "数据量": "8"},
        ]
        assert file.encoding == "xlsx"


class TestADamagedJson:
    def test_loses_only_the_broken_record(self):
        parts = [json.dumps({"名称": f"资源{number}", "项": {"a": [1, {"b": 2}]}}) for number in range(50)]
        parts[20] = parts[20][:-4] + '"x" oops' + "}"
        file = read_rows("a.json", ("[" + ",\n".join(parts) + "]").encode(), **LIMITS)
        assert len(file.rows) == 49
        assert file.rows[20].values["名称"] == "资源21"
        assert "49 records" in str(file.problems[0])

    @pytest.mark.parametrize("cut", [1, 5, 17, 30])
    def test_keeps_the_records_before_the_end_is_missing(self, cut):
        text = json.dumps([{"名称": f"资源{number}"} for number in range(20)])
        file = read_rows("a.json", text[:-cut].encode(), **LIMITS)
        assert len(file.rows) in (19, 20)

    def test_reads_a_missing_comma_over(self):
        file = read_rows("a.json", b'[{"title": "a"} {"title": "b"}, {"title": "c"}]', **LIMITS)
        assert [row.values["title"] for row in file.rows] == ["a", "b", "c"]

    def test_is_refused_where_no_record_is_left(self):
        assert "no list" in refusal("a.json", b'[{"title": ')
        assert "no list" in refusal("a.json", b"just words")

    def test_does_not_fall_over_deep_nesting(self):
        assert "no list" in refusal("a.json", b"[" * 200_000)
        assert "no list" in refusal("a.json", b"[" + b'{"a":' * 100_000)


class TestRefusals:
    def test_name_the_size_and_the_limit(self):
        assert "at most 10" in refusal("a.json", b"[{}, {}, {}, {}]", byte_limit=10)
        assert "more than 1 rows" in refusal("a.json", json.dumps(ROWS).encode(), row_limit=1)
        assert "more than 1 rows" in refusal("a.csv", "名称\n公园\n学校\n".encode(), row_limit=1)
        assert "more than 1 rows" in refusal("a.xlsx", spreadsheet([["名称"], ["甲"], ["乙"]]), row_limit=1)

    @pytest.mark.parametrize(
        ("filename", "content", "says"),
        [
            ("a.json", b"", "empty"),
            ("a.csv", b"  \n ", "empty"),
            ("目录.pdf", b"%PDF-1.7", "neither JSON nor CSV"),
            ("目录", b"[]", "neither JSON nor CSV"),
            ("目录.csv", b"%PDF-1.7 ...", "a PDF document"),
            ("目录.json", b"<!DOCTYPE html><html>", "a web page"),
            ("目录.csv", b'[{"a": 1}]', "JSON"),
            ("目录.xlsx", "名称\n公园".encode(), "plain text"),
            ("目录.xlsx", b'[{"a": 1}]', "JSON"),
            ("目录.csv", zipped({"a": "b"}), "an archive"),
            ("目录.xls", b"\xd0\xcf\x11\xe0", "old Excel"),
            ("目录.xlsx", b"\xd0\xcf\x11\xe0\xa1", "old Excel"),
            ("目录.csv", b"a\x00b\x00\x01", "not text"),
            ("目录.csv", b"\xff\xff\x80 \x80", "GB 18030"),
            ("目录.csv", b",,\n1,2,3", "no headings"),
            ("目录.json", b"[]", "no list"),
            ("目录.json", b'"words"', "no list"),
            ("目录.xlsx", zipped({"word/document.xml": "<x/>"}), "not a readable XLSX"),
            ("目录.xlsx", b"PK\x03\x04 broken", "not a readable XLSX"),
            ("目录.xlsx", zipped({"xl/workbook.xml": "no xml"}), "not a readable XLSX"),
            ("目录.xlsx", spreadsheet([]), "no sheet with rows"),
        ],
    )
    def test_say_what_is_wrong(self, filename, content, says):
        assert says in refusal(filename, content)

    def test_are_translated(self):
        with pytest.raises(InvalidInput) as refused:
            read_rows("目录.csv", b"%PDF-1.7", **LIMITS)
        assert (
            translate(refused.value.messages["file"][0], "zh")
            == "“目录.csv”的内容与扩展名不符，实际内容是PDF 文档。"
        )

    def test_stop_a_spreadsheet_that_unpacks_too_far(self):
        good = spreadsheet([["名称"], ["公园"]])
        with zipfile.ZipFile(io.BytesIO(good)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        assert "far more" in refusal("a.xlsx", zipped({**parts, "xl/media/a.bin": b"0" * 3_000_000}))
        assert "far more" in refusal("a.xlsx", zipped({**parts, **{f"x/{n}": b"" for n in range(600)}}))

    def test_stop_a_spreadsheet_that_declares_entities(self):
        with zipfile.ZipFile(io.BytesIO(spreadsheet([["名称"], ["公园"]]))) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        bomb = (
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'
            + parts["xl/workbook.xml"].split(b"?>", 1)[1]
        )
        assert "entities" in refusal("a.xlsx", zipped({**parts, "xl/workbook.xml": bomb}))
        wide = bomb.decode().replace('<?xml version="1.0"?>', "").encode("utf-16")
        assert "entities" in refusal("a.xlsx", zipped({**parts, "xl/sharedStrings.xml": wide}))


class TestJoinedRepeats:
    def test_joins_only_rows_that_are_the_same_in_every_cell(self):
        rows = [RawRow(1, {"a": 1, "b": 2}), RawRow(2, {"b": 2, "a": 1}), RawRow(3, {"a": 1, "b": 3})]
        kept, repeats = joined_repeats(rows)
        assert [row.number for row in kept] == [1, 3]
        assert repeats == {2: 1}


class TestProposeMapping:
    def test_maps_known_headings_the_preferred_one_first(self):
        proposed = propose_mapping(["开放条件", "标题", "开放类型", "数源单位/数据提供单位", "更新周期："])
        assert proposed.columns == {
            "标题": "title",
            "开放条件": "opening_attribute",
            "开放类型": "opening_attribute",
            "数源单位/数据提供单位": "provider",
            "更新周期：": "update_frequency",
        }
        assert list(proposed.columns).index("开放条件") < list(proposed.columns).index("开放类型")

    def test_reports_unknown_headings_and_suggests_without_applying(self):
        proposed = propose_mapping(["文件数", "数据更新频率情况"])
        assert proposed.columns == {}
        assert proposed.unknown == ("文件数", "数据更新频率情况")
        assert proposed.suggestions == {"数据更新频率情况": "update_frequency"}
