"""The bytes of deliveries and open files, for whoever may have them at this moment."""

import re
import uuid
from datetime import datetime
from urllib.parse import quote

from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.db import db
from kernel.errors import NotFound, WrongState
from kernel.words import N_, Text
from marketplace.models import Delivery, Entitlement
from marketplace.queries.seen import seen
from marketplace.queries.supply import check_access_again


def file_of_delivery(actor: Actor, delivery_id: uuid.UUID, now: datetime) -> Delivery:
    """The delivery whose file may be loaded now by its holder: within its minutes, and only while access is open.

    Raises NotFound to everybody else, WrongState after the minutes, RuleBroken as soon as access ended.
    """
    made = seen(actor, Delivery, delivery_id)
    if made.holder_id != actor.organisation_id or made.storage_key is None:
        raise NotFound()
    if now > made.link_until:
        raise WrongState(Text(N_("This download link has run out. Fetch the data again under My data.")))
    held = db.session.get(Entitlement, made.entitlement_id)
    if held is None:
        raise NotFound()
    check_access_again(held, legal_day(now))
    return made


def disposition(name: str) -> str:
    """The header that makes a browser save a file under its own name, also 雨量.csv (RFC 6266)."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip("_") or "data"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
