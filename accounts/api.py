"""The JSON addresses of accounts. Everybody sees what is theirs; programs come with keys, never with cookies."""

from accounts import queries
from accounts.models import Attempt, Mandate, Membership, Organisation, Person, Session, Token
from accounts.schemas import (
    AttemptView,
    MandateView,
    MembershipView,
    OrganisationView,
    PersonView,
    SessionView,
    TokenView,
)
from kernel.routes import serve

serve(Organisation, "accounts", "organisations", OrganisationView, queries.organisations)
serve(Membership, "accounts", "memberships", MembershipView, queries.memberships)
serve(Mandate, "accounts", "mandates", MandateView, queries.mandates)
serve(Token, "accounts", "tokens", TokenView, queries.tokens)
serve(Person, "accounts", "people", PersonView, queries.people)
serve(Session, "accounts", "sessions", SessionView, queries.sessions)
serve(Attempt, "accounts", "attempts", AttemptView, queries.attempts)
