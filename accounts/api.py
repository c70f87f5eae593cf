"""The JSON addresses of accounts. People and sessions have none: programs come with keys, not with passwords."""

from accounts import queries
from accounts.models import Mandate, Membership, Organisation, Token
from accounts.schemas import MandateView, MembershipView, OrganisationView, TokenView
from kernel.routes import serve

serve(Organisation, "accounts", "organisations", OrganisationView, queries.organisations)
serve(Membership, "accounts", "memberships", MembershipView, queries.memberships)
serve(Mandate, "accounts", "mandates", MandateView, queries.mandates)
serve(Token, "accounts", "tokens", TokenView, queries.tokens)
