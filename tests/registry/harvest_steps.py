"""Steps that several tests of harvest have in common."""

import json
from http.server import BaseHTTPRequestHandler

from kernel import clock
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.outbox import OutboxMessage, deliver_due
from registry.commands import harvest
from registry.models import CatalogueEntry
from registry.models.harvest import HarvestRun
from tests.factories.registry import an_authority


class Portal(BaseHTTPRequestHandler):
    """A foreign portal: what stands at a path is set by the test; what it was asked is kept."""

    stands: dict[str, tuple[int, str, bytes]] = {}
    asked: list[tuple[str, str]] = []

    def do_GET(self):  # noqa: N802
        self.asked.append((self.path, self.headers.get("Authorization", "")))
        status, kind, content = self.stands.get(self.path) or self.stands.get(self.path.partition("?")[0]) or (404, "text/plain", b"")
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Nothing on the screen."""


def record(name, title, **facts):
    return {"id": name, "name": name, "title": title, "notes": f"{title}的说明", "organization": {"title": "外地气象局"}, "extras": [], "tags": [{"name": "气象"}], "resources": [{"format": "CSV"}], **facts}


def shows(*records, path="/api/3/action/package_search"):
    body = json.dumps({"success": True, "result": {"count": len(records), "results": list(records)}})
    Portal.stands[path] = (200, "application/json", body.encode())


def proposed(actor=None, portal="http://portal.example.org", **facts):
    data = {"title": "外地目录", "kind": "ckan", "address": portal, "jurisdiction": "990100", "grace_days": 3}
    return execute(harvest.propose, actor=actor or an_authority(), data=data | facts)


def worked_off():
    while deliver_due():
        pass
    assert not [row for row in db.session.query(OutboxMessage).filter_by(state="waiting") if row.due_at <= clock.now()]


def rehearsed(source, actor=SYSTEM):
    execute(harvest.rehearse, actor=actor if actor is not SYSTEM else an_authority(), subject_id=source.id)
    worked_off()
    return latest(source)


def read(source):
    execute(harvest.read, actor=SYSTEM, subject_id=source.id)
    worked_off()
    return latest(source)


def latest(source):
    db.session.expire_all()
    return db.session.query(HarvestRun).filter_by(source_id=source.id).order_by(HarvestRun.created_at.desc(), HarvestRun.id.desc()).first()


def approved(portal, **facts):
    source = proposed(portal=portal, **facts)
    rehearsed(source)
    return execute(harvest.approve, actor=an_authority(), subject_id=source.id)


def entries():
    db.session.expire_all()
    return {row.title: row for row in db.session.query(CatalogueEntry)}
