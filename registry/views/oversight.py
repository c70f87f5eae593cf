"""Notices, objections, re-checks, debarments and successions as pages: one list and one case page for all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import redirect, render_template

from kernel import documents
from kernel.errors import NotFound, NotSignedIn
from kernel.pages import address_of, current_actor, form_page, page_of, paged
from kernel.permissions import may_see
from kernel.words import N_, Text
from registry import queries
from registry.commands import licence_objection
from registry.models import Debarment, LicenceObjection, Notice, Recheck, Succession
from registry.states import DEBARMENT, LICENCE_OBJECTION, NOTICE, RECHECK, SUCCESSION
from registry.views.door import allow, chosen, download, next_clock, pages
from registry.vocabulary.papers import ACTS, DEBARMENT_GROUNDS, SUCCESSION_GROUNDS


@dataclass(frozen=True)
class Kind:
    """One kind of case: where it stands, how it is listed, what its page says."""

    model: type
    path: str
    title: str
    nothing: str
    rows: Callable[..., Any]
    states: frozenset[str]
    about: Callable[[Any], str]
    facts: Callable[[Any], list[tuple[str, Any]]]
    create: str = ""

    @property
    def list_at(self) -> str:
        """The address of the list: that of debarments is public and stands beside the register."""
        return "/operators/debarred" if self.model is Debarment else f"/{self.path}"


def _notice_facts(row: Notice) -> list[tuple[str, Any]]:
    return [
        (N_("What is intended"), Text(ACTS[row.act])),
        (N_("Organisation"), row.organisation_name),
        (N_("Facts and reasons"), row.reasons),
        (N_("Legal basis"), row.basis),
        (N_("Reply until"), row.reply_due),
        (N_("Your reply"), row.reply_text),
        (N_("Dropped because"), row.dropped_because),
    ]


def _recheck_facts(row: Recheck) -> list[tuple[str, Any]]:
    found = "\n".join(
        " · ".join(part for part in (one["what"], one["basis"]) if part) for one in row.findings
    )
    return [
        (N_("Organisation"), row.organisation_name),
        (N_("Begun"), row.begun_on),
        (N_("Why"), Text(N_("It was due") if row.kind == "periodic" else N_("The authority saw cause"))),
        (N_("What was looked at"), row.looked_at),
        (N_("Findings"), found),
        (N_("What was put right, and how"), row.report),
        (N_("Sent back because"), row.returned_because),
        (N_("What the check of the rectification showed"), row.outcome),
        (N_("Ended"), row.ended_on),
    ]


def _debarment_facts(row: Debarment) -> list[tuple[str, Any]]:
    return [
        (N_("Organisation"), row.organisation_name),
        (N_("Ground"), Text(DEBARMENT_GROUNDS[row.ground])),
        (N_("From"), row.starts_on),
        (N_("Until"), row.ends_on),
        (N_("Reasons"), row.reasons),
        (N_("Legal basis"), row.basis),
        (N_("Lifted because"), row.lifted_because),
    ]


def _succession_facts(row: Succession) -> list[tuple[str, Any]]:
    return [
        (N_("Predecessor"), row.predecessor_name),
        (N_("Successor"), row.successor_name),
        (N_("Ground"), Text(SUCCESSION_GROUNDS[row.ground])),
        (N_("Effective on"), row.effective_on),
        (N_("What was taken over"), row.explanation),
        (N_("Reasons for the decision"), row.reasons),
        (N_("Legal basis"), row.basis),
    ]


KINDS = {
    "notices": Kind(
        Notice, "notices", N_("Notices of intended decisions"), N_("There is no notice."), queries.notices,
        frozenset(NOTICE.states), lambda row: ACTS[row.act], _notice_facts, "registry.notice.give",
    ),
    "rechecks": Kind(
        Recheck, "rechecks", N_("Re-checks of operators"), N_("There is no re-check."), queries.rechecks,
        frozenset(RECHECK.states), lambda row: N_("Re-check"), _recheck_facts,
    ),
    "debarments": Kind(
        Debarment, "debarments", N_("Debarments"), N_("Nobody is barred."), queries.debarments,
        frozenset(DEBARMENT.states), lambda row: DEBARMENT_GROUNDS[row.ground], _debarment_facts,
    ),
    "successions": Kind(
        Succession, "successions", N_("Successions"), N_("There is no succession."), queries.successions,
        frozenset(SUCCESSION.states), lambda row: SUCCESSION_GROUNDS[row.ground], _succession_facts,
        "registry.succession.apply",
    ),
    "licence-objections": Kind(
        LicenceObjection, "licence-objections", N_("Objections to licences"), N_("There is no objection."),
        queries.licence_objections, frozenset(LICENCE_OBJECTION.states), lambda row: N_("Objection"),
        lambda row: [],
    ),
}  # fmt: skip
for _kind in KINDS.values():
    if _kind.model is not LicenceObjection:
        page_of(_kind.model)(lambda row, path=_kind.path: f"/{path}/{row.id}")  # type: ignore[misc]


@page_of(LicenceObjection)
def objection_address(row: LicenceObjection) -> str:
    """/licence-objections/… by its receipt number: who holds the number may read how it stands."""
    return f"/licence-objections/{row.receipt}"


def _list(name: str) -> Any:
    kind, actor = KINDS[name], current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()
    asked = chosen("state")
    page = paged(kind.rows(actor, state=asked["state"]))
    return render_template(
        "registry/operator_cases.html", kind=kind, page=page, chosen=asked, states=sorted(kind.states)
    )


def _case(name: str, row_id: UUID) -> Any:
    kind, actor = KINDS[name], current_actor()
    row = queries.seen(actor, kind.model, row_id)
    inside = actor.is_signed_in
    linked = queries.licence_of_case(row)
    return render_template(
        "registry/operator_case.html",
        kind=kind,
        row=row,
        facts=[(label, value) for label, value in kind.facts(row) if value],
        inside=inside,
        licence=linked if linked is not None and may_see(actor, linked) else None,
        clock=next_clock(row) if inside else None,
        documents=documents.documents_of(row) if inside else [],
        evidence=inside and bool(getattr(row, "evidence", None)) and _party(row),
    )


def _party(row: Any) -> bool:
    actor = current_actor()
    parties = {getattr(row, name, None) for name in ("organisation_id", "predecessor_id", "successor_id")}
    overseen = (
        bool({"authority", "auditor", "government"} & actor.roles) and row.jurisdiction in actor.jurisdictions
    )
    return actor.organisation_id in parties or overseen


@pages.get("/notices")
def notices() -> Any:
    """The notices one was given, or oversees."""
    return _list("notices")


@pages.get("/notices/<uuid:row_id>")
def notice(row_id: UUID) -> Any:
    """One notice: what is intended, until when one may reply, what was replied."""
    return _case("notices", row_id)


@pages.get("/rechecks")
def rechecks() -> Any:
    """The re-checks of one's licence, or of one's place."""
    return _list("rechecks")


@pages.get("/rechecks/<uuid:row_id>")
def recheck(row_id: UUID) -> Any:
    """One re-check."""
    return _case("rechecks", row_id)


@pages.get("/debarments/<uuid:row_id>")
def debarment(row_id: UUID) -> Any:
    """One debarment: public."""
    return _case("debarments", row_id)


@pages.get("/successions")
def successions() -> Any:
    """Successions one takes part in, oversees, or that were approved."""
    return _list("successions")


@pages.get("/successions/<uuid:row_id>")
def succession(row_id: UUID) -> Any:
    """One succession."""
    return _case("successions", row_id)


@pages.get("/<any(rechecks, successions):name>/<uuid:row_id>/evidence")
def case_evidence(name: str, row_id: UUID) -> Any:
    """The proof that was handed in, for the parties and those who oversee."""
    row = queries.seen(current_actor(), KINDS[name].model, row_id)
    if not _party(row):
        raise NotFound()
    return download(row.evidence)


@pages.route("/licences/<uuid:licence_id>/object", methods=["GET", "POST"])
def object_to_licence(licence_id: UUID) -> Any:
    """Object to an announced licence, with or without an account."""
    found = queries.licence(licence_id, current_actor())
    allow(licence_objection.lodge, None)
    return form_page(
        "registry/licence_objection_form.html",
        licence_objection.lodge,
        values={"licence_id": str(found.id)},
        then=lambda row: redirect(address_of(row)),
        licence=found,
    )


@pages.get("/licence-objections")
def licence_objections() -> Any:
    """The objections one lodged or has to answer."""
    return _list("licence-objections")


@pages.get("/licence-objections/<receipt>")
def licence_objection_page(receipt: str) -> Any:
    """How an objection stands, by its receipt number; who lodged it is shown to those who decide."""
    found = queries.licence_objection_by_receipt(receipt)
    return render_template(
        "registry/licence_objection.html",
        objection=found,
        licence=queries.licence(found.licence_id),
        inside=may_see(current_actor(), found),
    )
