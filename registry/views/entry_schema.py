"""The standard for compiling the catalogue, to read and to take along: JSON Schema and templates to fill in."""

from typing import Any

from flask import Response, jsonify, render_template, request

from accounts import queries as accounts
from jurisdictions import tree
from jurisdictions.profile import NATIONAL, Profile
from kernel.config import settings
from kernel.errors import NotFound
from kernel.pages import current_actor, current_locale
from kernel.words import translate
from registry.gateway.templates import csv_template, xlsx_template
from registry.rules.catalogue import missing_fields
from registry.schemas.json_schema import entry_schema
from registry.views.door import pages, place_name
from registry.vocabulary.entry_fields import ENTRY_FIELDS, GROUPS, ITEM_FIELDS, VERSION

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _place() -> str:
    """The place whose rules are asked for: `jurisdiction` in the address, else the reader's own, else none."""
    code = request.args.get("jurisdiction", "")
    if code:
        if not accounts.is_known_place(code):
            raise NotFound()
        return code
    actor = current_actor()
    if actor.organisation_id is not None:
        return accounts.organisation(actor.organisation_id).jurisdiction
    return NATIONAL


def _needed(rules: Profile) -> tuple[str, ...]:
    return missing_fields({}, rules)


@pages.get("/catalogue/schema.json")
def schema() -> Any:
    """The metadata schema as JSON Schema; `jurisdiction` adds what the rules of that place ask for."""
    return _schema()


@pages.get("/catalogue/schema/<version>.json")
def schema_of_version(version: str) -> Any:
    """The same under its version, so that a program can tell when it changes."""
    if version != VERSION:
        raise NotFound()
    return _schema()


def _schema() -> Any:
    place, locale = _place(), current_locale()
    needed = _needed(tree.profile_of(place)) if place != NATIONAL else ()
    texts = [text for row in ENTRY_FIELDS.values() for text in (row.label, row.help) if text]
    address = f"{settings().base_url}/catalogue/schema/{VERSION}.json"
    body = entry_schema(address, needed, {text: translate(text, locale) for text in texts})
    return jsonify(body), 200, {"Content-Type": "application/schema+json"}


@pages.get("/catalogue/standard")
def standard() -> Any:
    """The standard shown beside the form: every field, whether the rules ask for it, its words, its basis."""
    place = _place()
    rules = tree.profile_of(place)
    return render_template(
        "registry/entry_standard.html",
        groups=GROUPS,
        fields=ENTRY_FIELDS,
        item_fields=ITEM_FIELDS,
        needed=_needed(rules),
        place=place_name(place) if place != NATIONAL else "",
        version=VERSION,
        basis=rules.value("catalogue.entry_fields").basis,
    )


@pages.get("/catalogue/template.<kind>")
def template(kind: str) -> Any:
    """A file to fill in, in the reader's language: XLSX with lists to pick from, or CSV."""
    locale = current_locale()
    if kind == "csv":
        body, media = csv_template(locale), "text/csv; charset=utf-8"
    elif kind == "xlsx":
        body, media = xlsx_template(locale, _needed(tree.profile_of(_place()))), XLSX
    else:
        raise NotFound()
    disposition = f'attachment; filename="catalogue-template.{kind}"'
    return Response(body, mimetype=media, headers={"Content-Disposition": disposition})
