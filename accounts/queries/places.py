"""Which jurisdictions belong together, as accounts needs it: the tree itself is law and stands in jurisdictions."""

from jurisdictions import tree


def places_below(code: str) -> frozenset[str]:
    """The code and all below it: what an organisation of that place answers for. Empty for an unknown code."""
    try:
        return tree.subtree(code)
    except tree.UnknownJurisdiction:
        return frozenset()


def authorities_above(code: str) -> tuple[str, ...]:
    """The code and those above it, the nearest first: where an authority for it is looked for."""
    try:
        return (code, *(place.code for place in tree.ancestors(code)))
    except tree.UnknownJurisdiction:
        return ()


def is_known_place(code: str) -> bool:
    """Whether rules are loaded for that code."""
    return bool(authorities_above(code))


def place_name(code: str, locale: str) -> str:
    """The name of a jurisdiction in a language; the code itself where it is not known."""
    try:
        return str(tree.jurisdiction(code).name.of(locale))
    except tree.UnknownJurisdiction:
        return code
