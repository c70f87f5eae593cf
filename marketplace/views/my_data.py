"""My data: rights of use, fetching, deliveries with their citation, results reported."""

from typing import Any
from uuid import UUID

from flask import Response, flash, jsonify, redirect, render_template, request

from kernel import clock
from kernel.command import execute
from kernel.config import settings
from kernel.errors import DomainError, NotFound
from kernel.pages import address_of, current_locale, form_page, paged
from kernel.words import N_, Text, translate
from marketplace import queries
from marketplace.commands import delivery as fetching
from marketplace.commands import result as reporting
from marketplace.models import Delivery, Entitlement
from marketplace.queries.citation import citation_of_delivery
from marketplace.queries.files import file_of_delivery
from marketplace.views.door import asked, handed_over, pages, purpose_word, signed_in
from marketplace.vocabulary import RESULT_KINDS, ProductKind


@pages.get("/my-data")
def my_data() -> Any:
    """What one's organisation may use, until when."""
    actor = signed_in()
    query = queries.entitlements(actor, own=True, state=asked("state") or None)
    return render_template("marketplace/my_data.html", page=paged(query), purpose_word=purpose_word)


@pages.get("/my-data/<uuid:row_id>")
def entitlement(row_id: UUID) -> Any:
    """One right of use: whether it can be exercised now, its deliveries and results."""
    return _page(row_id)


def _page(row_id: UUID, refusal: Any = None, question: dict[str, str] | None = None) -> Any:
    actor = signed_in()
    found = queries.seen(actor, Entitlement, row_id)
    sold = queries.product(found.product_id)
    return render_template(
        "marketplace/entitlement.html",
        held=found,
        product=sold,
        order=queries.order(found.order_id),
        mine=found.holder_id == actor.organisation_id,
        trouble=refusal or queries.access_troubles(found, clock.today()),
        asks=sold.kind == ProductKind.VERIFICATION,
        question=question or {},
        used=queries.used_calls(found.id),
        page=paged(queries.deliveries_of(actor, found.id)),
        results=queries.results_of(actor, found.id),
        result_words=dict(RESULT_KINDS),
        purpose=purpose_word(found.purpose_class),
    ), (409 if refusal else 200)


@pages.post("/my-data/<uuid:row_id>/fetch")
def fetch(row_id: UUID) -> Any:
    """Fetch the data, or ask a question; the delivery's page holds the file and the citation."""
    actor = signed_in()
    queries.entitlement(actor, row_id)
    asking = {
        name.removeprefix("ask-"): value.strip()
        for name, value in request.form.items()
        if name.startswith("ask-") and value.strip()
    }
    data = {"entitlement_id": str(row_id)} | ({"question": asking} if asking else {})
    try:
        made = execute(fetching.fetch, actor=actor, data=data)
    except DomainError as refusal:
        return _page(row_id, refusal.message, asking)
    return redirect(address_of(made))


@pages.get("/deliveries/<uuid:row_id>")
def delivery(row_id: UUID) -> Any:
    """One delivery: hash, source, day, citation, and the file while its minutes last."""
    actor = signed_in()
    made = queries.seen(actor, Delivery, row_id)
    return render_template(
        "marketplace/delivery.html",
        delivery=made,
        citation=citation_of_delivery(made, settings().base_url),
        mine=made.holder_id == actor.organisation_id,
        ready=made.storage_key is not None and clock.now() <= made.link_until,
    )


@pages.get("/deliveries/<uuid:row_id>/file")
def delivered_file(row_id: UUID) -> Any:
    """The file, judged once more at this very moment."""
    made = file_of_delivery(signed_in(), row_id, clock.now())
    name, media = made.file_name or "data", made.media_type or "application/octet-stream"
    return handed_over(made.storage_key or "", name, media, made.sha256)


@pages.get("/deliveries/<uuid:row_id>/citation.<kind>")
def citation(row_id: UUID, kind: str) -> Any:
    """The citation as a file: txt, bib or json (CSL)."""
    made = queries.seen(signed_in(), Delivery, row_id)
    return cited(citation_of_delivery(made, settings().base_url), kind)


def cited(said: Any, kind: str) -> Response:
    """A citation as a file of that kind."""
    if kind == "json":
        answer = jsonify(said.csl)
        answer.mimetype = "application/vnd.citationstyles.csl+json"
    elif kind == "bib":
        answer = Response(said.bibtex, mimetype="application/x-bibtex")
    elif kind == "txt":
        answer = Response(translate(said.text, current_locale()) + "\n", mimetype="text/plain")
    else:
        raise NotFound()
    answer.headers.set("Content-Disposition", "attachment", filename=f"citation.{kind}")
    return answer


@pages.route("/my-data/<uuid:row_id>/report", methods=["GET", "POST"])
def report(row_id: UUID) -> Any:
    """Report a result that was published with the data."""
    held = queries.entitlement(signed_in(), row_id)
    return form_page(
        "marketplace/report_form.html",
        reporting.report,
        values={"entitlement_id": str(held.id)},
        held=held,
        then=_reported,
    )


def _reported(made: Any) -> Any:
    flash(translate(Text(N_("Thank you. The result is on record.")), current_locale()), "success")
    return redirect(address_of(made))
