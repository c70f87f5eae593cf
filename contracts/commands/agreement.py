"""Agreements and commitments: drawn up from approved facts, signed by people, ended with what they are about."""

from datetime import datetime
from typing import Any

from accounts.queries import proof_of
from contracts import queries
from contracts.commands.signing_ways import way_of
from contracts.models import Agreement
from contracts.permissions import MAY
from contracts.queries.checks import check_clauses, check_signing
from contracts.queries.policies import machine_readable, said_in_both
from contracts.queries.rights import source_ids
from contracts.queries.signing import mandate_facts, mandate_on, signing_order
from contracts.queries.snapshots import party_facts
from contracts.queries.texts import covered, text_of, wording_in_force
from contracts.rules import clauses, policy
from contracts.rules import signing as rules
from contracts.schemas import AgreementInput, EndInput, RefuseInput, SignInput
from contracts.states import AGREEMENT
from contracts.vocabulary import AGREEMENT_KINDS, SNAPSHOT_KEYS
from kernel import documents
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import command
from kernel.db import new_id
from kernel.errors import InvalidInput
from kernel.words import N_, Text


@command(
    "contracts.agreement.draw_up",
    may=MAY["contracts.agreement.draw_up"],
    on=Agreement,
    states=AGREEMENT,
    schema=AgreementInput,
)
def draw_up(*, actor: Actor, now: datetime, data: dict[str, Any], title: str, **facts: Any) -> Agreement:
    """The text of an agreement is printed from approved facts and put before its parties."""
    if missing := [name for name in SNAPSHOT_KEYS[facts["kind"]] if name not in data]:
        raise InvalidInput({"data": [Text(N_("The snapshot lacks: {names}."), names=missing)]})
    drawn_up = Agreement(
        id=new_id(), title=title or AGREEMENT_KINDS[facts["kind"]], signed_by_ids=[], **facts
    )
    parties = {"party_a": party_facts(drawn_up.party_a_id), "party_b": party_facts(drawn_up.party_b_id)}
    facts_and_text = _with_text(drawn_up, data | parties)
    document = documents.draw_up(
        drawn_up.kind,
        subject=drawn_up,
        data=facts_and_text,
        now=now,
        parties=[drawn_up.party_a_id, drawn_up.party_b_id],
        signatories=drawn_up.must_sign_ids,
        language="bilingual",
        attachments=machine_readable(data.get("policy")),
    )
    drawn_up.document_id = document.id
    return drawn_up


def _with_text(drawn_up: Agreement, data: dict[str, Any]) -> dict[str, Any]:
    """The facts with the text of the clauses in force, its version pinned, and the sentences of the policy."""
    if drawn_up.kind not in clauses.kinds():
        return data
    stated = data.get("policy")
    data = data | {"policy_said": said_in_both(policy.read(stated)) if stated else []}
    text = text_of(wording_in_force(drawn_up.kind, drawn_up.jurisdiction), data)
    check_clauses(drawn_up.kind, drawn_up, covered(text["blocks"]))
    return data | {"text": text}


@command(
    "contracts.agreement.sign",
    may=MAY["contracts.agreement.sign"],
    on=Agreement,
    states=AGREEMENT,
    schema=SignInput,
    label=N_("Read and sign"),
)
def sign(
    drawn_up: Agreement, *, actor: Actor, now: datetime, document_sha256: str, capacity: str, password: str, **way: Any
) -> None:
    """A person with the mandate to sign binds the organisation to exactly this text, confirmed by the own password."""
    rules.signed_in_turn(signing_order(drawn_up), drawn_up.signed_by_ids, str(actor.organisation_id))
    proof = _confirmed(actor, password, now)
    if drawn_up.about_type == "right" and (held := queries.right(drawn_up.about_id)):
        check_signing(held, source_ids(held.id), legal_day(now))
    provider, material = way_of(**way)
    document = queries.document_of(drawn_up)
    signature = documents.sign(
        document,
        actor=actor,
        capacity=capacity or Text(N_("Authorised representative")),
        now=now,
        evidence=proof | {"document_sha256": document_sha256},
        mandate="sign",
        by=provider,
        material=material,
    )
    rules.signature_is_reliable(documents.intact(document, signature))
    drawn_up.signed_by_ids = [*drawn_up.signed_by_ids, str(actor.organisation_id)]
    missing = {str(party) for party in drawn_up.must_sign_ids} - set(drawn_up.signed_by_ids)
    drawn_up.state = "partly_signed" if missing else "in_force"
    drawn_up.in_force_at = None if missing else now


def _confirmed(actor: Actor, password: str, now: datetime) -> dict[str, Any]:
    """The confirmation by the own password, with the mandate of the day; InvalidInput where it is another's."""
    proof = proof_of(actor.user_id, password, now)
    if proof is None:
        raise InvalidInput({"password": [N_("This is not your password.")]})
    return proof | mandate_facts(mandate_on(actor.user_id, actor.organisation_id, legal_day(now)))


@command(
    "contracts.agreement.lapse",
    may=MAY["contracts.agreement.lapse"],
    on=Agreement,
    states=AGREEMENT,
    schema=EndInput,
)
def lapse(drawn_up: Agreement, *, actor: Actor, now: datetime, reason: str) -> None:
    """The text was not signed by everybody in time, or what it is about fell away."""
    _end(drawn_up, now, reason)


@command(
    "contracts.agreement.terminate",
    may=MAY["contracts.agreement.terminate"],
    on=Agreement,
    states=AGREEMENT,
    schema=EndInput,
)
def terminate(drawn_up: Agreement, *, actor: Actor, now: datetime, reason: str) -> None:
    """What the agreement is about has ended, and the agreement with it."""
    _end(drawn_up, now, reason)


@command(
    "contracts.agreement.refuse",
    may=MAY["contracts.agreement.refuse"],
    on=Agreement,
    states=AGREEMENT,
    schema=RefuseInput,
    label=N_("Refuse to sign"),
)
def refuse(drawn_up: Agreement, *, actor: Actor, now: datetime, reason: str) -> None:
    """A party does not sign, and says why: the text falls away for both."""
    _end(drawn_up, now, reason)


@command(
    "contracts.agreement.renew_stamp",
    may=MAY["contracts.agreement.renew_stamp"],
    on=Agreement,
    states=AGREEMENT,
    label=N_("Renew the time stamp"),
    duties=("Z02",),
)
def renew_stamp(drawn_up: Agreement, *, actor: Actor, now: datetime) -> None:
    """A fresh time stamp is laid over the signatures before the last one grows old."""
    documents.renew_stamp(queries.document_of(drawn_up), now)


def _end(drawn_up: Agreement, now: datetime, reason: str) -> None:
    drawn_up.ended_because = reason
    documents.revoke(queries.document_of(drawn_up), now=now, reason=reason)
