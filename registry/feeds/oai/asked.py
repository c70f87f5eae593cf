"""What a harvester asks: the arguments of each verb, moments, sets and the token by which a list goes on."""

import base64
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import MAXYEAR, UTC, date, datetime, timedelta
from typing import Any

from werkzeug.datastructures import MultiDict

from registry.feeds.atom import stamp

LISTING = ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"})
# verb → arguments it must have, arguments it may have
ARGUMENTS: Mapping[str, tuple[set[str], set[str]]] = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "ListIdentifiers": LISTING,
    "ListRecords": LISTING,
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
}
PREFIXES = ("oai_dc", "dcat")
SET = re.compile(r"(theme|place|agency)-([A-Za-z0-9_-]{1,60})", re.ASCII)
_DAY, _SECOND = (
    re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII),
    re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII),
)


class ProtocolRefused(Exception):
    """An error of the protocol: its code and a sentence. It is told with status 200, as the protocol wants it."""

    def __init__(self, code: str, said: str) -> None:
        super().__init__(said)
        self.code, self.said = code, said


@dataclass(frozen=True)
class Wanted:
    """A list that is asked for: in which format, of what, from when until when, and where it goes on."""

    prefix: str
    of: str = ""
    since: str = ""
    until: str = ""
    behind: tuple[datetime, uuid.UUID] | None = None
    told: int = 0
    total: int = 0

    def after(self, last: Any, number: int, total: int) -> "Wanted":
        """The same list, behind a record."""
        return replace(self, behind=(last.public_changed_at, last.id), told=self.told + number, total=total)

    @property
    def token(self) -> str:
        """The list and its place as one word."""
        place = [self.behind[0].isoformat(), str(self.behind[1])] if self.behind else []
        kept = [self.prefix, self.of, self.since, self.until, *place, self.told, self.total]
        return base64.urlsafe_b64encode(json.dumps(kept, separators=(",", ":")).encode()).decode().rstrip("=")


def arguments(sent: MultiDict[str, str]) -> tuple[str, dict[str, str]]:
    """The verb and its arguments. Raises ProtocolRefused badVerb or badArgument."""
    verbs = sent.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in ARGUMENTS:
        raise ProtocolRefused("badVerb", "Name one verb: " + ", ".join(ARGUMENTS))
    must, may = ARGUMENTS[verbs[0]]
    given = {name: sent.getlist(name) for name in sent if name != "verb"}
    if repeated := sorted(name for name, values in given.items() if len(values) > 1):
        raise ProtocolRefused("badArgument", f"Given more than once: {', '.join(repeated)[:200]}")
    if unknown := sorted(set(given) - must - may):
        raise ProtocolRefused("badArgument", f"Not an argument of {verbs[0]}: {', '.join(unknown)[:200]}")
    values = {name: found[0] for name, found in given.items()}
    if "resumptionToken" in values:
        if len(values) > 1:
            raise ProtocolRefused("badArgument", "resumptionToken stands alone")
    elif missing := sorted(must - set(values)):
        raise ProtocolRefused("badArgument", f"Missing: {', '.join(missing)}")
    return verbs[0], values


def wanted(values: Mapping[str, str]) -> Wanted:
    """The list that the arguments ask for. Raises ProtocolRefused."""
    if "resumptionToken" in values:
        return _resumed(values["resumptionToken"])
    found = Wanted(prefix(values), values.get("set", ""), values.get("from", ""), values.get("until", ""))
    since, until = bounds(found)
    if found.since and found.until and len(found.since) != len(found.until):
        raise ProtocolRefused(
            "badArgument", "from and until are written alike: both as days or both as moments"
        )
    if since and until and since >= until:
        raise ProtocolRefused("badArgument", "from lies behind until")
    if found.of and not SET.fullmatch(found.of):
        raise ProtocolRefused("badArgument", "There is no set of this kind; ListSets names them")
    return found


def prefix(values: Mapping[str, str]) -> str:
    """The metadata format that is asked for. Raises ProtocolRefused."""
    if values["metadataPrefix"] not in PREFIXES:
        raise ProtocolRefused("cannotDisseminateFormat", "Offered are: " + ", ".join(PREFIXES))
    return values["metadataPrefix"]


def bounds(found: Wanted) -> tuple[datetime | None, datetime | None]:
    """From when on, and until before when: what is named belongs to the list. Raises ProtocolRefused."""
    since, until = _moment("from", found.since), _moment("until", found.until)
    if until is None or until.year == MAXYEAR:  # nothing lies behind the last year
        return since, None
    return since, until + (timedelta(days=1) if _DAY.fullmatch(found.until) else timedelta(seconds=1))


def _moment(name: str, text: str) -> datetime | None:
    if not text:
        return None
    try:
        if _DAY.fullmatch(text):
            day = date.fromisoformat(text)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        if _SECOND.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise ProtocolRefused("badArgument", f"{name} is written YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ")


def _resumed(token: str) -> Wanted:
    """The list and its place again. Raises ProtocolRefused where a token is not one of ours."""
    try:
        kept = json.loads(
            base64.b64decode((token + "=" * (-len(token) % 4)).encode("ascii"), b"-_", validate=True)
        )
        name, of, since, until, moment, row_id, told, total = kept
        place = datetime.fromisoformat(moment)
        found = Wanted(name, of, since, until, (place, uuid.UUID(row_id)), told, total)
        known = name in PREFIXES and (not of or SET.fullmatch(of)) and place.tzinfo is not None
        if not known or not isinstance(told, int) or not isinstance(total, int) or len(token) > 600:
            raise ValueError(token)
        bounds(found)
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError, ProtocolRefused) as error:
        raise ProtocolRefused("badResumptionToken", "This is no token of ours") from error
    return found


def datestamp(moment: datetime) -> str:
    """A moment as the protocol writes it."""
    return stamp(moment)
