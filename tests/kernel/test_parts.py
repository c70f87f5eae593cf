"""The small parts: states, duties, words, permissions, settings, fields, clock."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import marshmallow
import pytest

from kernel import clock, config
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.db import UTCDateTime, new_id
from kernel.duty import DUTIES, checked, duty
from kernel.errors import DomainError, RuleBroken, WrongState
from kernel.fields import File, Upload, Words, Yuan, refusal
from kernel.permissions import anyone, every, in_jurisdiction, may_see, role, signed_in, system, visible_to
from kernel.states import StateMachine, state_word
from kernel.words import N_, Text, translate
from tests.kernel.toys import ANN, BEN, STATES, ToyPermit, term_is_short


class TestStateMachine:
    def test_knows_its_states_and_what_may_follow(self):
        assert STATES.states == {"draft", "under_review", "granted", "refused", "closed"}
        assert STATES.allowed("draft") == ["hand_in", "attach"] and STATES.allowed(None) == ["draft"]
        assert STATES.targets("draft", "attach") == frozenset()

    def test_refuses_an_unknown_verb_and_a_wrong_state(self):
        for state, verb in (("closed", "hand_in"), ("draft", "fly")):
            with pytest.raises(WrongState):
                STATES.targets(state, verb)

    def test_refuses_the_same_verb_twice(self):
        with pytest.raises(ValueError):
            StateMachine(("a", {None}, "x"), ("a", {"x"}, "y"))

    def test_says_states_in_words(self):
        assert state_word("under_review") == "Under review" and state_word(None) == "New"


class TestDuty:
    def test_is_noted_once_however_often_it_is_asked(self):
        token = checked.set([])
        term_is_short(1, 5)
        term_is_short(2, 5)
        assert checked.get() == ["tests.term_is_short"]
        checked.reset(token)

    def test_refuses_with_name_ids_and_basis(self):
        with pytest.raises(RuleBroken) as broken:
            term_is_short(9, 5)
        assert broken.value.status == 409 and broken.value.basis == "Toy rules 3"

    def test_takes_its_sentence_from_the_docstring(self):
        assert DUTIES["tests.term_is_short"].text == "A permit runs for a few years only."

    def test_has_a_name_of_its_own(self):
        def other(years, most):
            """Something else under the same name."""

        other.__module__, other.__name__ = "tests.elsewhere", "term_is_short"
        with pytest.raises(ValueError):
            duty("T02", basis="x")(other)


class TestWords:
    def test_fill_in_values_in_every_language(self):
        text = Text(N_("At most {most} years."), most=5)
        assert str(text) == "At most 5 years." and repr(text) == "Text('At most 5 years.')"
        assert text == Text("At most {most} years.", most=5) and hash(text) == hash(
            Text("At most {most} years.")
        )
        assert text != "At most 5 years."

    def test_translate_what_stands_inside(self):
        inner = Text("Until {day}", day=date(2026, 5, 1))
        assert translate(Text("{what}!", what=[inner, "soon"]), "en") == "Until 2026-05-01, soon!"
        assert translate(["a", "b"], "zh") == "a、b" and translate(None, "zh") == ""
        assert translate(Text(""), "zh") == translate(Text(""), "en") == ""

    def test_have_chinese(self):
        assert translate(DomainError().message, "zh") != DomainError.default


class TestPermissions:
    def test_shared_predicates(self):
        assert system(SYSTEM, None) and not system(ANN, None) and anyone(ANONYMOUS, None)
        assert signed_in(ANN, None) and not signed_in(ANONYMOUS, None)
        assert role("office")(BEN, None) and not role("office", "sign")(BEN, None)
        both = every(role("office"), signed_in)
        assert both(BEN, None) and not both(ANN, None) and both.__name__ == "office_and_signed_in"

    def test_in_jurisdiction_follows_the_codes_answered_for(self):
        permit = ToyPermit(jurisdiction="000000")
        assert in_jurisdiction(ANN, None) and not in_jurisdiction(ANN, permit)

    def test_nobody_sees_a_table_nobody_has_spoken_for(self, app):
        with pytest.raises(LookupError):
            visible_to(ANN, File)
        assert not may_see(ANN, ToyPermit(id=uuid.uuid4()))
        assert str(visible_to(SYSTEM, File)) == "true"


class TestFields:
    def load(self, field, value):
        return marshmallow.Schema.from_dict({"x": field})().load({"x": value})["x"]

    def test_words_are_composed_trimmed_and_free_of_direction_marks(self):
        assert self.load(Words(), " e\u0301 \u202eabc\r\n") == "é abc"
        with pytest.raises(marshmallow.ValidationError):
            self.load(Words(required=True), " \u200b ")

    def test_yuan_are_kept_as_fen(self):
        assert self.load(Yuan(), "1,234.50") == 123450
        for wrong in ("1.005", "ten", "", None):
            with pytest.raises(marshmallow.ValidationError):
                self.load(Yuan(), wrong)
        schema = marshmallow.Schema.from_dict({"x": Yuan()})()
        assert schema.dump({"x": 123450}) == {"x": "1234.50"} and schema.dump({"x": None}) == {"x": None}

    def test_uploads_are_files_with_content(self):
        given = File("a.csv", b"a,b")
        assert self.load(Upload(), given) is given and len(given.sha256) == 64
        for wrong in ("a.csv", File("a.csv", b"")):
            with pytest.raises(marshmallow.ValidationError):
                self.load(Upload(), wrong)
        assert marshmallow.Schema.from_dict({"x": Upload()})().dump({"x": None}) == {"x": None}

    def test_refusals_carry_values(self):
        assert str(refusal("At most {n}", n=3).messages[0]) == "At most 3"


class TestSettings:
    GOOD = {"SHUHENG_SECRET_KEY": "x" * 40}

    def test_have_sound_defaults(self, tmp_path):
        chosen = config.load(self.GOOD | {"SHUHENG_DATA": str(tmp_path)})
        assert (chosen.host, chosen.port, chosen.demo, chosen.secure_cookies) == (
            "127.0.0.1",
            8000,
            False,
            False,
        )
        assert (
            chosen.database_url == f"sqlite:///{tmp_path}/shuheng.db"
            and chosen.base_url == "http://127.0.0.1:8000"
        )

    def test_say_everything_that_is_wrong_at_once(self):
        wrong = {
            "SHUHENG_PORT": "eighty",
            "SHUHENG_DEMO": "maybe",
            "SHUHENG_DATABASE_URL": "mysql://x",
            "SHUHENG_STRIPE_KEY": "sk",
            "SHUHENG_BASE_URL": "ftp://x",
            "SHUHENG_RULES": "/nowhere/at/all",
            "SHUHENG_MAX_UPLOAD_BYTES": "1",
            "SHUHENG_PROXIES": "many",
            "SHUHENG_SMTP_URL": "mail.example",
            "SHUHENG_LOG_WITNESSES": "https://one.example two.example",
            "SHUHENG_SIGNING_TRUST": "/nowhere/at/all",
            "SHUHENG_TIMESTAMP_URL": "stamps.example",
        }
        with pytest.raises(config.BadConfiguration) as bad:
            config.load(wrong)
        assert len(bad.value.problems) == 13
        short = {"SHUHENG_SECRET_KEY": "short"}
        with pytest.raises(config.BadConfiguration, match="shorter"):
            config.load(short)

    def test_a_demonstration_makes_and_keeps_its_own_key(self, tmp_path):
        first = config.load(
            {"SHUHENG_DEMO": "1", "SHUHENG_DATA": str(tmp_path), "SHUHENG_RULES": str(tmp_path)}
        )
        again = config.load({"SHUHENG_DEMO": "1", "SHUHENG_DATA": str(tmp_path)})
        assert (
            first.secret_key == again.secret_key and len(first.secret_key) >= 32 and first.rules == tmp_path
        )

    def test_of_many_that_start_at_once_all_keep_the_first_key(self, tmp_path):
        path = tmp_path / "keys" / "secret"
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: config.keep_once(path, b"%d" % n), range(40)))
        kept = path.read_bytes()
        config.keep_once(path, b"later")
        assert path.read_bytes() == kept and kept.isdigit() and path.stat().st_mode & 0o777 == 0o600
        assert [one.name for one in path.parent.iterdir()] == ["secret"]

    def test_take_the_usual_spellings_of_a_postgresql_address(self):
        assert config.load_url("postgres://u@h/d") == "postgresql+psycopg://u@h/d"
        assert config.load_url("postgresql://u@h/d") == "postgresql+psycopg://u@h/d"

    def test_come_from_the_environment_when_nobody_chose(self, monkeypatch, settings):
        monkeypatch.setattr(config, "_loaded", {})
        monkeypatch.setenv("SHUHENG_SECRET_KEY", "y" * 40)
        assert config.settings().secret_key == "y" * 40


class TestTime:
    def test_a_legal_day_begins_at_midnight_in_beijing(self):
        assert clock.legal_day(datetime(2026, 2, 1, 15, 59, tzinfo=UTC)) == date(2026, 2, 1)
        assert clock.legal_day(datetime(2026, 2, 1, 16, 0, tzinfo=UTC)) == date(2026, 2, 2)
        with clock.frozen(datetime(2026, 2, 1, 16, 0, tzinfo=UTC)):
            assert clock.today() == date(2026, 2, 2)

    def test_naive_moments_are_refused(self):
        with pytest.raises(ValueError):
            UTCDateTime().process_bind_param(datetime(2026, 1, 1), None)  # noqa: DTZ001

    def test_identities_sort_by_time(self):
        with clock.frozen("2026-02-13T09:00+08:00"):
            early = new_id()
        with clock.frozen("2026-02-13T09:01+08:00"):
            late = new_id()
        assert early < late and early.version == 7
