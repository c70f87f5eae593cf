"""Days, counts, formats, contacts and addresses of foreign catalogues."""

from datetime import UTC, date, datetime

import pytest

from registry.gateway import contacts, dates
from tests.registry.readings import mended, refused, taken


class TestDays:
    @pytest.mark.parametrize(
        "value",
        [
            "2022-3-24", "20220324", "2022/03/24 10:24:45", "2022年3月24日",
            "2022.3.24", 1648051200, "1648051200000",
            1648051200000, "2022-03-24\n09:45", "20220324102400",
            "2022-03-24T09:45:00+08:00", datetime(2022, 3, 24, 9, tzinfo=UTC),
        ],
    )  # fmt: skip
    def test_are_read_in_every_form(self, value):
        assert mended(dates.read_day(value)) == date(2022, 3, 24)

    def test_are_taken_in_the_standard_form(self):
        assert (
            taken(dates.read_day("2022-03-24"))
            == taken(dates.read_day(date(2022, 3, 24)))
            == date(2022, 3, 24)
        )

    def test_counted_from_1970_are_days_in_beijing(self):
        assert mended(dates.read_day(1648052400000)) == date(2022, 3, 24)
        assert mended(dates.read_day(1648051199)) == date(2022, 3, 23)

    @pytest.mark.parametrize(
        "value", ["2022-02-30", "0000-00-00", "2022", "2022-03", "昨天", "20221345", "99999999999999"]
    )
    def test_that_are_none_are_refused(self, value):
        assert value in refused(dates.read_day(value))


class TestCounts:
    @pytest.mark.parametrize(("value", "count"), [(0, 0), ("0", 0), (3970, 3970), ("235", 235)])
    def test_are_taken(self, value, count):
        assert taken(dates.read_count(value)) == count

    @pytest.mark.parametrize(
        ("value", "count"),
        [
            ("1,241,609", 1241609),
            ("637\r\n\r\n", 637),
            ("1.2万条", 12000),
            ("3亿", 300_000_000),
            ("12.0", 12),
            ("235条", 235),
        ],
    )
    def test_are_mended(self, value, count):
        assert mended(dates.read_count(value)) == count

    @pytest.mark.parametrize("value", ["-1", "约三百", 12.5, float("nan"), "1,2,3", True, "9" * 20, "10MB"])
    def test_that_are_none_are_refused(self, value):
        assert refused(dates.read_count(value))


class TestFormats:
    def test_are_taken_from_a_list_of_codes(self):
        reading = contacts.read_formats(["xls", "json"])
        assert taken(reading) == ["xls", "json"]
        assert reading.also == (("data_form", "file"),)

    @pytest.mark.parametrize(
        ("value", "codes", "form"),
        [
            ("['xls', 'json']", ["xls", "json"], "file"), ("xls,xml,json,csv", ["xls", "xml", "json",
            "csv"], "file"),
            ("数据库-oracle", ["oracle"], "table"), ("数据库:mysql", ["mysql"], "table"),
            ("数据库/sqlServer", ["sqlserver"], "table"),
            ("03,0310", ["mysql"], "table"), ("02,0203", ["xlsx"], "file"), ("03,0317", ["database"], "table"),
            ("电子表格:xlsx;数据库:greenplum", ["xlsx", "greenplum"], "table"),
            ("数据库-其他", ["database"], "table"),
            ("['xls', '接口']", ["xls", "api"], "file"), (["excel"], ["xls"], "file"),
            ("电子文件", ["document"], "file"),
            ("[xls, json]", ["xls", "json"], "file"),
        ],
    )  # fmt: skip
    def test_are_read_from_every_form(self, value, codes, form):
        reading = contacts.read_formats(value)
        assert mended(reading) == codes
        assert reading.also == (("data_form", form),)

    @pytest.mark.parametrize(("value", "form"), [("file", "file"), ("table", "table"), ("data", "table")])
    def test_that_are_forms_fill_the_form(self, value, form):
        reading = contacts.read_formats(value)
        assert mended(reading) is None
        assert reading.also == (("data_form", form),)

    def test_that_are_unknown_are_refused_and_the_others_kept(self):
        reading = contacts.read_formats(["csv", "WL"])
        assert reading.value == ["csv"]
        assert "WL" in str(reading.refused)

    def test_forms_are_read_from_their_own_column(self):
        assert taken(contacts.read_form("库表")) == "table"
        assert mended(contacts.read_form("数据接口")) == "api"
        assert "not understood" in refused(contacts.read_form("云"))


class TestContacts:
    @pytest.mark.parametrize("value", ["0571-88217800", "13800001234"])
    def test_numbers_are_taken(self, value):
        assert taken(contacts.read_contact(value)) == value

    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            (" 0571-86960032\n", "0571-86960032"), ("0571—86083271", "0571-86083271"), ("(0574)65562083",
            "(0574)65562083"),
            ("2522979、2524989", "2522979 / 2524989"), ("日间:(0571)87709006夜间:(0571)87087342",
            "(0571)87709006 / (0571)87087342"),
            ("89289913/136****9246", "89289913"), ("张三 89181307", "89181307"),
        ],
    )  # fmt: skip
    def test_numbers_are_found(self, value, shown):
        reading = contacts.read_contact(value)
        assert (reading.value, reading.refused) == (shown, None)

    def test_addresses_go_to_their_own_field(self):
        reading = contacts.read_contact("sjkf@example.gov.cn")
        assert reading.value is None
        assert reading.also == (("contact_email", "sjkf@example.gov.cn"),)

    def test_masked_numbers_and_mere_names_are_refused(self):
        assert "masked" in refused(contacts.read_contact("139****9398"))
        assert "no telephone" in refused(contacts.read_contact("慈溪市"))

    def test_mail_addresses_are_checked(self):
        assert taken(contacts.read_email("a.b@example.cn")) == "a.b@example.cn"
        assert "not an e-mail" in refused(contacts.read_email("a@b"))


class TestAddresses:
    def test_are_taken(self):
        address = "https://data.example.gov.cn/#/catalog/1?x=y&z=%E6"
        assert taken(contacts.read_address(address)) == address

    def test_with_blanks_are_mended(self):
        assert mended(contacts.read_address("http://a.cn/b c")) == "http://a.cn/b%20c"

    @pytest.mark.parametrize(
        "value",
        [
            "javascript:alert(1)", "ftp://a.cn/", "//a.cn", "http://user:pass@a.cn/", "http://a.cn/<script>",
            "http://",
            "https:///path", "http://a.cn/" + "x" * 2000, "http://[::1/", "http://a.cn/\x00", "data.example.cn",
        ],
    )  # fmt: skip
    def test_that_are_no_safe_link_are_refused(self, value):
        assert "left out" in refused(contacts.read_address(value))


class TestBodies:
    def test_are_taken_mended_or_refused(self):
        assert taken(contacts.read_body("市统计局")) == "市统计局"
        assert mended(contacts.read_body("【台州市】台州市统计局")) == "台州市统计局"
        assert "account" in refused(contacts.read_body("地区管理员"))
