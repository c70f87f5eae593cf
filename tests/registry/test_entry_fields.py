"""One file of fields: the form, the schema, the template, the table and the feeds say the same."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from jurisdictions.tree import profile_of
from kernel.words import translate
from registry.gateway import propose_mapping, read_entry, read_rows
from registry.gateway.templates import csv_template, template_fields, xlsx_template
from registry.models import CatalogueEntry
from registry.rules.catalogue import missing_fields
from registry.schemas.catalogue import EntryInput
from registry.schemas.json_schema import entry_schema
from registry.vocabulary.entry_fields import DCAT, ENTRY_FIELDS, FORM_FIELDS, GROUPS, ITEM_FIELDS, VERSION

LIMITS = {"byte_limit": 1_000_000, "row_limit": 100}


class TestFields:
    def test_are_columns_of_the_table(self):
        assert set(ENTRY_FIELDS) <= set(CatalogueEntry.__table__.columns.keys())

    def test_stand_in_one_group_each(self):
        assert sorted(name for group in GROUPS for name in group.names) == sorted(ENTRY_FIELDS)

    def test_have_a_label_in_both_languages(self):
        for field in (*ENTRY_FIELDS.values(), *ITEM_FIELDS.values()):
            assert translate(field.label, "zh") == field.zh, field.name
            assert not field.help or translate(field.help, "zh") != field.help, field.name

    def test_cover_every_part_that_a_rule_of_a_place_names(self):
        for place in ("640300", "441900", "331100", "510100", "530000", "990100"):
            assert set(missing_fields({}, profile_of(place))) <= set(ENTRY_FIELDS)

    def test_name_their_property_in_dcat(self):
        assert DCAT["title"] == "dct:title" and DCAT["formats"] == "dcat:distribution/dct:format"

    def test_of_the_guide_are_all_there(self):
        told = {field.standard for field in ENTRY_FIELDS.values() if field.standard}
        names = ("名称", "代码", "提供方", "提供方代码", "摘要", "格式", "信息项信息")
        assert {f"信息资源{name}" if "信息" not in name else name for name in names} <= told | {"信息项信息"}
        assert {
            "共享属性",
            "共享条件",
            "共享方式",
            "开放属性",
            "更新周期",
            "发布日期",
            "关联资源代码",
        } <= told


class TestForm:
    def test_has_every_field_with_its_help_and_citation(self):
        fields = EntryInput().fields
        assert tuple(fields) == FORM_FIELDS
        assert fields["sharing_basis"].metadata["basis"] == "WZ25; DG14; CD26; YN L83"
        assert "article" in fields["sharing_basis"].metadata["hint"]

    def test_names_the_nearest_word(self):
        wrong = EntryInput().validate({"title": "a", "update_frequency": "每月度"})
        assert "monthly" in str(wrong["update_frequency"][0])

    def test_takes_data_items_with_type_key_and_sensitivity(self):
        item = {"name": "证件号", "type": "varchar", "length": 18, "key": True, "sensitivity": "敏感个人信息"}
        loaded = EntryInput().load({"title": "a", "items": [item]})["items"][0]
        assert (loaded["type"], loaded["sensitivity"], loaded["key"]) == (
            "string",
            "sensitive_personal",
            True,
        )


class TestJsonSchema:
    schema = entry_schema("https://example.org/schema", ("provider", "published_on"))

    def test_says_version_fields_and_what_is_needed(self):
        assert self.schema["version"] == VERSION
        assert set(self.schema["properties"]) == set(FORM_FIELDS)
        assert self.schema["required"] == ["title", "provider"]

    def test_carries_vocabularies_with_both_words_and_standard_addresses(self):
        terms = {term["const"]: term for term in self.schema["properties"]["update_frequency"]["oneOf"]}
        assert terms["monthly"]["x-title-zh"] == "每月"
        assert terms["monthly"]["x-uri"].endswith("frequency/MONTHLY")

    def test_carries_the_pattern_of_the_code(self):
        assert self.schema["properties"]["resource_code"]["pattern"] == r"^(?:[1-3]\d{2}\d{3}\d*/\d+)$"

    def test_is_plain_json(self):
        assert json.loads(json.dumps(self.schema, ensure_ascii=False)) == self.schema


class TestTemplate:
    @pytest.mark.parametrize("locale", ["zh_CN", "en"])
    def test_is_understood_by_the_import(self, locale):
        headings = next(csv.reader(io.StringIO(csv_template(locale).decode("utf-8-sig"))))
        mapping = propose_mapping(headings)
        assert mapping.unknown == ()
        assert list(mapping.columns.values()) == list(dict.fromkeys(mapping.columns.values()))
        assert set(mapping.columns.values()) == set(ENTRY_FIELDS)

    def test_offers_the_words_of_each_list(self):
        book = load_workbook(io.BytesIO(xlsx_template("zh_CN", ("provider",))))
        sheet, lists = book.worksheets[0], book.worksheets[2]
        chosen = [check for check in sheet.data_validations.dataValidation if check.type == "list"]
        assert len(chosen) == sum(field.type in ("term", "choice") for field in template_fields())
        words = {cell.value for column in lists.columns for cell in column}
        assert {"无条件开放", "每月", "核心数据", "可授权运营"} <= words

    def test_comes_back_as_an_entry(self):
        book = load_workbook(io.BytesIO(xlsx_template("zh_CN", ())))
        sheet = book.worksheets[0]
        told = {
            "资源名称": "气象站逐日雨量",
            "开放属性": "有条件开放",
            "更新频率": "每月",
            "授权运营属性": "不予授权运营",
            "限制开放的情形": "商业秘密",
            "数据项": "站点、雨量",
        }
        places = {cell.value: cell.column for cell in sheet[1]}
        for heading, word in told.items():
            sheet.cell(2, places[heading], word)
        out = io.BytesIO()
        book.save(out)
        file = read_rows("t.xlsx", out.getvalue(), **LIMITS)
        entry = read_entry(file.rows[0].values, propose_mapping(file.headings).columns).fields
        assert entry["opening_attribute"] == "conditional" and entry["operation_attribute"] == "none"
        assert entry["opening_ground"] == "trade_secret" and entry["update_frequency"] == "monthly"
        assert [item["name"] for item in entry["items"]] == ["站点", "雨量"]
