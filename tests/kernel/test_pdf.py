"""PDF/A-3 from pages: the same bytes, nothing from outside, no character lost."""

import hashlib
import io
import os
import re
import subprocess
import sys
import threading
import zlib
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import page
import pypdf
import pytest
from fontTools.ttLib import TTCollection
from noto_cjk_sans_otc import FONT_PATH

from kernel import pdf

pytestmark = pytest.mark.prints

AT = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
STYLE = f"@page {{ size: A4; font-family: '{pdf.FAMILY}' }} body {{ font-family: '{pdf.FAMILY}' }}"


def html(body, style=""):
    return (
        f'<!doctype html><html lang="zh-CN"><head><title>试</title><style>{STYLE}{style}</style></head>'
        f"<body><h1>登记确认单</h1>{body}</body></html>"
    )


def render(body, style="", **changes):
    options = {"title": "登记确认单", "created": AT, "identifier": b"0123456789abcdef"} | changes
    return pdf.render(html(body, style), **options)


def glyphs_shown(rendered):
    """The glyph numbers of every text operator; the embedded font keeps the numbers of the whole one."""
    found = set()
    for sheet in pypdf.PdfReader(io.BytesIO(rendered)).pages:
        for hexadecimal in re.findall(rb"<([0-9a-fA-F]+)>", sheet.get_contents().get_data()):
            found |= {int(hexadecimal[i : i + 4], 16) for i in range(0, len(hexadecimal), 4)}
    return found


class TestRender:
    def test_conforms_to_the_archive_format(self):
        rendered = render("<p>第一条</p><table><tr><th>名称</th><td>甲</td></tr></table>", "h1 { color: #c00000 }")
        report = page.validate_pdf_bytes(rendered, profile=page.ValidationProfile.PDF_A_3B)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]

    def test_closes_every_stream_so_that_its_length_shows_even_after_a_return(self):
        content = b"\x0c"  # its checksum, the end of the stream, is a return
        assert zlib.compress(content, 9).endswith(b"\r")
        part = pdf.Embedded(name="a.txt", content=content, media_type="text/plain")
        rendered = render("<p>第一条</p>", attachments=[part])
        assert rendered.count(b"\r\r\nendstream") and rendered.count(b"\r\nendstream") == rendered.count(b"endstream")
        assert page.validate_pdf_bytes(rendered, profile=page.ValidationProfile.PDF_A_3B).is_compliant
        assert pypdf.PdfReader(io.BytesIO(rendered)).attachments == {"a.txt": [content]}

    def test_keeps_text_title_language_and_structure(self):
        reader = pypdf.PdfReader(io.BytesIO(render("<p>第一条　〇二六年</p>")))
        assert "第一条" in reader.pages[0].extract_text() and "〇二六年" in reader.pages[0].extract_text()
        assert reader.metadata.title == "登记确认单" and reader.metadata.creation_date == AT
        root = reader.trailer["/Root"]
        assert root["/Lang"] == "zh-CN" and root["/MarkInfo"]["/Marked"]
        assert "/Filter" not in root["/Metadata"]

    def test_gives_the_same_bytes_again(self):
        assert render("<p>甲</p>") == render("<p>甲</p>")
        assert render("<p>甲</p>") != render("<p>乙</p>")
        assert render("<p>甲</p>") != render("<p>甲</p>", identifier=b"fedcba9876543210")

    @pytest.mark.slow
    def test_gives_the_same_bytes_in_another_process(self, tmp_path):
        source = (
            "import hashlib, sys; from datetime import datetime; from kernel import pdf;"
            "print(hashlib.sha256(pdf.render(sys.stdin.read(), title='登记确认单',"
            "created=datetime.fromisoformat(sys.argv[1]), identifier=b'0123456789abcdef')).hexdigest())"
        )
        body = "<p>甲乙丙 〇 abc 1,234.50</p>"
        other = {"PYTHONHASHSEED": "7", "TZ": "America/Lima", "HOME": str(tmp_path), "PYTHONUTF8": "1"}
        hashes = {hashlib.sha256(render(body)).hexdigest()}
        for changed in (other, other | {"PYTHONHASHSEED": "8", "FONTCONFIG_FILE": "/nonexistent", "LC_ALL": "C"}):
            done = subprocess.run(  # noqa: S603
                [sys.executable, "-c", source, AT.isoformat()],
                input=html(body),
                env=os.environ | changed,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=True,
            )
            hashes.add(done.stdout.strip())
        assert len(hashes) == 1

    def test_prints_rare_characters_with_their_own_glyphs(self):
        rare = "〇龘𠮷㐂䶮囍㛃堃"
        with TTCollection(str(FONT_PATH), lazy=True) as collection:
            face = next(font for font in collection.fonts if font["name"].getDebugName(1) == pdf.FAMILY)
            wanted = {c: face.getGlyphID(face.getBestCmap()[ord(c)]) for c in rare}
        rendered = render(f"<p>{rare}</p>")
        shown = glyphs_shown(rendered)
        assert {c for c, glyph in wanted.items() if glyph not in shown} == set()
        assert rare in pypdf.PdfReader(io.BytesIO(rendered)).pages[0].extract_text()

    def test_uses_our_font_alone_and_embeds_it(self):
        sheet = pypdf.PdfReader(io.BytesIO(render("<p style='font-family: serif'>甲 abc</p>"))).pages[0]
        fonts = [font.get_object() for font in sheet["/Resources"]["/Font"].values()]
        assert {str(font["/BaseFont"]).split("+")[1] for font in fonts} == {"Noto-Sans-CJK-SC"}
        assert all("/FontFile3" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts)

    def test_outlines_heavy_text_only(self):
        plain, heavy = render("<p>甲</p>"), render("<p>甲</p>", "h1 { color: #101010 }")
        contents = [pypdf.PdfReader(io.BytesIO(r)).pages[0].get_contents().get_data() for r in (plain, heavy)]
        assert b"2 Tr" not in contents[0] and contents[1].count(b"2 Tr") == 1

    def test_embeds_files_with_their_own_media_type(self):
        terms = pdf.Embedded("terms.jsonld", b'{"@type":"Agreement"}', "application/ld+json", "条款", "Data")
        rendered = render("<p>甲</p>", attachments=[terms])
        reader = pypdf.PdfReader(io.BytesIO(rendered))
        assert reader.attachments["terms.jsonld"] == [terms.content]
        named = reader.trailer["/Root"]["/AF"][0].get_object()
        assert named["/AFRelationship"] == "/Data" and named["/Desc"] == "条款"
        assert named["/EF"]["/F"].get_object()["/Subtype"] == "/application/ld+json"
        assert page.is_pdf_compliant_bytes(rendered, profile=page.ValidationProfile.PDF_A_3B)
        assert rendered == render("<p>甲</p>", attachments=[terms])

    def test_serves_many_threads(self):
        made: list[bytes] = []
        threads = [threading.Thread(target=lambda: made.append(render("<p>甲</p>"))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(made) == 4 and len(set(made)) == 1


class TestFetching:
    @pytest.fixture
    def probe(self):
        """A server that counts who asks."""
        asked = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        server.server_close()
        thread.join()

    @pytest.mark.parametrize(
        "body",
        [
            '<img src="{0}/x.png">',
            '<link rel="stylesheet" href="{0}/x.css">',
            '<link rel="attachment" href="{0}/x">',
            '<style>@import url("{0}/x.css");</style>',
            '<p style="background: url({0}/x.png)">甲</p>',
            '<object data="{0}/x.svg"></object>',
            '<style>@font-face {{ font-family: f; src: url({0}/f.otf) }} p {{ font-family: f }}</style><p>甲</p>',
        ],
    )
    def test_asks_nobody(self, probe, tmp_path, body):
        address, asked = probe
        canary = tmp_path / "canary.css"
        canary.write_text("h1 { display: none }")
        for target in (address, "file:///etc/hostname", canary.as_uri(), "ftp://127.0.0.1", "data:text/css,p"):
            with pytest.raises(pdf.PdfFailed):
                render(body.format(target))
        assert asked == []

    def test_opens_pictures_that_the_page_carries(self):
        picture = "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9z'/></svg>"
        assert render(f'<img alt="图" src="{picture}">').startswith(b"%PDF-1.7")

    def test_refuses_a_picture_that_leads_out(self, probe):
        address, asked = probe
        svg = f"<svg xmlns='http://www.w3.org/2000/svg'><image href='{address}/x.png' width='9' height='9'/></svg>"
        with pytest.raises(pdf.PdfFailed):
            render(f'<img alt="图" src="data:image/svg+xml;utf8,{svg}">')
        assert asked == []

    def test_fails_where_the_library_would_only_log(self):
        with pytest.raises(pdf.PdfFailed, match="unknown property"):
            render('<p style="no-such-thing: 1">甲</p>')


class TestCheckGlyphs:
    def test_names_what_the_font_lacks(self):
        with pytest.raises(pdf.MissingGlyphs) as caught:
            render("<p>甲😀 &#x1F4A9; \u0e01</p>")
        assert caught.value.characters == ["\u0e01", "\U0001f4a9", "😀"]
        assert "U+1F600" in str(caught.value) and caught.value.status == 422

    def test_looks_at_the_title_too(self):
        with pytest.raises(pdf.MissingGlyphs):
            render("<p>甲</p>", title="😀")


class TestLoading:
    def test_leaves_the_environment_as_it_was(self, monkeypatch, tmp_path):
        for before in (None, "/some/fonts.conf"):
            monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
            if before:
                monkeypatch.setenv("FONTCONFIG_FILE", before)
            with pdf._private_fonts(tmp_path):
                assert os.environ["FONTCONFIG_FILE"] == str(tmp_path / "fonts.conf")
            assert os.environ.get("FONTCONFIG_FILE") == before

    def test_says_which_system_library_is_missing(self, monkeypatch):
        pdf.renderer()
        monkeypatch.setattr(sys.modules["weasyprint.text.ffi"], "harfbuzz_subset", None)
        with pytest.raises(pdf.PdfFailed, match="libharfbuzz-subset"):
            pdf._loaded.__wrapped__()


class TestRenderer:
    def test_names_everything_the_bytes_depend_on(self):
        assert re.fullmatch(r"weasyprint 7\d\S* pydyf \S+ fonttools \S+ pillow \S+ pango \d+ harfbuzz \S+ font [0-9a-f]{12} rows \d+", pdf.renderer())
