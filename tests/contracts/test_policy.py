"""One policy object, three faces: they say the same, and what is narrower never allows more."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.rules import policy as law
from contracts.rules.policy import Party, Policy, Request, Target, decide
from kernel.errors import RuleBroken
from kernel.words import translate

DAY = date(2026, 11, 22)
PURPOSES, ACTIONS, FORMS, DUTIES = (
    sorted(law.terms(kind)) for kind in ("purposes", "actions", "forms", "duties")
)
PLACES = ["990000", "990100", "990102", "990200"]
ABOVE = {
    "990000": {"990000"},
    "990100": {"990000", "990100"},
    "990102": {"990000", "990100", "990102"},
    "990200": {"990000", "990200"},
}
SEEN = Policy(
    uid="DD-1",
    by=Party("a", "衡州数据公司"),
    to=Party("b", "Hengzhou Insurance"),
    targets=frozenset({Target("t", "雨量指数")}),
    actions=frozenset({"use", "derive"}),
    purposes=frozenset({"industry_development", "public_safety"}),
    territory=frozenset({"990100"}),
    starts_on=DAY,
    ends_on=DAY + timedelta(days=365),
    most=100,
    forms=frozenset({"file"}),
    duties=frozenset({"attribute", "pay"}),
    forbidden=frozenset({"identify", "distribute"}),
)
FITS = Request("use", "b", "t", "credit_and_risk", frozenset(ABOVE["990102"]), DAY, "file", 99)


def some(values: list[str]):
    return st.none() | st.frozensets(st.sampled_from(values), max_size=4)


day = st.integers(-2, 2).map(lambda n: DAY + timedelta(days=n))
days = st.none() | day
parties = st.sampled_from(["a", "b", "c"])
limits = {
    "actions": st.frozensets(st.sampled_from(ACTIONS)),
    "purposes": some(PURPOSES),
    "territory": some(PLACES),
    "starts_on": days,
    "ends_on": days,
    "most": st.none() | st.integers(0, 3),
    "forms": some(FORMS),
    "duties": st.frozensets(st.sampled_from(DUTIES)),
    "forbidden": st.frozensets(st.sampled_from(ACTIONS), max_size=3),
}
# Limits that are there: a narrower policy is worth testing only where something is narrowed.
firm = limits | {
    "purposes": st.frozensets(st.sampled_from(PURPOSES), max_size=4),
    "territory": st.frozensets(st.sampled_from(PLACES), max_size=4),
    "forms": st.frozensets(st.sampled_from(FORMS), max_size=4),
    "starts_on": day,
    "ends_on": day,
    "most": st.integers(0, 3),
}
policies = st.builds(
    Policy,
    uid=st.text("DYK-0129", min_size=1, max_size=6),
    by=st.builds(Party, parties, st.text(max_size=4)),
    to=st.none() | st.builds(Party, parties, st.text(max_size=4)),
    targets=st.frozensets(st.builds(Target, parties, st.text(max_size=4)), max_size=3),
    **limits,
)
requests = st.builds(
    Request,
    action=st.sampled_from(ACTIONS),
    by=st.none() | parties,
    target=st.none() | parties,
    purpose=st.none() | st.sampled_from(PURPOSES),
    places=st.none() | st.sampled_from([frozenset(one) for one in ABOVE.values()]),
    on=days,
    form=st.none() | st.sampled_from(FORMS),
    used=st.none() | st.integers(0, 3),
)


class TestDecision:
    def test_permits_what_lies_within_every_limit(self) -> None:
        assert decide(SEEN, FITS).holds is True

    @pytest.mark.parametrize(
        ("other", "rule"),
        [
            ({"by": "c"}, "who"),
            ({"target": "other"}, "target"),
            ({"action": "sell"}, "action"),
            ({"action": "identify"}, "action"),
            ({"purpose": "charity"}, "purpose"),
            ({"purpose": "public_governance"}, "purpose"),
            ({"places": frozenset(ABOVE["990200"])}, "territory"),
            ({"on": DAY - timedelta(days=1)}, "term"),
            ({"on": DAY + timedelta(days=366)}, "term"),
            ({"used": 100}, "count"),
            ({"form": "interface"}, "form"),
        ],
    )
    def test_refuses_by_the_one_rule_that_is_broken_and_says_what_would_change_it(self, other, rule) -> None:
        found = decide(SEEN, replace(FITS, **other))
        (refusal,) = found.refusals
        assert found.holds is False and refusal.rule == rule
        assert translate(refusal.said, "en") and translate(refusal.change, "en")

    def test_leaves_open_what_is_not_stated(self) -> None:
        found = decide(SEEN, Request("use"))
        assert found.holds is True
        assert {part.rule for part in found.parts if part.holds is None} == {
            "who", "target", "purpose", "territory", "term", "count", "form",
        }  # fmt: skip

    @given(policies, requests, st.fixed_dictionaries(firm))
    @settings(deadline=None, max_examples=300)
    def test_never_allows_more_under_a_narrower_policy(self, policy, asked, further) -> None:
        wide, narrow = decide(policy, asked), decide(policy.narrowed(**further), asked)
        assert wide.holds or not narrow.holds
        for before, after in zip(wide.parts, narrow.parts, strict=True):  # rule by rule: most uses fail by another one
            assert before.holds is not False or after.holds is False, before.rule

    def test_cannot_be_narrowed_by_what_it_does_not_know(self) -> None:
        with pytest.raises(ValueError, match="uid"):
            SEEN.narrowed(uid="other")


class TestOdrl:
    @given(policies, requests)
    @settings(deadline=None)
    def test_read_back_decides_the_same(self, policy, asked) -> None:
        again = law.read(json.loads(law.odrl(policy)))
        assert again == policy
        assert decide(again, asked) == decide(policy, asked)

    def test_names_the_terms_of_the_standards(self) -> None:
        document = law.as_odrl(SEEN)
        assert (document["@type"], document["profile"]) == ("Agreement", "urn:shuheng:odrl:1")
        assert document["@context"][0] == "http://www.w3.org/ns/odrl.jsonld"
        operands = {one["leftOperand"] for one in document["permission"][0]["constraint"]}
        assert operands == {"purpose", "spatial", "deliveryChannel", "dateTime", "count"}
        text = law.odrl(SEEN).decode()
        assert "odrl:derive" in text and "dpv:CommercialPurpose" in text and "odrl:attribute" in text
        assert law.as_odrl(replace(SEEN, to=None))["@type"] == "Offer"

    @pytest.mark.parametrize(
        "change",
        [
            lambda d: d.update(profile="other"),
            lambda d: d["permission"][0]["constraint"].append(
                {"leftOperand": "payAmount", "operator": "lteq", "rightOperand": {"@value": 1}}
            ),
            lambda d: d["permission"][0]["constraint"].append(dict(d["permission"][0]["constraint"][0])),
            lambda d: d["permission"][0].update(refinement=[]),
            lambda d: d["permission"].append(d["permission"][0]),
            lambda d: d.pop("assignee"),
            lambda d: d["permission"][0]["action"].append({"@id": "odrl:anything"}),
            lambda d: d.pop("permission"),
        ],
    )
    def test_is_refused_where_it_holds_what_could_not_be_enforced(self, change) -> None:
        document = json.loads(law.odrl(SEEN))
        change(document)
        with pytest.raises(law.UnreadablePolicy):
            law.read(document)


class TestSentences:
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_say_every_limit_and_every_duty(self, language) -> None:
        said = " ".join(translate(text, language) for text in law.sentences(SEEN))
        assert "2026-11-22" in said and "100" in said and "衡州数据公司" in said
        for kind, codes in (
            ("purposes", SEEN.purposes),
            ("actions", SEEN.forbidden),
            ("duties", SEEN.duties),
        ):
            for code in codes:
                assert translate(law.word(kind, code), language) in said

    def test_of_an_offer_name_nobody_it_binds(self) -> None:
        assert "everybody" in str(law.sentences(replace(SEEN, to=None))[0])


class TestTerms:
    def test_put_every_purpose_into_one_of_the_four_classes(self) -> None:
        classes = law.purposes_by_class()
        assert set(classes) == {
            "public_governance", "public_welfare", "industry_development", "sector_development",
        }  # fmt: skip
        assert all(classes.values())

    @pytest.mark.parametrize("kind", ["purposes", "actions", "duties"])
    def test_say_what_they_rest_on_and_what_they_are_nearest_to(self, kind) -> None:
        assert all(term["basis"] and term["same_as"] for term in law.terms(kind).values())


class TestUseIsPermitted:
    def test_lets_pass_what_the_policy_permits(self) -> None:
        law.use_is_permitted(decide(SEEN, FITS))

    def test_refuses_with_the_rule_and_what_would_change_it(self) -> None:
        with pytest.raises(RuleBroken, match="Permitted purposes.*Choose a permitted purpose"):
            law.use_is_permitted(decide(SEEN, replace(FITS, purpose="charity")))
