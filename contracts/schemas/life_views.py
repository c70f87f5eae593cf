"""Changes, items to mend and exits as JSON."""

from marshmallow import Schema, fields


class ChangeView(Schema):
    """A change as JSON."""

    id = fields.UUID()
    right_id = fields.UUID()
    kind = fields.String()
    state = fields.String()
    jurisdiction = fields.String()
    holder_id = fields.UUID()
    new_holder_id = fields.UUID(allow_none=True)
    terms = fields.Dict()
    before = fields.Dict()
    reason = fields.String()
    reply_due = fields.Date(allow_none=True)
    decided_at = fields.AwareDateTime(allow_none=True)
    in_force_at = fields.AwareDateTime(allow_none=True)
    ended_because = fields.String()


class RectificationView(Schema):
    """An item to mend as JSON."""

    id = fields.UUID()
    right_id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    what = fields.String()
    basis = fields.String()
    due_on = fields.Date(allow_none=True)
    report = fields.String()
    answer = fields.String()


class ExitView(Schema):
    """An exit as JSON."""

    id = fields.UUID()
    right_id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    holder_id = fields.UUID()
    access_cut_at = fields.AwareDateTime()
    due_on = fields.Date(allow_none=True)
    manner = fields.String()
    closed_at = fields.AwareDateTime(allow_none=True)
