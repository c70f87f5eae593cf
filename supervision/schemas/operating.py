"""Operating teams, mandates of operating bodies and what is done under them, in and out."""

from marshmallow import Schema, fields, validate

from kernel.fields import Words
from kernel.words import N_
from supervision.vocabulary import MANNERS, TASKS

LONG = validate.Length(1, 4000)


def _long(label: str, hint: str = "") -> Words:
    return Words(required=True, validate=LONG, metadata={"label": label, "hint": hint, "widget": "textarea"})


def _code() -> Words:
    return Words(
        required=True,
        validate=validate.Length(18, 18),
        metadata={"label": N_("Credit code of the operating body")},
    )


def _tasks() -> fields.List:
    return fields.List(
        fields.String(validate=validate.OneOf(tuple(TASKS))),
        required=True,
        metadata={"label": N_("Tasks"), "widget": "checkboxes", "choices": list(TASKS.items()), "basis": "DG9"},
    )


class TeamInput(Schema):
    """An operating team, as it is filed."""

    operator_uscc = _code()
    manner = fields.String(
        required=True,
        validate=validate.OneOf(tuple(MANNERS)),
        metadata={"label": N_("How the team is made"), "widget": "radios", "choices": list(MANNERS.items())},
    )
    field = Words(
        required=True, validate=validate.Length(1, 200), metadata={"label": N_("Field or district it serves")}
    )
    tasks = _tasks()
    separation = _long(
        N_("How managing and operating are kept apart"), N_("Who decides, who operates, and how that is checked.")
    )
    selection = _long(N_("How the team was chosen"), N_("Without discrimination and without monopoly."))
    exclusive = fields.Boolean(
        load_default=False,
        metadata={"label": N_("The team gets the data of the field for itself alone"), "widget": "checkbox"},
    )
    starts_on = fields.Date(required=True, metadata={"label": N_("First day")})
    ends_on = fields.Date(required=True, metadata={"label": N_("Last day")})


class AnswerInput(Schema):
    """What the authority says to a filing."""

    answer = _long(N_("Answer with reasons"))


class EndInput(Schema):
    """Why something ends."""

    reason = _long(N_("Why it ends"))


class MandateInput(Schema):
    """A mandate for an operating body."""

    operator_uscc = _code()
    tasks = _tasks()
    delegated = Words(
        load_default="",
        validate=validate.Length(max=4000),
        metadata={
            "label": N_("Which cases are delegated"),
            "hint": N_("Only where delegated cases are among the tasks."),
            "widget": "textarea",
        },
    )
    conditions = _long(N_("Conditions"), N_("Reports, security, what has to be asked before."))
    starts_on = fields.Date(required=True, metadata={"label": N_("First day")})
    ends_on = fields.Date(required=True, metadata={"label": N_("Last day")})


class OperationInput(Schema):
    """Something done under a mandate."""

    mandate_id = fields.UUID(required=True, metadata={"widget": "hidden"})
    task = fields.String(
        required=True,
        validate=validate.OneOf(tuple(TASKS)),
        metadata={"label": N_("Task"), "widget": "select", "choices": list(TASKS.items()), "basis": "DG9"},
    )
    what = _long(N_("What was done"))
    case_number = Words(
        load_default="",
        validate=validate.Length(max=100),
        metadata={"label": N_("Number of the case"), "hint": N_("Where a delegated case was handled.")},
    )
    on = fields.Date(required=True, metadata={"label": N_("Done on")})


class TeamView(Schema):
    """An operating team as JSON."""

    id = fields.UUID()
    agency_id = fields.UUID()
    operator_id = fields.UUID()
    operator_name = fields.String()
    field = fields.String()
    manner = fields.String()
    tasks = fields.List(fields.String())
    starts_on = fields.Date()
    ends_on = fields.Date()
    jurisdiction = fields.String()
    state = fields.String()


class MandateView(Schema):
    """A mandate as JSON: public."""

    id = fields.UUID()
    authority_id = fields.UUID()
    operator_id = fields.UUID()
    operator_name = fields.String()
    tasks = fields.List(fields.String())
    delegated = fields.String()
    starts_on = fields.Date()
    ends_on = fields.Date()
    jurisdiction = fields.String()
    state = fields.String()


class OperationView(Schema):
    """Something done under a mandate, as JSON."""

    id = fields.UUID()
    mandate_id = fields.UUID()
    task = fields.String()
    what = fields.String()
    case_number = fields.String()
    on = fields.Date()
    by = fields.String()
    state = fields.String()
