"""The period that data cover: typed in a form, read from a file, compared, and said in words."""

import pytest

from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput
from kernel.words import translate
from registry.commands import catalogue
from registry.gateway import propose_mapping, read_entry
from registry.models import CatalogueEntry
from registry.schemas.catalogue import EntryInput
from registry.schemas.json_schema import entry_schema
from registry.vocabulary import periods
from tests.factories.registry import ENTRY, a_draft, a_published_entry, an_agency, an_authority
from tests.registry.imports_steps import carried_out, rows_of
from tests.registry.views_steps import enter


class TestPeriod:
    @pytest.mark.parametrize(
        "typed, kept",
        [
            ("2019", "2019"), ("2019-03", "2019-03"), ("2019-03-31", "2019-03-31"), ("2019年", "2019"), ("2019年3月", "2019-03"),
            ("2019年3月5日", "2019-03-05"), ("2019/3", "2019-03"), ("2019.03.31 10:00", "2019-03-31"), ("201903", "2019-03"), ("20190331", "2019-03-31"),
        ],
    )  # fmt: skip
    def test_is_kept_in_one_form(self, typed, kept):
        assert EntryInput().load({"title": "a", "covers_from": typed})["covers_from"] == kept

    @pytest.mark.parametrize("typed", ["19", "2019-13", "2019-02-30", "去年", "2019-", "0019", "2019-3-5-7", "2" * 500])
    def test_says_what_is_wrong_and_what_is_right(self, typed):
        (said,) = EntryInput().validate({"title": "a", "covers_from": typed})["covers_from"]
        assert typed[:60] in translate(said, "zh") and "2019-03-31" in translate(said, "zh")

    @pytest.mark.parametrize("typed", ["", "至今", "now", "9999-12-31"])
    def test_may_stay_open_at_its_end(self, typed):
        assert EntryInput().load({"title": "a", "covers_from": "2019", "covers_until": typed})["covers_until"] is None

    @pytest.mark.parametrize("first, last", [("2020", "2019"), ("2019-04", "2019-03"), ("2019-04-01", "2019-03"), ("2020", "2019-12-31")])
    def test_does_not_begin_after_its_end(self, first, last):
        wrong = EntryInput().validate({"title": "a", "covers_from": first, "covers_until": last})
        assert set(wrong) == {"covers_from", "covers_until"}
        said = translate(wrong["covers_from"][0], "zh")
        assert all(part in said for part in ("数据起始时间", "数据截止时间", first, last))

    @pytest.mark.parametrize("first, last", [("2019", "2019"), ("2019-05", "2019"), ("2019", "2019-03"), ("2019-03-31", "2019-03")])
    def test_is_compared_as_exactly_as_both_are_told(self, first, last):
        assert not EntryInput().validate({"title": "a", "covers_from": first, "covers_until": last})

    def test_is_said_in_words(self):
        assert periods.span_word("2015", "2020-03", "zh_CN") == "2015年至2020年3月"
        assert periods.span_word("2015", None, "zh_CN") == "2015年至今"
        assert periods.span_word(None, "2020", "en") == "up to 2020" and periods.span_word(None, None, "en") == ""

    def test_of_a_long_time_counts_its_latest_years(self):
        counted = periods.each_year("1000/2020")
        assert len(counted) == periods.MOST_YEARS and counted[-1] == "2020"

    def test_stands_in_the_json_schema(self):
        told = entry_schema("https://example.org/schema")["properties"]["covers_from"]
        assert told["pattern"] == f"^(?:{periods.PATTERN})$" and told["x-dcat"] == "dct:temporal/dcat:startDate"


class TestReading:
    def fields(self, **row):
        return read_entry({"资源名称": "雨量", **row}, propose_mapping(["资源名称", *row]).columns)

    @pytest.mark.parametrize(
        "cell, first, last",
        [
            ("2015年至2020年", "2015", "2020"), ("2015-2020", "2015", "2020"), ("2015.01-2020.12", "2015-01", "2020-12"), ("2015年-至今", "2015", None),
            ("2015年以来", "2015", None), ("2015-01-01/2020-12-31", "2015-01-01", "2020-12-31"), ("2015/..", "2015", None), ("2019年", "2019", "2019"),
            ("20150101-99991231", "2015-01-01", None), (2019, "2019", "2019"),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("heading", ["时间范围", "数据时间范围", "起止时间"])
    def test_takes_both_from_one_column(self, heading, cell, first, last):
        entry = self.fields(**{heading: cell})
        assert (entry.fields.get("covers_from"), entry.fields.get("covers_until")) == (first, last) and not entry.problems

    @pytest.mark.parametrize("begin, end", [("起始时间", "截止时间"), ("数据起始时间", "数据截止时间"), ("coverage start", "coverage end")])
    def test_takes_each_from_its_own_column(self, begin, end):
        entry = self.fields(**{begin: "2015年1月", end: "至今"})
        assert entry.fields["covers_from"] == "2015-01" and "covers_until" not in entry.fields
        assert [part.field for part in entry.mendings] == ["covers_from"]
        assert self.fields(**{begin: "2015", end: "2020"}).fields["covers_until"] == "2020"

    def test_keeps_what_it_does_not_understand(self):
        entry = self.fields(时间范围="近五年")
        assert "covers_from" not in entry.fields and entry.extras == {"时间范围": "近五年"}
        assert [part.rule for part in entry.problems] == ["not_understood"]

    def test_takes_over_nothing_that_contradicts_itself(self):
        entry = self.fields(起始时间="2020", 截止时间="2015")
        assert not {"covers_from", "covers_until"} & set(entry.fields)
        assert entry.extras == {"数据起始时间": "2020", "数据截止时间": "2015"}
        assert [(part.field, part.rule) for part in entry.problems] == [("covers_until", "out_of_order")]


@pytest.mark.usefixtures("app")
class TestEntry:
    def test_is_refused_while_its_periods_contradict_each_other(self):
        with pytest.raises(InvalidInput) as refused:
            a_draft(covers_from="2020", covers_until="2019")
        assert set(refused.value.messages) == {"covers_from", "covers_until"}

    def test_comes_from_a_file_and_follows_it(self):
        authority = an_authority()
        row = {"资源名称": "公交站点", "提供单位": "市交通局", "时间范围": "2015-2020"}
        carried_out(authority, [row])
        entry = db.session.query(CatalogueEntry).one()
        assert (entry.covers_from, entry.covers_until) == ("2015", "2020")
        carried_out(authority, [row | {"时间范围": "2015-2021"}])
        assert entry.covers_until == "2021"

    def test_keeps_what_people_wrote_where_the_news_contradict_it(self):
        authority, agency = an_authority(), an_agency()
        row = {"资源名称": "公交站点", "提供单位": "市交通局", "起始时间": "2015", "截止时间": "2020"}
        carried_out(authority, [row])
        entry = db.session.query(CatalogueEntry).one()
        execute(catalogue.assign, actor=authority, subject_id=entry.id, data={"agency_id": str(agency.organisation_id)})
        execute(catalogue.amend, actor=agency, subject_id=entry.id, data={"title": "公交站点", "covers_from": "2015", "covers_until": "2016"})
        again = carried_out(authority, [row | {"起始时间": "2018"}])
        assert (entry.covers_from, entry.covers_until) == ("2015", "2016")
        assert "2018" in str(rows_of(again)[0].problems[-1])

    def test_tells_its_period_on_its_page_and_in_its_history(self, client):
        agency = an_agency()
        entry = a_published_entry(agency, covers_from="2015", covers_until="2020-03")
        assert "2015年至2020年3月" in client.get(f"/catalogue/{entry.id}").text
        execute(catalogue.revise, actor=agency, subject_id=entry.id, data={**ENTRY, "covers_from": "2016"})
        enter(client, agency)
        page = client.get(f"/catalogue/{entry.id}").text
        assert "2016年" in page and "数据截止时间" in page

    def test_shows_no_period_where_none_is_told(self, client):
        assert "数据时间范围" not in client.get(f"/catalogue/{a_published_entry().id}").text

    def test_is_refused_by_the_form_with_the_fields_named(self, client):
        enter(client, an_agency())
        answer = client.post("/catalogue/new", data={"title": "a", "covers_from": "2020", "covers_until": "2019"})
        assert answer.status_code == 422 and "“数据起始时间”（2020）晚于“数据截止时间”（2019）" in answer.text
