"""The check of a file in the shell: what the public page says, with an exit code for programs."""

import json
import sys
from typing import Any

import click
from flask.cli import AppGroup

from kernel import clock, documents
from kernel.errors import NotFound
from supervision import queries

documents_cli = AppGroup("documents", help="Issued documents.")


@documents_cli.command("check")
@click.argument("file", type=click.File("rb"))
@click.option("--code", default="", help="Check code or number; without it the file itself says which document it is.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def check(file: Any, code: str, as_json: bool) -> None:
    """Whether FILE is the document that was issued and signed. Exit code 0: whole; 1: not; 2: no such document."""
    content = file.read()
    document = _document(code) if code else queries.claimed_document(content)
    if document is None:
        click.echo("No document of this register belongs to the file.", err=True)
        sys.exit(2)
    verdict = documents.check_file(document, content, clock.now())
    facts = _facts(document, verdict)
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else _told(facts))
    sys.exit(0 if verdict.whole else 1)


def _document(code: str) -> documents.Document | None:
    for find in (documents.by_number, documents.by_check_code):
        try:
            return find(code)
        except NotFound:
            continue
    return None


def _facts(document: documents.Document, verdict: documents.Verdict) -> dict[str, Any]:
    found = verdict.found
    return {
        "number": document.number,
        "state": document.state,
        "code": verdict.code,
        "whole": verdict.whole,
        "revision": verdict.revision,
        "what": str(verdict.text),
        "problems": [str(one.text) for one in found.problems] if found else [],
        "signatures": [
            f"{act['name']} ({act['organisation']}), {act['signed_at'].isoformat()}"
            for act in queries.checked_signatures(document)
        ],
        "waiting": queries.still_to_sign(document),
    }


def _told(facts: dict[str, Any]) -> str:
    lines = [f"{facts['number']} ({facts['state']}): {facts['what']}"]
    lines += [f"  signed: {one}" for one in facts["signatures"]]
    lines += [f"  has not signed: {one}" for one in facts["waiting"]]
    lines += [f"  {one}" for one in facts["problems"]]
    return "\n".join(lines)
