"""Everything that reads contracts. Lists take the actor first; what other packages ask is by id."""

from contracts.queries.agreements import agreement, agreements, agreements_about, document_of
from contracts.queries.applications import (
    application,
    applications,
    assessments_of,
    decision,
    decision_of,
    sources_of_application,
)
from contracts.queries.chain import chain_of
from contracts.queries.elements import (
    element,
    elements,
    elements_available,
    lineage_of,
    rights_on_element,
    table_of_element,
)
from contracts.queries.live import right_is_live, troubles_of
from contracts.queries.plan import also_hit, hit_by
from contracts.queries.providers import (
    agreements_of_outsourcing,
    outsourcing,
    outsourcing_of_member,
    outsourcings,
    outsourcings_past_end,
)
from contracts.queries.rights import (
    bounds_of,
    children_of,
    income_shares,
    obligation,
    obligations,
    obligations_of,
    open_suspensions,
    right,
    rights,
    rights_of_holder,
    rights_past_end,
    rights_past_offer,
    rights_resting_on,
    sources_of_right,
)
from contracts.queries.seen import seen

__all__ = [
    "agreement",
    "agreements",
    "agreements_about",
    "agreements_of_outsourcing",
    "also_hit",
    "application",
    "applications",
    "assessments_of",
    "bounds_of",
    "chain_of",
    "children_of",
    "decision",
    "decision_of",
    "document_of",
    "element",
    "elements",
    "elements_available",
    "hit_by",
    "income_shares",
    "lineage_of",
    "obligation",
    "obligations",
    "obligations_of",
    "open_suspensions",
    "outsourcing",
    "outsourcing_of_member",
    "outsourcings",
    "outsourcings_past_end",
    "right",
    "right_is_live",
    "rights",
    "rights_of_holder",
    "rights_on_element",
    "rights_past_end",
    "rights_past_offer",
    "rights_resting_on",
    "seen",
    "sources_of_application",
    "sources_of_right",
    "table_of_element",
    "troubles_of",
]
