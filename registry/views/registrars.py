"""Registrars: the public register of them, their rules, and for the two sides what was done about them."""

from typing import Any
from uuid import UUID

from flask import render_template

from kernel import clock
from kernel.errors import NotSignedIn
from kernel.pages import current_actor, paged
from registry import queries
from registry.models import Registrar
from registry.views.door import chosen, download, pages, place_name
from registry.vocabulary.registrars import ADVERSE, FAULTS, MEASURES, SERVICE


@pages.get("/registrars")
def registrars() -> Any:
    """All registrars of all levels, for everybody."""
    asked = chosen("state", "q")
    page = paged(queries.registrars(current_actor(), **asked))
    places = {row.jurisdiction: place_name(row.jurisdiction) for row in page.items}
    states = ("in_office", "suspended", "cancelled")
    return render_template(
        "registry/registrars.html", page=page, chosen=asked, places=places, states=states, in_office=_in_office
    )


def _in_office(row: Registrar) -> bool:
    return queries.in_office(row.organisation_id, clock.today())


@pages.get("/registrars/<uuid:registrar_id>")
def registrar(registrar_id: UUID) -> Any:
    """One registrar: naming, filing, days, business rules; the measures for those who may see them."""
    found, actor = queries.registrar(registrar_id), current_actor()
    return render_template(
        "registry/registrar.html",
        registrar=found,
        place=place_name(found.jurisdiction),
        in_office=_in_office(found),
        rules=queries.rules_of(actor, found.organisation_id),
        measures=queries.measures_of(actor, found.id),
        kinds=MEASURES,
        mine=actor.organisation_id == found.organisation_id,
    )


@pages.get("/registrars/rules/<uuid:rules_id>")
def business_rules(rules_id: UUID) -> Any:
    """One set of business rules, with the buttons of those who may decide on it."""
    found = queries.one_of_business_rules(current_actor(), rules_id)
    return render_template("registry/business_rules.html", rules=found, place=place_name(found.jurisdiction))


@pages.get("/registrars/rules/<uuid:rules_id>/file")
def business_rules_file(rules_id: UUID) -> Any:
    """The text of business rules."""
    return download(queries.one_of_business_rules(current_actor(), rules_id).file)


@pages.get("/registrars/measures")
def registrar_measures() -> Any:
    """What was done about registrars, for those who oversee them and for themselves."""
    actor = current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()
    page = paged(queries.measures(actor))
    return render_template("registry/registrar_measures.html", page=page, kinds=MEASURES, faults=FAULTS)


@pages.get("/registrars/measures/<uuid:measure_id>")
def registrar_measure(measure_id: UUID) -> Any:
    """One measure: facts, notice, service, reply, decision."""
    found = queries.measure(current_actor(), measure_id)
    return render_template(
        "registry/registrar_measure.html",
        measure=found,
        adverse=found.kind in ADVERSE,
        kinds=MEASURES,
        faults=FAULTS,
        ways=SERVICE,
    )
