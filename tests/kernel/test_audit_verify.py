"""The check of the log: an untouched one is accepted, and each change behind the program's back is named."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from kernel import audit
from kernel.audit import rows
from kernel.audit.entries import entry_of
from kernel.audit.log import checkpoints_file
from kernel.command import execute
from kernel.db import db, new_id
from kernel.merkle import leaf_hash
from tests.kernel import toys
from tests.kernel.toys import ANN

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
EVENT, LEAF = audit.AuditEvent.__table__, audit.AuditLeaf.__table__
POINT, TILE = audit.AuditCheckpoint.__table__, audit.AuditTile.__table__
PERMIT = toys.ToyPermit.__table__
FORGED = "toy.permit.forged"


@pytest.fixture
def world(app, monkeypatch):
    """Twelve events on sealed rows under three checkpoints with small tiles, and two that wait."""
    monkeypatch.setitem(rows.SEALED, "toy_permit", toys.ToyPermit)
    for module in ("log", "verification"):
        monkeypatch.setattr(f"kernel.audit.{module}.TILE", 4)
    for number in range(14):
        execute(toys.draft, actor=ANN, data={"title": f"Permit {number}", "years": 1}, request_key=f"k-{number}")
        if number in (3, 7, 11):
            audit.seal(NOW)
    return db.session.scalars(select(audit.AuditEvent).order_by(audit.AuditEvent.id)).all()


def problems():
    return audit.verify()["problems"]


def named():
    return {problem["event"] for problem in problems()}


class TestVerify:
    def test_accepts_an_untouched_log(self, world):
        found = audit.verify()
        assert found == {"events": 14, "sealed": 12, "unsealed": 2, "rows": 14, "problems": []}

    def test_accepts_an_empty_log(self, app):
        assert audit.verify() == {"events": 0, "sealed": 0, "unsealed": 0, "rows": 0, "problems": []}


class TestRowHash:
    def test_does_not_change_by_a_column_that_says_nothing(self):
        for nothing in (None, "", [], {}):
            assert rows.row_hash({"a": 1, "later": nothing}) == rows.row_hash({"a": 1})

    def test_changes_by_everything_else(self):
        said = [{"a": 1}, {"a": 2}, {"a": 1, "b": 0}, {"a": 1, "b": False}, {"a": 1, "b": "0"}, {"a": 1, "b": ["x"]}, {"b": 1}]
        assert len({rows.row_hash(one) for one in said}) == len(said)


CHANGES = {
    "a command": lambda e: update(EVENT).where(EVENT.c.id == e.id).values(command=FORGED),
    "a moment": lambda e: update(EVENT).where(EVENT.c.id == e.id).values(at=datetime(2026, 1, 1, tzinfo=UTC)),
    "a person": lambda e: update(EVENT).where(EVENT.c.id == e.id).values(user_id=None),
    "a state": lambda e: update(EVENT).where(EVENT.c.id == e.id).values(to_state="granted"),
    "a request key": lambda e: update(EVENT).where(EVENT.c.id == e.id).values(request_key="k-99"),
    "the bytes": lambda e: update(EVENT).where(EVENT.c.id == e.id).values(body=e.body.replace(b"Permit", b"Permut")),
    "unreadable bytes": lambda e: update(EVENT).where(EVENT.c.id == e.id).values(body=b"gone"),
    "bytes and leaf together": lambda e: [
        update(EVENT).where(EVENT.c.id == e.id).values(body=forged(e)),
        update(LEAF).where(LEAF.c.event_id == e.id).values(hash=entry_hash(forged(e))),
    ],
    "a leaf": lambda e: update(LEAF).where(LEAF.c.event_id == e.id).values(hash="0" * 64),
    "a deleted event": lambda e: EVENT.delete().where(EVENT.c.id == e.id),
    "a deleted leaf": lambda e: LEAF.delete().where(LEAF.c.event_id == e.id),
}


def forged(event):
    return event.body.replace(b"Permit", b"Permut")


def entry_hash(body):
    return leaf_hash(entry_of(body)).hex()


class TestPlantedChange:
    @pytest.mark.parametrize("change", CHANGES)
    @pytest.mark.parametrize("place", [0, 5, 11])
    def test_names_the_event(self, world, change, place):
        victim = world[place]
        plant(CHANGES[change](victim))
        assert str(victim.id) in named()

    @pytest.mark.parametrize("change", ["a command", "unreadable bytes", "a person"])
    def test_names_an_event_that_is_not_sealed_yet(self, world, change):
        plant(CHANGES[change](world[13]))
        assert named() - {None} == {str(world[13].id)}

    def test_names_a_result_that_was_edited(self, world):
        victim = world[2].subject_id
        plant(update(PERMIT).where(PERMIT.c.id == victim).values(title="Forged"))
        found = problems()
        assert [(one["kind"], one["row"], one["event"]) for one in found] == [
            ("row", f"toy_permit/{victim}", str(world[2].id))
        ]

    def test_names_a_result_that_was_deleted(self, world):
        plant(PERMIT.delete().where(PERMIT.c.id == world[2].subject_id))
        assert [(one["kind"], one["event"]) for one in problems()] == [("row_gone", str(world[2].id))]

    def test_names_a_result_that_nobody_wrote(self, world):
        with unprotected() as connection:
            row = dict(connection.execute(select(PERMIT).limit(1)).mappings().one())
            row["id"] = new_id()
            connection.execute(PERMIT.insert().values(**row))
        assert [(one["kind"], one["row"]) for one in problems()] == [("row", f"toy_permit/{row['id']}")]

    def test_notices_a_checkpoint_nobody_signed(self, world):
        plant(update(POINT).where(POINT.c.tree_size == 8).values(root="0" * 64))
        assert {one["kind"] for one in problems()} == {"signature"}
        plant(update(POINT).where(POINT.c.tree_size == 8).values(note="nothing\n"))
        assert "signature" in {one["kind"] for one in problems()}

    def test_notices_a_tile_that_was_changed_or_taken_out(self, world):
        plant(update(TILE).where(TILE.c.number == 1).values(hashes=b"0" * 128))
        assert {one["kind"] for one in problems()} == {"leaf"}
        plant(TILE.delete())
        assert {one["kind"] for one in problems()} == {"tile"}

    def test_tells_where_to_look_when_all_copies_were_changed(self, world):
        victim = world[5]
        plant([*CHANGES["bytes and leaf together"](victim), TILE.delete()])
        assert any(one["kind"] == "root" and str(victim.id) in one["what"] for one in problems())


class TestCutOffTail:
    def test_is_noticed_though_everything_in_the_database_agrees(self, world):
        gone = [event.id for event in world[8:]]
        plant(
            [
                POINT.delete().where(POINT.c.tree_size > 8),
                LEAF.delete().where(LEAF.c.event_id.in_(gone)),
                TILE.delete().where(TILE.c.number == 2),
                EVENT.delete().where(EVENT.c.id.in_(gone)),
                PERMIT.delete().where(PERMIT.c.id.in_([event.subject_id for event in world[8:]])),
            ]
        )
        found = problems()
        assert [one["kind"] for one in found] == ["tail"] and "entries 8 to 11" in found[0]["what"]

    def test_is_noticed_by_a_stranger_s_checkpoint(self, world):
        held = audit.last_checkpoint().note
        self.test_is_noticed_though_everything_in_the_database_agrees(world)
        checkpoints_file().unlink()
        kinds = [one["kind"] for one in audit.verify(held)["problems"]]
        assert kinds == ["kept", "tail"]

    def test_names_the_events_whose_leaves_were_cut(self, world):
        plant([LEAF.delete().where(LEAF.c.position >= 10)])
        assert {str(world[10].id), str(world[11].id)} <= named()


    def test_names_each_of_many_missing_in_the_middle(self, world):
        plant([LEAF.delete().where(LEAF.c.position.between(1, 9))])
        said = {one["what"] for one in problems()}
        assert {f"entry {number} of the log is gone" for number in range(1, 10)} <= said


class TestKept:
    def test_notices_another_log_in_the_place_of_the_signed_one(self, world):
        path = checkpoints_file()
        path.write_text(path.read_text().replace("localhost/log", "other.example/log", 1))
        assert [one["kind"] for one in problems()] == ["kept"]

    def test_notices_a_checkpoint_that_was_given_out_and_is_gone(self, world):
        plant(POINT.delete().where(POINT.c.tree_size == 4))
        assert [one["kind"] for one in problems()] == ["root"]


def plant(statements):
    with unprotected() as connection:
        for statement in statements if isinstance(statements, list) else [statements]:
            connection.execute(statement)


class unprotected:
    """Somebody with the database's own password, who first takes its guards away (and puts them back)."""

    def __enter__(self):
        db.session.remove()
        self.connection = db.engine.connect()
        if db.engine.dialect.name == "postgresql":
            self.connection.exec_driver_sql("SET session_replication_role = replica")
            return self.connection
        self.connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
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
        if db.engine.dialect.name == "sqlite":
            self.connection.connection.driver_connection.execute("PRAGMA foreign_keys = ON")
        self.connection.close()
