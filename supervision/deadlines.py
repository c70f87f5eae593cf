"""By when the authority answers what is filed with it. The length stands in the profiles."""

from kernel.deadlines import deadline

TEAM = "supervision.team"

deadline(
    "answer_to_filing",
    starts=(f"{TEAM}.file", f"{TEAM}.correct"),
    stops=(f"{TEAM}.note", f"{TEAM}.return_"),
    period="supervision.operating_team_wd",
    waits_for="authority",
    duties=("P04",),
)
