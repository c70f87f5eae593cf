"""The log for strangers: checkpoints, proofs, growth, and the program that checks them offline."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kernel import audit, clock, config, documents
from kernel.audit import witnesses
from kernel.audit.notes import WITNESS, Checkpoint, Key, cosignature_line
from kernel.db import db
from kernel.outbox import OutboxMessage, deliver_due
from registry import queries
from tests.factories.registry import a_draft, a_registered_resource

PROGRAM = Path(__file__).resolve().parents[2] / "static" / "verify" / "shuheng-verify.py"
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"w" * 32)
KEY = Key("witness.example", WITNESS, PRIVATE.public_key().public_bytes_raw())


@pytest.fixture
def sheet(app):
    """The confirmation of a registration, sealed into the log."""
    found = a_registered_resource()
    audit.seal(clock.now())
    return documents.current("registration_confirmation", queries.registration_in_force(resource_id=found.id))


@pytest.fixture
def witnessed(settings):
    """A site that tells one witness by the net and one by mail."""
    from dataclasses import replace

    addresses = ("https://witness.example/log", "mailto:keeper@example.org")
    config.use(replace(settings, log_witnesses=addresses, log_witness_keys=(str(KEY),)))
    yield
    config.use(settings)


def run(*arguments):
    done = subprocess.run([sys.executable, str(PROGRAM), *map(str, arguments)], capture_output=True, text=True, check=False)  # noqa: S603
    return done.returncode, done.stdout


class TestPages:
    def test_tell_the_key_and_the_newest_checkpoint(self, client, sheet):
        page = client.get("/log?lang=en").text
        assert str(audit.public_key()) in page and "shuheng-verify.py" in page
        note = client.get("/log/checkpoint").text
        point, lines = Checkpoint.read(note)
        assert audit.public_key().signed(point.text, lines[0])
        assert client.get(f"/log/checkpoint/{point.size}").text == note
        assert client.get("/log/key").text.strip() == str(audit.public_key())

    def test_have_nothing_before_the_first_seal(self, client):
        for address in ("/log/checkpoint", "/log/checkpoint/5", "/log/proof/ab", "/log/consistency/1/2"):
            assert client.get(address).status_code == 404
        assert client.get("/log").status_code == 200

    def test_give_a_proof_to_who_holds_the_entry(self, client, sheet):
        proof = client.get(f"/check/{sheet.check_code}/proof.json").json
        found = client.get(f"/log/proof/{proof['leaf'].upper()}").json
        assert found["path"] == proof["path"] and "entry" not in found


class TestProgram:
    """A stranger with proof file, document and checkpoint, offline."""

    @pytest.fixture
    def files(self, client, sheet, tmp_path):
        proof, document, note = tmp_path / "proof.json", tmp_path / "sheet.pdf", tmp_path / "checkpoint.txt"
        proof.write_bytes(client.get(f"/check/{sheet.check_code}/proof.json").data)
        document.write_bytes(documents.content(sheet))
        note.write_bytes(client.get("/log/checkpoint").data)
        return proof, document, note

    def test_is_served_by_the_site(self, client):
        with client.get("/static/verify/shuheng-verify.py") as served:
            assert served.data == PROGRAM.read_bytes()

    def test_accepts_what_was_issued(self, files, sheet):
        proof, document, note = files
        code, said = run(proof, "--document", document, "--checkpoint", note, "--key", audit.public_key())
        assert code == 0 and sheet.number in said and "Everything holds." in said

    def test_says_that_a_key_from_the_file_itself_proves_little(self, files):
        code, said = run(files[0])
        assert code == 0 and "compare it with one you know" in said

    @pytest.mark.parametrize("change", ["document", "entry", "path", "position", "checkpoint", "key"])
    def test_refuses_each_forgery(self, files, change):
        proof, document, _ = files
        facts = json.loads(proof.read_text())
        if change == "document":
            document.write_bytes(document.read_bytes() + b"\n")
        elif change == "entry":
            facts["entry"] = facts["entry"].replace("in_force", "cancelled")
        elif change == "path":
            facts["path"][0] = "00" * 32
        elif change == "position":
            facts["position"] += 1
        elif change == "checkpoint":
            facts["checkpoint"] = facts["checkpoint"].replace(f"\n{facts['tree_size']}\n", f"\n{facts['tree_size'] + 1}\n")
        proof.write_text(json.dumps(facts))
        other = str(Key(audit.public_key().name, 1, PRIVATE.public_key().public_bytes_raw()))
        key = other if change == "key" else str(audit.public_key())
        code, said = run(proof, "--document", document, "--key", key)
        assert code == 1 and said.startswith(("WRONG", "ok"))

    def test_tells_files_it_cannot_read(self, tmp_path):
        (tmp_path / "x.json").write_text("[]")
        assert run(tmp_path / "x.json")[0] == 2 and run(tmp_path / "none.json")[0] == 2

    def test_checks_that_the_log_only_grew(self, files, client, tmp_path):
        old = int(client.get("/log/checkpoint").text.splitlines()[1])
        for _ in range(3):
            a_draft()
            audit.seal(clock.now())
        new = audit.last_checkpoint().tree_size
        growth = tmp_path / "growth.json"
        growth.write_bytes(client.get(f"/log/consistency/{old}/{new}").data)
        key = str(audit.public_key())
        code, said = run(growth, "--checkpoint", files[2], "--key", key)
        assert code == 0 and f"begins with the log of {old} entries" in said
        facts = json.loads(growth.read_text())
        facts["path"][-1] = "11" * 32
        growth.write_text(json.dumps(facts))
        assert run(growth, "--key", key)[0] == 1

    def test_asks_for_the_signature_of_a_witness(self, files, sheet, client, witnessed):
        proof = files[0]
        assert run(proof, "--witness", KEY)[0] == 1
        point = audit.last_checkpoint()
        line = cosignature_line(PRIVATE, KEY.name, Checkpoint.read(point.note)[0].text, 1_800_000_000)
        assert witnesses.keep_lines(point, line) == [KEY.name]
        proof.write_bytes(client.get(f"/check/{sheet.check_code}/proof.json").data)
        assert run(proof, "--witness", KEY)[0] == 0
        assert KEY.name in client.get("/log").text


class Answer:
    """What a witness sends back."""

    def __init__(self, text):
        self.text = text

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def read(self, most):
        return self.text.encode()[:most]


class TestWitnesses:
    def test_are_told_once_each_and_what_they_sign_is_kept(self, sheet, witnessed, monkeypatch):
        assert witnesses.tell_witnesses(clock.now()) == 2 and witnesses.tell_witnesses(clock.now()) == 0
        point, posted, mailed = audit.last_checkpoint(), [], []

        def post(asked, timeout):
            posted.append((asked.full_url, asked.data.decode()))
            text = Checkpoint.read(point.note)[0].text
            return Answer(cosignature_line(PRIVATE, KEY.name, text, 1_800_000_000) + "\n— stranger AAAA\n")

        monkeypatch.setattr("urllib.request.urlopen", post)
        monkeypatch.setattr("kernel.mail.send", lambda *mail: mailed.append(mail))
        deliver_due()
        assert posted == [("https://witness.example/log/add-checkpoint", f"old 0\n\n{point.note}")]
        assert [to for to, _, _ in mailed] == ["keeper@example.org"] and point.note in mailed[0][2]
        assert [row.witness for row in db.session.query(audit.AuditCosignature)] == [KEY.name]
        assert audit.cosigned(point).count("— ") == 2

    def test_are_shown_how_the_log_grew_since_they_last_signed(self, sheet, witnessed):
        first = audit.last_checkpoint()
        line = cosignature_line(PRIVATE, KEY.name, Checkpoint.read(first.note)[0].text, 1_800_000_000)
        witnesses.keep_lines(first, line)
        a_draft()
        audit.seal(clock.now())
        body = witnesses.request_body(audit.last_checkpoint(), first.tree_size)
        head, _, note = body.partition("\n\n")
        assert head.splitlines()[0] == f"old {first.tree_size}" and len(head.splitlines()) > 1
        assert note == audit.last_checkpoint().note

    def test_stay_in_the_outbox_where_they_do_not_answer(self, sheet, witnessed):
        witnesses.tell_witnesses(clock.now())
        deliver_due()
        db.session.expire_all()
        assert {row.state for row in db.session.query(OutboxMessage).filter_by(kind=witnesses.KIND)} == {"waiting"}

    def test_tell_which_size_they_know(self, sheet, settings):
        """A witness that has seen another size than we think answers 409 with its own; then it is shown the growth from there."""
        old = audit.last_checkpoint().tree_size
        a_draft()
        audit.seal(clock.now())
        asked = []

        class Witness(BaseHTTPRequestHandler):
            def do_POST(self):  # noqa: N802
                asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
                known = f"{old}\n" if asked[-1].startswith("old 0\n") else "nothing of mine\n"
                self.send_response(409)
                self.send_header("Content-Length", str(len(known)))
                self.end_headers()
                self.wfile.write(known.encode())

            def log_message(self, *_):
                """Nothing on the screen."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Witness) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_address[1]}"
            with pytest.raises(witnesses.WitnessRefused, match="409: nothing of mine"):
                witnesses.deliver({"address": address, "size": audit.last_checkpoint().tree_size}, "")
            server.shutdown()
        assert [body.split("\n")[0] for body in asked] == ["old 0", f"old {old}"]
        assert len(asked[1].split("\n\n")[0].split("\n")) > 1

    def test_are_told_nothing_before_the_first_checkpoint_nor_of_one_that_is_gone(self, app, witnessed):
        assert witnesses.tell_witnesses(clock.now()) == 0
        witnesses.deliver({"address": "https://witness.example", "size": 10**9}, "")

    def test_are_nobody_without_configuration(self, sheet):
        assert witnesses.tell_witnesses(clock.now()) == 0


class TestCountersign:
    def test_keeps_what_came_back_by_mail(self, app, sheet, witnessed, tmp_path):
        point = audit.last_checkpoint()
        line = cosignature_line(PRIVATE, KEY.name, Checkpoint.read(point.note)[0].text, 1_800_000_000)
        back = tmp_path / "back.txt"
        back.write_text(f"{point.note}{line}\n", encoding="utf-8")
        shell = app.test_cli_runner()
        assert KEY.name in shell.invoke(args=["audit", "countersign", str(back)]).output
        assert shell.invoke(args=["audit", "countersign", str(back)]).exit_code == 1
        back.write_text("nothing", encoding="utf-8")
        assert shell.invoke(args=["audit", "countersign", str(back)]).exit_code == 1


class TestVerifyShell:
    def test_takes_a_stranger_s_checkpoint(self, app, sheet, tmp_path):
        held = tmp_path / "held.txt"
        held.write_text(audit.last_checkpoint().note, encoding="utf-8")
        done = app.test_cli_runner().invoke(args=["audit", "verify", "--checkpoint", str(held)])
        assert done.exit_code == 0 and "under seal" in done.output
