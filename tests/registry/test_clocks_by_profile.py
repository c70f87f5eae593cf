"""Clocks differ by place: how long each runs under each of the five rules, and on what it rests."""

import pytest

from contracts import deadlines as of_contracts  # noqa: F401  the same
from jurisdictions.tree import profile_of
from kernel.deadlines import TABLE
from registry import deadlines  # noqa: F401  fills the table
from supervision import deadlines as of_supervision  # noqa: F401  the same

NATIONAL = "发改数据规〔2025〕26号"
PLACES = {"WZ": "640300", "DG": "441900", "LS": "331100", "CD": "510100", "YN": "530000"}
# clock (started by): place → how long and why; None: no clock runs there. A place that is not named has the first row's
# value: a proposal of our own, which stands nowhere in its text.
CLOCKS = [
    ("review", "registry.entry.submit", {"*": "10 working_days"}),
    (
        "revision",
        "registry.entry.return_",
        {"WZ": "10 working_days WZ12", "YN": "10 working_days YN L42", "*": "10 working_days"},
    ),
    (
        "update",
        "registry.entry.note_change",
        {
            "WZ": "15 working_days WZ13",
            "DG": "15 working_days DG12",
            "CD": "15 working_days CD14",
            "YN": "10 working_days YN L47",
            "LS": "10 working_days 国务院令第809号",
        },
    ),
    (
        "review_of_update",
        "registry.entry.revise",
        {
            "WZ": "5 working_days WZ13",
            "DG": "5 working_days DG12",
            "YN": "2 working_days YN L48",
            "*": "2 working_days 国务院令第809号",
        },
    ),
    ("review_of_local_catalogue", "registry.local_catalogue.report", {"*": "10 working_days"}),
    ("adjustment_answer", "registry.adjustment_part.begin", {"*": "20 working_days"}),
    (
        "next_adjustment",
        "registry.adjustment.close",
        {
            "WZ": "1 years WZ30",
            "DG": "1 years DG32",
            "YN": "1 years YN L105",
            # No round is held where the catalogue is adjusted continuously (rules.databases refuses it).
            "LS": "0 at_once LS21",
            "CD": "0 at_once CD32",
        },
    ),
    ("project_decision", "registry.project.submit", {"*": "10 working_days"}),
    # Registration (R01–R05): the five local texts refer to the national rules.
    ("acceptance", "registry.registration.submit", {"*": "3 working_days 地方实践"}),
    ("supplement", "registry.registration.return_", {"*": f"10 working_days {NATIONAL}"}),
    ("formal_review", "registry.registration.accept", {"*": f"20 working_days {NATIONAL}"}),
    ("correction", "registry.registration.accept", {"*": "10 working_days"}),
    ("cancellation", "registry.registration.accept", {"*": f"10 working_days {NATIONAL}"}),
    ("cancellation_after_expiry", "registry.registration.expire", {"*": f"10 working_days {NATIONAL}"}),
    ("coding", "registry.registration.end_notice", {"*": "3 working_days"}),
    ("reply", "registry.objection.lodge", {"*": "10 working_days"}),
    ("registration_after_delivery", "registry.duty_to_register.note", {"*": f"20 working_days {NATIONAL}"}),
    ("registration_after_transition", "registry.duty_to_register.note", {"*": f"30 working_days {NATIONAL}"}),
    ("registrar_reply", "registry.registrar_measure.serve", {"*": "5 working_days 行政处罚法第64条"}),
    # Operators (P01–P06).
    ("licence_acceptance", "registry.licence.submit", {"*": "5 working_days"}),
    ("licence_supplement", "registry.licence.return_", {"*": "10 working_days"}),
    ("assessment", "registry.licence.accept", {"*": "20 working_days"}),
    ("licence_decision", "registry.licence.complete_assessment", {"*": "10 working_days"}),
    ("licence_objection", "registry.licence_objection.lodge", {"*": "10 working_days"}),
    ("reply_to_notice", "registry.notice.give", {"*": "5 working_days 行政处罚法第64条"}),
    ("rectification", "registry.recheck.find", {"*": "15 working_days"}),
    ("check_of_rectification", "registry.recheck.report", {"*": "10 working_days"}),
    ("succession", "registry.succession.apply", {"*": "20 working_days"}),
    ("provider_exit", "contracts.outsourcing.end", {"*": "10 working_days"}),
    ("provider_test", "contracts.outsourcing.come_into_force", {"CD": "6 months CD44"}),
    ("answer_to_filing", "supervision.team.file", {"*": "10 working_days"}),
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("name", "command", "lengths"), CLOCKS, ids=[row[0] for row in CLOCKS])
def test_runs_as_long_as_the_rule_of_the_place_says(name, command, lengths, place):
    row = next(row for row in TABLE if row.name == name and command in row.starts)
    profile, wanted = profile_of(PLACES[place]), lengths.get(place, lengths.get("*"))
    if wanted is None:
        assert profile.get(row.period) is None
        return
    period = profile.period(row.period)
    assert " ".join(filter(None, [str(period.count), period.unit, period.basis])) == wanted
