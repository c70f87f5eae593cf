"""Synonyms and saved searches as they enter and leave."""

from typing import Any

from marshmallow import Schema, fields, validate

from kernel import mail, search
from kernel.fields import Words
from kernel.words import N_
from supervision.vocabulary import MAILS


class SynonymInput(Schema):
    """Words that mean the same."""

    words = fields.List(
        Words(validate=validate.Length(1, 40)),
        required=True,
        validate=validate.Length(2, 12),
        metadata={
            "label": N_("Words that mean the same"),
            "hint": N_(
                "One a line, in Chinese or English: whoever looks for one of them finds the others as well."
            ),
            "widget": "textarea",
            "separator": r"[\r\n、，,;；]+",
        },
    )
    reason = Words(
        load_default="",
        validate=validate.Length(0, 500),
        metadata={"label": N_("Why"), "hint": N_("Stands in the log.")},
    )


class SynonymView(Schema):
    """A group of words that mean the same."""

    id = fields.UUID()
    words = fields.List(fields.String())
    reason = fields.String()
    jurisdiction = fields.String()
    state = fields.String()
    created_at = fields.DateTime()


def _kinds(_actor: Any) -> list[tuple[str, str]]:
    return [(name, kind.word) for name, kind in search.KINDS.items()]


def _ways(_actor: Any) -> list[tuple[str, ...]]:
    """What this installation can do: without a server for mail it says so."""
    if mail.is_possible():
        return list(MAILS.items())
    said = N_("This installation sends no mail: what is new stands on your desk and in the feed.")
    return [("never", MAILS["never"], said)]


def _mails(**options: Any) -> fields.String:
    said = N_("A mail comes only when there is something new. It lists what is public, and ends with one click.")
    shown = {"label": N_("Mails"), "hint": said, "widget": "radios", "choices": _ways}
    return fields.String(validate=validate.OneOf(list(MAILS)), metadata=shown, **options)


class SavedSearchInput(Schema):
    """A search to keep."""

    title = Words(
        required=True,
        validate=validate.Length(1, 80),
        metadata={"label": N_("Name of the search"), "hint": N_("For your own list.")},
    )
    kinds = fields.List(
        fields.String(validate=validate.Length(1, 40)),
        required=True,
        validate=validate.Length(1, 8),
        metadata={"label": N_("What is searched"), "widget": "checkboxes", "choices": _kinds},
    )
    words = Words(load_default="", validate=validate.Length(0, 200), metadata={"label": N_("Words")})
    narrowed = Words(
        load_default="",
        validate=validate.Length(0, 2000),
        metadata={
            "label": N_("Filters"),
            "hint": N_("As they stand in the address of the search."),
            "widget": "hidden",
        },
    )
    mails = _mails(load_default="never")


class MailsInput(Schema):
    """How often a mail tells what is new."""

    mails = _mails(required=True)


class SavedSearchView(Schema):
    """A search that is kept, with the address of its feed."""

    id = fields.UUID()
    title = fields.String()
    kinds = fields.List(fields.String())
    words = fields.String()
    narrowed = fields.String()
    feed = fields.Function(lambda saved: f"/searches/{saved.feed}.atom")
    mails = fields.String()
    state = fields.String()
    created_at = fields.DateTime()
    seen_at = fields.DateTime()
    told_at = fields.DateTime()
