"""The law of signing and archiving, one class a duty."""

import pytest

from contracts.rules import signing as rules
from kernel.errors import RuleBroken


class TestSignedInTurn:
    @pytest.mark.parametrize(
        ("order", "signed", "party", "fits"),
        [
            ([], [], "a", True),
            (["b", "a"], [], "b", True),
            (["b", "a"], [], "a", False),
            (["b", "a"], ["b"], "a", True),
            (["b", "a"], ["a"], "a", False),
            (["b", "a"], [], "somebody else", True),
        ],
    )
    def test_lets_nobody_sign_before_those_who_come_before(self, order, signed, party, fits) -> None:
        if fits:
            assert rules.signed_in_turn(order, signed, party) is None
            return
        with pytest.raises(RuleBroken) as caught:
            rules.signed_in_turn(order, signed, party)
        assert caught.value.ids == ("U02",) and "turn" in str(caught.value)


class TestSignatureIsReliable:
    def test_refuses_one_that_does_not_hold_at_once(self) -> None:
        assert rules.signature_is_reliable(True) is None
        with pytest.raises(RuleBroken) as caught:
            rules.signature_is_reliable(False)
        assert caught.value.ids == ("Z01",)


class TestArchiveIsComplete:
    def test_names_what_is_missing(self) -> None:
        assert rules.archive_is_complete([]) is None
        with pytest.raises(RuleBroken, match="proof of file 2") as caught:
            rules.archive_is_complete(["proof of file 2"])
        assert caught.value.ids == ("Z02",)
