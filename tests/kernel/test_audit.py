"""The log: exact bytes, Merkle leaves, signed checkpoints, and a database that refuses to forget."""

import hashlib
import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from kernel import audit
from kernel.audit import keys, log
from kernel.audit.notes import WITNESS, Checkpoint, Key, cosignature_line, signature_line
from kernel.command import execute
from kernel.db import db
from kernel.merkle import is_consistent, leaf_hash, root_from_proof
from tests.kernel import toys
from tests.kernel.toys import ANN

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def some_events(number=3):
    return [
        execute(toys.draft, actor=ANN, data={"title": f"Permit {count}", "years": 1}) for count in range(number)
    ]


def events():
    return db.session.scalars(select(audit.AuditEvent).order_by(audit.AuditEvent.id)).all()


class TestSeal:
    def test_appends_every_event_once(self, app):
        some_events()
        assert audit.unsealed() == 3
        assert audit.seal(NOW) == 3 and audit.seal(NOW) == 0
        some_events(2)
        assert audit.seal(NOW) == 2 and audit.unsealed() == 0
        sizes = db.session.scalars(select(audit.AuditCheckpoint.tree_size)).all()
        assert sorted(sizes) == [3, 5]

    def test_signs_what_a_stranger_can_check(self, app):
        some_events()
        audit.seal(NOW)
        row = audit.last_checkpoint()
        point, lines = Checkpoint.read(row.note)
        assert (point.origin, point.size, point.root.hex()) == ("localhost/log", 3, row.root)
        assert audit.public_key().signed(point.text, lines[0])
        assert not audit.public_key().signed(point.text.replace("3", "4"), lines[0])

    def test_works_off_a_backlog_in_batches(self, app, monkeypatch):
        monkeypatch.setattr(log, "BATCH", 2)
        some_events(5)
        assert audit.seal(NOW) == 5
        assert sorted(db.session.scalars(select(audit.AuditCheckpoint.tree_size))) == [2, 4, 5]

    def test_finds_an_event_that_its_transaction_brought_late(self, app):
        some_events(2)
        audit.seal(datetime(2999, 1, 1, tzinfo=UTC))
        some_events(1)
        assert audit.seal(NOW) == 1 and not audit.verify()["problems"]

    def test_keeps_full_tiles_at_every_level(self, app, monkeypatch):
        monkeypatch.setattr(log, "TILE", 2)
        for _ in range(5):
            some_events(2)
            audit.seal(NOW)
        found = db.session.execute(select(audit.AuditTile.level, audit.AuditTile.number)).all()
        assert sorted(found) == [(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (1, 0), (1, 1), (2, 0)]


class TestKeys:
    def test_refuse_a_key_of_another_kind(self, tmp_path):
        other = X25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (tmp_path / "log.pem").write_bytes(other)
        with pytest.raises(TypeError, match="no Ed25519 key"):
            keys.key_at(tmp_path / "log.pem")

    def test_are_made_once_even_when_two_begin_together(self, tmp_path):
        path = tmp_path / "keys" / "log.pem"
        first = keys.key_at(path)
        keys._make(path)
        keys.key_at.cache_clear()
        assert keys.key_at(path).private_bytes_raw() == first.private_bytes_raw()
        assert [one.name for one in path.parent.iterdir()] == ["log.pem"] and path.stat().st_mode & 0o77 == 0


class TestNotes:
    KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)

    def test_tell_and_read_a_key(self):
        key = Key("log.example", WITNESS, self.KEY.public_key().public_bytes_raw())
        assert Key.read(str(key)) == key

    @pytest.mark.parametrize("text", ["", "name", "a+b+c", "a+00000000+AQ==", "a+00000000+!"])
    def test_refuse_what_is_no_key(self, text):
        with pytest.raises(ValueError, match="not a"):
            Key.read(text)

    @pytest.mark.parametrize("text", ["", "a\n1\nAA==\n", "a\nx\nAA==\n\n— a b\n", "a\n1\n!\n\n— a b\n"])
    def test_refuse_what_is_no_checkpoint(self, text):
        with pytest.raises(ValueError):
            Checkpoint.read(text)

    def test_know_the_line_of_a_witness_and_its_moment(self):
        text = Checkpoint("log.example", 7, b"r" * 32).text
        line = cosignature_line(self.KEY, "witness.example", text, 1_800_000_000)
        key = Key("witness.example", WITNESS, self.KEY.public_key().public_bytes_raw())
        assert key.signed(text, line)
        assert not key.signed(text + "x", line) and not key.signed(text, line[:-8] + "AAAAAAA=")
        assert not key.signed(text, signature_line(self.KEY, "witness.example", text))


class TestProof:
    @pytest.mark.parametrize("size", [1, 2, 3, 4, 7])
    def test_leads_from_the_event_to_the_signed_root(self, app, monkeypatch, size):
        monkeypatch.setattr(log, "TILE", 2)
        monkeypatch.setattr("kernel.audit.proofs.TILE", 2)
        monkeypatch.setattr("kernel.audit.proofs.TILE_HEIGHT", 1)
        some_events(size)
        assert audit.proof_of(events()[0].id) is None
        audit.seal(NOW)
        for event in events():
            proof = audit.proof_of(event.id)
            path = [bytes.fromhex(step) for step in proof["path"]]
            leaf = leaf_hash(proof["entry"].encode())
            assert proof["leaf"] == leaf.hex()
            assert root_from_proof(leaf, proof["position"], size, path).hex() == proof["root"]

    def test_tells_no_word_of_the_input(self, app):
        some_events(1)
        audit.seal(NOW)
        proof = audit.proof_of(events()[0].id)
        assert "Permit" not in json.dumps(proof) and ANN.name not in proof["entry"]
        assert "toy.permit.draft" in proof["entry"] and "\nstate draft\n" in proof["entry"]
        assert proof["entry"].endswith(f"\nevent {hashlib.sha256(events()[0].body).hexdigest()}\n")

    def test_tells_documents_and_public_facts(self, app):
        facts = {"notes": [{"act": "draw_up", "number": "DJ-1", "sha256": "ab"}, {"public": "a\nb"}, {"act": "x"}]}
        row = events_with(facts)
        audit.seal(NOW)
        assert "\ndocument draw_up DJ-1 ab\nfact a b\nevent " in audit.proof_of(row.id)["entry"]


def events_with(facts):
    subject = some_events(1)[0]
    row = audit.record(at=NOW, command="toy.permit.x", actor=ANN, subject=subject, data={}, **facts)
    db.session.commit()
    return row


class TestConsistency:
    def test_shows_that_the_log_only_grew(self, app):
        for _ in range(3):
            some_events(2)
            audit.seal(NOW)
        found = audit.consistency(2, 6)
        old, new = (Checkpoint.read(found[f"{age}_checkpoint"])[0] for age in ("old", "new"))
        assert is_consistent(2, old.root, 6, new.root, [bytes.fromhex(step) for step in found["path"]])
        assert audit.consistency(3, 6)["old_checkpoint"] is None

    @pytest.mark.parametrize(("old", "new"), [(0, 2), (3, 2), (1, 9)])
    def test_is_not_given_for_sizes_that_never_were(self, app, old, new):
        some_events(2)
        audit.seal(NOW)
        with pytest.raises(IndexError):
            audit.consistency(old, new)


class TestDatabase:
    @pytest.mark.parametrize("text", ["UPDATE audit_event SET command = 'x'", "DELETE FROM audit_event"])
    def test_refuses_to_change_or_forget_an_event(self, app, text):
        some_events(1)
        with pytest.raises(DatabaseError, match="append-only"):
            db.session.execute(db.text(text))
        db.session.rollback()
