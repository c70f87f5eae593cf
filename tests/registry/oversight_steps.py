"""Steps that several tests of oversight have in common."""

from datetime import timedelta

from kernel import clock
from kernel.actor import SYSTEM
from kernel.command import execute
from registry.commands import debarment, licence, recheck, succession
from registry.reactions.operators import what_time_does_to_operators
from tests.factories.accounts import organisation_of
from tests.factories.registry import PDF, a_licence, an_assessed_licence, colleague, heard

FOUND = {"looked_at": "制度、人员、系统。", "findings": [{"what": "应急预案未演练。", "basis": "YN L144"}]}
WHY = {"reasons": "经查属实。", "basis": "YN L180"}


def later(days):
    return clock.frozen(clock.now() + timedelta(days=days))


def time_passes():
    """What the scheduler does with what falls due for operators."""
    for command, subject_id, *data in list(what_time_does_to_operators(clock.today())):
        execute(command, actor=SYSTEM, subject_id=subject_id, data=data[0] if data else None)


def announced(authority):
    """A licence whose public notice began today."""
    found = an_assessed_licence(authority=authority)
    return execute(licence.announce, actor=colleague(authority), subject_id=found.id)


def barred(authority, organisation_id, days=100):
    """An organisation barred after a hearing, by another person than who gave the notice."""
    given = heard("debar", authority, organisation_id=organisation_id)
    last = clock.today() + timedelta(days=days)
    data = {"notice_id": str(given.id), "ground": "leak", "ends_on": last.isoformat(), **WHY}
    return execute(debarment.impose, actor=colleague(authority), data=data)


def a_succession(new, old, **facts):
    """The application of a successor."""
    data = {
        "predecessor_uscc": organisation_of(old).uscc,
        "ground": "merger",
        "effective_on": clock.today().isoformat(),
        "explanation": "人员、系统和数据整体并入。",
        "evidence": PDF,
    }
    return execute(succession.apply, actor=new, data=data | facts)


def a_recheck(authority, operator=None):
    """A re-check of a licence, begun by the authority."""
    found = a_licence(operator, authority)
    return execute(recheck.begin, actor=authority, data={"licence_id": str(found.id)})
