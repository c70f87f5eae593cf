"""The page of a catalogue entry and its forms."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import jsonify, redirect, render_template, request

from kernel import documents
from kernel.command import execute
from kernel.errors import DomainError, InvalidInput
from kernel.pages import address_of, current_actor, current_locale, form_page, form_values
from kernel.pages.wording import messages_of
from kernel.words import translate
from registry import queries
from registry.commands import catalogue as commands
from registry.commands import entry_text
from registry.models import CatalogueEntry
from registry.schemas.catalogue import EntryInput
from registry.views.door import allow, download, is_insider, next_clock, pages, place_name
from registry.vocabulary import periods
from registry.vocabulary.entry_fields import ENTRY_FIELDS, GROUPS, ITEM_FIELDS, PUBLIC_FIELDS


@pages.get("/catalogue/<uuid:entry_id>")
def entry(entry_id: UUID) -> Any:
    """One entry: every field with what is missing and what the authority said, what rests on it, what comes next."""
    actor = current_actor()
    found = queries.entry_page(actor, entry_id)
    if day := request.args.get("on"):
        return redirect(f"{address_of(found)}/history?{urlencode({'on': day})}")
    inside = is_insider(found, found.agency_id)
    return render_template(
        "registry/entry.html",
        entry=found,
        groups=groups_of(found, inside),
        inside=inside,
        resources=queries.resources_of_entry(actor, found.id),
        releases=queries.releases_of(actor, found.id),
        documents=documents.documents_of(found, actor),
        place=place_name(found.jurisdiction),
        clock=next_clock(found) if inside else None,
        proposal=_proposal(found) if inside else [],
        against=_against(found) if inside else [],
        warnings=entry_text.warnings_of(found) if inside else [],
    )


def groups_of(found: Any, inside: bool) -> list[dict[str, Any]]:
    """The fields by group with what they say; who is no party of it sees the public ones that say something."""
    comments = found.comments if inside else {}
    kept = []
    for group in GROUPS:
        rows = [
            {
                "name": name,
                "label": ENTRY_FIELDS[name].label,
                "basis": ENTRY_FIELDS[name].basis,
                "value": shown(name, getattr(found, name)),
                "missing": name in found.missing,
                "comment": comments.get(name),
            }
            for name in group.names
            if name != "items" and ENTRY_FIELDS[name].form and (inside or name in PUBLIC_FIELDS)
        ]
        told = [row for row in rows if inside or row["value"]]
        items = [_item_row(item) for item in found.items] if "items" in group.names else []
        kept.append(
            {
                "code": group.code,
                "title": group.en,
                "rows": told,
                "items": items,
                "comment": comments.get("items"),
            }
        )
    return [group for group in kept if group["rows"] or group["items"]]


def shown(name: str, value: Any) -> Any:
    """A field in words of the reader's language; None where it says nothing."""
    locale = current_locale()
    if value in (None, "", []):
        return None
    field = ENTRY_FIELDS[name]
    if field.type == "period":
        return periods.word(value, current_locale())
    if field.code_list is not None:
        codes, known = value if isinstance(value, list) else [value], field.code_list
        return "、".join(known[code].word(locale) if code in known else str(code) for code in codes)
    if field.choices:
        return translate(dict(field.choices).get(value, value), locale)
    return "、".join(_item(part) for part in value) if isinstance(value, list) else value


def _item_row(item: dict[str, Any]) -> dict[str, Any]:
    """A data item with its type and sensitivity in words."""
    words = {name: field.code_list for name, field in ITEM_FIELDS.items() if field.code_list is not None}
    told = dict(item)
    for name, codes in words.items():
        code = str(told.get(name) or "")
        told[f"{name}_word"] = codes[code].word(current_locale()) if code in codes else code
    return told


def _item(part: Any) -> str:
    """A part of a list in words; of a data item everything that is told, so that a change of its type can be seen."""
    if not isinstance(part, dict):
        return str(part)
    row = _item_row(part)
    told = [row.get("type_word"), row.get("length"), row.get("sensitivity_word"), row.get("description")]
    marks = [str(word) for word in told if word]
    if row.get("key"):
        marks.append(translate(ITEM_FIELDS["key"].label, current_locale()))
    return f"{row.get('name')}（{'，'.join(marks)}）" if marks else str(row.get("name"))


def _against(found: CatalogueEntry) -> list[DomainError]:
    """What the rules would refuse, as long as the entry can still be changed; gaps are listed by field already."""
    if found.state not in ("draft", "returned"):
        return []
    return [refusal for refusal in entry_text.stands_against(found) if "C05" not in refusal.ids]


def _proposal(found: CatalogueEntry) -> list[list[Any]]:
    """What a proposed update changes: label, present text, proposed text."""
    return compared(EntryInput().dump(found), found.proposed) if found.proposed else []


def compared(before: dict[str, Any], after: dict[str, Any]) -> list[list[Any]]:
    """The fields in which two texts differ: label, first text, second text."""
    changed: Iterable[tuple[str, tuple[Any, Any]]] = entry_text.differences(before, after).items()
    return [
        [ENTRY_FIELDS[name].word(current_locale()), shown(name, old), shown(name, new)]
        for name, (old, new) in changed
    ]


@pages.route("/catalogue/new", methods=["GET", "POST"])
def draft_entry() -> Any:
    """Begin an entry."""
    return _form(commands.draft, None)


@pages.route("/catalogue/<uuid:entry_id>/edit", methods=["GET", "POST"])
def amend_entry(entry_id: UUID) -> Any:
    """Change a draft or a returned entry."""
    return _form(commands.amend, queries.entry_page(current_actor(), entry_id))


@pages.route("/catalogue/<uuid:entry_id>/update", methods=["GET", "POST"])
def revise_entry(entry_id: UUID) -> Any:
    """Propose an update of a published entry."""
    return _form(commands.revise, queries.entry_page(current_actor(), entry_id))


def _form(command: Any, subject: CatalogueEntry | None) -> Any:
    allow(command, subject)
    return form_page(
        "registry/entry_form.html",
        command,
        subject=subject,
        values=subject.proposed if subject is not None and subject.proposed else None,
        then=lambda entry: redirect(address_of(entry)),
        groups=[
            (group.code, group.en, [name for name in group.names if ENTRY_FIELDS[name].form])
            for group in GROUPS
        ],
        missing=subject.missing if subject else [],
        comments=subject.comments if subject else {},
        clash=lambda form: _clash(form, subject),
        keep=command.verb in ("draft", "amend"),
    )


def _clash(form: Any, subject: CatalogueEntry | None) -> list[list[Any]]:
    """Where the text that stands now and the typed one differ, after somebody else saved in between."""
    if subject is None or not isinstance(form.refusal, entry_text.TextConflict):
        return []
    typed = EntryInput(partial=True)
    values = {name: value for name, value in form.values.items() if name in typed.load_fields}
    return compared(typed.dump(subject), typed.dump(typed.load(values)))


@pages.post("/catalogue/keep")
def keep_new() -> Any:
    """Keep what was typed into the form of a new entry; answers JSON for the small script of the form."""
    return _kept(commands.draft, None)


@pages.post("/catalogue/<uuid:entry_id>/keep")
def keep_entry(entry_id: UUID) -> Any:
    """Keep what was typed into the form of a draft; answers JSON for the small script of the form."""
    return _kept(commands.amend, queries.entry_page(current_actor(), entry_id))


def _kept(command: Any, subject: CatalogueEntry | None) -> Any:
    allow(command, subject)
    key = request.form.get("request_key") if subject is None else None
    typed = form_values(command.schema)
    try:
        entry = execute(
            command, actor=current_actor(), subject_id=subject and subject.id, data=typed, request_key=key
        )
    except InvalidInput as error:
        wrong = {name: messages_of(found) for name, found in error.messages.items()}
        return jsonify(errors=wrong), error.status
    except DomainError as error:
        return jsonify(code=error.code, message=translate(error.message, current_locale())), error.status
    return jsonify(id=str(entry.id), revision=entry.revision, address=address_of(entry))


@pages.route("/catalogue/<uuid:entry_id>/return", methods=["GET", "POST"])
def return_entry(entry_id: UUID) -> Any:
    """Return an entry with a comment on each field that has to change."""
    found = queries.entry_page(current_actor(), entry_id)
    allow(commands.return_, found)
    return form_page(
        "registry/entry_return.html",
        commands.return_,
        subject=found,
        values={},
        then=lambda entry: redirect("/catalogue/review"),
        groups=groups_of(found, True),
    )


@pages.route("/catalogue/<uuid:entry_id>/withdraw", methods=["GET", "POST"])
def withdraw_entry(entry_id: UUID) -> Any:
    """Take an entry out of the public catalogue, after reading what rests on it."""
    actor = current_actor()
    found = queries.entry_page(actor, entry_id)
    allow(commands.withdraw, found)
    return form_page(
        "registry/entry_withdraw.html",
        commands.withdraw,
        subject=found,
        values={},
        then=lambda entry: redirect(
            "/catalogue/own" if entry.agency_id == actor.organisation_id else "/catalogue"
        ),
        resources=queries.resources_of_entry(actor, found.id),
        releases=queries.releases_of(actor, found.id),
    )


@pages.get("/catalogue/<uuid:entry_id>/assessments/<kind>")
def entry_assessment(entry_id: UUID, kind: str) -> Any:
    """The file of an assessment, for the agency and those who review."""
    found = queries.entry_page(current_actor(), entry_id)
    facts = found.assessments.get(kind) if is_insider(found, found.agency_id) else None
    return download(facts if isinstance(facts, dict) else None)
