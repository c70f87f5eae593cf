"""The real catalogues of 44 portals read to the last row: nothing raises, and every refusal has its reason.

Prints the rates by portal (pytest -s). Skipped where ../shared/data is absent.
"""

import sys
import time
from collections import Counter

import pytest

from jurisdictions.tree import profile_of
from kernel.words import translate
from registry.gateway import joined_repeats, propose_mapping, read_entry, read_rows
from registry.rules.catalogue import missing_fields
from registry.rules.personal import personal_items
from tests.conftest import SHARED

CATALOGUES = SHARED / "catalogues"
LIMITS = {"byte_limit": 50_000_000, "row_limit": 100_000}

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(
        not CATALOGUES.exists(), reason="no real data beside the repository: ../shared/data/catalogues"
    ),
]


def say(*words):
    """Shown with pytest -s."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def entries(path):
    """The rows of a portal's file with their readings, and how many repeat another row wholly."""
    file = read_rows(path.name, path.read_bytes(), **LIMITS)
    assert file.problems == []
    kept, repeats = joined_repeats(file.rows)
    columns = propose_mapping(file.headings).columns
    return [(row, read_entry(row.values, columns)) for row in kept], len(repeats)


def personal(fields):
    """The certain findings of personal information in an entry's description."""
    names = [item["name"] for item in fields.get("items", ())]
    found = personal_items([fields.get("title", ""), fields.get("abstract", ""), *names])
    return [item for item in found if item.certain]


def rates(path, profile):
    """Rows by outcome, for one portal."""
    read, repeated = entries(path)
    counts = Counter(repeated=repeated)
    for _, entry in read:
        counts["rows"] += 1
        counts["refused"] += entry.refused is not None
        counts["mended"] += entry.refused is None and bool(entry.mendings)
        counts["reported"] += entry.refused is None and bool(entry.problems)
        counts["drafts"] += entry.refused is None and bool(missing_fields(entry.fields, profile))
        counts["opening"] += "opening_attribute" in entry.fields
        counts["frequency"] += "update_frequency" in entry.fields
        counts["items"] += "items" in entry.fields
        found = bool(entry.refused is None and personal(entry.fields))
        counts["personal"] += found
        counts["personal and open"] += found and entry.fields.get("opening_attribute") == "open"
        if entry.refused is not None:
            assert translate(entry.refused, "zh") != str(entry.refused)
    counts["rows"] += repeated
    return counts


class TestLishui:
    def test_refuses_at_most_one_row_in_a_hundred_and_says_why(self):
        read, repeated = entries(CATALOGUES / "zhejiang_lishui.json")
        refused = [(row.number, str(entry.refused)) for row, entry in read if entry.refused]
        say(f"\nLishui: {len(read) + repeated} rows, {repeated} repeated, refused {refused}")
        assert len(read) + repeated == 845
        assert len(refused) <= 8

    def test_understands_nearly_every_opening_attribute_and_frequency(self):
        read, _ = entries(CATALOGUES / "zhejiang_lishui.json")
        doubts = Counter(problem.field for _, entry in read for problem in entry.problems)
        assert doubts["update_frequency"] == 0
        assert doubts["opening_attribute"] <= 845 * 5 // 100

    def test_keeps_every_word_of_the_file_or_says_what_became_of_it(self):
        read, _ = entries(CATALOGUES / "zhejiang_lishui.json")
        for row, entry in read:
            assert entry.fields["title"] == row.values["标题"] or any(
                m.field == "title" for m in entry.mendings
            )
            for problem in entry.problems:
                if problem.rule == "not_understood":
                    assert set(row.values.items()) & {
                        (k, v) for k, v in entry.extras.items() if isinstance(v, str)
                    }


@pytest.mark.no_cover
class TestAllPortals:
    def test_read_to_the_last_row(self):
        profile = profile_of("331100")
        total = Counter()
        say()
        for path in sorted(CATALOGUES.glob("*.json")):
            counts = rates(path, profile)
            total += counts
            say(f"{path.stem:24}", ", ".join(f"{name} {number}" for name, number in sorted(counts.items())))
        say("all", dict(total))
        assert total["rows"] == 86_766
        assert total["refused"] <= 10
        assert total["personal"] >= 1000

    def test_are_read_fast_enough_for_a_page(self):
        file = read_rows("a.json", (CATALOGUES / "sichuan_dazhou.json").read_bytes(), **LIMITS)
        columns = propose_mapping(file.headings).columns
        began = time.process_time()
        for row in file.rows:
            read_entry(row.values, columns)
        speed = len(file.rows) / (time.process_time() - began)
        say(f"\nread_entry: {speed:,.0f} rows a second")
        assert speed > 1000
