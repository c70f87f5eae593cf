"""The law of licences, of opening files, of handing in, and of what may be developed."""

from datetime import date

import pytest

from jurisdictions import tree
from kernel.errors import RuleBroken
from registry.rules import licence, release, review

TODAY = date(2026, 11, 23)
NATIONAL, HENGZHOU, COUNTY = (tree.profile_of(code) for code in ("530000", "990100", "990102"))


def refused(duty, *arguments):
    with pytest.raises(RuleBroken) as caught:
        duty(*arguments)
    return caught.value


class TestLicenceTerm:
    def test_is_at_most_what_the_rule_gives(self):
        assert licence.licence_term(TODAY, None, NATIONAL) == date(2029, 11, 23)
        assert licence.licence_term(TODAY, date(2027, 1, 1), NATIONAL) == date(2027, 1, 1)
        refused(licence.licence_term, TODAY, date(2029, 11, 24), NATIONAL)
        refused(licence.licence_term, TODAY, date(2026, 11, 22), NATIONAL)


class TestOneLicenceAtATime:
    def test_opens_before_the_end(self):
        licence.one_licence_at_a_time(None, None, TODAY, NATIONAL)
        licence.one_licence_at_a_time("ZG-1", date(2027, 1, 22), TODAY, NATIONAL)
        refused(licence.one_licence_at_a_time, "ZG-1", date(2027, 1, 23), TODAY, NATIONAL)


class TestExpiryIsReached:
    def test_follows_the_last_day(self):
        licence.expiry_is_reached(date(2026, 11, 22), TODAY)
        refused(licence.expiry_is_reached, TODAY, TODAY)
        refused(licence.expiry_is_reached, None, TODAY)


class TestOnlyOpenDataAreReleased:
    @pytest.mark.parametrize(
        ("state", "attribute"),
        [("submitted", "open"), ("published", "conditional"), ("published", "none"), ("published", None)],
    )
    def test_refuses_what_is_not_open(self, state, attribute):
        release.only_open_data_are_released("published", "open")
        refused(release.only_open_data_are_released, state, attribute)


class TestTreatmentIsRecorded:
    def test_refuses_silence(self):
        release.treatment_is_recorded("已脱敏")
        refused(release.treatment_is_recorded, " ")
        refused(release.treatment_is_recorded, None)


class TestReviewIsRecorded:
    def test_needs_another_person(self):
        release.review_is_recorded("不涉密", "a", "b")
        refused(release.review_is_recorded, "不涉密", "a", "a")
        refused(release.review_is_recorded, "", "a", "b")
        refused(release.review_is_recorded, "不涉密", "a", None)


class TestPriorAssessmentsAreMade:
    FULL = {"secrecy_risk": {"name": "a"}, "personal_information": {"name": "b"}, "consent_of": "局长"}

    @pytest.mark.parametrize("part", FULL)
    def test_asks_for_each_part_where_the_rule_does(self, part):
        review.prior_assessments_are_made(self.FULL, HENGZHOU)
        assert refused(review.prior_assessments_are_made, self.FULL | {part: None}, HENGZHOU).ids == ("C09",)

    def test_is_silent_where_the_rule_is(self):
        review.prior_assessments_are_made({}, tree.profile_of("331100"))


class TestCountyCatalogueIsReviewedAbove:
    def test_refuses_the_county_itself(self):
        review.county_catalogue_is_reviewed_above(False, COUNTY)
        review.county_catalogue_is_reviewed_above(True, HENGZHOU)
        assert refused(review.county_catalogue_is_reviewed_above, True, COUNTY).ids == ("C08",)
