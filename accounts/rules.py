"""What the law demands of accounts: identification, the two sides kept apart, responsible persons, proof of identity.

Plain values in, an answer or a refusal out.
"""

import unicodedata
import uuid
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from stdnum.cn import uscc

from accounts.vocabulary import COMMON_PASSWORDS, MANAGING, OPERATING, PASSWORD_SHORTEST, ROLE_WORDS
from kernel.duty import Refused, duty
from kernel.words import N_, Text

# GB 32100: ten digits and the letters without I, O, S, V, Z.
CREDIT_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE_LENGTH = 18
# Characters 3 to 8 are the division code of the place of registration: digits only.
DIVISION = range(2, 8)


def comparable(text: str) -> str:
    """Text as it is compared: full-width forms folded, lower case, no blanks at the ends (e-mail addresses, names)."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


@duty("A03", basis="WZ19; DG19; YN L63; GB 32100-2015")
def credit_code(text: str) -> str:
    """A legal person is known by its unified social credit code, and the code's check character is verified.

    Returns the 18 characters in capitals; full-width characters, blanks and hyphens are put right. The python-stdnum
    check of the form is not used: it refuses codes whose first character is a letter (A, N, Y), which the standard has.
    """
    code = unicodedata.normalize("NFKC", text).upper().translate({ord(sign): None for sign in " -\t　"})
    if len(code) != CREDIT_CODE_LENGTH:
        raise Refused(
            N_("A unified social credit code has {length} characters; this one has {found}."),
            length=CREDIT_CODE_LENGTH,
            found=len(code),
        )
    for place, sign in enumerate(code):
        allowed = "0123456789" if place in DIVISION else CREDIT_CODE_CHARACTERS
        if sign not in allowed:
            raise Refused(_wrong_character(sign, place), place=place + 1, sign=sign)
    expected = uscc.calc_check_digit(code[:-1])
    if code[-1] != expected:
        raise Refused(
            N_(
                "The last character does not fit the others: it would have to be {expected}. Compare all 18 characters."
            ),
            expected=expected,
        )
    return code


def _wrong_character(sign: str, place: int) -> str:
    if place in DIVISION:
        return N_(
            "Character {place} (“{sign}”) must be a digit: characters 3 to 8 are the place of registration."
        )
    if sign in "IO":
        return N_("Character {place} (“{sign}”) does not occur in these codes; perhaps 1 or 0 is meant.")
    return N_("Character {place} (“{sign}”) does not occur in these codes.")


@duty("P04", basis="DG9")
def roles_are_not_mixed(roles: Collection[str], side: str | None = None) -> str:
    """Managing and operating are kept apart: an organisation has roles of one side only and never changes sides.

    Returns the side, 'managing' or 'operating'. `side` is the one the organisation has had so far.
    """
    managing = [role for role in MANAGING if role in roles]
    operating = [role for role in OPERATING if role in roles]
    if managing and operating:
        raise Refused(
            N_(
                "An organisation that manages public data ({managing}) cannot operate them too ({operating})."
            ),
            managing=_words(managing),
            operating=_words(operating),
        )
    found = "managing" if managing else "operating"
    if side is not None and side != found:
        raise Refused(N_("An organisation does not change between managing and operating public data."))
    return found


@duty("P04", basis="DG9")
def operating_bodies_do_not_decide(kind: str, side: str) -> None:
    """A mandate to decide is given in managing bodies only."""
    if kind == "decide" and side == "operating":
        raise Refused(N_("Members of an operating body cannot be given the mandate to decide."))


@duty("E01", "X09", basis="WZ7; WZ40; DG7; DG44; LS31; YN L18-19; YN L136-140")
def responsible_persons_are_named(*, head: str, officer: str, body: str) -> None:
    """Before an organisation handles public data it names its data-management body, security head and officer."""
    missing = [
        word
        for value, word in (
            (body, N_("Data-management body")),
            (head, N_("Head responsible for data security")),
            (officer, N_("Data security officer")),
        )
        if not value.strip()
    ]
    if missing:
        raise Refused(
            N_(
                "Your organisation has not yet named: {missing}. Name them on the page of your organisation first."
            ),
            missing=[Text(word) for word in missing],
        )


@duty("E06", basis="LS16; LS23; LS27")
def password_resists_guessing(password: str, email: str) -> None:
    """A password is long enough, not among the common ones and not the e-mail address."""
    plain = comparable(password)
    if len(password) < PASSWORD_SHORTEST:
        raise Refused(N_("Use at least {least} characters."), least=PASSWORD_SHORTEST)
    if plain in COMMON_PASSWORDS or len(set(plain)) < 4:
        raise Refused(N_("This password is among the first that are tried. Choose another one."))
    if plain in {email, email.split("@")[0]}:
        raise Refused(N_("The password must not be your e-mail address."))


@duty("E06", basis="LS16; LS23; LS27; YN L138")
def mandate_has_an_end(starts_on: date, ends_on: date, today: date) -> None:
    """A mandate runs from a first to a last day, and the last is not over yet."""
    if ends_on < starts_on:
        raise Refused(N_("The last day lies before the first day."))
    if ends_on < today:
        raise Refused(N_("The last day is over already."))


@duty("E06", basis="LS16; LS23; LS27")
def token_ends_in_time(expires_on: date, today: date, longest: timedelta) -> None:
    """A key for programs ends, and not later than the longest term from today."""
    if expires_on < today:
        raise Refused(N_("The last day is over already."))
    if expires_on > today + longest:
        raise Refused(N_("The last day may be {last} at the latest."), last=today + longest)


@duty("P04", basis="DG9; WZ36")
def control_has_no_circle(organisation_id: uuid.UUID, controllers: Iterable[uuid.UUID]) -> None:
    """No organisation controls itself, directly or through others: else nobody could say who is behind whom."""
    if organisation_id in set(controllers):
        raise Refused(N_("An organisation cannot be controlled by itself, nor by one that it controls."))


def _words(roles: Iterable[str]) -> list[Text]:
    return [Text(ROLE_WORDS[role]) for role in roles]
