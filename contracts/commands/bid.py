"""Bids: sealed when they come in, read by nobody before two people have opened them together."""

import base64
import hashlib
import json
import secrets
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from contracts.models import Bid, Selection
from contracts.permissions import MAY
from contracts.queries import selections as queries
from contracts.queries.seen import seen
from contracts.rules import selection as law
from contracts.rules.dossier import applicant_is_not_barred
from contracts.schemas.selection import BidEndInput, BidInput, ExclusionInput, MinutesInput
from contracts.states import BID
from kernel import audit
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import Command, command
from kernel.config import settings
from kernel.errors import Conflict, WrongState
from kernel.fields import File, Nothing
from kernel.sealing import opened, sealed
from kernel.storage import accept_upload, store
from kernel.words import N_, Text
from registry.queries import debarment_of

FOLDER = "bids"
TAMPERED = N_("What was opened is not what was sealed. The bid is not used; tell the administrator.")


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"contracts.bid.{verb}"
    return command(name, may=MAY[name], on=Bid, states=BID, schema=schema, label=label, duties=duties)


@_command("hand_in", BidInput, N_("Hand in a bid"), duties=("U01",))
def hand_in(
    *, actor: Actor, now: datetime, selection_id: uuid.UUID, attachment: File | None, **words: str
) -> Bid:
    """An operator hands in its bid; it is encrypted at once, and its hash goes into the log."""
    found = seen(actor, Selection, selection_id)
    if found.state != "taking_bids":
        raise WrongState(Text(N_("This selection takes no bids.")))
    bidder = accounts.organisation(actor.organisation_id)
    law.bid_is_in_time(now, found.bids_until)
    law.bidder_is_invited(found.method, str(bidder.id) in found.invited_ids)
    law.bidder_is_not_tied_to_the_body(accounts.controls(bidder.id, found.body_id))
    barred = debarment_of(bidder.id, legal_day(now))
    applicant_is_not_barred(barred.ends_on if barred else None)
    law.one_bid_each(queries.standing_bids(found.id, bidder.id))
    seal, key = _sealed(words, attachment)
    audit.note(seal=seal)
    return Bid(
        selection_id=found.id,
        body_id=found.body_id,
        jurisdiction=found.jurisdiction,
        profile_version=found.profile_version,
        bidder_id=bidder.id,
        subject_name=bidder.name,
        handed_in_by_id=actor.user_id,
        handed_in_at=now,
        seal=seal,
        sealed_key=key,
    )


def _sealed(words: dict[str, str], attachment: File | None) -> tuple[str, str]:
    """The hash of a bid with its salt, and the key under which its ciphertext stands."""
    packed: dict[str, Any] = {"words": words, "salt": secrets.token_hex(16), "file": None}
    if attachment is not None:
        facts = accept_upload(
            attachment.name, attachment.content, max_bytes=settings().max_upload_bytes, field="attachment"
        )
        content = base64.b64encode(attachment.content).decode()
        packed["file"] = {
            "name": facts.name,
            "kind": facts.kind,
            "media_type": facts.media_type,
            "content": content,
        }
    plain = audit.canonical(packed)
    return hashlib.sha256(plain).hexdigest(), store().keep(FOLDER, sealed(plain.decode()).encode(), "sealed")


@_command("withdraw", label=N_("Withdraw the bid"), duties=("U01",))
def withdraw(bid: Bid, *, actor: Actor, now: datetime) -> None:
    """The bidder takes its bid back while bids can be handed in; it can then hand in another one."""
    found = queries.selection(bid.selection_id)
    if found is not None:
        law.bid_is_in_time(now, found.bids_until)


@_command("unseal", duties=("U01",))
def unseal(bid: Bid, *, actor: Actor, now: datetime) -> None:
    """The seal is broken; what comes out is compared with the hash that stands in the log."""
    plain = opened(store().get(bid.sealed_key).decode()).encode()
    if hashlib.sha256(plain).hexdigest() != bid.seal:
        raise Conflict(Text(TAMPERED))
    packed = json.loads(plain)
    bid.contents, bid.opened_at = packed["words"], now
    bid.files = [_file(packed["file"])] if packed["file"] else []


def _file(packed: dict[str, Any]) -> dict[str, Any]:
    content = base64.b64decode(packed["content"])
    return {
        "name": packed["name"],
        "media_type": packed["media_type"],
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "key": store().keep(FOLDER, content, packed["kind"]),
    }


@_command("record_negotiation", MinutesInput, N_("Enter the minutes of the negotiation"), duties=("U01",))
def record_negotiation(bid: Bid, *, actor: Actor, now: datetime, text: str) -> None:
    """What was negotiated with the bidder is entered; without it no bid of a negotiation is scored."""
    found = queries.selection(bid.selection_id)
    if found is None or found.method != "negotiation" or found.state != "opened":
        raise WrongState(
            Text(N_("Minutes are entered in a negotiation, after the opening and before the ranking."))
        )
    bid.minutes = [*bid.minutes, {"at": now.isoformat(), "by": actor.name, "text": text}]


@_command("exclude", ExclusionInput, N_("Exclude the bid"), duties=("U01",))
def exclude(bid: Bid, *, actor: Actor, now: datetime, reason: str) -> None:
    """A bid that does not meet the conditions of the notice is left out of the assessment, with reasons."""
    found = queries.selection(bid.selection_id)
    if found is None or found.state != "opened" or queries.committee_stands(found.id)[0]:
        raise WrongState(Text(N_("Bids are excluded after the opening, before the first member has scored.")))
    bid.ended_because = reason


@_command("win", duties=("U01",))
def win(bid: Bid, *, actor: Actor, now: datetime) -> None:
    """The bid was awarded."""


@_command("lose", BidEndInput)
def lose(bid: Bid, *, actor: Actor, now: datetime, reason: str) -> None:
    """Another bid was awarded."""
    bid.ended_because = reason


@_command("return_", BidEndInput, duties=("U01",))
def return_(bid: Bid, *, actor: Actor, now: datetime, reason: str) -> None:
    """The selection failed; a bid that was still sealed goes back unread."""
    bid.ended_because = reason
