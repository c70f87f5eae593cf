"""The public check of a document, registration, licence or right: by its code, by its QR, or by the file itself.

No account, nothing stored.
"""

from typing import Any

from flask import Response, redirect, render_template, request, url_for

from kernel import audit, clock, documents
from kernel.audit import canonical
from kernel.documents import Document
from kernel.errors import DomainError, NotFound
from kernel.pages import current_actor
from kernel.permissions import may_see
from kernel.words import N_, Text
from supervision import queries
from supervision.views import pages
from supervision.vocabulary import STANDING_WORDS


@pages.get("/check")
def check() -> Any:
    """Where a code is entered."""
    code = request.args.get("code", "").strip()[:100]
    if not code:
        return render_template("supervision/check.html", problem=None, code="")
    document = _found(code)
    if document is not None:
        return redirect(url_for("supervision.checked", code=document.check_code))
    told = queries.standing(code, clock.today())
    if told["subject"] is not None:
        return redirect(url_for("supervision.checked", code=told["check_code"] or told["code"]))
    return _unknown(code)


def _found(code: str) -> Document | None:
    try:
        return documents.by_check_code(code.replace("\x00", ""))
    except DomainError:
        return None


def _unknown(code: str) -> Any:
    problem = Text(
        N_("No document of this register carries that code. Compare it sign by sign with the paper.")
    )
    return render_template("supervision/check.html", problem=problem, code=code), 404


@pages.route("/check/<code>", methods=["GET", "POST"])
def checked(code: str) -> Any:
    """What the register says of a document: whole or changed, who signed, status, place in the log."""
    document = _found(code)
    if document is None:
        return _told(code)
    upload = request.files.get("file") if request.method == "POST" else None
    content = upload.read() if upload and upload.filename else None
    event = documents.logged_event(document)
    return render_template(
        "supervision/checked.html",
        document=document,
        facts=documents.check_facts(document),
        result=documents.verify(document, content, rerender=False) if content is not None else None,
        asked=request.method == "POST",
        event=event,
        proof=audit.proof_of(event.id) if event else None,
        readable=documents.readable_by(document, current_actor()),
    )


def _told(code: str) -> Any:
    """How a registration, licence or right stands, with its place in the log; nothing of what is not public."""
    told = queries.standing(code, clock.today())
    if told["subject"] is None:
        return _unknown(code)
    if told["check_code"]:
        return redirect(url_for("supervision.checked", code=told["check_code"]))
    event = queries.proving_event(told["subject"])
    return render_template(
        "supervision/standing.html",
        told=told,
        words=STANDING_WORDS,
        subject=told["subject"] if may_see(current_actor(), told["subject"]) else None,
        event=event,
        proof=audit.proof_of(event.id) if event else None,
    )


@pages.get("/check/<code>/proof.json")
def proof(code: str) -> Any:
    """The place in the log of the event that issued a document, or brought a right to where it stands, as a file."""
    subject = _found(code) or queries.standing(code, clock.today())["subject"]
    event = queries.proving_event(subject) if subject is not None else None
    found = audit.proof_of(event.id) if event else None
    if found is None:
        raise NotFound()
    body = canonical(found | {"number": subject.number})
    headers = {"Content-Disposition": f'attachment; filename="{subject.number}-proof.json"'}
    return Response(body, mimetype="application/json", headers=headers)


@pages.get("/documents/<code>")
def content(code: str) -> Any:
    """The document itself, for those who may read it."""
    document = documents.by_check_code(code)
    if not documents.readable_by(document, current_actor()):
        raise NotFound()
    where = "attachment" if request.args.get("download") else "inline"
    headers = {"Content-Disposition": f'{where}; filename="{document.number}.pdf"'}
    return Response(documents.content(document), mimetype="application/pdf", headers=headers)
