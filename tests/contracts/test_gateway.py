"""Reading the files operators deliver."""

import io
import json
from datetime import datetime

import openpyxl
import pytest

from contracts.gateway import misfits, read_table
from kernel.errors import InvalidInput


def workbook(*rows: tuple[object, ...]) -> bytes:
    """An XLSX file with these rows."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def moment(text: str) -> datetime:
    """A moment as spreadsheets know it: without a zone."""
    return datetime.fromisoformat(text)


def refusal(kind: str, content: bytes) -> str:
    """What is said to a file that cannot be read."""
    with pytest.raises(InvalidInput) as caught:
        read_table(kind, content)
    return str(caught.value.messages["file"][0])


class TestReadTable:
    def test_reads_csv_in_utf8_with_mark(self) -> None:
        table = read_table("csv", "\ufeff站,雨量\n东,1\n\n西,2\n".encode())
        assert (table.columns, table.rows) == (["站", "雨量"], [["东", "1"], ["西", "2"]])

    def test_reads_csv_in_gb18030(self) -> None:
        assert read_table("csv", "站,雨量\n东,1\n".encode("gb18030")).columns == ["站", "雨量"]

    def test_reads_json_with_every_name_any_row_has(self) -> None:
        content = json.dumps([{"a": 1, "b": True}, {"a": None, "c": {"x": [1]}}]).encode()
        table = read_table("json", content)
        assert table.columns == ["a", "b", "c"]
        assert table.rows == [["1", "true", ""], ["", "", '{"x": [1]}']]

    def test_reads_the_first_sheet_with_its_days(self) -> None:
        table = read_table(
            "xlsx", workbook(("a", "day", "at"), (1, moment("2026-01-02"), moment("2026-01-02 03:04")))
        )
        assert table.rows == [["1", "2026-01-02", "2026-01-02 03:04:00"]]

    @pytest.mark.parametrize(
        ("kind", "content", "word"),
        [
            ("csv", b"a,b\n1\n", "Row 2"),
            ("csv", b"\x00\x01", "neither"),
            ("csv", b'a,b\n"1,2\n', "sound CSV"),
            ("csv", b"\n", "empty"),
            ("csv", b"a,a\n1,2\n", "name of its own"),
            ("csv", b"a,\n1,2\n", "name of its own"),
            ("json", b"{", "sound JSON"),
            ("json", b'{"a": 1}', "list of objects"),
            ("json", b"[1]", "list of objects"),
            ("xlsx", b"PK\x03\x04 no", "workbook"),
        ],
    )
    def test_says_what_is_wrong(self, kind: str, content: bytes, word: str) -> None:
        assert word in refusal(kind, content)

    def test_refuses_more_rows_than_it_takes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("contracts.gateway.MAX_ROWS", 1)
        assert "more than 1" in refusal("csv", b"a\n1\n2\n")


class TestMisfits:
    @pytest.mark.parametrize(
        ("kind", "good", "bad"),
        [
            ("integer", "1,234", "1.5"),
            ("decimal", "-1,234.50", "NaN"),
            ("decimal", "3", "x"),
            ("date", "2026-01-31", "2026-02-31"),
            ("datetime", "2026-01-31 10:00", "yesterday"),
            ("boolean", "是", "maybe"),
            ("code", "A-1", "A 1"),
        ],
    )
    def test_names_the_value_that_is_not_of_its_type(self, kind: str, good: str, bad: str) -> None:
        table = read_table("json", json.dumps([{"f": good}, {"f": ""}, {"f": bad}]).encode())
        assert [str(text) for text in misfits(table, {"f": kind})] == [
            f"Row 4: “{bad}” in f is not of its type."
        ]

    def test_lets_any_text_pass(self) -> None:
        assert misfits(read_table("csv", b"f\nwhatever\n"), {"f": "text"}) == []

    def test_stops_after_a_few(self) -> None:
        table = read_table("csv", b"f\n" + b"x\n" * 20)
        assert len(misfits(table, {"f": "integer"})) == 5
