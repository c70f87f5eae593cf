"""The public check of a document: by its code, by its QR, or by the file itself. No account, nothing stored."""

from typing import Any

from flask import Response, redirect, render_template, request, url_for

from kernel import audit, documents
from kernel.audit import canonical
from kernel.config import settings
from kernel.documents import Document
from kernel.errors import DomainError, NotFound
from kernel.pages import current_actor
from kernel.words import N_, Text
from supervision.views import pages


@pages.get("/check")
def check() -> Any:
    """Where a code is entered."""
    code = request.args.get("code", "").strip()[:100]
    if not code:
        return render_template("supervision/check.html", problem=None, code="")
    document = _found(code)
    return redirect(url_for("supervision.checked", code=document.check_code)) if document else _unknown(code)


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
        return _unknown(code)
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


@pages.get("/check/<code>/proof.json")
def proof(code: str) -> Any:
    """The place of the document's event in the log, with the path to the signed root, as a file."""
    document = documents.by_check_code(code)
    event = documents.logged_event(document)
    found = audit.proof_of(event.id) if event else None
    if found is None:
        raise NotFound()
    key = audit.signing_key().public_key().public_bytes_raw().hex()
    body = canonical(
        found | {"document_sha256": document.sha256, "log_key": key, "site": settings().base_url}
    )
    return Response(body, mimetype="application/json")


@pages.get("/documents/<code>")
def content(code: str) -> Any:
    """The document itself, for those who may read it."""
    document = documents.by_check_code(code)
    if not documents.readable_by(document, current_actor()):
        raise NotFound()
    where = "attachment" if request.args.get("download") else "inline"
    headers = {"Content-Disposition": f'{where}; filename="{document.number}.pdf"'}
    return Response(documents.content(document), mimetype="application/pdf", headers=headers)
