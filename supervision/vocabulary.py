"""Words of supervision: what operating bodies may be given to do, and how a team is made."""

from kernel.documents import Kind, register
from kernel.words import N_

TASKS = {
    "daily_operation": N_("Daily operation of data resources"),
    "delegated_cases": N_("Handling of delegated cases"),
    "resource_databases": N_("Building and upkeep of resource databases"),
    "security_handling": N_("Security monitoring and handling"),
}
MANNERS = {
    "own_subordinate": N_("A subordinate enterprise or institution of the agency"),
    "purchased_service": N_("A purchased service of a third party"),
}
register(Kind("operating_mandate", prefix="SQ", title=N_("Mandate of an operating body")))
