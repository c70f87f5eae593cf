"""The log: exact bytes, Merkle leaves, signed checkpoints, and a database that refuses to forget."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from kernel import audit
from kernel.command import execute
from kernel.db import db
from kernel.merkle import leaf_hash, root_from_proof
from tests.kernel import toys
from tests.kernel.toys import ANN

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def some_events(number=3):
    for count in range(number):
        execute(toys.draft, actor=ANN, data={"title": f"Permit {count}", "years": 1})


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
        row = db.session.scalars(select(audit.AuditCheckpoint)).one()
        key = audit.signing_key().public_key()
        key.verify(bytes.fromhex(row.signature), audit.checkpoint_text(row.tree_size, row.root))


    def test_refuses_a_key_of_another_kind(self, tmp_path):
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        from kernel.audit.log import _key_at

        other = X25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (tmp_path / "log.pem").write_bytes(other)
        with pytest.raises(TypeError, match="no Ed25519 key"):
            _key_at(tmp_path / "log.pem")


class TestProof:
    def test_leads_from_the_event_to_the_signed_root(self, app):
        some_events(5)
        events = audit.events_of(
            type("S", (), {"id": db.session.scalar(select(audit.AuditEvent.subject_id))})()
        )
        assert audit.proof_of(events[0].id) is None
        audit.seal(NOW)
        proof = audit.proof_of(events[0].id)
        path = [bytes.fromhex(step) for step in proof["path"]]
        leaf = leaf_hash(events[0].body)
        assert proof["leaf"] == leaf.hex()
        assert root_from_proof(leaf, proof["position"], proof["tree_size"], path).hex() == proof["root"]


class TestVerify:
    def test_accepts_an_untouched_log(self, app):
        some_events(4)
        audit.seal(NOW)
        some_events(1)
        found = audit.verify()
        assert (found["events"], found["sealed"], found["unsealed"], found["problems"]) == (5, 4, 1, [])

    def test_names_a_row_that_was_edited_behind_the_program(self, app):
        some_events(4)
        audit.seal(NOW)
        victim = db.session.scalars(select(audit.AuditEvent).offset(2)).first()
        with unprotected() as connection:
            connection.exec_driver_sql(
                f"UPDATE audit_event SET command = 'toy.permit.forged' WHERE {where(victim)}"
            )
        assert [problem["event"] for problem in audit.verify()["problems"]] == [str(victim.id)]

    def test_names_a_row_whose_bytes_were_replaced(self, app):
        some_events(2)
        audit.seal(NOW)
        victim = db.session.scalars(select(audit.AuditEvent)).first()
        victim_id, body = victim.id, victim.body.replace(b"Permit 0", b"Permit 9")
        with unprotected() as connection:
            connection.execute(
                audit.AuditEvent.__table__.update().where(audit.AuditEvent.id == victim_id).values(body=body)
            )
        assert str(victim_id) in {problem["event"] for problem in audit.verify()["problems"]}

    def test_notices_a_tail_that_was_cut_off(self, app):
        some_events(3)
        audit.seal(NOW)
        with unprotected() as connection:
            connection.exec_driver_sql("DELETE FROM audit_leaf WHERE position = 2")
        assert any("2" in problem["what"] for problem in audit.verify()["problems"])

    def test_notices_a_checkpoint_nobody_signed(self, app):
        some_events(3)
        audit.seal(NOW)
        with unprotected() as connection:
            connection.exec_driver_sql(f"UPDATE audit_checkpoint SET root = '{'0' * 64}'")
        problems = audit.verify()["problems"]
        assert {problem["kind"] for problem in problems} == {"signature", "root"}


class TestDatabase:
    @pytest.mark.parametrize("text", ["UPDATE audit_event SET command = 'x'", "DELETE FROM audit_event"])
    def test_refuses_to_change_or_forget_an_event(self, app, text):
        some_events(1)
        with pytest.raises(DatabaseError, match="append-only"):
            db.session.execute(db.text(text))
        db.session.rollback()


def where(event):
    return f"id = '{event.id.hex if db.engine.dialect.name == 'sqlite' else event.id}'"


class unprotected:
    """Somebody with the database's own password, who first takes its guards away (and puts them back)."""

    def __enter__(self):
        db.session.remove()
        self.connection = db.engine.connect()
        if db.engine.dialect.name == "postgresql":
            self.connection.exec_driver_sql("SET session_replication_role = replica")
        else:
            query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            self.guards = self.connection.exec_driver_sql(query).all()
            for name, _ in self.guards:
                self.connection.exec_driver_sql(f"DROP TRIGGER {name}")
        return self.connection

    def __exit__(self, *_):
        if db.engine.dialect.name == "postgresql":
            self.connection.exec_driver_sql("SET session_replication_role = DEFAULT")
        else:
            for _, text in self.guards:
                self.connection.exec_driver_sql(text)
        self.connection.commit()
        self.connection.close()
