"""What happens to rights in force, for tests: changes by the real commands, items to mend, the exit."""

from typing import Any

from contracts import commands, queries
from contracts.models import DataElement, DevelopmentRight, Rectification, RightChange, RightExit
from contracts.queries.changes import agreements_of_change
from contracts.reactions.changes import what_time_drops
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.command import Command, execute
from kernel.db import db
from kernel.fields import File
from tests.factories import contracts as made
from tests.factories.accounts import an_actor, organisation_of
from tests.kept import kept

WHY = {"reason": "经核实确有必要。", "basis": "YN L180"}
REASON = "业务需要。"
PROOF = File("销毁记录.pdf", b"%PDF-1.7\n%%EOF\n")


def run(command: Command, actor: Actor, subject: Any, **data: Any) -> Any:
    """Run a command on a subject."""
    return execute(command, actor=actor, subject_id=subject.id, data=data)


def on_right(command: Command, actor: Actor, held: DevelopmentRight, **data: Any) -> Any:
    """Run a command that makes something about a right."""
    return execute(command, actor=actor, data={"right_id": str(held.id)} | data)


def an_amendment(actor: Actor, held: DevelopmentRight, **terms: Any) -> RightChange:
    """A proposed amendment: another wording of a clause unless other terms are given."""
    given = terms or {"clause": "security", "clause_text": "乙方每半年开展一次安全演练。"}
    return on_right(commands.change.amend, actor, held, reason=REASON, **given)


def a_renewal(actor: Actor, held: DevelopmentRight, ends_on: Any, **facts: Any) -> RightChange:
    """A renewal asked for."""
    given = {
        "ends_on": str(ends_on),
        "reason": REASON,
        "performance": "形成要素一项，服务二十家单位，按期报告。",
    } | facts
    return on_right(commands.change.renew, actor, held, **given)


def a_reduction(actor: Actor, held: DevelopmentRight, **terms: Any) -> RightChange:
    """A reduction proposed by the holder."""
    return on_right(commands.change.reduce, actor, held, reason=REASON, **terms)


def an_announced_reduction(authority: Actor, held: DevelopmentRight, **terms: Any) -> RightChange:
    """A reduction the authority has announced."""
    return on_right(
        commands.change.announce_reduction, authority, held, reason=REASON, basis="YN L180", **terms
    )


def a_transfer(holder: Actor, held: DevelopmentRight, follower: Actor) -> RightChange:
    """A right proposed to pass to another body, which has consented."""
    code = organisation_of(follower).uscc
    change = on_right(commands.change.transfer, holder, held, reason=REASON, new_holder_uscc=code)
    return run(commands.change.consent, follower, change)


def approved(change: RightChange, authority: Actor) -> RightChange:
    """The change approved: its agreements wait for signatures."""
    return run(commands.change.approve, authority, change, reason="符合规定。")


def signed(change: RightChange, *signers: Actor) -> RightChange:
    """The change signed by everybody who has to."""
    for text in agreements_of_change(change.id):
        for signer in signers:
            if signer.organisation_id in text.must_sign_ids:
                made.signed(text, signer)
    db.session.refresh(change)
    return change


def agreed(change: RightChange, authority: Actor, *signers: Actor) -> RightChange:
    """The change approved and signed by everybody."""
    return signed(approved(change, authority), *signers, authority)


def an_item(authority: Actor, held: DevelopmentRight, what: str = "补齐访问日志") -> Rectification:
    """One thing ordered to be mended."""
    return on_right(commands.rectification.order, authority, held, what=what, basis="YN L180")


def reported(item: Rectification, holder: Actor) -> Rectification:
    """The item reported as mended."""
    return run(commands.rectification.report, holder, item, report="已整改。")


def mended(item: Rectification, holder: Actor, other: Actor) -> Rectification:
    """The item reported as mended and closed by somebody else."""
    return run(commands.rectification.close, other, reported(item, holder), answer="核查属实。")


def handed_in(left: RightExit, holder: Actor) -> RightExit:
    """The exit with its proof."""
    data = {
        "manner": "overwriting",
        "media": "全部副本，两台服务器。",
        "kept": "访问日志六个月。",
        "file": PROOF,
    }
    return run(commands.leaving.hand_in, holder, left, **data)


def left_for_good(left: RightExit, holder: Actor, authority: Actor) -> RightExit:
    """The exit gone through to its close."""
    handed_in(left, holder)
    run(commands.leaving.oversee, authority, left, note="现场核验。")
    run(commands.leaving.settle, authority, left, note="无未结款项。")
    return run(commands.leaving.close, authority, left)


@kept
def an_exit(who: made.Parties) -> RightExit:
    """The exit after a right of the operator was given up."""
    held = made.a_right(who)
    run(commands.right_life.ask_surrender, who.operator, held, reason=REASON)
    run(commands.right_life.surrender, who.authority, held, **WHY)
    return exit_of(held)


def another_operator(who: made.Parties) -> Actor:
    """A second licensed operator of the place."""
    other = an_actor("operator")
    made.a_licence(other, who.authority)
    return other


def follow_time() -> int:
    """Take the steps that time asks for today; how many there were."""
    due = [*what_time_drops(clock.today())]
    for command, subject_id, *data in due:
        execute(command, actor=SYSTEM, subject_id=subject_id, data=data[0] if data else None)
    return len(due) + made.follow_time()


def elements_of(held: DevelopmentRight) -> list[DataElement]:
    """The elements under a right, in every state."""
    return list(db.session.scalars(db.select(DataElement).where(DataElement.right_id == held.id)))


def exit_of(held: DevelopmentRight) -> RightExit:
    """The newest exit of a right."""
    return queries.exits_of(held.id)[-1]
