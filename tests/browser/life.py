"""What happens to rights in force, page by page: who proposes, who decides, who signs, what is handed in at the end."""

import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from accounts.commands import mandate
from accounts.models import Organisation, Person
from accounts.queries.memberships import memberships_of
from accounts.vocabulary import MANDATES
from contracts import commands, queries
from contracts.models import DevelopmentRight
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.command import execute
from kernel.db import db
from kernel.errors import RuleBroken
from supervision import commands as supervision
from tests.browser.visitor import Visitor
from tests.factories.accounts import PASSWORD, acting
from tests.factories.life import PROOF
from tests.factories.registry import a_licence

PARTS = ("operator", "developer", "decider")


@dataclass
class Years:
    """The rights of the town and the people who have something to do with them."""

    v: Visitor
    emails: dict[str, str]
    bodies: dict[str, uuid.UUID] = field(default_factory=dict)

    def rights(self) -> tuple[uuid.UUID, uuid.UUID]:
        """The right of the first level and the one of the second that rests on it."""
        with self.v.live.inside():
            if not self.bodies:
                self.bodies = {part: memberships_of(self._person(part).id)[0].organisation_id for part in PARTS}
            rows = db.session.scalars(db.select(DevelopmentRight).order_by(DevelopmentRight.level)).all()
            return rows[0].id, rows[1].id

    def states(self) -> list[str]:
        """How both stand."""
        with self.v.live.inside():
            return list(db.session.scalars(db.select(DevelopmentRight.state).order_by(DevelopmentRight.level)))

    def on(self, day: str) -> None:
        """Go on at nine o'clock of a later day; licences are renewed and reports made meanwhile."""
        self.v.live.at(f"{day}T09:00")
        with self.v.live.inside():
            self._keep_everybody()
            authority = self._actor("decider")
            for right_id, part in zip(self.rights(), ("operator", "developer"), strict=True):
                right, holder = db.session.get(DevelopmentRight, right_id), self._actor(part)
                with suppress(RuleBroken):  # a licence that is still far from its end is not renewed
                    a_licence(holder, authority, level=right.level)
                for owed in queries.obligations_of(right.id):
                    if owed.state in ("open", "overdue"):
                        execute(commands.obligation.fulfil, actor=holder, subject_id=owed.id, data={"report": "已完成。"})

    def let_time_do_its_work(self) -> None:
        """The daily run."""
        with self.v.live.inside():
            supervision.tick(clock.now())

    # ── changes ──────────────────────────────────────────────────────────────────────────────────────────────

    def amend(self, right: uuid.UUID, holder: str) -> None:
        """The holder proposes another wording of a clause, the authority agrees, both sign."""
        v = self._as(holder, f"/rights/{right}/amend")
        v.choose("Clause that is changed", "Security")
        v.write("The clause as it will read", "乙方每半年开展一次安全演练，并向甲方报送结果。")
        v.write("Why the change is needed", "加强安全管理。")
        v.press("Propose an amendment")
        self._agree(v.path, holder)

    def renew(self, right: uuid.UUID, holder: str, until: str) -> None:
        """The holder asks for a renewal and shows what was achieved."""
        v = self._as(holder, f"/rights/{right}/renew")
        v.write("Until", until)
        v.write("What was achieved under the right", "形成数据要素一项，服务保险机构，按期报告。")
        v.write("Why the right is renewed", "业务持续开展。")
        v.press("Ask for a renewal")
        self._agree(v.path, holder)

    def _agree(self, change: str, holder: str) -> None:
        """The authority looks at what is hit and approves; both sign; what was proposed is in force."""
        v = self._as("decider", change)
        v.press_link("Look at what it hits and approve")
        v.write("Reason", "符合规定。")
        v.press("Approve")
        for who in (holder, "decider"):
            self._sign(change, who)
        v.go(change)
        v.sees_state("In force")

    def _sign(self, change: str, who: str) -> None:
        v = self._as(who, change)
        links = v.page.locator("#main a[href^='/agreements/']").all()
        for address in sorted({str(link.get_attribute("href")) for link in links}):
            v.go(address)
            v.write("In which capacity you sign", "授权代表")
            v.write("Your own password", PASSWORD)
            v.press("Sign")

    # ── suspension ───────────────────────────────────────────────────────────────────────────────────────────

    def suspend(self, right: uuid.UUID) -> None:
        """The authority sees what will be hit, and suspends with an item to mend."""
        v = self._as("decider", f"/rights/{right}/suspend")
        v.sees("What will be hit", own=False)
        v.write("Reason", "访问日志不全。")
        v.write("Legal basis", "YN L180")
        v.write("Items to be mended, one a line", "补齐访问日志")
        v.press("Suspend the right")
        v.sees_state("Suspended")

    def mend_and_lift(self, right: uuid.UUID, holder: str) -> None:
        """The holder reports, the authority closes the item and lifts the suspension."""
        v = self._as(holder, f"/rights/{right}")
        v.press_link("Report as mended")
        v.write("What was done", "日志已补齐，另行备份。")
        v.press("Report as mended")
        v = self._as("decider", f"/rights/{right}")
        v.press_link("Close the item")
        v.write("What was found", "核查属实。")
        v.press("Close the item")
        v.go(f"/rights/{right}")
        v.press_link("Lift the suspension")
        v.write("Reason", "已整改到位。")
        v.press("Lift the suspension")

    # ── the end ──────────────────────────────────────────────────────────────────────────────────────────────

    def leave(self, right: uuid.UUID, holder: str) -> None:
        """The holder proves what became of the data, the authority confirms, settles and closes."""
        v = self._as(holder, f"/rights/{right}")
        v.press_link("To the exit: data, proof, final account")
        exit_ = v.path
        v.press_link("Hand in the proof of return or destruction")
        v.tick("Return or destruction", "Overwriting the data")
        v.write("Which data on which media", "全部副本，两台服务器。")
        v.upload("Proof", PROOF)
        v.press("Hand in the proof of return or destruction")
        v = self._as("decider", exit_)
        v.press_link("Confirm the return or destruction")
        v.write("How it was overseen", "现场核验。")
        v.press("Confirm the return or destruction")
        v.act("Draw up the final account")
        if "settle" in v.path:
            v.press("Draw up the final account")
        v.go(exit_)
        v.act("Close the exit")
        v.go(exit_)
        v.sees_state("Closed")

    # ── people ───────────────────────────────────────────────────────────────────────────────────────────────

    def _as(self, part: str, path: str) -> Visitor:
        """Somebody of the town opens an address."""
        self.v.leave()
        self.v.enter(self.emails[part], PASSWORD)
        self.v.go(path)
        return self.v

    def _keep_everybody(self) -> None:
        """Mandates end sooner than rights: whoever has none any more gets them anew."""
        today = clock.today()
        for part in self.bodies:
            present = self._actor(part).mandates
            membership = memberships_of(self._person(part).id)[0]
            for kind in MANDATES:
                if kind not in present and (kind != "decide" or membership.organisation.side == "managing"):
                    ends_on = (today + timedelta(days=365)).isoformat()
                    data = {"membership_id": str(membership.id), "kind": kind, "starts_on": today.isoformat()}
                    execute(mandate.grant, actor=SYSTEM, data=data | {"ends_on": ends_on})

    def _person(self, part: str) -> Person:
        return db.session.scalars(db.select(Person).where(Person.email == self.emails[part])).one()

    def _actor(self, part: str) -> Actor:
        """Somebody of the town on this day."""
        return acting(self._person(part), db.session.get(Organisation, self.bodies[part]))
