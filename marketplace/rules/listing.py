"""The gate at listing, at every offer and at every order: lawful authority, purpose, no person, the exchange."""

import re
from collections.abc import Collection, Iterable

from kernel.duty import Refused, duty
from kernel.states import state_word
from kernel.words import N_, Text

# Eighteen characters of an identity number, eleven of a mobile telephone: standing alone, not inside longer codes.
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])")


@duty("T03", basis="DG34; YN L101")
def kind_is_provided_for(kind: str, provided: Collection[str]) -> None:
    """Data services are offered outward in the kinds that the rules of the place provide for."""
    if kind not in provided:
        raise Refused(N_("The rules of the place do not provide for products of this kind. Choose another."))


@duty("T02", basis="DG35; YN L123–126")
def authority_is_unbroken(live: bool, why: Text | None) -> None:
    """Nothing is listed, sold or delivered without lawful authority, link by link, at that very moment."""
    if not live:
        said = N_(
            "The chain of authority is interrupted: {why} Until it is whole again nothing is sold or delivered."
        )
        raise Refused(said, why=why)


@duty("T02", "L04", basis="WZ36; YN L119")
def elements_stay_within_the_right(strangers: Collection[str]) -> None:
    """A product is made of data that its right covers. `strangers`: ids of chosen elements that it does not."""
    if strangers:
        said = N_(
            "{count} of the chosen data elements are not covered by the right, or are not available now."
        )
        raise Refused(said, count=len(strangers))


@duty("T02", "L04", basis="WZ36; YN L119")
def purposes_stay_within_the_right(purposes: Iterable[str], granted: Collection[str]) -> None:
    """A product is offered for no purpose that its right does not permit."""
    beyond = [purpose for purpose in purposes if purpose not in granted]
    if beyond:
        said = N_("The right does not permit these purposes: {purposes}. Take them out.")
        raise Refused(said, purposes=[Text(state_word(purpose)) for purpose in beyond])


@duty("T02", basis="DG35; YN L124")
def personal_data_are_treated(found: Collection[Text], treatment: str) -> None:
    """What names personal information is listed only with a record of how it was treated."""
    if found and not treatment.strip():
        said = N_(
            "The description names personal information: {items}. Record how it was masked or left out."
        )
        raise Refused(said, items=list(found))


@duty("T02", basis="DG35; YN L124")
def sample_shows_no_person(cells: Iterable[str]) -> None:
    """The sample that everybody sees holds no identity number and no mobile telephone number."""
    for cell in cells:
        if _IDENTITY.search(cell) or _MOBILE.search(cell):
            said = N_("The sample holds an identity or mobile number. Mask it and attach the sample again.")
            raise Refused(said)


@duty("T01", basis="DG36; YN L122")
def trade_goes_through_an_exchange(mode: str, level: str, reference: str) -> None:
    """Where the rules send operators to an exchange, their product carries the exchange's reference."""
    if mode == "operators_must" and level == "first_level" and not reference.strip():
        said = N_(
            "Operators trade through an exchange set up by law here. Enter the number under which it lists the product."
        )
        raise Refused(said)


@duty("T02", basis="DG35; YN L123")
def product_is_on_sale(state: str) -> None:
    """Only what is listed now can be offered and ordered."""
    if state != "listed":
        raise Refused(N_("The product is not on sale now: {state}."), state=Text(state_word(state)))
