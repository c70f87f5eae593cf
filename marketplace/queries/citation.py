"""How to cite what was obtained: as a sentence, as BibTeX and as CSL JSON. Source and day always stand there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kernel.words import N_, Text
from marketplace.models import Delivery
from registry.models import Release


@dataclass(frozen=True)
class Citation:
    """What a citation says. `provider`: who handed it over, where that is not the source itself."""

    key: str
    title: str
    source: str
    provider: str
    edition: date | None
    obtained_on: date
    address: str
    sha256: str

    @property
    def text(self) -> Text:
        """The sentence, in the reader's language."""
        said = N_(
            "{source}: {title} (edition {edition}). Provided by {provider}. Obtained on {day}. {address}"
        )
        return Text(
            said,
            source=self.source,
            title=self.title,
            edition=self.edition.isoformat() if self.edition else "–",
            provider=self.provider,
            day=self.obtained_on.isoformat(),
            address=self.address,
        )

    @property
    def bibtex(self) -> str:
        """An entry for BibTeX: @misc, since not every style knows @dataset."""
        fields = {
            "author": f"{{{self.source}}}",
            "title": self.title,
            "publisher": self.provider,
            "year": str((self.edition or self.obtained_on).year),
            "note": f"Source: {self.source}; obtained on {self.obtained_on.isoformat()}; SHA-256 {self.sha256}",
            "urldate": self.obtained_on.isoformat(),
            "url": self.address,
        }
        lines = [f"  {name} = {{{_braced(value)}}}" for name, value in fields.items()]
        return f"@misc{{{self.key},\n" + ",\n".join(lines) + "\n}\n"

    @property
    def csl(self) -> list[dict[str, Any]]:
        """A list of one item as CSL JSON (citationstyles.org, type dataset)."""
        item = {
            "id": self.key,
            "type": "dataset",
            "title": self.title,
            "author": [{"literal": name} for name in self.source.split("、")],
            "publisher": self.provider,
            "accessed": _parts(self.obtained_on),
            "URL": self.address,
            "note": f"SHA-256 {self.sha256}",
        }
        return [item | ({"issued": _parts(self.edition)} if self.edition else {})]


def _parts(day: date) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _braced(value: str) -> str:
    """Braces that do not belong together would break the entry, a backslash would begin a command."""
    inner = value[1:-1] if value.startswith("{") and value.endswith("}") else value
    clean = inner.replace("\\", "/").replace("{", "(").replace("}", ")")
    return f"{{{clean}}}" if inner != value else clean


def citation_of_delivery(made: Delivery, base_url: str) -> Citation:
    """How to cite what a delivery handed over."""
    return Citation(
        key=f"shuheng-{str(made.id)[-12:]}",
        title=made.product_title,
        source=made.source,
        provider=made.seller_name,
        edition=made.edition,
        obtained_on=made.obtained_on,
        address=f"{base_url}/products/{made.product_id}",
        sha256=made.sha256,
    )


def citation_of_release(found: Release, on: date, base_url: str) -> Citation:
    """How to cite an open file obtained on a day."""
    return Citation(
        key=f"shuheng-{str(found.id)[-12:]}",
        title=found.title,
        source=found.agency.name,
        provider=found.agency.name,
        edition=found.edition,
        obtained_on=on,
        address=f"{base_url}/open-data/{found.id}",
        sha256=found.sha256,
    )
