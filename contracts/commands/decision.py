"""The decision on an application: granted with its terms, or refused with its reasons; a letter either way."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from accounts.queries import organisation
from contracts import queries, rules
from contracts.models import Application, Decision
from contracts.permissions import MAY
from contracts.queries import preparing
from contracts.queries.applications import decided_sources, granted_ids, source_ids
from contracts.queries.checks import check_application
from contracts.queries.conditions import chosen
from contracts.queries.snapshots import letter_facts
from contracts.rules import decision as way
from contracts.rules.conditions import conditions_are_of_the_library, plain
from contracts.schemas import GrantInput, RefusalInput
from contracts.states import APPLICATION
from contracts.vocabulary import Funding, Level, Share
from kernel import documents, due
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import command
from kernel.db import db, new_id
from kernel.errors import InvalidInput
from kernel.words import N_


@command(
    "contracts.application.grant",
    may=MAY["contracts.application.grant"],
    on=Application,
    states=APPLICATION,
    schema=GrantInput,
    label=N_("Grant"),
)
def grant(
    asked: Application,
    *,
    actor: Actor,
    now: datetime,
    income_shares: list[dict[str, Any]],
    funding_mode: Funding | None,
    market_mode: str | None,
    ends_on: date | None,
    parts: list[dict[str, Any]],
    library_conditions: list[str],
    **words: str,
) -> None:
    """The authority grants the right: reasons, basis, conditions, shares of the income and how the cost is met."""
    if ends_on is not None and not asked.starts_on < ends_on <= asked.ends_on:
        raise InvalidInput(
            {"ends_on": [N_("A shorter term ends between the beginning and the end applied for.")]}
        )
    profile = due.profile(asked)
    _decide_each(asked, parts, profile.list("revenue.first_level_funding"))
    check_application(asked, granted_ids(asked.id), legal_day(now), ends_on)
    _is_prepared(asked)
    consent = profile.flag("op.shared_data_consent") and asked.level == Level.FIRST
    way.provider_has_consented(consent, preparing.without_consent(asked, granted_ids(asked.id)))
    points = [score for given in queries.assessments_of(asked.id) for score in given.scores.values()]
    rules.assessment_is_passed(points, profile.number("assessment.pass_percent"))
    level, mode = Level(asked.level), (funding_mode.value if funding_mode else asked.funding_mode)
    rules.funding_is_provided_for(level, mode, profile.list("revenue.first_level_funding"))
    rules.development_mode_is_provided_for(market_mode, profile.list("development.market_modes"))
    decided = _decision(asked, "granted", actor, now, words)
    decided.income_shares = _shares(asked, level, income_shares)
    decided.funding_mode = mode if level is Level.FIRST else None
    decided.library_conditions = _conditions(asked, library_conditions)
    decided.market_mode, decided.ends_on = market_mode, ends_on
    _issue(asked, decided, now)


@command(
    "contracts.application.refuse",
    may=MAY["contracts.application.refuse"],
    on=Application,
    states=APPLICATION,
    schema=RefusalInput,
    label=N_("Refuse"),
)
def refuse(asked: Application, *, actor: Actor, now: datetime, **words: str) -> None:
    """The authority refuses the right, with reasons, legal basis and the remedies against it."""
    _is_prepared(asked)
    decided = _decision(asked, "refused", actor, now, words)
    decided.income_shares, decided.library_conditions = [], []
    _issue(asked, decided, now)


def _is_prepared(asked: Application) -> None:
    """Everybody asked has answered or is out of time; enough people countersigned what is recommended."""
    way.consultations_are_over(preparing.awaited(asked.id))
    advice = preparing.standing_advice(asked.id)
    way.decision_is_prepared(preparing.countersigners(asked), len(advice.signatures) if advice else None)


def _decide_each(asked: Application, parts: Sequence[Mapping[str, Any]], modes: Sequence[str]) -> None:
    """Note how each source is decided; without parts all of them are granted on the same terms."""
    given = {part["source_id"]: part for part in parts}
    way.each_source_is_decided(
        [str(one) for one in source_ids(asked.id)],
        {str(one): (part["outcome"], part["reasons"]) for one, part in given.items()},
    )
    for row in decided_sources(asked.id):
        part = given.get(row.source_id) or {"outcome": None, "reasons": "", "conditions": "", "funding_mode": None}
        if part["funding_mode"] is not None:
            rules.funding_is_provided_for(Level(asked.level), part["funding_mode"], modes)
        for name in ("outcome", "reasons", "conditions", "funding_mode"):
            setattr(row, name, part[name])


def _decision(
    asked: Application, outcome: str, actor: Actor, now: datetime, words: Mapping[str, str]
) -> Decision:
    return Decision(
        id=new_id(),
        application_id=asked.id,
        outcome=outcome,
        reasons=words["reasons"],
        basis=words["basis"],
        conditions=words.get("conditions", ""),
        decided_by_id=actor.user_id,
        decided_by_name=actor.name,
        authority_id=actor.organisation_id,
        at=now,
    )


def _conditions(asked: Application, codes: Sequence[str]) -> list[dict[str, Any]]:
    """The chosen conditions of the library, as they stand now."""
    found, unknown = chosen(asked.jurisdiction, codes)
    conditions_are_of_the_library(unknown)
    return [plain(one) for one in found]


def _shares(asked: Application, level: Level, shares: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The shares with the names of their parties, once they are found lawful."""
    parent = queries.right(asked.parent_right_id) if asked.parent_right_id else None
    first = {Share.OPERATOR.value: str(asked.applicant_id)}
    second = {
        Share.DEVELOPER.value: str(asked.applicant_id),
        Share.OPERATOR.value: str(parent and parent.holder_id),
    }
    parties = {share["party"]: organisation(share["party"]) for share in shares}
    named = [
        {
            "party": str(share["party"]),
            "party_name": parties[share["party"]].name,
            "role": share["role"].value,
            "share_bp": share["share_bp"],
        }
        for share in shares
    ]
    rules.income_is_shared_whole(level, named, first if level is Level.FIRST else second)
    roles = {str(party_id): frozenset(party.roles) for party_id, party in parties.items()}
    rules.parties_have_their_role(named, roles)
    return named


def _issue(asked: Application, decided: Decision, now: datetime) -> None:
    parties: list[uuid.UUID] = [asked.applicant_id, decided.authority_id]
    letter = documents.draw_up(
        "decision_letter",
        subject=asked,
        data=letter_facts(asked, decided),
        now=now,
        parties=parties,
        language="bilingual",
    )
    decided.document_id = letter.id
    db.session.add(decided)
