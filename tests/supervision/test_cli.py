"""The shell of supervision: the tick, the check of the log."""

import json

from kernel import audit, clock
from kernel.db import db
from tests.kernel.test_audit_verify import unprotected
from tests.supervision.test_commands import AFTER


class TestTick:
    def test_does_what_is_due_and_says_so(self, shell, running):
        with clock.frozen(AFTER):
            done = shell("supervision", "tick")
        assert done.exit_code == 0 and done.output.startswith("0 warned, 1 missed, 0 ended, 0 refused")
        with clock.frozen(AFTER):
            again = json.loads(shell("supervision", "tick", "--json").output)
        assert again == {"warned": 0, "missed": 0, "swept": 0, "refused": []}

    def test_names_what_was_refused(self, shell, running, monkeypatch):
        from kernel import due
        from registry.commands import catalogue

        monkeypatch.setattr(due, "SWEEPS", [lambda today: [(catalogue.withdraw, running.subject_id)]])
        done = shell("supervision", "tick")
        assert "1 refused" in done.output and "registry.entry.withdraw" in done.output


class TestAudit:
    def test_verifies_an_untouched_log(self, shell, entry):
        assert "events sealed" in shell("audit", "seal").output
        done = shell("audit", "verify")
        assert done.exit_code == 0 and "0 waiting to be sealed" in done.output

    def test_names_what_was_changed_behind_the_program(self, shell, entry):
        audit.seal(clock.now())
        victim = audit.events_of(entry)[0]
        victim_id, table = str(victim.id), audit.AuditEvent.__table__
        with unprotected() as connection:
            connection.execute(table.update().where(table.c.id == victim.id).values(profile="110000"))
        done = shell("audit", "verify")
        assert done.exit_code == 1 and victim_id in done.output
        found = json.loads(shell("audit", "verify", "--json").output)
        assert [problem["event"] for problem in found["problems"]] == [victim_id]
        db.session.remove()


class TestDo:
    def test_loads_a_year_from_a_file(self, shell, app, tmp_path):
        from tests.supervision.test_commands import notice

        path = tmp_path / "2027.json"
        path.write_bytes(notice().content)
        data = json.dumps({"notice": "一号文", "file": f"@{path}"})
        done = shell("do", "supervision.calendar.load", "--data", data)
        assert done.exit_code == 0 and json.loads(done.output)["id"]
        refused = shell("do", "supervision.calendar.load", "--data", "{}")
        assert refused.exit_code == 1 and "notice" in refused.output

    def test_refuses_as_the_page_does(self, shell, running):
        done = shell("do", "supervision.clock.miss", str(running.id))
        assert done.exit_code == 1 and "X11" in done.output
