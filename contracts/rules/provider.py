"""The law of service providers: reviewed before, bound by two agreements, without powers, and gone without a trace."""

import uuid
from collections.abc import Collection
from datetime import date

from kernel.duty import Refused, duty
from kernel.words import N_

BASIS = "WZ43; CD44; YN L146"


@duty("P05", basis=BASIS)
def provider_is_another(body: uuid.UUID, provider: uuid.UUID, provider_side: str) -> None:
    """A service provider is another organisation, and not one that manages public data."""
    if body == provider:
        raise Refused(N_("A body does not outsource to itself."))
    if provider_side == "managing":
        raise Refused(N_("A body that manages public data is no service provider; entrust it by sharing or mandate."))


@duty("P05", basis="WZ43")
def provider_was_reviewed(needed: bool, passed: bool) -> None:
    """Where the rules ask for it, a provider has passed a security review before anything is agreed."""
    if needed and not passed:
        raise Refused(N_("The security review has to be passed before the agreements are drawn up."))


@duty("P05", basis="CD44")
def provider_has_a_plan(needed: bool, has_plan: bool) -> None:
    """Where the rules ask for it, a provider has rules of security and a plan for incidents before it begins."""
    if needed and not has_plan:
        raise Refused(N_("The provider's security rules and incident plan are missing; hand them in first."))


@duty("P05", basis="YN L146")
def work_has_standards(needed: bool, standards: str, measures: str) -> None:
    """Where the rules ask for it, work rules and standards and technical measures are laid down."""
    if needed and not (standards.strip() and measures.strip()):
        raise Refused(N_("Lay down work rules and standards, and the technical measures, before agreeing on the work."))


@duty("P05", basis="YN L146; DG9")
def provider_has_no_power(mandates: Collection[str], own_access_barred: bool) -> None:
    """A provider's people never decide or sign; where own access is barred they hold no mandate at all."""
    if {"decide", "sign"} & set(mandates):
        raise Refused(N_("People of a service provider can neither decide nor sign for the body."))
    if own_access_barred and mandates:
        raise Refused(N_("Here a service provider works under supervision only: its people hold no mandate."))


@duty("P05", basis="WZ43")
def deletion_follows_revocation(revoked: bool) -> None:
    """Accounts are revoked first; what is deleted while access lasts could be fetched again."""
    if not revoked:
        raise Refused(N_("Revoke the accounts first; then the deletion is proven."))


@duty("P05", basis="WZ43")
def another_officer_oversees(proven_by: uuid.UUID | None, oversees: uuid.UUID | None) -> None:
    """The deletion is overseen by another person than the one who entered it."""
    if proven_by is not None and proven_by == oversees:
        raise Refused(N_("Somebody else than who entered the deletion has to oversee it."))


@duty("P05", basis="WZ43")
def exit_is_complete(revoked: bool, deletion_needed: bool, confirmed: bool) -> None:
    """An outsourcing is closed when accounts are revoked and, where the rules ask, deletion was overseen."""
    if not revoked:
        raise Refused(N_("The accounts of the provider's people are not revoked yet."))
    if deletion_needed and not confirmed:
        raise Refused(N_("The deletion has not been proven and overseen yet."))


@duty("P05", basis=BASIS)
def outsourcing_has_a_term(starts_on: date, ends_on: date) -> None:
    """Outsourced work has a first and a last day."""
    if ends_on < starts_on:
        raise Refused(N_("The last day lies before the first."))
