"""The generated documents are fresh, and the list of duties is whole."""

import csv

import pytest

from tests.generated_docs import ROOT, WRITTEN, known_ids

pytestmark = pytest.mark.sqlite


@pytest.mark.usefixtures("site")
class TestGeneratedDocs:
    @pytest.mark.parametrize("name", sorted(WRITTEN))
    def test_say_what_runs(self, name):
        path, text = ROOT / "docs" / name, WRITTEN[name]()
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        if before != text:
            path.write_text(text, encoding="utf-8")
        assert before == text, f"docs/{name} was stale and has been written anew: read it and commit it"


class TestDuties:
    def test_every_duty_of_the_mission_has_its_line(self, real_data):
        listed = real_data.parent / "mission" / "duties.csv"
        with listed.open(encoding="utf-8", newline="") as source:
            assert [row["id"] for row in csv.DictReader(source)] == list(known_ids())
