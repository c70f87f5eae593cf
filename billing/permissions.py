"""Who may run which command of billing. Predicates `(actor, subject)`; a subject of None asks before it exists."""

from typing import Any

from kernel.actor import Actor
from kernel.permissions import Predicate, every, in_jurisdiction, role, system


def applies(actor: Actor, _subject: Any) -> bool:
    """Acts for an organisation, of whichever kind, and may apply for it."""
    return actor.organisation_id is not None and "apply" in actor.mandates


def pays(actor: Actor, _subject: Any) -> bool:
    """Acts for an organisation and may apply or keep accounts for it; the command looks whose invoice it is."""
    return actor.organisation_id is not None and bool(actor.mandates & {"apply", "keep_accounts"})


def payer(actor: Actor, payment: Any) -> bool:
    """Acts for the organisation that pays."""
    return pays(actor, payment) and payment.buyer_id == actor.organisation_id


def keeper_of_issuer(actor: Actor, payment: Any) -> bool:
    """Keeps the accounts of the organisation that is paid, which is not the one that pays."""
    own = payment.issuer_id == actor.organisation_id and payment.buyer_id != actor.organisation_id
    return own and "keep_accounts" in actor.mandates


def by_bank(_actor: Actor, payment: Any) -> bool:
    """A transfer is confirmed by people; what the provider reports needs nobody's word."""
    return bool(payment.method == "bank_transfer")


def other_than_announcer(actor: Actor, payment: Any) -> bool:
    """Is not the person who announced the payment."""
    return bool(payment.announced_by_id != actor.user_id)


def other_than_confirmer(actor: Actor, payment: Any) -> bool:
    """Is not the person who confirmed the payment first."""
    return bool(payment.confirmed_by_id != actor.user_id)


def other_than_refunder(actor: Actor, payment: Any) -> bool:
    """Is not the person who proposed the refund."""
    return bool(payment.refund_proposed_by_id != actor.user_id)


def other_than_proposer(actor: Actor, proposal: Any) -> bool:
    """Neither proposed it nor acts for the operator it concerns."""
    return bool(proposal.proposed_by_id != actor.user_id and proposal.operator_id != actor.organisation_id)


def other_than_preparer(actor: Actor, settlement: Any) -> bool:
    """Is not the person who prepared the settlement."""
    return bool(settlement.prepared_by_id != actor.user_id)


def stranger_to_the_sale(actor: Actor, declaration: Any) -> bool:
    """Neither declared the purpose nor acts for buyer or seller."""
    sides = (declaration.buyer_id, declaration.seller_id)
    return actor.organisation_id not in sides and declaration.declared_by_id != actor.user_id


authority = every(role("authority", "decide"), in_jurisdiction)
accountant = every(role("authority", "keep_accounts"), in_jurisdiction)

MAY: dict[str, list[Predicate]] = {
    "billing.cap.propose": [role("operator", "apply"), role("authority", "decide")],
    "billing.cap.put_in_force": [every(authority, other_than_proposer)],
    "billing.cap.reject": [every(authority, other_than_proposer)],
    "billing.cap.supersede": [system],
    "billing.permitted_revenue.propose": [role("operator", "keep_accounts"), role("authority", "decide")],
    "billing.permitted_revenue.approve": [every(authority, other_than_proposer)],
    "billing.permitted_revenue.reject": [every(authority, other_than_proposer)],
    "billing.permitted_revenue.carry": [system],
    "billing.permitted_revenue.warn": [system],
    "billing.permitted_revenue.close": [authority, system],
    "billing.declaration.declare": [applies],
    "billing.declaration.verify": [every(authority, stranger_to_the_sale)],
    "billing.declaration.reject": [every(authority, stranger_to_the_sale)],
    "billing.declaration.revoke": [every(authority, stranger_to_the_sale)],
    "billing.invoice.issue": [system],
    "billing.invoice.pay": [system],
    "billing.invoice.void": [system],
    "billing.invoice.credit": [system],
    "billing.payment.announce": [pays],
    "billing.payment.begin": [pays],
    "billing.payment.attach": [system],
    "billing.payment.confirm": [every(keeper_of_issuer, by_bank, other_than_announcer)],
    "billing.payment.countersign": [every(keeper_of_issuer, other_than_announcer, other_than_confirmer)],
    "billing.payment.reject": [every(keeper_of_issuer, by_bank, other_than_announcer)],
    "billing.payment.receive": [system],
    "billing.payment.lapse": [payer, system],
    "billing.payment.refund": [keeper_of_issuer],
    "billing.payment.countersign_refund": [every(keeper_of_issuer, other_than_refunder)],
    "billing.payment.drop_refund": [keeper_of_issuer],
    "billing.settlement.prepare": [role("authority", "keep_accounts")],
    "billing.settlement.approve": [every(authority, other_than_preparer)],
    "billing.settlement.discard": [authority],
    "billing.settlement.close": [accountant],
    "billing.settlement.pay_out": [every(accountant, other_than_preparer)],
}
