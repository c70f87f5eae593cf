"""People, organisations, memberships, mandates and how one signs in: who may speak for whom, and until when."""
