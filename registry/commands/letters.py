"""Letters about operators: decisions with their reasons and remedies, and notices before adverse acts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from accounts import queries as accounts
from jurisdictions.profile import Profile
from kernel import clock, documents, due
from kernel.actor import Actor
from kernel.documents import Document, Kind
from kernel.words import N_, Text
from registry import queries
from registry.models import Licence
from registry.vocabulary.steps import CRITERIA, LICENCE_LEVELS

documents.register(Kind("operator_decision", prefix="ZJ", title=N_("Decision on a licence")))
documents.register(Kind("operator_notice", prefix="GZ", title=N_("Notice of an intended decision")))
DECIDED = {
    "grant": N_("The licence is granted."),
    "refuse": N_("The licence is not granted."),
    "suspend": N_("The licence is suspended."),
    "revoke": N_("The licence is revoked."),
    "debar": N_("The organisation is barred from applying for a licence."),
    "succeed": N_("The succession is approved; the licences pass to the successor."),
    "not_succeed": N_("The succession is not approved."),
}
INTENDED = {
    "refuse": N_("We intend not to grant the licence."),
    "suspend": N_("We intend to suspend the licence."),
    "revoke": N_("We intend to revoke the licence."),
    "debar": N_("We intend to bar the organisation from applying for a licence."),
}


def party(organisation_id: Any) -> dict[str, Any]:
    """An organisation as it is printed."""
    who = accounts.organisation(organisation_id)
    return {
        "name": {"zh": who.name, "en": who.name_en or who.name},
        "uscc": who.uscc or "",
        "representative": who.legal_representative,
        "address": who.address,
    }


def remedies(rules: Profile) -> dict[str, Any]:
    """Within which time a decision can be contested; None where the rules are silent."""
    keys = {"reconsideration_days": "adverse.reconsideration_days", "action_months": "adverse.action_months"}
    return {name: None if rules.silent(key) else rules.number(key) for name, key in keys.items()}


def licence_letter(
    licence: Licence,
    act: str,
    actor: Actor,
    now: datetime,
    *,
    reasons: str,
    basis: str = "WZ36; YN L120",
    grounds: Sequence[Text] = (),
) -> Document:
    """The letter of a decision on a licence, with what the assessment came to where it was the ground."""
    facts: dict[str, Any] = {
        "scope": licence.scope,
        "level": Text(LICENCE_LEVELS[licence.level]),
        "number": licence.number or "",
        "valid_from": licence.valid_from,
        "valid_until": licence.valid_until,
    }
    points = queries.points_of(licence.id) if act in ("grant", "refuse") else {}
    data = {
        "licence": facts,
        "points": [
            {"criterion": Text(CRITERIA.get(name, name)), "mean": sum(given) // len(given)}
            for name, given in points.items()
        ],
        "heard": _heard(act, licence.organisation_id, licence.id),
    }
    return letter(licence, act, licence.organisation_id, actor, now, data | {
        "reasons": reasons, "basis": basis, "grounds": list(grounds),
    })  # fmt: skip


def letter(
    subject: Any, act: str, addressee_id: Any, actor: Actor, now: datetime, data: dict[str, Any]
) -> Document:
    """The letter of any decision about an operator. `data`: reasons, basis, and what else the template prints."""
    authority: Any = actor.organisation_id
    empty: dict[str, Any] = {"licence": None, "points": [], "heard": None, "grounds": [], "until": None}
    printed = empty | data | {
        "issuer": party(authority)["name"],
        "addressee": party(addressee_id),
        "decided": Text(DECIDED[act]),
        "adverse": act not in ("grant", "succeed"),
        "decided_on": clock.legal_day(now),
        "rules": remedies(due.profile(subject)),
    }  # fmt: skip
    part = f"{act}-{now:%Y%m%d%H%M%S%f}"
    return documents.draw_up(
        "operator_decision", subject=subject, data=printed, now=now, parties=[addressee_id, authority], part=part
    )


def notice_letter(notice: Any, actor: Actor, now: datetime) -> Document:
    """The letter by which an organisation learns what is intended, and until when it may reply."""
    data = {
        "issuer": party(actor.organisation_id)["name"],
        "addressee": party(notice.organisation_id),
        "intended": Text(INTENDED[notice.act]),
        "licence": queries.licence(notice.licence_id).heading if notice.licence_id else "",
        "reasons": notice.reasons,
        "basis": notice.basis,
        "reply_due": notice.reply_due,
        "given_on": clock.legal_day(now),
    }
    parties = [notice.organisation_id, actor.organisation_id]
    return documents.draw_up("operator_notice", subject=notice, data=data, now=now, parties=parties)


def _heard(act: str, organisation_id: Any, licence_id: Any) -> dict[str, Any] | None:
    """What was said before the decision, as it is quoted in it."""
    notice = queries.open_notice(act, organisation_id, licence_id)
    if notice is None:
        return None
    return {"given_on": clock.legal_day(notice.created_at), "reply": notice.reply_text}
