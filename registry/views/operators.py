"""The public register of operators: the list, today or on any day, one operator by its code, who is barred."""

from datetime import date
from typing import Any

from flask import jsonify, render_template, request

from kernel import clock
from kernel.actor import ANONYMOUS
from kernel.db import db
from kernel.errors import InvalidInput, NotFound
from kernel.pages import paged, sheet
from kernel.states import state_word
from kernel.words import N_, Text
from registry import queries
from registry.models import Licence
from registry.schemas.licence import LicenceView
from registry.schemas.oversight import DebarmentView
from registry.views.door import chosen, pages, place_name
from registry.vocabulary.papers import DEBARMENT_GROUNDS, SUCCESSION_GROUNDS
from registry.vocabulary.steps import LICENCE_LEVELS

STATES = ("in_force", "suspended", "revoked", "expired")


def _day(text: str) -> date | None:
    """The day the register is asked for; None is today."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidInput({"on": [Text(N_("Write a day as year-month-day."))]}) from None


@pages.get("/operators")
def operators() -> Any:
    """The public register: who is licensed, for what, until when, on which day; also as CSV, XLSX or JSON."""
    asked = chosen("q", "level", "state", "jurisdiction", "on")
    on = _day(asked["on"])
    words = {name: asked[name] or "" for name in ("q", "level", "state", "jurisdiction")}
    found = queries.operators(**words, on=on)
    if kind := request.args.get("format"):
        return _as_json(found, on) if kind == "json" else _file(found, kind, on)
    page = paged(found)
    holders = [row.organisation_id for row in page.items]
    return render_template(
        "registry/operators.html",
        page=page,
        chosen=asked,
        on=on,
        stood=queries.states_on([row.id for row in page.items], on) if on else {},
        barred=queries.debarred(holders, on or clock.today()),
        levels=LICENCE_LEVELS,
        states=STATES,
        place_name=place_name,
    )


HEADINGS = [
    N_("Number of the licence"),
    N_("Holder"),
    N_("Unified social credit code"),
    N_("Level"),
    N_("Scope of the licence"),
    N_("Jurisdiction"),
    N_("Valid from"),
    N_("Valid until"),
    N_("State"),
    N_("Barred from applying"),
    N_("As of"),
]


def _rows(found: Any, on: date | None) -> list[tuple[Licence, str, bool]]:
    rows = list(db.session.scalars(found))
    stood = queries.states_on([row.id for row in rows], on) if on else {}
    barred = queries.debarred([row.organisation_id for row in rows], on or clock.today())
    return [(row, stood.get(row.id, row.state), row.organisation_id in barred) for row in rows]


def _file(found: Any, kind: str, on: date | None) -> Any:
    lines = (
        [
            row.number,
            row.organisation.name,
            row.organisation.uscc,
            Text(LICENCE_LEVELS[row.level]),
            row.scope,
            place_name(row.jurisdiction),
            row.valid_from,
            row.valid_until,
            Text(state_word(state)),
            Text(N_("Yes") if barred else N_("No")),
            on or clock.today(),
        ]
        for row, state, barred in _rows(found, on)
    )
    return sheet("operators", HEADINGS, lines, kind)


def _as_json(found: Any, on: date | None) -> Any:
    rows = [
        LicenceView().dump(row)
        | {
            "name": row.organisation.name,
            "uscc": row.organisation.uscc,
            "state": state,
            "barred": barred,
            "previous_holders": [_former(former) for former in row.previous_holders],
        }
        for row, state, barred in _rows(found, on)
    ]
    return jsonify({"as_of": (on or clock.today()).isoformat(), "items": rows, "total": len(rows)})


def _former(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("name", "uscc", "until")}


@pages.get("/operators/<code>")
def operator(code: str) -> Any:
    """One operator by credit code or number of a licence: licences, what happened, barring, who succeeded whom."""
    found = queries.operator_by_code(code)
    if found is None:
        raise NotFound()
    licences = queries.public_licences_of(found.id)
    barred, followed = queries.debarments_of(found.id), queries.succession_from(found.id)
    if not (licences or barred or followed):
        raise NotFound()
    if request.args.get("format") == "json":
        return _operator_as_json(found, licences, barred, followed)
    return render_template(
        "registry/operator.html",
        operator=found,
        licences=licences,
        debarments=barred,
        followed=followed,
        heirs=queries.successor_of(followed),
        before=queries.successions_to(found.id),
        events=queries.public_events_of([row.id for row in licences]),
        levels=LICENCE_LEVELS,
        grounds=DEBARMENT_GROUNDS,
        succession_grounds=SUCCESSION_GROUNDS,
        place_name=place_name,
    )


def _operator_as_json(found: Any, licences: Any, barred: Any, followed: Any) -> Any:
    heir = queries.successor_of(followed)
    return jsonify(
        {
            "name": found.name,
            "uscc": found.uscc,
            "licences": LicenceView(many=True).dump(licences),
            "debarments": DebarmentView(many=True).dump(barred),
            "succeeded_by": {"name": heir.name, "uscc": heir.uscc} if heir else None,
        }
    )


@pages.get("/operators/debarred")
def debarred_operators() -> Any:
    """Who is, or was, barred from applying; also as CSV, XLSX or JSON."""
    asked = chosen("q", "state")
    found = queries.debarments(ANONYMOUS, **asked)
    kind = request.args.get("format")
    if kind == "json":
        rows = DebarmentView(many=True).dump(db.session.scalars(found).all())
        return jsonify({"items": rows, "total": len(rows)})
    if kind:
        headings = [N_("Organisation"), N_("Ground"), N_("From"), N_("Until"), N_("State"), N_("Legal basis")]
        lines = (
            [row.organisation_name, Text(DEBARMENT_GROUNDS[row.ground]), row.starts_on, row.ends_on,
             Text(state_word(row.state)), row.basis]
            for row in db.session.scalars(found)
        )  # fmt: skip
        return sheet("debarred", headings, lines, kind)
    return render_template(
        "registry/debarred.html",
        page=paged(found),
        chosen=asked,
        states=("in_force", "lifted", "ended"),
        grounds=DEBARMENT_GROUNDS,
    )
