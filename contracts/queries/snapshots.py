"""What is printed in decisions, agreements and commitments: plain data taken from rows, the same for both languages."""

import uuid
from collections.abc import Sequence
from typing import Any

from accounts.queries import organisation
from contracts.models import Application, DataElement, Decision, DevelopmentRight
from contracts.queries.applications import application, decided_sources, decision, sources_of_application
from contracts.queries.policies import policy_of_right
from contracts.queries.rights import right, sources_of_right
from contracts.rules.conditions import condition_of
from contracts.rules.policy import as_odrl
from contracts.vocabulary import (
    FUNDING_MODES,
    KINDS_OF_LEVEL,
    MARKET_MODES,
    SHARE_WORDS,
    Level,
    Share,
)
from jurisdictions.profile import Profile
from jurisdictions.tree import jurisdiction
from kernel import due
from kernel.clock import legal_day
from kernel.errors import NotFound
from kernel.words import N_, Text, translate
from registry.vocabulary.purposes import WORDS as PURPOSE_WORDS

Facts = dict[str, Any]
DEVELOPMENT = {Level.FIRST: N_("First-level development"), Level.SECOND: N_("Second-level development")}


def party_facts(organisation_id: Any) -> Facts:
    """An organisation as a party of a contract."""
    who = organisation(organisation_id)
    contact = " ".join(part for part in (who.contact_name, who.contact_phone, who.contact_email) if part)
    return {
        "name": {"zh": who.name, "en": who.name_en or who.name},
        "uscc": who.uscc or "",
        "representative": who.legal_representative,
        "address": who.address,
        "contact": contact,
    }


def place_facts(code: str) -> Facts:
    """A jurisdiction's name in both languages."""
    place = jurisdiction(code)
    return {"zh": place.name_zh, "en": place.name_en}


def right_facts(held: DevelopmentRight) -> Facts:
    """A right in words: number, title, purposes, territory, term."""
    asked = application(held.application_id)
    return {
        "number": held.number,
        "title": held.title,
        "purposes": [Text(PURPOSE_WORDS[purpose]) for purpose in held.purposes],
        "purpose_text": asked.purpose_text if asked else "",
        "plan": asked.plan if asked else "",
        "territory": [place_facts(code) for code in held.territory],
        "starts_on": held.starts_on,
        "ends_on": held.ends_on,
    }


def share_facts(shares: list[Any]) -> list[Facts]:
    """The shares of the income, by party."""
    return [
        {
            "name": share["party_name"],
            "role": Text(SHARE_WORDS[Share(share["role"])]),
            "share_bp": share["share_bp"],
        }
        for share in shares
    ]


def rule_facts(rules: Profile) -> Facts:
    """The figures of the rules that a text names; each is None where the rules are silent."""
    keys = {
        "longest_years": "op.max_term_years",
        "renew_days": "op.renew_window_days",
        "exit_wd": "op.exit_wd",
        "rectification_wd": "supervision.rectification_wd",
        "reply_wd": "adverse.reply_wd",
        "reconsideration_days": "adverse.reconsideration_days",
        "action_months": "adverse.action_months",
        "commitment_years": "agreement.commitment_years",
    }
    figures = {name: None if rules.silent(key) else rules.number(key) for name, key in keys.items()}
    return figures | {"no_redevelopment": rules.flag("op.no_redevelopment")}


def agreements_to_draw(held: DevelopmentRight) -> list[Facts]:
    """The input of contracts.agreement.draw_up for every agreement of a right."""
    asked = application(held.application_id)
    return [
        {
            "kind": kind,
            "about_type": "right",
            "about_id": str(held.id),
            "jurisdiction": held.jurisdiction,
            "party_a_id": str(held.granted_by_id),
            "party_b_id": str(held.holder_id),
            "applied_by_id": str(asked.submitted_by_id) if asked and asked.submitted_by_id else None,
            "data": terms_of(kind, held),
        }
        for kind in KINDS_OF_LEVEL[Level(held.level)]
    ]


def terms_of(kind: str, held: DevelopmentRight, holder_id: uuid.UUID | None = None) -> Facts:
    """The snapshot of one kind of agreement about a right; `holder_id`: who takes it over, where somebody does."""
    asked, decided = application(held.application_id), decision(held.decision_id)
    if asked is None or decided is None:
        raise NotFound()
    terms: Facts = {"right": right_facts(held), "rules": rule_facts(due.profile(held))}
    terms["policy"] = as_odrl(policy_of_right(held))
    terms["decision"] = {
        "on": legal_day(decided.at),
        "conditions": decided.conditions,
        "basis": decided.basis,
    }
    terms["conditions"] = [_condition(row) for row in decided.library_conditions]
    if kind in ("security_commitment", "second_level_security"):
        terms["security"] = _security(holder_id or held.holder_id, asked)
    if kind in ("first_level_agreement", "second_level_income"):
        terms["shares"] = share_facts(held.income_shares)
    if kind == "first_level_agreement":
        terms["funding"] = _word(FUNDING_MODES, held.funding_mode)
        terms["market_mode"] = _word(MARKET_MODES, held.market_mode)
        terms |= {"security": _security(holder_id or held.holder_id, asked), "consent": asked.provider_consent}
    sources = sources_of_right(held)
    terms["resources" if held.level == Level.FIRST else "elements"] = [_source(row) for row in sources]
    if held.parent_id and (parent := right(held.parent_id)):
        terms["parent"] = right_facts(parent) | {"holder": party_facts(parent.holder_id)["name"]}
    return terms


def _security(holder_id: uuid.UUID, asked: Application) -> Facts:
    who = organisation(holder_id)
    return {
        "text": asked.security,
        "head": who.security_head,
        "officer": who.security_officer,
        "body": who.data_body,
    }


def _condition(row: dict[str, Any]) -> Facts:
    kept = condition_of(row)
    return {part: kept.said(part) for part in ("what", "test", "evidence", "sanction")} | {"due": kept.due_said()}


def _conditions_in_words(decided: Decision) -> Facts:
    """What a grant is tied to: in the words of the decision, and line by line what was chosen from the library."""
    said = {language: [decided.conditions] if decided.conditions else [] for language in ("zh", "en")}
    for row in decided.library_conditions:
        kept = condition_of(row)
        for language, before, behind in (("zh", "（", "）"), ("en", " (", ")")):
            due = translate(kept.due_said(), language)
            said[language].append(f"{kept.said('what')[language]}{before}{due}{behind}")
    return {language: "\n".join(lines) for language, lines in said.items()}


def _word(choices: Sequence[tuple[str, str]], value: str | None) -> Text | None:
    return next((Text(word) for code, word in choices if code == value), None)


def _source(row: Any) -> Facts:
    if isinstance(row, DataElement):
        return {"title": row.title, "edition": row.edition, "rows": row.rows or 0, "sha256": row.sha256 or "",
                "fields": [one["name"] for one in row.fields]}  # fmt: skip
    agency = organisation(row.holder_id)
    return {"title": row.title, "code": row.code or "", "holder": agency.name, "abstract": row.abstract}


def part_facts(asked: Application) -> list[Facts]:
    """How each source was decided, where they were decided one by one."""
    titles = {row.id: row.title for row in sources_of_application(asked)}
    return [
        {
            "title": titles.get(row.source_id, ""),
            "granted": row.outcome == "granted",
            "reasons": row.reasons,
            "conditions": row.conditions,
            "funding": _word(FUNDING_MODES, row.funding_mode),
        }
        for row in decided_sources(asked.id)
        if row.outcome is not None
    ]


def letter_facts(asked: Application, decided: Decision, held_number: str = "") -> Facts:
    """What a decision letter prints."""
    return {
        "issuer": party_facts(decided.authority_id)["name"],
        "addressee": party_facts(asked.applicant_id),
        "application": {
            "title": asked.title,
            "submitted_on": asked.submitted_at and legal_day(asked.submitted_at),
        },
        "granted": decided.outcome == "granted",
        "parts": part_facts(asked),
        "level": Text(DEVELOPMENT[Level(asked.level)]),
        "right_number": held_number,
        "purposes": [Text(PURPOSE_WORDS[purpose]) for purpose in asked.purposes],
        "territory": [place_facts(code) for code in asked.territory],
        "starts_on": asked.starts_on,
        "ends_on": decided.ends_on or asked.ends_on,
        "reasons": decided.reasons,
        "basis": decided.basis,
        "conditions": _conditions_in_words(decided),
        "shares": share_facts(decided.income_shares),
        "funding": _word(FUNDING_MODES, decided.funding_mode),
        "decided_at": decided.at,
        "decided_by": decided.decided_by_name,
        "rules": rule_facts(due.profile(asked)),
    }
