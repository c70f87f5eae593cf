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


@pages.route("/check", methods=["GET", "POST"])
def check() -> Any:
    """Where a code is entered, or a file handed in that says itself which document it claims to be."""
    if request.method == "POST":
        return _by_file(_handed_in())
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


def _handed_in() -> bytes | None:
    upload = request.files.get("file")
    return upload.read() if upload and upload.filename else None


def _by_file(content: bytes | None) -> Any:
    document = queries.claimed_document(content) if content else None
    if document is None:
        said = N_("The file does not say which document of this register it is. Enter the code printed on it instead.")
        problem = Text(said) if content else Text(N_("Choose the PDF file first."))
        return render_template("supervision/check.html", problem=problem, code=""), 404 if content else 422
    return _page(document, content)


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
    return _page(document, _handed_in() if request.method == "POST" else None)


def _page(document: Document, content: bytes | None) -> Any:
    event = documents.logged_event(document)
    return render_template(
        "supervision/checked.html",
        document=document,
        facts=documents.check_facts(document),
        result=documents.check_file(document, content, clock.now()) if content is not None else None,
        printing=documents.progress(document),
        sound=not document.is_printed or content is None or documents.verify(document, rerender=False)["genuine"],
        files=queries.files_of(document),
        signatures=queries.checked_signatures(document),
        waiting=queries.still_to_sign(document),
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
    return Response(documents.newest_content(document), mimetype="application/pdf", headers=headers)
