"""Agreements as pages: reading the text, and signing it."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request

from accounts.queries import names_of
from contracts import commands, queries
from contracts.models import Agreement
from contracts.queries.access import access
from contracts.queries.agreements import to_sign
from contracts.queries.archive import package_of
from contracts.queries.signing import is_turn_of
from contracts.rules import policy
from contracts.states import AGREEMENT
from contracts.views.door import filters, handed_out, pages, signed_in
from contracts.vocabulary import AGREEMENT_KINDS
from kernel import documents
from kernel.documents.signing import ACTS
from kernel.errors import NotFound
from kernel.pages import address_of, current_actor, form_page, page_of, paged
from kernel.states import state_word


@page_of(Agreement)
def address(drawn_up: Agreement) -> str:
    """The page of an agreement."""
    return f"/agreements/{drawn_up.id}"


@pages.get("/agreements")
def agreements() -> Any:
    """The agreements the reader may see; those that wait for a signature of one's own first."""
    signed_in()
    chosen = filters("state", "kind")
    page = paged(queries.agreements(current_actor(), **chosen))
    parties = [party for row in page.items for party in (row.party_a_id, row.party_b_id)]
    return render_template(
        "contracts/agreements.html",
        page=page,
        names=names_of(parties),
        chosen=chosen,
        waiting=to_sign(current_actor()),
        states=[(state, state_word(state)) for state in sorted(AGREEMENT.states)],
        kinds=list(AGREEMENT_KINDS.items()),
    )


@pages.route("/agreements/<uuid:row_id>", methods=["GET", "POST"])
def agreement(row_id: UUID) -> Any:
    """One agreement: the text, who signed, and the form to sign."""
    drawn_up, actor = queries.seen(current_actor(), Agreement, row_id), current_actor()
    document = queries.document_of(drawn_up)
    finders = {
        "right": queries.right,
        "outsourcing": queries.outsourcing,
        "access": access,
        "change": queries.change,
    }
    found = finders.get(drawn_up.about_type)
    about: Any = found(drawn_up.about_id) if found else None
    return form_page(
        "contracts/agreement.html",
        commands.agreement.sign,
        then=lambda signed: redirect(address(signed)),
        subject=drawn_up,
        values={"document_sha256": document.sha256} if request.method == "GET" else None,
        document=document,
        signatures=documents.signatures(document),
        names=names_of([drawn_up.party_a_id, drawn_up.party_b_id]),
        missing=[party for party in drawn_up.must_sign_ids if str(party) not in drawn_up.signed_by_ids],
        about=about,
        about_address=address_of(about) if about else None,
        printing=documents.progress(document),
        may_sign=document.is_printed and _open(drawn_up) and commands.agreement.sign.permits(actor, drawn_up),
        in_turn=is_turn_of(drawn_up, actor.organisation_id),
        ways=ACTS,
    )


def _open(drawn_up: Agreement) -> bool:
    return drawn_up.state in ("drawn_up", "partly_signed")


@pages.get("/agreements/<uuid:row_id>/text.pdf")
def text(row_id: UUID) -> Any:
    """The text that is signed, as it was issued."""
    document = queries.document_of(queries.seen(current_actor(), Agreement, row_id))
    return handed_out(documents.content(document), document.file_name, "application/pdf", inline=True)


@pages.get("/agreements/<uuid:row_id>/policy.jsonld")
def agreement_policy(row_id: UUID) -> Any:
    """What the agreement permits, for programs: the same file that is embedded in its PDF."""
    document = queries.document_of(queries.seen(current_actor(), Agreement, row_id))
    stated = document.data.get("policy")
    if not stated:
        raise NotFound()
    return handed_out(policy.odrl(policy.read(stated)), policy.FILE_NAME, policy.MEDIA_TYPE, inline=True)


@pages.get("/agreements/<uuid:row_id>/signed.pdf")
def signed_text(row_id: UUID) -> Any:
    """The file with the signatures written into it so far."""
    document = queries.document_of(queries.seen(current_actor(), Agreement, row_id))
    return handed_out(documents.newest_content(document), document.file_name, "application/pdf")


@pages.get("/agreements/<uuid:row_id>/archive.zip")
def archive(row_id: UUID) -> Any:
    """Everything that proves the agreement, checkable without this site."""
    drawn_up = queries.seen(current_actor(), Agreement, row_id)
    document = queries.document_of(drawn_up)
    return handed_out(package_of(drawn_up), f"{document.number}.zip", "application/zip")
