"""A barred organisation: its open applications for rights stop, new ones are refused."""

from datetime import date

import pytest

from contracts.commands import application
from contracts.rules.dossier import applicant_is_not_barred
from kernel import due
from kernel.command import execute
from kernel.errors import NotAllowed, RuleBroken
from tests.factories import contracts as made
from tests.registry.oversight_steps import barred


@pytest.mark.usefixtures("app")
class TestApplicationStop:
    def test_follows_the_debarment_and_refuses_what_comes_after(self) -> None:
        who = made.parties()
        asked = made.submitted(made.an_application(who), who.operator)
        with pytest.raises(NotAllowed):
            execute(application.stop, actor=who.authority, subject_id=asked.id, data={"reason": "x"})
        later = made.an_application(who)
        barred(who.authority, who.operator.organisation_id)
        assert (asked.state, later.state) == ("stopped", "stopped") and due.running_of(asked) == []
        fresh = made.an_application(who)
        with pytest.raises(RuleBroken) as refused:
            made.submitted(fresh, who.operator)
        assert refused.value.duty == "contracts.applicant_is_not_barred"


class TestApplicantIsNotBarred:
    def test_until_the_last_day(self) -> None:
        applicant_is_not_barred(None)
        with pytest.raises(RuleBroken):
            applicant_is_not_barred(date(2027, 1, 1))
