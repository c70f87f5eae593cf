"""The file store and what may come into it."""

import io
import json
import struct
import unicodedata
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import InvalidInput
from kernel.storage import FileMissing, KeyTaken, StorageFailed, Store, accept_upload, store
from kernel.uploads import clean_name

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def files(tmp_path):
    return Store(str(tmp_path / "files"))


class TestStore:
    def test_gives_back_what_was_put(self, files):
        files.put("a/b.pdf", PDF)
        assert files.get("a/b.pdf") == PDF and files.size("a/b.pdf") == len(PDF) and files.exists("a/b.pdf")

    def test_never_overwrites(self, files):
        files.put("a/b.pdf", b"first")
        with pytest.raises(KeyTaken):
            files.put("a/b.pdf", b"second")
        assert files.get("a/b.pdf") == b"first"

    def test_makes_keys_that_tell_the_content_but_cannot_be_guessed(self, files):
        first, second = files.keep("uploads", PDF, "PDF"), files.keep("uploads", PDF, "PDF")
        assert first != second and first[:72] == second[:72] and first.endswith(".pdf")
        files.delete(first)
        assert files.get(second) == PDF and sorted(files.keys("uploads")) == [second]

    @pytest.mark.parametrize("key", ["合同.pdf", "../etc/passwd", "a/../b", "/a/b", "a", "A/b", "a/b.pdf\x00", "a//b", ""])
    def test_takes_no_name_for_a_key(self, files, key):
        for attempt in (lambda: files.put(key, b"x"), lambda: files.get(key), lambda: files.size(key)):
            with pytest.raises(ValueError, match="not a storage key"):
                attempt()

    def test_says_which_file_is_missing(self, files):
        assert not files.exists("a/none.pdf")
        with pytest.raises(FileMissing, match=r"a/none\.pdf"):
            files.get("a/none.pdf")
        files.delete("a/none.pdf")

    def test_streams_any_stretch(self, files):
        content = bytes(range(256)) * 10_000
        files.put("a/big", content)
        pieces = list(files.stream("a/big"))
        assert len(pieces) > 1 and b"".join(pieces) == content
        assert b"".join(files.stream("a/big", 5, 9)) == content[5:9]
        assert b"".join(files.stream("a/big", len(content) - 3, len(content) + 10)) == content[-3:]

    def test_says_when_the_folder_does_not_answer(self, tmp_path):
        (tmp_path / "files").mkdir()
        broken = Store(f"file://{tmp_path / 'files'}")
        (tmp_path / "files" / "a").write_bytes(b"a file where a folder is needed")
        with pytest.raises(StorageFailed, match="a/b"):
            broken.put("a/b", b"x")

    def test_knows_folders_and_buckets_only(self):
        assert "s3" in Store("s3://bucket/prefix").location
        with pytest.raises(ValueError, match="ftp://"):
            Store("ftp://somewhere")

    def test_stands_in_the_data_folder_unless_told_otherwise(self, settings):
        key = store().keep("uploads", PDF)
        assert (settings.data / "files" / key).read_bytes() == PDF


def png(width=2, height=2):
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", width, height) + bytes(9)


def jpeg(width=2, height=2):
    return b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + bytes(20)


def archive(names, content=b"x"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, content)
    return out.getvalue()


XLSX = archive(["[Content_Types].xml", "xl/workbook.xml"])
GOOD = {
    "合同.pdf": PDF,
    "图.png": png(),
    "photo.JPEG": jpeg(),
    "表.xlsx": XLSX,
    "rows.csv": "名称,金额\n甲,1\n".encode("utf-8-sig"),
    "国标.csv": "名称,金额\n".encode("gb18030"),
    "note.txt": "第一行\n".encode(),
    "facts.json": json.dumps({"名称": "甲"}).encode(),
}


def refused(name, content, **options):
    with pytest.raises(InvalidInput) as caught:
        accept_upload(name, content, max_bytes=10_000, **options)
    return str(caught.value.messages["file"][0])


class TestAcceptUpload:
    @pytest.mark.parametrize("name", GOOD)
    def test_takes_what_is_what_it_says(self, name):
        facts = accept_upload(name, GOOD[name], max_bytes=10_000)
        assert facts.name == name and facts.size == len(GOOD[name]) and len(facts.sha256) == 64
        assert facts.kind in {"pdf", "png", "jpg", "xlsx", "csv", "txt", "json"} and "/" in facts.media_type

    @pytest.mark.parametrize("ending", ["pdf", "png", "jpg", "xlsx", "zip", "json"])
    @pytest.mark.parametrize(
        "content", [b"MZ\x90\x00 program", b"\x7fELF", b"<html><script>", b"#!/bin/sh\n", b"PK\x03\x04 cut", b"\xff\xd8\xff"]
    )
    def test_refuses_a_disguise(self, ending, content):
        said = refused(f"report.{ending}", content, kinds={"pdf", "png", "jpg", "xlsx", "zip", "json"})
        assert f".{ending}" in said

    @pytest.mark.parametrize("content", [b"<svg onload=x>", b" <!DOCTYPE html>", b"<?xml?>", b"#!/bin/sh", b"a\x00b", b"\xff"])
    def test_refuses_pages_and_programs_as_text(self, content):
        assert "ending" in refused("note.txt", content) and "ending" in refused("note.csv", content)

    @pytest.mark.parametrize("name", ["x.exe", "x.svg", "x.html", "x.zip", "x.pdf.exe", "x.docm"])
    def test_refuses_other_kinds_unless_asked_for(self, name):
        assert "Accepted: csv, jpg, json" in refused(name, archive(["a"]))
        if name == "x.zip":
            assert accept_upload(name, archive(["a"]), kinds={"zip"}, max_bytes=999).media_type == "application/zip"

    @pytest.mark.parametrize("name", ["", "noending", ".pdf", "\u202e\u200b.pdf", "/", "a/"])
    def test_wants_a_name(self, name):
        assert "needs a name" in refused(name, PDF)

    def test_names_both_sizes(self):
        assert "0.1 MB; at most 0.1 MB" in refused("a.pdf", PDF + bytes(20_000))
        assert "empty" in refused("a.pdf", b"")

    def test_refuses_a_flood_of_points(self):
        assert "50000 × 50000" in refused("a.png", png(50_000, 50_000))
        assert "60000 × 60000" in refused("a.jpg", jpeg(60_000, 60_000))
        assert "ending" in refused("a.png", png(0, 5)) and "ending" in refused("a.png", b"\x89PNG\r\n\x1a\n")

    def test_refuses_bombs_and_ways_out(self):
        assert "unpacks" in refused("a.zip", archive(["zeros"], bytes(5_000_000)), kinds={"zip"})
        assert "outside" in refused("a.zip", archive(["../../etc/passwd"]), kinds={"zip"})
        assert "outside" in refused("a.zip", archive(["/etc/passwd"]), kinds={"zip"})

    def test_refuses_macros(self):
        macros = archive(["[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"])
        assert "macros" in refused("a.xlsx", macros)
        assert "ending" in refused("a.xlsx", archive(["word/document.xml"]))

    def test_refuses_json_too_deep_to_read(self):
        with pytest.raises(InvalidInput):
            accept_upload("a.json", b"[" * 200_000, max_bytes=1_000_000)


class TestCleanName:
    @given(st.text(max_size=400))
    def test_leaves_a_name_that_can_be_shown(self, typed):
        name = clean_name(f"{typed}x.pdf")
        assert len(name) <= 150 and name.endswith(".pdf") and name == unicodedata.normalize("NFC", name)
        assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} or c in "/\\" for c in name)

    def test_drops_folders_and_turned_letters(self):
        assert clean_name("C:\\tmp\\..\\合同 \u202efdp.pdf") == "合同 fdp.pdf"
        assert clean_name("../../e\u0301te\u0301.pdf") == "été.pdf"
