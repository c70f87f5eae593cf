"""The profiles that the tests of rules compare."""

from jurisdictions.tree import profile_of

WZ, DG, LS, CD, YN = (profile_of(code) for code in ("640300", "441900", "331100", "510100", "530000"))
HZ, COUNTY, NATION = profile_of("990100"), profile_of("640302"), profile_of("CN")
