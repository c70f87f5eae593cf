"""The registry in the shell."""

import json
import uuid
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from accounts import queries as accounts
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import DomainError
from kernel.fields import File
from kernel.routes.shell_door import explained
from kernel.words import translate
from registry import queries
from registry.commands import imports
from registry.gateway.archives import unpacked
from registry.models import CatalogueImport, ImportRow
from registry.rules.keeping import package_is_whole
from registry.vocabulary.sentences import sentence

cli = AppGroup("registry", help="Catalogues and what is registered.")


@cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--jurisdiction", required=True, help="Code of the place whose catalogue it is, e.g. 331100.")
@click.option("--agency", help="Credit code of the agency all rows belong to; else the file names them.")
@click.option("--dry-run", is_flag=True, help="Only examine and report; the catalogue stays as it is.")
@click.option("--whole", is_flag=True, help="Enter all rows or none: one that can not be taken stops the file.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.option("--rows", is_flag=True, help="With --json: every row, not only the sums.")
def import_catalogue(
    file: Path, jurisdiction: str, agency: str | None, dry_run: bool, whole: bool, as_json: bool, rows: bool
) -> None:
    """Import a catalogue from FILE (JSON, CSV, XLSX) and report what became of each row."""
    try:
        found = _imported(file, jurisdiction, agency, dry_run, whole)
    except DomainError as error:
        raise click.ClickException(explained(error)) from error
    report = _report(found)
    if rows:
        report["rows"] = [_row(row) for row in db.session.scalars(queries.import_rows(found.id))]
    click.echo(json.dumps(report, ensure_ascii=False, indent=1) if as_json else _words(report))


def _imported(
    file: Path, jurisdiction: str, agency: str | None, dry_run: bool, whole: bool
) -> CatalogueImport:
    data: dict[str, Any] = {"file": File(file.name, file.read_bytes()), "jurisdiction": jurisdiction}
    if agency:
        body = accounts.organisation_by_code(agency)
        if body is None:
            raise click.ClickException(f"There is no organisation with the credit code {agency}.")
        data["agency_id"] = str(body.id)
    found: CatalogueImport = execute(imports.examine, actor=SYSTEM, data=data)
    found = _finished(found)
    mode = {} if dry_run else {"mode": "all_or_nothing" if whole else "best_effort"}
    follow = imports.discard if dry_run else imports.carry_out
    return _finished(execute(follow, actor=SYSTEM, subject_id=found.id, data=mode))


def _finished(found: CatalogueImport) -> CatalogueImport:
    """The import with all its steps made; a runner that makes one in between is waited for by the row's lock."""
    while (step := imports.STEPS.get(found.state)) is not None:
        found = execute(step, actor=SYSTEM, subject_id=found.id)
    return found


@cli.command("continue")
@click.argument("import_id", type=click.UUID)
def continue_import(import_id: uuid.UUID) -> None:
    """Go on with an import that was interrupted, from where it stood, and report."""
    found = db.session.get(CatalogueImport, import_id)
    if found is None:
        raise click.ClickException(f"There is no import {import_id}.")
    try:
        click.echo(_words(_report(_finished(found))))
    except DomainError as error:
        raise click.ClickException(explained(error)) from error


def _report(found: CatalogueImport) -> dict[str, Any]:
    counts = found.counts
    total = counts["rows"]
    return {
        "file": found.file_name,
        "sha256": found.sha256,
        "import": str(found.id),
        "state": found.state,
        "jurisdiction": found.jurisdiction,
        "total": total,
        **{name: counts[name] for name in ("taken", "mended", "changed", "refused", "repeated", "draft")},
        "refused_percent": round(100 * counts["refused"] / total, 2) if total else 0,
        "agencies": len(found.agencies),
        "mapping": found.mapping,
        "unknown_headings": found.unknown,
        "problems": [_both(part) for part in found.problems],
        "reasons": [_reason(reason) for reason in found.reasons],
    }


def _reason(reason: dict[str, Any]) -> dict[str, Any]:
    example = reason["example"]
    told = {name: reason[name] for name in ("what", "field", "rule", "number")}
    return told | {"example": {"row": example["row"]} | (_both(example["said"]) if "said" in example else {})}


def _row(row: ImportRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "outcome": row.outcome,
        "agency": row.agency_name,
        "title": row.title,
        "entry": str(row.entry_id) if row.entry_id else None,
        "mendings": [part | {"said": _both(part["said"])} for part in row.mendings],
        "problems": [part | {"said": _both(part["said"])} for part in row.problems],
        "missing": row.missing,
    }


def _both(kept: Any) -> dict[str, str]:
    said = sentence(kept)
    return {"en": translate(said, "en"), "zh": translate(said, "zh")}


def _words(report: dict[str, Any]) -> str:
    sums = ("total", "taken", "mended", "changed", "refused", "repeated", "draft")
    lines = [f"{report['file']}: {report['state']}", ", ".join(f"{name} {report[name]}" for name in sums)]
    for reason in report["reasons"]:
        said = reason["example"].get("en", "")
        lines.append(
            f"  {reason['number']:>6}  {reason['what']} {reason['field']} ({reason['rule']})  {said}"
        )
    return "\n".join(lines)


@cli.command("check-archive")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_archive(file: Path) -> None:
    """Check the archive package FILE against its own manifest; say which case it is and how long it is kept."""
    try:
        manifest, hashes = unpacked(file.read_bytes())
        package_is_whole(manifest, hashes)
    except DomainError as error:
        raise click.ClickException(explained(error)) from error
    case = manifest["case"]
    click.echo(f"{file.name}: whole, {len(hashes)} files")
    click.echo(f"  {case['type']} {case['id']} {case['title']} ({case['state']})")
    click.echo(f"  keep until {manifest['keep_until']} ({manifest['retention']})")
