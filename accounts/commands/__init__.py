"""What can be done to people, organisations and what ties them: one module a subject."""

from accounts.commands import attempt, mandate, membership, organisation, person, session, token

__all__ = ["attempt", "mandate", "membership", "organisation", "person", "session", "token"]
