"""The law of supervision, one class a duty."""

from datetime import date, timedelta

import pytest

from kernel.errors import RuleBroken
from supervision import rules


class TestClockMayWarn:
    @pytest.mark.parametrize(("left", "warns"), [(4, False), (3, True), (1, True), (0, True), (-1, False)])
    def test_speaks_within_the_last_days_and_never_too_late(self, left, warns):
        assert rules.clock_may_warn(left, 3) is warns

    def test_speaks_on_the_last_day_at_least(self):
        assert rules.clock_may_warn(0, 0) and not rules.clock_may_warn(1, 0)


class TestDeadlineIsMissed:
    def test_lets_the_whole_last_day_pass(self):
        last = date(2026, 11, 20)
        with pytest.raises(RuleBroken) as refused:
            rules.deadline_is_missed(last, last)
        assert refused.value.ids == ("X11",) and "2026-11-20" in str(refused.value)

    def test_holds_from_the_next_day_on(self):
        last = date(2026, 11, 20)
        rules.deadline_is_missed(last, last + timedelta(days=1))
