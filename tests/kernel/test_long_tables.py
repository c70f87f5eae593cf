"""Long tables: written by ourselves, and in nothing different from what the typesetter would have written."""

import io
import re
from collections import Counter

import page
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel import long_tables, pdf
from kernel.documents import templates
from tests.kernel.test_pdf import render

pytestmark = pytest.mark.prints

STYLE = (templates.FOLDER / "style.css").read_text(encoding="utf-8")
LONG = "全市公共交通（含轨道、公交、出租）日客流量汇总数据，2015年以来；Daily passenger flow of transport &amp; roads"
WORDS = st.text("数据资源（）《》“”，。、；%Aa 19-_/&", min_size=1, max_size=60)


def grid(rows, kind="fine"):
    """A grid as the templates write it."""
    columns = "".join(
        f'<col style="width: {width}pt">' for width in ("41.455", "145.091", "145.091", "124.363")
    )
    head = "".join(f'<th scope="col">{word}</th>' for word in ("序号", "资源", "登记编码", "持有单位"))
    lines = "".join(f"<tr>\n{row}\n</tr>\n" for row in rows)
    return (
        f'<table class="{kind}">\n<colgroup>\n{columns}\n</colgroup>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}</tbody>\n</table>"
    )


def rows_of(number, name="数据资源"):
    """So many rows; every tenth has a long name."""
    return [
        f'<td class="center">{n}</td><td>{LONG if n % 10 == 3 else name}</td><td>GZ-{n:06d}</td><td class="right">龘㐂局</td>'
        for n in range(number)
    ]


def printed(rows, kind="fine", **changes):
    """The file of a page with such a table."""
    return render(f"<p>前文</p>{grid(rows, kind)}<p>后文</p>", STYLE, **changes)


def words(content):
    """The words of each page."""
    return [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(content)).pages]


def glyphs(content):
    """How often each glyph is shown."""
    shown = Counter()
    for sheet in pypdf.PdfReader(io.BytesIO(content)).pages:
        for line in re.findall(rb"\[(.*?)\] TJ", sheet.get_contents().get_data()):
            found = b"".join(re.findall(rb"<([0-9a-f]+)>", line))
            shown.update(found[i : i + 4] for i in range(0, len(found), 4))
    return shown


def elements(element):
    """The elements of a tree of tags."""
    yield element
    for child in element.get("/K", []):
        child = child.get_object()
        if isinstance(child, dict) and "/S" in child:
            yield from elements(child)


@pytest.fixture(params=["fine", "grid"])
def both(request, monkeypatch):
    """The same long table by ourselves and by the typesetter."""
    ours = printed(rows_of(150), request.param)
    monkeypatch.setattr(long_tables, "MANY", 10**9)
    return ours, printed(rows_of(150), request.param)


class TestLongTables:
    def test_show_what_the_typesetter_shows(self, both) -> None:
        ours, theirs = both
        assert ours != theirs
        drawn, typeset = glyphs(ours), glyphs(theirs)
        for char in "龘㐂局全市公共交通（）":  # letters and figures have forms of their own where a shaper sets them
            number = f"{pdf._face().glyph(char):04x}".encode()
            assert drawn[number] == typeset[number] > 0, char
        around = r"\d+ / \d+|登记确认单|序号|资源 登记编码|持有单位|\s"
        bodies = [re.sub(around, "", "\n".join(words(one))) for one in both]
        assert Counter(bodies[0]) == Counter(bodies[1]) and len(bodies[0]) > 3000
        assert abs(len(words(ours)) - len(words(theirs))) <= 1

    def test_break_lines_where_the_typesetter_breaks_them(self, both) -> None:
        ours, theirs = (
            {line.strip() for sheet in words(one) for line in sheet.splitlines() if "Daily" in line or "交" in line}
            for one in both
        )
        assert ours == theirs and len(ours) > 1

    def test_conform_to_the_archive_format(self, both) -> None:
        report = page.validate_pdf_bytes(both[0], profile=page.ValidationProfile.PDF_A_3B)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]

    def test_repeat_their_head_on_every_page(self, both) -> None:
        sheets = words(both[0])
        assert len(sheets) > 3 and all("登记编码" in sheet for sheet in sheets)

    def test_have_every_row_and_cell_tagged(self, both) -> None:
        root = pypdf.PdfReader(io.BytesIO(both[0])).trailer["/Root"]["/StructTreeRoot"]
        found = [one for kid in root["/K"] for one in elements(kid.get_object())]
        kinds = Counter(one["/S"] for one in found)
        rows = [one for one in found if one["/S"] == "/TR"]
        bodies = [row for row in rows if row["/K"][0].get_object()["/S"] == "/TD"]
        assert len(bodies) == 150 and kinds["/Figure"] == 0
        assert all([kid.get_object()["/S"] for kid in row["/K"]] == ["/TD"] * 4 for row in bodies)
        ids = {str(one["/ID"]) for one in found if one["/S"] == "/TH"}
        heads = [kid.get_object()["/A"]["/Headers"] for row in bodies for kid in row["/K"]]
        assert all(len(head) == 1 and str(head[0]) in ids for head in heads)

    def test_lead_from_every_marked_content_to_its_element(self, both) -> None:
        reader = pypdf.PdfReader(io.BytesIO(both[0]))
        numbers = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
        for number, sheet in enumerate(reader.pages):
            content = sheet.get_contents().get_data()
            marked = sorted(int(found) for found in re.findall(rb"/MCID (\d+)", content))
            owners = numbers[2 * number + 1]
            assert marked == list(range(len(owners)))
            assert content.count(b"BDC") + content.count(b"BMC") == content.count(b"EMC")
            for mcid, owner in enumerate(owners):
                assert mcid in owner.get_object()["/K"], (number, mcid)

    def test_read_in_their_order(self, both) -> None:
        text = "".join(words(both[0]))
        codes = re.findall(r"GZ-(\d{6})", text)
        assert [int(code) for code in codes] == list(range(150))
        assert text.index("前文") < text.index("GZ-000000") < text.index("GZ-000149") < text.index("后文")

    def test_are_the_same_bytes_again(self) -> None:
        assert printed(rows_of(100)) == printed(rows_of(100))


class TestTakeOut:
    @pytest.mark.parametrize(
        "row",
        [
            "<td>1</td><td><b>重</b></td><td>2</td><td>3</td>",
            "<td>1</td><td>2</td><td>3</td>",
            '<td colspan="2">1</td><td>2</td><td>3</td>',
            "<td>1</td><td>e\u0301</td><td>2</td><td>3</td>",
            "<td>1</td><td>\u05d0</td><td>2</td><td>3</td>",
        ],
    )
    def test_leaves_alone_what_is_more_than_words(self, row) -> None:
        whole = grid([*rows_of(100), row])
        assert long_tables.take_out(whole, pdf._face) == (whole, {})

    def test_leaves_alone_what_is_short(self) -> None:
        whole = grid(rows_of(long_tables.MANY))
        assert long_tables.take_out(whole, pdf._face) == (whole, {})
        assert long_tables.take_out(grid(rows_of(long_tables.MANY + 1)), pdf._face)[1]

    def test_sets_as_the_style_says(self) -> None:
        table = re.search(r"table \{[^}]*font-size: ([\d.]+)pt; line-height: ([\d.]+)pt", STYLE)
        cell = re.search(r"th, td \{ border: ([\d.]+)pt solid #8a8a8a; padding: ([\d.]+)pt ([\d.]+)pt", STYLE)
        fine = re.search(r"\.fine \{ font-size: ([\d.]+)pt; line-height: ([\d.]+)pt", STYLE)
        fine_cell = re.search(r"\.fine th, \.fine td \{ padding: ([\d.]+)pt ([\d.]+)pt", STYLE)
        grid_type, fine_type = long_tables.SET["grid"], long_tables.SET["fine"]
        assert [float(one) for one in table.groups()] == [grid_type.size, grid_type.leading]
        assert [float(one) for one in cell.groups()] == [long_tables.RULE, grid_type.above, grid_type.across]
        assert [float(one) for one in fine.groups()] == [fine_type.size, fine_type.leading]
        assert [float(one) for one in fine_cell.groups()] == [fine_type.above, fine_type.across]


def ems(char):
    return 0.5 if char.isascii() else 1.0


class TestBroken:
    @given(text=WORDS.map(lambda one: " ".join(one.split())), room=st.floats(2, 30))
    def test_loses_nothing_and_keeps_to_the_room(self, text, room) -> None:
        lines = long_tables.broken(text, room, ems)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(long_tables.width_of(line, ems) <= room for line in lines)

    def test_keeps_marks_with_what_they_belong_to(self) -> None:
        assert long_tables.broken("甲乙丙丁，戊己", 4, ems) == ["甲乙丙", "丁，戊己"]
        assert long_tables.broken("甲乙丙（丁）戊", 4, ems) == ["甲乙丙", "（丁）戊"]
        assert long_tables.broken("data of rain", 4.5, ems) == ["data of", "rain"]
        assert long_tables.broken("GZ-2026-000001", 4, ems) == ["GZ-2026-", "000001"]
        assert long_tables.broken("", 4, ems) == [""]
