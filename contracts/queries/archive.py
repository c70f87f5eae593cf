"""The archive package of an agreement: everything that proves it, checkable by a stranger without this site (DG30)."""

import io
import zipfile
from typing import Any

from contracts.models import Agreement
from contracts.queries.agreements import document_of
from contracts.rules.signing import archive_is_complete
from kernel import audit, clock, documents
from kernel.audit.spelling import canonical
from kernel.config import ROOT, settings
from kernel.documents import Document, Version
from kernel.documents.versions import read
from kernel.fields import File
from kernel.words import N_, Text

FORMAT = "shuheng-archive/v1"
VERIFIERS = ("shuheng-archive.py", "shuheng-verify.py")
MOMENT = (1980, 1, 1, 0, 0, 0)  # so that the same content gives the same bytes


def package_of(drawn_up: Agreement) -> bytes:
    """The package as a ZIP file. Raises RuleBroken while something it must hold is not there yet."""
    document = document_of(drawn_up)
    files, missing = [], []
    listed = []
    for number, version in enumerate(documents.versions(document)):
        paper = File(f"documents/{document.number}-{number}.pdf", read(document, version))
        proof = _proof(document, version, number)
        listed.append(_told(version, paper, proof))
        files += [paper] + ([proof] if proof else [])
        missing += [] if proof else [Text(N_("the proof of the log for file {number}"), number=number)]
    archive_is_complete(missing)
    evidence = [_evidence(document, n, act) for n, act in enumerate(documents.signatures(document), start=1)]
    files += evidence
    facts = _facts(drawn_up, document) | {"files": listed, "evidence": [one.name for one in evidence]}
    facts["sha256"] = {one.name: one.sha256 for one in files}
    programs = [File(name, (ROOT / "static" / "verify" / name).read_bytes()) for name in VERIFIERS]
    return _zipped([File("manifest.json", canonical(facts)), *files, *programs])


def _facts(drawn_up: Agreement, document: Document) -> dict[str, Any]:
    """What the package is about, and by which keys it is checked."""
    return {
        "format": FORMAT,
        "site": settings().base_url,
        "made_at": clock.now().isoformat(),
        "number": document.number,
        "title": document.title,
        "kind": drawn_up.kind,
        "state": drawn_up.state,
        "log_key": str(audit.public_key()),
        "statement_key": audit.signing_key().public_key().public_bytes_raw().hex(),
    }


def _told(version: Version, paper: File, proof: File | None) -> dict[str, Any]:
    facts = {"path": paper.name, "sha256": paper.sha256, "act": version.act, "by": version.name}
    return facts | {"at": version.at.isoformat(), "proof": proof.name if proof else None}


def _proof(document: Document, version: Version, number: int) -> File | None:
    """The proof that the log names one file; None while its event is not sealed."""
    event = documents.logged_version(document, version)
    found = audit.proof_of(event.id) if event else None
    return File(f"proofs/{document.number}-{number}.json", canonical(found)) if found else None


def _evidence(document: Document, number: int, act: documents.Signature) -> File:
    kept = {"method": act.method, "document_sha256": act.document_sha256, "evidence": act.evidence}
    return File(f"evidence/{document.number}-{number}.json", canonical(kept))


def _zipped(files: list[File]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for file in files:
            bundle.writestr(zipfile.ZipInfo(file.name, MOMENT), file.content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
