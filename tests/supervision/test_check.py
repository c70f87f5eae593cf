"""The public check of a document: by code or by file, without an account."""

import io
import json
import uuid

import pytest

from accounts import views as accounts
from kernel import audit, clock, documents
from kernel.actor import ANONYMOUS, Actor
from kernel.command import execute
from kernel.db import db, new_id
from kernel.merkle import leaf_hash, root_from_proof
from kernel.words import Text
from tests.kernel import deeds
from tests.kernel.deeds import A, B, draw_sheet, signer


def issued(**facts):
    """A statement between two parties, drawn up by a real command and not signed yet."""
    made = execute(deeds.prepare, actor=ANONYMOUS)
    return documents.current("toy_statement", made)


def handed(content: bytes):
    return {"data": {"file": (io.BytesIO(content), "paper.pdf")}, "content_type": "multipart/form-data"}


@pytest.fixture
def drawn(app):
    return issued()


@pytest.fixture
def signed(app):
    """The same, signed by both parties through real commands."""
    made = execute(deeds.prepare, actor=ANONYMOUS)
    for party in (A, B):
        execute(deeds.sign, actor=signer(party), subject_id=made.id)
    return documents.current("toy_statement", made)


@pytest.fixture
def in_force(app):
    deed = deeds.ToyDeed(id=new_id(), state="prepared", jurisdiction="530000")
    db.session.add(deed)
    document = draw_sheet(deed, now=clock.now(), public=True)
    db.session.commit()
    return document


class TestCheck:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_asks_for_a_code(self, client, lang):
        page = client.get(f"/check?lang={lang}")
        assert page.status_code == 200 and 'name="code"' in page.text

    def test_leads_to_the_document_however_the_code_was_typed(self, client, drawn):
        typed = documents.check_facts(drawn)["check_code"].lower().replace("-", " ")
        found = client.get("/check", query_string={"code": f" {typed} "})
        assert found.status_code == 302 and found.location == f"/check/{drawn.check_code}"

    @pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC-DDDD", "x", "'; --", "一二三四", "A" * 5000, "\x00"])
    def test_says_that_a_code_is_unknown(self, client, code):
        page = client.get("/check", query_string={"code": code, "lang": "en"})
        assert page.status_code == 404 and "No document of this register carries that code" in page.text
        assert "<form" in page.text


class TestChecked:
    def test_says_that_a_wrong_code_is_wrong_and_asks_again(self, client):
        page = client.get("/check/AAAABBBBCCCCDDDD?lang=en")
        assert page.status_code == 404 and 'value="AAAABBBBCCCCDDDD"' in page.text

    def test_shows_that_a_draft_has_no_effect(self, client, drawn):
        page = client.get(f"/check/{drawn.check_code}?lang=en")
        assert page.status_code == 200 and "It has no effect yet" in page.text and drawn.sha256 in page.text
        assert "open to the parties only" in page.text and f"/documents/{drawn.check_code}" not in page.text

    def test_shows_who_signed_and_that_it_is_in_force(self, client, drawn):
        for party in drawn.signatories:
            documents.sign(
                drawn,
                actor=signer(uuid.UUID(party)),
                capacity="经办人",
                now=clock.now(),
                evidence={"confirmed": True},
            )
        db.session.commit()
        page = client.get(f"/check/{drawn.check_code}?lang=zh")
        assert "该文件由本平台出具，现行有效" in page.text and page.text.count("张三 · 经办人") == 2

    def test_leads_to_the_text_of_a_public_document(self, client, in_force):
        page = client.get(f"/check/{in_force.check_code}?lang=en")
        assert "is in force" in page.text and f"/documents/{in_force.check_code}" in page.text

    def test_names_the_newer_one_that_replaced_it(self, client, in_force):
        deed = db.session.get(deeds.ToyDeed, in_force.subject_id)
        newer = draw_sheet(deed, now=clock.now(), data=deeds.sheet("新名称"), public=True, replaces=in_force)
        db.session.commit()
        page = client.get(f"/check/{in_force.check_code}?lang=en")
        assert "has been replaced by a newer one" in page.text and newer.number in page.text

    def test_says_that_and_why_it_was_revoked(self, client, in_force):
        documents.revoke(in_force, now=clock.now(), reason=Text("Some entries need to be corrected."))
        db.session.commit()
        page = client.get(f"/check/{in_force.check_code}?lang=en")
        assert "has been revoked" in page.text and "Some entries need to be corrected" in page.text
        assert "部分填写内容需要更正" in client.get(f"/check/{in_force.check_code}?lang=zh").text
        assert "&#39;zh&#39;" not in page.text

    def test_finds_the_right_file_genuine_once_everybody_has_signed(self, client, signed):
        page = client.post(f"/check/{signed.check_code}?lang=en", **handed(documents.content(signed)))
        assert page.status_code == 200 and "Genuine and unchanged" in page.text

    def test_says_of_the_right_file_that_signatures_are_missing(self, client, drawn):
        page = client.post(f"/check/{drawn.check_code}?lang=en", **handed(documents.content(drawn)))
        assert "not everybody who has to sign has signed yet" in page.text and "Genuine and" not in page.text

    def test_notices_one_changed_byte(self, client, drawn):
        changed = bytearray(documents.content(drawn))
        changed[len(changed) // 2] ^= 1
        page = client.post(f"/check/{drawn.check_code}?lang=en", **handed(bytes(changed)))
        assert "Not the issued document" in page.text and "Genuine" not in page.text

    def test_does_not_trust_a_document_the_log_does_not_know(self, client, in_force):
        page = client.post(f"/check/{in_force.check_code}?lang=en", **handed(documents.content(in_force)))
        assert "The log does not name this file" in page.text and "No event of the log names" in page.text

    def test_asks_for_the_file_where_none_was_chosen(self, client, drawn):
        for sent in ({}, handed(b"") | {"data": {"file": (io.BytesIO(b""), "")}}):
            page = client.post(f"/check/{drawn.check_code}?lang=en", **sent)
            assert page.status_code == 200 and "Choose the PDF file first" in page.text


class TestProof:
    def test_leads_a_stranger_to_the_signed_root(self, client, drawn):
        address = f"/check/{drawn.check_code}/proof.json"
        assert client.get(address).status_code == 404
        assert "will be sealed" in client.get(f"/check/{drawn.check_code}?lang=en").text
        audit.seal(clock.now())
        found = client.get(address).json
        path = [bytes.fromhex(step) for step in found["path"]]
        root = root_from_proof(leaf_hash(found["entry"].encode()), found["position"], found["tree_size"], path)
        assert root.hex() == found["root"] and f" {drawn.number} {drawn.sha256}" in found["entry"]
        text, _, lines = found["checkpoint"].partition("\n\n")
        assert audit.public_key().signed(f"{text}\n", lines.strip()) and found["key"] == str(audit.public_key())
        assert "proof.json" in client.get(f"/check/{drawn.check_code}").text

    def test_is_not_there_for_what_the_log_does_not_know(self, client, in_force):
        assert client.get(f"/check/{in_force.check_code}/proof.json").status_code == 404


class TestContent:
    def test_is_open_to_everybody_where_it_is_public(self, client, in_force):
        page = client.get(f"/documents/{in_force.check_code}")
        assert page.mimetype == "application/pdf" and page.data == documents.content(in_force)
        assert page.headers["Content-Disposition"].startswith("inline")
        page = client.get(f"/documents/{in_force.check_code}?download=1")
        assert in_force.number in page.headers["Content-Disposition"]
        assert page.headers["Content-Disposition"].startswith("attachment")

    def test_is_there_for_the_parties_only(self, client, drawn, monkeypatch):
        assert client.get(f"/documents/{drawn.check_code}").status_code == 404
        stranger = Actor(uuid.uuid4(), "乙", uuid.uuid4())
        overseer = Actor(
            uuid.uuid4(),
            "丙",
            uuid.uuid4(),
            roles=frozenset({"auditor"}),
            jurisdictions=frozenset({"530000"}),
        )
        for actor, status in ((stranger, 404), (signer(A), 200), (overseer, 200)):
            monkeypatch.setattr(accounts, "load_actor", lambda who=actor: who)
            assert client.get(f"/documents/{drawn.check_code}").status_code == status

    def test_is_not_there_under_a_wrong_code(self, client):
        assert client.get("/documents/AAAABBBBCCCCDDDD").status_code == 404


class TestCheckByFile:
    @pytest.mark.prints
    def test_finds_the_document_the_file_says_it_is(self, client, signed):
        page = client.post("/check?lang=en", **handed(documents.content(signed)))
        assert page.status_code == 200 and signed.number in page.text and "Genuine and unchanged" in page.text
        longer = client.post("/check?lang=en", **handed(documents.content(signed) + b"\n"))
        assert "Bytes that nobody signed" in longer.text and "Genuine" not in longer.text

    @pytest.mark.parametrize(("content", "status"), [(b"", 422), (b"%PDF-1.7 of somebody else", 404), (b"\x00\xff", 404)])
    def test_says_when_a_file_names_no_document(self, client, content, status):
        page = client.post("/check?lang=en", **handed(content))
        assert page.status_code == status
        assert "field--wrong" in page.text and 'name="code"' in page.text


class TestFiles:
    def test_are_shown_with_way_mandate_and_missing_parties(self, client, drawn):
        page = client.get(f"/check/{drawn.check_code}?lang=en")
        assert "Nobody has signed this document yet" in page.text

    def test_show_in_which_way_somebody_signed(self, client, signed):
        page = client.get(f"/check/{signed.check_code}?lang=en")
        assert page.text.count("Recorded act of the signer, confirmed by password") == 2
        assert page.text.count("unchanged") >= 2


class TestShell:
    @pytest.fixture
    def run(self, app, tmp_path):
        def check(content, *options):
            (tmp_path / "paper.pdf").write_bytes(content)
            return app.test_cli_runner().invoke(args=["documents", "check", str(tmp_path / "paper.pdf"), *options])

        return check

    def test_says_what_the_page_says(self, run, signed):
        done = run(documents.content(signed), "--code", signed.check_code)
        assert done.exit_code == 0 and signed.number in done.output and done.output.count("signed: 张三") == 2

    def test_fails_on_a_changed_file(self, run, signed):
        done = run(documents.content(signed) + b"x", "--code", signed.number, "--json")
        told = json.loads(done.output)
        assert (done.exit_code, told["whole"], told["code"]) == (1, False, "garbage")

    def test_names_who_has_not_signed(self, run, drawn):
        told = json.loads(run(documents.content(drawn), "--code", drawn.number, "--json").output)
        assert (told["code"], told["whole"]) == ("unfinished", False)

    def test_knows_no_document_for_another_file(self, run):
        assert run(b"%PDF-1.7").exit_code == 2 and run(b"%PDF-1.7", "--code", "nothing").exit_code == 2
