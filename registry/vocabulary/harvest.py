"""Words of harvesting: what kinds of catalogues are read, how often, and what is done about what vanished there."""

from datetime import timedelta

from kernel.words import N_

KINDS = {
    "dcat": N_("DCAT (Turtle, JSON-LD, RDF/XML)"),
    "ckan": N_("CKAN"),
    "file": N_("File (CSV, JSON, XLSX)"),
}
RHYTHMS = {
    "by_hand": N_("Only when somebody starts it"),
    "daily": N_("Every day"),
    "weekly": N_("Every week"),
    "monthly": N_("Every thirty days"),
}
PAUSE = {"daily": timedelta(days=1), "weekly": timedelta(days=7), "monthly": timedelta(days=30)}
CREDENTIALS = {
    "none": N_("None"),
    "bearer": N_("Bearer token"),
    "basic": N_("User name and password (name:password)"),
    "key": N_("Key in the Authorization header"),
}
WHEN_VANISHED = {
    "report": N_("Report it; people decide"),
    "withdraw": N_("Withdraw the published entry when the days of grace are over"),
}
# What the machine can bear, not what the rules say.
PAGE_BYTES = 16 * 1024 * 1024
PAGES = 3_000
SECONDS = 60
TRIES = 5
RETRY = timedelta(minutes=1)
LISTED = 1_000
# The heading under which a record's own name at its source stands in the file that is imported.
OWN_NAME = "source_identifier"
