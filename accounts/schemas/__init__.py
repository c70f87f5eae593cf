"""What the commands of accounts take, and what the JSON door shows."""

from accounts.schemas.memberships import AcceptanceInput, AdmissionInput, InvitationInput, MandateInput
from accounts.schemas.organisations import (
    AppointmentInput,
    ConfirmationInput,
    OrganisationAmendment,
    OrganisationFacts,
    OrganisationInput,
    ProposalInput,
    ResponsibleInput,
    RolesInput,
    SuspensionInput,
)
from accounts.schemas.people import (
    PasswordChange,
    PasswordReplacement,
    PersonAmendment,
    PersonInput,
    RegistrationInput,
)
from accounts.schemas.sessions import ActingFor, AttemptInput, SessionInput, SignInInput, TokenInput
from accounts.schemas.views import (
    AttemptView,
    MandateView,
    MembershipView,
    OrganisationView,
    PersonView,
    SessionView,
    TokenView,
)

__all__ = [
    "AttemptView",
    "PersonView",
    "SessionView",
    "AcceptanceInput",
    "ActingFor",
    "AdmissionInput",
    "AppointmentInput",
    "AttemptInput",
    "ConfirmationInput",
    "InvitationInput",
    "MandateInput",
    "MandateView",
    "MembershipView",
    "OrganisationAmendment",
    "OrganisationFacts",
    "OrganisationInput",
    "OrganisationView",
    "PasswordChange",
    "PasswordReplacement",
    "PersonAmendment",
    "PersonInput",
    "ProposalInput",
    "RegistrationInput",
    "ResponsibleInput",
    "RolesInput",
    "SessionInput",
    "SignInInput",
    "SuspensionInput",
    "TokenInput",
    "TokenView",
]
