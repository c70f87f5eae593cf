"""What the JSON door shows of accounts."""

from marshmallow import Schema, fields


class OrganisationView(Schema):
    """The short form of an organisation: what the other side of a case may know."""

    id = fields.UUID()
    uscc = fields.String()
    name = fields.String()
    name_en = fields.String()
    legal_form = fields.String()
    side = fields.String()
    roles = fields.List(fields.String())
    jurisdiction = fields.String()
    state = fields.String()


class MembershipView(Schema):
    """That a person belongs to an organisation."""

    id = fields.UUID()
    organisation_id = fields.UUID()
    person_id = fields.UUID()
    email = fields.String()
    code = fields.String(metadata={"description": "Invitation code; only in the answer that invites."})
    state = fields.String()
    created_at = fields.AwareDateTime()
    ended_at = fields.AwareDateTime()


class MandateView(Schema):
    """What a member may do, from when to when."""

    id = fields.UUID()
    membership_id = fields.UUID()
    organisation_id = fields.UUID()
    kind = fields.String()
    starts_on = fields.Date()
    ends_on = fields.Date()
    state = fields.String()


class TokenView(Schema):
    """A key for programs, without the key."""

    id = fields.UUID()
    name = fields.String()
    prefix = fields.String()
    scope = fields.String()
    secret = fields.String(metadata={"description": "The key itself; only in the answer that issues it."})
    organisation_id = fields.UUID()
    expires_on = fields.Date()
    state = fields.String()


class PersonView(Schema):
    """Oneself."""

    id = fields.UUID()
    email = fields.String()
    name = fields.String()
    phone = fields.String()
    language = fields.String()
    state = fields.String()


class SessionView(Schema):
    """A signed-in browser of one's own."""

    id = fields.UUID()
    organisation_id = fields.UUID()
    agent = fields.String()
    address = fields.String()
    created_at = fields.AwareDateTime()
    last_seen_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime()
    state = fields.String()


class AttemptView(Schema):
    """A try that the throttle counted: seen by the system alone."""

    id = fields.UUID()
    kind = fields.String()
    at = fields.AwareDateTime()
    state = fields.String()
