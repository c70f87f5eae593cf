"""The forms of the authority: assessing an application by criteria, granting it with the shares of the income."""

from typing import Any
from uuid import UUID

from flask import redirect

from accounts.queries import names_of
from contracts import commands, queries
from contracts.models import Application
from contracts.queries import preparing
from contracts.queries.applications import READERS
from contracts.queries.conditions import library
from contracts.views.applications import address
from contracts.views.door import pages, reading
from contracts.vocabulary import CRITERIA_WORDS, SHARE_ROLES, SHARE_WORDS, Level, Share
from contracts.vocabulary.decision import RECOMMENDATIONS, WEIGHT_WORDS
from kernel import due
from kernel.actor import Actor
from kernel.command import Command
from kernel.errors import NotAllowed
from kernel.pages import current_actor, form_page


def _asked(row_id: UUID, command: Command) -> tuple[Application, Actor]:
    """The application, for those who could run the command on it."""
    actor = current_actor()
    asked = queries.seen(actor, Application, row_id)
    if not command.permits(actor, asked) or not actor.roles & (READERS | {"expert"}):
        raise NotAllowed()
    return asked, actor


@pages.route("/applications/<uuid:row_id>/assess", methods=["GET", "POST"])
def assess(row_id: UUID) -> Any:
    """Points for each criterion of the rules, and an opinion."""
    asked, _actor = _asked(row_id, commands.application.assess)
    criteria = due.profile(asked).list("assessment.criteria")
    return form_page(
        "contracts/assess.html",
        commands.application.assess,
        then=lambda done: redirect(address(done)),
        subject=asked,
        values={},
        criteria=[(name, CRITERIA_WORDS.get(name, name)) for name in criteria],
    )


@pages.route("/applications/<uuid:row_id>/grant", methods=["GET", "POST"])
def grant(row_id: UUID) -> Any:
    """The grant: reasons, basis, conditions, shares of the income."""
    asked, actor = _asked(row_id, commands.decision.grant)
    rules = due.profile(asked)
    rows = _parties(asked, actor)
    return form_page(
        "contracts/grant.html",
        commands.decision.grant,
        then=lambda done: redirect(address(done)),
        subject=asked,
        values={"funding_mode": asked.funding_mode},
        level=asked.level,
        parties=rows,
        roles=[(role.value, SHARE_WORDS[role]) for role in SHARE_ROLES[Level(asked.level)]],
        market_modes=rules.list("development.market_modes"),
        assessments=queries.assessments_of(asked.id),
        sources=queries.sources_of_application(asked),
        advice=preparing.standing_advice(asked.id),
        weight=preparing.weight_of(asked).value,
        weight_words=WEIGHT_WORDS,
        recommendations=RECOMMENDATIONS,
        library=[(code, one.said("what")[reading()]) for code, one in library(asked.jurisdiction).items()],
    )


def _parties(asked: Application, actor: Actor) -> list[tuple[str, str, str]]:
    """Who can take part in the income: (organisation id, its name, role), in the order they usually stand."""
    sources, level = queries.sources_of_application(asked), Level(asked.level)
    parent = queries.right(asked.parent_right_id) if asked.parent_right_id else None
    own = Share.OPERATOR if level is Level.FIRST else Share.DEVELOPER
    rows: list[tuple[Any, Share]] = [(asked.applicant_id, own)]
    if parent is not None:
        rows.append((parent.holder_id, Share.OPERATOR))
        sources = queries.sources_of_right(parent)
    agencies = dict.fromkeys(holder for row in sources if (holder := getattr(row, "holder_id", None)))
    rows += [(holder, Share.AGENCY) for holder in agencies]
    rows.append((actor.organisation_id, Share.TREASURY))
    names = names_of([party for party, _role in rows])
    return [(str(party), names.get(party, ""), role.value) for party, role in rows]
