"""The search over real subjects: what is found, counted and shown to whom; that the index equals the rows."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text

from accounts.commands import organisation as organisations
from accounts.models import Organisation
from kernel import clock, config, search
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput
from kernel.permissions import VISIBLE, visible_to
from kernel.search import base, combos, filters, finding, following, upkeep
from kernel.search.finding import state
from kernel.search.models import SearchChange, SearchRow
from registry.commands import catalogue
from registry.models import CatalogueEntry
from tests.factories.accounts import an_actor, an_organisation
from tests.factories.registry import (
    a_draft,
    a_licence,
    a_published_entry,
    a_registered_resource,
    a_resource,
    a_submitted_entry,
    an_agency,
    an_authority,
)

pytestmark = pytest.mark.usefixtures("app")
NOWHERE = str(uuid.UUID(int=7))
KINDS = ["entry", "resource", "licence", "organisation"]


def titles(words="", filters=None, actor=ANONYMOUS, kinds=("entry",), **more):
    return [row.heading for row in search.find(actor, list(kinds), words, filters, **more).rows]


class TestFind:
    @pytest.mark.parametrize(
        "words",
        [
            "雨",
            "雨量",
            "逐日雨量",
            "气象站 雨量",
            "ＣＳＶ",
            "csv文件",
            "衡州市气象局",
            "yuliang",
            "zryl",
            "站点",
        ],
    )
    def test_finds_words_of_any_length_in_any_part(self, words):
        a_published_entry(title="气象站逐日雨量", keywords=["CSV 文件"])
        assert titles(words) == ["气象站逐日雨量"]

    @pytest.mark.parametrize(
        "words", ["雪", "雨 雪", "量雨", "日雨日", "%", "\\", "'", '"', "sv", "uliang", "*", "NEAR(雨"]
    )
    def test_finds_nothing_else(self, words):
        a_published_entry(keywords=["CSV 文件"])
        assert search.find(ANONYMOUS, ["entry"], words).total == 0

    def test_puts_titles_before_keywords_before_text_and_the_newest_first(self):
        agency, authority = an_agency(), an_authority()
        a_published_entry(agency, authority, title="站点名录", abstract="含雨情站。", keywords=[])
        a_published_entry(agency, authority, title="水位", keywords=["雨情"])
        a_published_entry(agency, authority, title="雨情", keywords=[])
        a_published_entry(agency, authority, title="新雨情站表", keywords=[])
        assert titles("雨情") == ["新雨情站表", "雨情", "水位", "站点名录"]
        assert titles("雨情站") == ["新雨情站表", "站点名录"]
        assert titles("雨情", order="newest") == ["新雨情站表", "雨情", "水位", "站点名录"]
        assert titles("雨情", order="title") == ["水位", "新雨情站表", "雨情", "站点名录"]
        assert titles("雨情", offset=1, limit=2) == ["雨情", "水位"]
        assert titles("雨情", offset=9) == []
        assert titles() == ["新雨情站表", "雨情", "水位", "站点名录"]

    def test_narrows_by_each_filter(self):
        agency = an_agency()
        a_published_entry(agency)
        right = {
            "theme": ["weather"],
            "agency": [str(agency.organisation_id)],
            "opening": ["open"],
            "data_format": ["csv"],
            "frequency": ["daily"],
            "jurisdiction": ["990100"],
            "state": ["published"],
        }
        assert len(titles("", right)) == 1
        for name in right:
            assert titles("", right | {name: [NOWHERE]}) == []
            assert titles("", {name: [NOWHERE, *right[name]]}) != []

    def test_counts_each_filter_without_its_own_choice(self):
        agency, authority = an_agency(), an_authority()
        a_published_entry(agency, authority)
        a_published_entry(agency, authority, title="公交站点", themes=["transport"], formats=["json"])
        found = search.find(ANONYMOUS, ["entry"], "", {"theme": ["weather"]})
        assert found.total == 1
        assert sorted(found.facets["theme"]) == [("transport", 1), ("weather", 1)]
        assert found.facets["data_format"] == [("csv", 1)]

    def test_counts_a_place_for_those_above_it(self):
        a_published_entry()
        found = search.find(ANONYMOUS, ["entry"], "", {"jurisdiction": ["CN"]})
        assert found.total == 1 and ("990000", 1) in found.facets["jurisdiction"]

    def test_refuses_a_filter_the_kind_does_not_have(self):
        with pytest.raises(LookupError):
            search.find(ANONYMOUS, ["entry"], "", {"level": ["first_level"]})

    def test_follows_every_change_of_state_and_text(self):
        agency, authority = an_agency(), an_authority()
        entry = a_submitted_entry(agency)
        assert titles("雨量") == []
        execute(catalogue.publish, actor=authority, subject_id=entry.id)
        assert titles("雨量") == [entry.title]
        execute(catalogue.withdraw, actor=agency, subject_id=entry.id, data={"reasons": "x"})
        assert titles("雨量") == []

    def test_writes_nothing_where_the_command_was_refused(self):
        agency = an_agency()
        before = state()
        with pytest.raises(InvalidInput):
            execute(catalogue.draft, actor=agency, data={"title": "雨"} | {"resource_code": "x" * 999})
        assert state() == before

    def test_follows_the_name_of_the_agency(self):
        agency, authority = an_agency(), an_authority()
        a_published_entry(agency, authority)
        data = {"name": "新设海洋局"}
        execute(organisations.amend, actor=SYSTEM, subject_id=agency.organisation_id, data=data)
        assert titles("海洋局") != []
        assert titles("海洋局", kinds=["organisation"]) == ["新设海洋局"]


def subjects():
    """Subjects of every kind in states that not everybody sees."""
    agency, authority = an_agency(), an_authority()
    a_draft(agency)
    a_submitted_entry(agency)
    a_published_entry(agency, authority)
    a_resource(agency, authority)
    a_registered_resource()
    a_licence()
    an_organisation("buyer")
    return [
        agency,
        authority,
        an_agency(),
        an_actor("operator"),
        an_actor("buyer"),
        an_authority("530000"),
        ANONYMOUS,
    ]


class TestVisibility:
    def test_is_that_of_the_rows_for_everybody_and_every_kind(self):
        for actor in subjects():
            for kind in search.KINDS.values():
                rows = set(db.session.scalars(select(kind.model.id).where(visible_to(actor, kind.model))))
                found = search.find(actor, [kind.name], limit=1000)
                assert {hit.subject_id for hit in found.hits} == rows, (kind.name, actor.roles)
                assert found.total == len(rows) == len(found.rows)
                for name in kind.filters:
                    single = search.FILTERS[name].spread is None and name not in (
                        "theme",
                        "data_format",
                        "role",
                        "purpose",
                        "price",
                    )
                    assert not single or sum(number for _, number in found.facets[name]) <= len(rows)

    def test_shows_everybody_what_anybody_sees(self):
        """What the index calls public may be seen by each: no visibility takes from one what it gives a stranger."""
        for actor in subjects():
            for kind in search.KINDS.values():
                assert kind.model in VISIBLE
                public = set(
                    db.session.scalars(
                        select(SearchRow.subject_id).where(SearchRow.kind == kind.name, SearchRow.is_public)
                    )
                )
                seen = set(db.session.scalars(select(kind.model.id).where(visible_to(actor, kind.model))))
                stranger = set(
                    db.session.scalars(select(kind.model.id).where(visible_to(ANONYMOUS, kind.model)))
                )
                assert public == stranger and public <= seen

    def test_keeps_drafts_out_of_suggestions_and_nearest_words(self):
        agency = an_agency()
        a_draft(agency, title="未公开雨情")
        assert search.suggestions(ANONYMOUS, ["entry"], "雨情") == []
        assert search.suggestions(agency, ["entry"], "雨情") == ["未公开雨情"]
        assert search.nearest(ANONYMOUS, ["entry"], "雨请") == []


class TestNearest:
    def test_offers_words_of_the_same_sound_and_of_a_like_look(self):
        a_published_entry(title="气象观测")
        assert search.nearest(ANONYMOUS, ["entry"], "汽像")[0] == "气象"
        assert "气象观测" in search.nearest(ANONYMOUS, ["entry"], "气象观册")
        assert search.nearest(ANONYMOUS, ["entry"], "气象 龘龘") == []

    def test_offers_english_words_by_their_beginning(self):
        a_published_entry(title="Rainfall 雨量")
        assert search.nearest(ANONYMOUS, ["entry"], "rainfal1") == ["rainfall"]


class TestUpkeep:
    def test_finds_the_index_equal_to_the_rows(self):
        subjects()
        assert upkeep.differences(lambda _: None) == []

    def test_names_what_is_missing_other_and_left_over(self):
        agency, authority = an_agency(), an_authority()
        made = [a_published_entry(agency, authority, title=title).id for title in ("甲", "乙", "丙")]
        kept = made[1].hex if db.engine.dialect.name == "sqlite" else made[1]
        with db.engine.begin() as connection:
            row = SearchRow.__table__
            connection.execute(row.delete().where(row.c.subject_id == made[0]))
            connection.execute(text("UPDATE registry_entry SET title = '丁' WHERE id = :id"), {"id": kept})
        wrong = "\n".join(upkeep.differences(lambda _: None))
        assert f"{made[0]}: not in the index" in wrong and f"{made[1]}: the index has another text" in wrong
        assert str(made[2]) not in wrong
        assert upkeep.rebuild(clock.now(), lambda _: None) == 2
        assert upkeep.differences(lambda _: None) == [] and titles("丁") == ["丁"]

    def test_builds_the_same_index_anew_in_the_order_of_time(self):
        agency, authority = an_agency(), an_authority()
        for title in ("甲雨", "乙雨", "丙雨"):
            a_published_entry(agency, authority, title=title)
        before = titles("雨"), search.find(ANONYMOUS, ["entry"], "雨").facets
        said = []
        assert upkeep.rebuild(clock.now(), said.append, anew=True) > 3 and said
        assert (titles("雨"), search.find(ANONYMOUS, ["entry"], "雨").facets) == before
        assert upkeep.rebuild(clock.now(), said.append) == 0

    def test_notices_tokens_of_another_make(self, monkeypatch):
        upkeep.rebuild(clock.now(), lambda _: None)
        assert not upkeep.is_of_another_make()
        monkeypatch.setattr(upkeep, "MADE_WITH", "another")
        assert "run `bin/flask search rebuild --anew`" in upkeep.differences(lambda _: None)[0]

    def test_keeps_few_changes_where_there_is_no_second_tier(self, settings):
        agency, authority = an_agency(), an_authority()
        for number in range(3):
            a_published_entry(agency, authority, title=f"雨 {number}")
        config.use(replace(settings, search_tier=0))
        try:
            before = state()
            db.session.execute(SearchChange.__table__.insert(), [{"number": 0}] * 300)
            db.session.commit()
            following.follow_changes(clock.now())
            assert state().kept == 1 and state().last > before.last
        finally:
            config.use(settings)


class TestDefinition:
    """Every way to find is measured by one definition: the folded words of a query stand in the folded text."""

    TITLES = ("气象站逐日雨量", "5G基站", "雨量站点 CSV", "衡州-2026/07 汛情", "ID_42 水位", "公交线路与站点")
    QUERIES = ("雨", "雨量", "5g基", "基站", "g基站", "csv", "sv", "2026/07", "衡州-2026", "id_4", "站点", "yuliang", "雨量 csv", "%", "-", "\x00")

    def test_is_kept_by_the_index_for_everybody(self):
        agency = an_agency()
        made = [a_published_entry(agency, title=title, abstract="雨情 g8 数据").id for title in self.TITLES]
        texts = upkeep.expected(search.KINDS["entry"], made)
        for words in self.QUERIES:
            asked = search.wanted(words)
            fitting = {one for one, entry in texts.items() if asked.fit(entry.folded)}
            found = search.find(ANONYMOUS, ["entry"], words, limit=50)
            assert {row.id for row in found.rows} == fitting and found.total == len(fitting), words

    def test_finds_nothing_new_by_what_is_no_word(self):
        a_published_entry()
        assert search.newer(ANONYMOUS, ["entry"], "%", {}, datetime(2020, 1, 1, tzinfo=UTC)) == []
        assert len(search.newer(ANONYMOUS, ["entry"], "雨量", {}, datetime(2020, 1, 1, tzinfo=UTC))) == 1

    def test_knows_each_kind_and_each_filter_once(self):
        with pytest.raises(ValueError, match="already"):
            search.indexed(search.KINDS["entry"])
        with pytest.raises(ValueError, match="already"):
            filters.filter_by(filters.FILTERS["theme"])

    def test_does_not_depend_on_what_a_process_remembers(self, monkeypatch):
        agency = an_agency()
        for title in ("雨量甲", "雨量乙"):
            a_published_entry(agency, title=title)
        before = search.find(ANONYMOUS, ["entry"], "雨量", {"theme": ["weather"]})
        monkeypatch.setattr(filters, "_MOST_KEPT", 0)
        monkeypatch.setattr(combos, "_MOST_KNOWN", 0)
        finding.forget()
        after = search.find(ANONYMOUS, ["entry"], "雨量", {"theme": ["weather"]})
        assert (after.total, after.hits, after.facets) == (before.total, before.hits, before.facets) and after.total == 2


class TestMatching:
    def test_narrows_a_query_of_ones_own(self):
        entry = a_published_entry()
        query = select(CatalogueEntry.id).where(CatalogueEntry.id.in_(search.matching("entry", "雨量站点")))
        assert list(db.session.scalars(query)) == []
        query = select(CatalogueEntry.id).where(CatalogueEntry.id.in_(search.matching("entry", "逐日雨量")))
        assert list(db.session.scalars(query)) == [entry.id]
        assert list(db.session.scalars(search.matching("entry", "%"))) == []


class TestShell:
    def test_builds_and_checks(self, app):
        entry = a_published_entry()
        run = app.test_cli_runner().invoke
        assert "equals the rows" in run(args=["search", "check"]).output
        with db.engine.begin() as connection:
            connection.execute(SearchRow.__table__.delete())
        found = run(args=["search", "check"])
        assert found.exit_code == 1 and f"{entry.id}: not in the index" in found.output
        assert "written" in run(args=["search", "rebuild"]).output
        assert run(args=["search", "check"]).exit_code == 0
        assert run(args=["search", "tier"]).exit_code == 0


class TestOrganisations:
    def test_are_read_by_name_and_code(self):
        body = an_organisation("agency", name="衡州市水利局")
        assert titles("水利", kinds=["organisation"]) == ["衡州市水利局"]
        assert titles(body.uscc[:10], kinds=["organisation"]) == ["衡州市水利局"]
        assert db.session.get(Organisation, body.id) is not None
        assert base.dialect() in ("sqlite", "postgresql")
