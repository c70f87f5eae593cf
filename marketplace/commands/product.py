"""Data products: described, filled with file and sample, listed, suspended and withdrawn."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete

from contracts import queries as contracts
from kernel import due
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import command
from kernel.config import settings
from kernel.db import db
from kernel.errors import InvalidInput
from kernel.fields import File
from kernel.storage import accept_upload, store
from kernel.words import N_
from marketplace import rules
from marketplace.models import DataProduct, ProductElement
from marketplace.permissions import MAY
from marketplace.queries.supply import check_supply, covered_elements
from marketplace.queries.tables import fields_of, read_sample, rows_of
from marketplace.schemas import AttachInput, GroundInput, ListInput, ProductInput, WithdrawInput
from marketplace.states import PRODUCT
from marketplace.vocabulary import FILES_OF_KIND, HAS_TABLE, Ground, ProductKind
from registry.rules.personal import personal_items


@command(
    "marketplace.product.draft",
    may=MAY["marketplace.product.draft"],
    on=DataProduct,
    states=PRODUCT,
    schema=ProductInput,
    label=N_("New product"),
    duties=("T03",),
)
def draft(
    *, actor: Actor, now: datetime, right_id: uuid.UUID, elements: list[uuid.UUID], **words: Any
) -> DataProduct:
    """A seller describes a product it made under a right of its own, and says which elements it is made of."""
    held = _right(right_id, actor)
    made = DataProduct(
        right_id=held.id,
        level=held.level,
        seller_id=held.holder_id,
        jurisdiction=held.jurisdiction,
        drafted_by_id=actor.user_id,
        sample={},
        grounds=[],
        made_of=[ProductElement(element_id=one) for one in dict.fromkeys(elements)],
    )
    _describe(made, held, elements, words)
    return made


@command(
    "marketplace.product.amend",
    may=MAY["marketplace.product.amend"],
    on=DataProduct,
    states=PRODUCT,
    schema=ProductInput,
    label=N_("Change"),
)
def amend(
    product: DataProduct,
    *,
    actor: Actor,
    now: datetime,
    right_id: uuid.UUID,
    elements: list[uuid.UUID],
    **words: Any,
) -> None:
    """The seller changes the description before listing; a file that no longer fits has to be attached anew."""
    held = _right(right_id, actor)
    if words["fields"] != product.fields or str(words["kind"]) != product.kind:
        product.storage_key = product.sha256 = product.file_name = product.format = product.media_type = None
        product.sample = {}
    product.right_id, product.level, product.jurisdiction = held.id, held.level, held.jurisdiction
    _describe(product, held, elements, words)
    db.session.execute(delete(ProductElement).where(ProductElement.product_id == product.id))
    db.session.add_all(
        ProductElement(product_id=product.id, element_id=one) for one in dict.fromkeys(elements)
    )


def _right(right_id: uuid.UUID, actor: Actor) -> Any:
    held = contracts.right(right_id)
    if held is None or held.holder_id != actor.organisation_id:
        raise InvalidInput({"right_id": [N_("Choose a development right of your own.")]})
    return held


def _describe(product: DataProduct, held: Any, elements: list[uuid.UUID], words: dict[str, Any]) -> None:
    """Check what is said against the right and the rules of its place, and keep it."""
    rules.kind_is_provided_for(str(words["kind"]), due.profile(held).list("delivery.kinds"))
    purposes = [str(purpose) for purpose in words["purposes"]]
    rules.purposes_stay_within_the_right(purposes, held.purposes)
    covered = covered_elements(held.id)
    rules.elements_stay_within_the_right([str(one) for one in elements if one not in covered])
    if ProductKind(words["kind"]) in HAS_TABLE and not words["fields"]:
        raise InvalidInput({"columns": [N_("Name the fields of the table.")]})
    for name, value in (words | {"purposes": purposes, "kind": str(words["kind"])}).items():
        setattr(product, name, value)


@command(
    "marketplace.product.attach",
    may=MAY["marketplace.product.attach"],
    on=DataProduct,
    states=PRODUCT,
    schema=AttachInput,
    label=N_("Attach a file"),
)
def attach(
    product: DataProduct, *, actor: Actor, now: datetime, file: File, edition: date, sample: File | None
) -> None:
    """The seller attaches the file, or a newer edition of it, and before listing the sample everybody sees."""
    kinds = FILES_OF_KIND[ProductKind(product.kind)]
    facts = accept_upload(file.name, file.content, kinds=kinds, max_bytes=settings().max_upload_bytes)
    product.rows = rows_of(product, facts.kind, file.content)
    if sample is not None and product.state != "draft":
        raise InvalidInput({"sample": [N_("The sample was fixed when the product was listed.")]})
    if sample is not None:
        product.sample = read_sample(sample, fields_of(product))
    product.file_name, product.format, product.media_type = facts.name, facts.kind, facts.media_type
    product.sha256, product.size, product.edition = facts.sha256, facts.size, edition
    product.storage_key = store().keep("products", file.content, facts.kind)


@command(
    "marketplace.product.list_",
    may=MAY["marketplace.product.list_"],
    on=DataProduct,
    states=PRODUCT,
    schema=ListInput,
    label=N_("List for sale"),
    duties=("T01", "T02"),
)
def list_(product: DataProduct, *, actor: Actor, now: datetime, nothing_bars_it: bool) -> None:
    """The product is put on sale once authority, purposes, personal information and exchange are in order."""
    if product.storage_key is None:
        raise InvalidInput({"file": [N_("Attach the file of the product first.")]})
    profile = due.profile(product)
    rules.kind_is_provided_for(product.kind, profile.list("delivery.kinds"))
    check_supply(product, legal_day(now))
    texts = [product.title, product.abstract, *product.sample.get("columns", [])]
    texts += [part for one in product.fields for part in (one["name"], one["title"])]
    found = [item.text for item in personal_items(texts) if item.certain]
    rules.personal_data_are_treated(found, product.treatment)
    rules.sample_shows_no_person(cell for row in product.sample.get("rows", []) for cell in row)
    exchange = profile.text("trade.in_exchange")
    rules.trade_goes_through_an_exchange(exchange, product.level, product.exchange_reference)
    product.listed_at = now


@command(
    "marketplace.product.suspend",
    may=MAY["marketplace.product.suspend"],
    on=DataProduct,
    states=PRODUCT,
    schema=GroundInput,
    label=N_("Suspend"),
)
def suspend(product: DataProduct, *, actor: Actor, now: datetime, reason: str, ground: Ground | None) -> None:
    """Nothing is sold or delivered until the ground is gone; the next request is refused."""
    ground = ground_of(actor, product, ground)
    product.grounds = [*dict.fromkeys([*product.grounds, str(ground)])]
    product.ended_because = reason


@command(
    "marketplace.product.resume",
    may=MAY["marketplace.product.resume"],
    on=DataProduct,
    states=PRODUCT,
    schema=GroundInput,
    label=N_("Lift the suspension"),
)
def resume(product: DataProduct, *, actor: Actor, now: datetime, reason: str, ground: Ground | None) -> None:
    """One ground is gone; with the last one the product is on sale again."""
    ground = ground_of(actor, product, ground)
    product.grounds = [one for one in product.grounds if one != str(ground)]
    product.state = "suspended" if product.grounds else "listed"
    product.ended_because = reason if product.grounds else ""


def ground_of(actor: Actor, subject: Any, given: Ground | None) -> Ground:
    """The ground somebody acts on: people have one of their own, only the product itself names another."""
    if actor.organisation_id is None and given is not None:
        return given
    own = getattr(subject, "seller_id", None) == actor.organisation_id
    return Ground.SELLER if own else Ground.ORDER


@command(
    "marketplace.product.withdraw",
    may=MAY["marketplace.product.withdraw"],
    on=DataProduct,
    states=PRODUCT,
    schema=WithdrawInput,
    label=N_("Withdraw"),
)
def withdraw(product: DataProduct, *, actor: Actor, now: datetime, reason: str) -> None:
    """The product is taken off sale for good; withdrawn by the authority, its rights of use end as well."""
    product.ended_because = reason
