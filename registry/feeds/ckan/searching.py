"""package_search: words, filters, facets, order and paging."""

from collections.abc import Mapping
from typing import Any

from accounts import queries as accounts
from kernel.actor import ANONYMOUS
from kernel.search import find
from registry.feeds.ckan import solr
from registry.feeds.ckan.asked import Asked, flag, identity, listed, number, words
from registry.feeds.ckan.packages import packages
from registry.feeds.ckan.refusals import ActionRefused
from registry.queries import public
from registry.vocabulary import FORMATS, FREQUENCIES, OPENING_ATTRIBUTES, THEMES

MOST_ROWS = 1000
FARTHEST = 99_000  # how far a search with words can be leafed through
LISTS = {"theme": THEMES, "data_format": FORMATS, "opening": OPENING_ATTRIBUTES, "frequency": FREQUENCIES}


def package_search(asked: Asked) -> dict[str, Any]:
    """Published entries by words and filters."""
    narrowed = _narrowed(asked)
    said = words(asked, "q").replace("*:*", "").strip()
    order = solr.order_of(words(asked, "sort") or "score desc", bool(said))
    start, rows = number(asked, "start", 0, 10**9), number(asked, "rows", 10, MOST_ROWS)
    reader = _found if said or order == "title" else _listed
    total, found = (0, []) if narrowed.nothing else reader(said, narrowed, order, start, rows)
    facets = _facets(asked, said, narrowed)
    return {
        "count": total,
        "sort": words(asked, "sort") or "score desc, metadata_modified desc",
        "results": packages(found),
        "facets": {
            name: {item["name"]: item["count"] for item in one["items"]} for name, one in facets.items()
        },
        "search_facets": facets,
    }


def _narrowed(asked: Asked) -> solr.Narrowed:
    several = asked.get("fq_list")
    parts = [words(asked, "fq"), *(listed({"fq": several}, "fq") if several else [])]
    return solr.narrowed(" ".join(filter(None, parts)))


def _found(said: str, narrowed: solr.Narrowed, order: str, start: int, rows: int) -> tuple[int, list[Any]]:
    if narrowed.tags:
        raise ActionRefused(
            "Search Query Error", "Search Query is invalid: tags cannot be filtered together with words"
        )
    if start > FARTHEST:
        raise ActionRefused(
            "Search Query Error", f"Search Query is invalid: start is at most {FARTHEST} with words"
        )
    found = find(
        ANONYMOUS, ["entry"], said, narrowed.filters, order=order, offset=start, limit=rows, facets=()
    )
    return found.total, found.rows if rows else []


def _listed(_said: str, narrowed: solr.Narrowed, order: str, start: int, rows: int) -> tuple[int, list[Any]]:
    query = public.filtered(narrowed.filters, narrowed.tags, changed_first=order != "name")
    return public.counted(query), list(public.with_agencies(query, start, rows)) if rows else []


def _facets(asked: Asked, said: str, narrowed: solr.Narrowed) -> dict[str, dict[str, Any]]:
    """The numbers behind each value of the facets that are asked for, as far as they are counted here."""
    fields = listed(asked, "facet.field") if flag(asked, "facet", default=True) else []
    most = (
        number(asked, "facet.limit", 50, 1000)
        if not str(asked.get("facet.limit", "")).startswith("-")
        else 1000
    )
    wanted = {name: solr.FILTERS[name] for name in fields if name in solr.FILTERS}
    empty: dict[str, dict[str, Any]] = {name: {"title": name, "items": []} for name in fields}
    if narrowed.nothing or narrowed.tags or not wanted:
        return empty
    counts = find(
        ANONYMOUS, ["entry"], said, narrowed.filters, limit=0, facets=sorted(set(wanted.values()))
    ).facets
    for name, ours in wanted.items():
        chosen = narrowed.filters.get(ours)
        rows = [row for row in counts.get(ours, ()) if row[0] and (chosen is None or row[0] in chosen)]
        names = _names(ours, [code for code, _ in rows[:most]])
        empty[name]["items"] = [
            {"name": _shown(ours, code), "display_name": names.get(code, code), "count": total}
            for code, total in rows[:most]
        ]
    return empty


def _shown(ours: str, code: str) -> str:
    return code.upper() if ours == "data_format" else code


def _names(ours: str, codes: list[str]) -> Mapping[str, str]:
    if ours == "agency":
        ids = [found for code in codes if (found := identity(code))]
        return {str(row_id): name for row_id, name in accounts.names_of(ids).items()}
    codes_of = LISTS.get(ours)
    return {code: codes_of[code].zh for code in codes if code in codes_of} if codes_of else {}
