"""The application of an operator that was selected: laid out from the plan and its bid, for it to check and hand in."""

import uuid
from datetime import datetime

from contracts.models import Application, ApplicationSource
from contracts.permissions import MAY
from contracts.queries import selections as queries
from contracts.schemas.application import ReceiveInput
from contracts.states import APPLICATION
from contracts.vocabulary import Level
from kernel.actor import Actor
from kernel.calendar import Period, term_end
from kernel.clock import legal_day
from kernel.command import command
from kernel.errors import NotFound


@command(
    "contracts.application.receive",
    may=MAY["contracts.application.receive"],
    on=Application,
    states=APPLICATION,
    schema=ReceiveInput,
    duties=("U01", "F01"),
)
def receive(*, actor: Actor, now: datetime, selection_id: uuid.UUID) -> Application:
    """The selected operator's application is laid out from what was put out to competition and what it offered."""
    found = queries.selection(selection_id)
    bid = queries.bid(found.chosen_bid_id) if found else None
    plan = queries.plan(found.plan_id) if found else None
    if found is None or bid is None or plan is None or found.state != "awarded":
        raise NotFound()
    today = legal_day(now)
    return Application(
        applicant_id=bid.bidder_id,
        drafted_by_id=bid.handed_in_by_id,
        selection_id=found.id,
        level=Level.FIRST.value,
        jurisdiction=plan.jurisdiction,
        profile_version=found.profile_version,
        title=plan.title,
        purposes=list(plan.purposes),
        purpose_text=plan.contents.get("products", ""),
        plan=bid.contents["plan"],
        ability=bid.contents["ability"],
        security=bid.contents["security"],
        territory=list(plan.territory),
        starts_on=today,
        ends_on=term_end(today, Period(plan.term_years, "years")),
        funding_mode=plan.funding_mode,
        files=list(bid.files),
        sources=[
            ApplicationSource(source_type="resource", source_id=uuid.UUID(one)) for one in plan.resource_ids
        ],
    )
