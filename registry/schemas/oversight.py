"""Notices, objections, re-checks, debarments and successions, in and out."""

from marshmallow import Schema, fields, validate

from kernel.fields import Upload, Words
from kernel.words import N_
from registry.schemas.choices import firms
from registry.vocabulary.papers import ACTS, DEBARMENT_GROUNDS, SUCCESSION_GROUNDS

LONG = validate.Length(1, 4000)
SHORT = validate.Length(1, 200)
PAPER = ".pdf,.docx,.xlsx,.png,.jpg"


def long(label: str, hint: str = "", required: bool = True) -> Words:
    """A text of several lines."""
    about = {"label": label, "widget": "textarea", "hint": hint}
    return Words(required=required, validate=LONG, metadata=about)


def basis() -> Words:
    """The rule an act rests on."""
    about = {"label": N_("Legal basis"), "hint": N_("Rule and article.")}
    return Words(required=True, validate=SHORT, metadata=about)


class Reasons(Schema):
    """Reasons alone."""

    reasons = long(N_("Reasons"))


class NoticeInput(Schema):
    """What is intended against whom, and why. A debarment concerns the organisation, everything else a licence."""

    act = fields.String(
        required=True,
        validate=validate.OneOf(tuple(ACTS)),
        metadata={"label": N_("What is intended"), "widget": "select", "choices": list(ACTS.items())},
    )
    licence_id = fields.UUID(load_default=None, metadata={"widget": "hidden"})
    organisation_id = fields.UUID(
        load_default=None,
        metadata={
            "label": N_("Organisation"),
            "widget": "select",
            "choices": firms,
            "hint": N_("For a debarment only."),
        },
    )
    reasons = long(N_("Facts and reasons"))
    basis = basis()


class ReplyInput(Schema):
    """The answer to a notice."""

    reply = long(N_("Your reply"))


class LicenceObjectionInput(Schema):
    """An objection to an intended licence, under the real name."""

    licence_id = fields.UUID(required=True, metadata={"widget": "hidden"})
    name = Words(required=True, validate=SHORT, metadata={"label": N_("Your name or organisation")})
    contact = Words(required=True, validate=SHORT, metadata={"label": N_("Telephone or e-mail")})
    grounds = long(N_("What speaks against the licence"))


class AnswerInput(Schema):
    """The answer to an objection."""

    answer = long(N_("Answer with reasons"))


class RecheckInput(Schema):
    """A re-check begun."""

    licence_id = fields.UUID(required=True, metadata={"widget": "hidden"})


class ClearInput(Schema):
    """Nothing was found."""

    looked_at = long(N_("What was looked at"))


class FindingInput(Schema):
    """One thing that is wrong."""

    what = Words(required=True, validate=LONG, metadata={"label": N_("What is wrong")})
    basis = Words(load_default="", validate=validate.Length(max=200), metadata={"label": N_("Legal basis")})


class FindingsInput(Schema):
    """What was looked at and what is wrong."""

    looked_at = long(N_("What was looked at"))
    findings = fields.List(
        fields.Nested(FindingInput),
        required=True,
        validate=validate.Length(1, 50),
        metadata={"label": N_("Findings")},
    )


class RectificationInput(Schema):
    """How the operator put it right."""

    report = long(N_("What was put right, and how"))
    evidence = Upload(
        load_default=None, metadata={"label": N_("Proof"), "accept": PAPER, "widget": "file"}
    )


class OutcomeInput(Schema):
    """How a re-check ends."""

    outcome = long(N_("What the check of the rectification showed"))


class DebarmentInput(Schema):
    """A debarment: on which ground, until when."""

    notice_id = fields.UUID(required=True, metadata={"widget": "hidden"})
    ground = fields.String(
        required=True,
        validate=validate.OneOf(tuple(DEBARMENT_GROUNDS)),
        metadata={"label": N_("Ground"), "widget": "select", "choices": list(DEBARMENT_GROUNDS.items())},
    )
    ends_on = fields.Date(required=True, metadata={"label": N_("Last day of the debarment")})
    reasons = long(N_("Reasons"), N_("Answer what the organisation replied to the notice."))
    basis = basis()


class SuccessionInput(Schema):
    """Somebody takes over what another held."""

    predecessor_uscc = Words(
        required=True,
        validate=validate.Length(18, 18),
        metadata={"label": N_("Credit code of the organisation you succeed")},
    )
    ground = fields.String(
        required=True,
        validate=validate.OneOf(tuple(SUCCESSION_GROUNDS)),
        metadata={"label": N_("Ground"), "widget": "radios", "choices": list(SUCCESSION_GROUNDS.items())},
    )
    effective_on = fields.Date(required=True, metadata={"label": N_("Effective on")})
    explanation = long(N_("What was taken over"), N_("People, systems and data that serve the licensed work."))
    evidence = Upload(
        required=True,
        metadata={"label": N_("Proof of the succession"), "accept": PAPER, "widget": "file"},
    )


class SuccessionDecision(Schema):
    """The decision on a succession."""

    reasons = long(N_("Reasons for the decision"))
    basis = basis()


class NoticeView(Schema):
    """A notice as JSON, for its two sides."""

    id = fields.UUID()
    act = fields.String()
    organisation_id = fields.UUID()
    licence_id = fields.UUID(allow_none=True)
    reasons = fields.String()
    basis = fields.String()
    reply_due = fields.Date()
    reply_text = fields.String()
    reply_at = fields.AwareDateTime(allow_none=True)
    jurisdiction = fields.String()
    state = fields.String()


class LicenceObjectionView(Schema):
    """An objection as JSON, for those who lodged it and those who answer."""

    id = fields.UUID()
    receipt = fields.String()
    licence_id = fields.UUID()
    grounds = fields.String()
    answer = fields.String()
    answered_at = fields.AwareDateTime(allow_none=True)
    state = fields.String()


class RecheckView(Schema):
    """A re-check as JSON."""

    id = fields.UUID()
    organisation_id = fields.UUID()
    licence_id = fields.UUID()
    kind = fields.String()
    begun_on = fields.Date()
    findings = fields.Raw()
    outcome = fields.String()
    ended_on = fields.Date(allow_none=True)
    state = fields.String()


class DebarmentView(Schema):
    """A debarment as JSON: public."""

    id = fields.UUID()
    organisation_id = fields.UUID()
    organisation_name = fields.String()
    ground = fields.String()
    reasons = fields.String()
    basis = fields.String()
    starts_on = fields.Date()
    ends_on = fields.Date()
    ended_on = fields.Date(allow_none=True)
    jurisdiction = fields.String()
    state = fields.String()


class SuccessionView(Schema):
    """A succession as JSON."""

    id = fields.UUID()
    predecessor_id = fields.UUID()
    successor_id = fields.UUID()
    predecessor_name = fields.String()
    successor_name = fields.String()
    ground = fields.String()
    effective_on = fields.Date()
    decided_at = fields.AwareDateTime(allow_none=True)
    jurisdiction = fields.String()
    state = fields.String()
