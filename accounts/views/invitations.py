"""Invitations: given by those who manage members, taken up with the code."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request

from accounts import queries
from accounts.commands import mandate as mandates
from accounts.commands import membership as memberships
from accounts.commands import session as sessions
from accounts.views.account import oneself
from accounts.views.door import pages
from accounts.views.organisations import full_sheet
from accounts.views.who import session_id
from kernel import clock
from kernel.command import execute
from kernel.errors import DomainError, NotFound
from kernel.pages import Form, current_actor, current_locale, form_page, form_values
from kernel.words import N_, translate

# What the form suggests for a new mandate.
SUGGESTED = timedelta(days=365)


@pages.route("/organisations/<uuid:row_id>/invite", methods=["GET", "POST"])
def invite(row_id: UUID) -> Any:
    """Invite a colleague; the page that answers is the only one that shows the code."""
    organisation = full_sheet(row_id)
    if current_actor().organisation_id != organisation.id:
        raise NotFound()
    return form_page(
        "accounts/invite.html",
        memberships.invite,
        organisation=organisation,
        then=lambda made: render_template(
            "accounts/invited.html", organisation=organisation, membership=made
        ),
    )


@pages.route("/organisations/<uuid:row_id>/mandates", methods=["GET", "POST"])
def grant(row_id: UUID) -> Any:
    """Grant a member a mandate."""
    organisation = full_sheet(row_id)
    chosen = request.values.get("membership_id", "")
    member = next((row for row in queries.members(organisation.id) if str(row.id) == chosen), None)
    if member is None or member.state != "active":
        raise NotFound()
    today = clock.today()
    return form_page(
        "accounts/grant.html",
        mandates.grant,
        organisation=organisation,
        member=member,
        values={
            "membership_id": chosen,
            "starts_on": today.isoformat(),
            "ends_on": (today + SUGGESTED).isoformat(),
        },
        then=lambda _mandate: redirect(f"/organisations/{organisation.id}"),
    )


@pages.route("/invitations", methods=["GET", "POST"])
def accept() -> Any:
    """Take up an invitation with the code a colleague gave."""
    person, command = oneself(), memberships.accept
    if request.method == "GET":
        return render_template("accounts/accept.html", form=Form(command.schema, action=request.path))
    typed = form_values(command.schema)
    found = queries.invitation(typed.get("code", "").strip(), person.email)
    try:
        if found is None:
            raise memberships.wrong_code()
        joined = execute(command, actor=current_actor(), subject_id=found.id, data=typed)
    except DomainError as error:
        form = Form(command.schema, typed, getattr(error, "messages", {}), action=request.path)
        return render_template("accounts/accept.html", form=form), error.status
    chosen = {"organisation_id": str(joined.organisation_id)}
    execute(sessions.act_for, actor=current_actor(), subject_id=session_id(), data=chosen)
    flash(translate(N_("You belong to the organisation now and act for it."), current_locale()), "success")
    return redirect(f"/organisations/{joined.organisation_id}")
