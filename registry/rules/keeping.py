"""The law of keeping: how long files are kept, when a case may be archived, what makes its package whole."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from jurisdictions.profile import Profile
from kernel.calendar import term_end
from kernel.duty import Refused, duty
from kernel.words import N_


@duty("A06", basis="WZ16; DG30; YN L56")
def kept_until(closed: date, key: str, profile: Profile) -> date:
    """The last day a closed file is kept, by the retention period of its kind."""
    return term_end(closed, profile.period(key))


@duty("A06", basis="WZ16; DG30; YN L56")
def case_is_at_rest(running: int) -> None:
    """A case goes into the archive when nobody is waited for in it. `running`: clocks that have not ended."""
    if running:
        raise Refused(N_("{number} clocks of this case still run. Finish the case first."), number=running)


@duty("A06", basis="WZ16; DG30; YN L56")
def package_is_whole(manifest: Mapping[str, Any], hashes: Mapping[str, str]) -> None:
    """A package holds exactly the files its manifest names, each with the hash it had. `hashes`: name → SHA-256."""
    named = {str(row["name"]): str(row["sha256"]) for row in manifest.get("files", ())}
    wrong = sorted(
        {name for name, digest in named.items() if hashes.get(name) != digest} | (set(hashes) - set(named))
    )
    if wrong:
        raise Refused(N_("The package is not whole. Changed, missing or added: {names}."), names=wrong[:5])


@duty("A07", basis="CD21; CD46; DG50")
def proof_comes_from_the_platform(known: bool) -> str:
    """What the platform can give is not asked of the person again.

    Answers no_paper where the register knows it, paper where it does not and the agency may ask the person.
    """
    return "no_paper" if known else "paper"
