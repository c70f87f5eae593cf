"""Signing an agreement: in turn, in several ways, refused with a reason, stamped anew each year, archived."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest

from contracts import commands, queries
from contracts.queries.agreements import to_sign
from contracts.queries.archive import package_of
from contracts.queries.signing import mandate_was_held, stamps_to_renew
from contracts.reactions.signing import stamps_grow_old
from kernel import audit, clock, config, documents, signing
from kernel.actor import SYSTEM
from kernel.command import available, execute
from kernel.errors import InvalidInput, NotAllowed, RuleBroken, WrongState
from kernel.fields import File
from tests.factories import contracts as made
from tests.factories.accounts import PASSWORD, an_actor


@pytest.fixture
def who(app) -> made.Parties:
    """A licensed operator, an authority, an agency and a registrar."""
    return made.parties()


@pytest.fixture
def waiting(who):
    """The agreement and the commitment of a right that waits for signatures."""
    return queries.agreements_about("right", made.an_awaiting_right(who).id)


def sign(agreement, actor, **data):
    """The agreement signed by one person in some way."""
    text = {"password": PASSWORD, "document_sha256": queries.document_of(agreement).sha256}
    return execute(commands.agreement.sign, actor=actor, subject_id=agreement.id, data=text | data)


class TestTurns:
    def test_the_holder_signs_before_the_authority(self, who, waiting) -> None:
        with pytest.raises(RuleBroken) as caught:
            sign(waiting[0], who.deputy)
        assert caught.value.duty == "contracts.signed_in_turn" and "U02" in caught.value.ids
        assert to_sign(who.deputy) == [] and waiting[0] in to_sign(who.operator)
        sign(waiting[0], who.operator)
        assert to_sign(who.deputy) == [waiting[0]]
        assert sign(waiting[0], who.deputy).state == "in_force"


class TestWays:
    def test_keep_the_mandate_of_the_day(self, who, waiting) -> None:
        sign(waiting[0], who.operator)
        act = documents.signatures(queries.document_of(waiting[0]))[0]
        kept = act.evidence["statement"]["confirmation"]
        assert kept["mandate_from"] <= clock.today().isoformat() <= kept["mandate_until"]
        assert mandate_was_held(act) is True

    def test_are_those_the_installation_offers(self, monkeypatch) -> None:
        assert signing.offered() == ["recorded_act", "pades_one_time", "pades_file"]
        bare = config.Settings(**(vars(config.settings()) | {"demo": False}))
        monkeypatch.setitem(config._loaded, "settings", bare)
        assert signing.offered() == ["recorded_act"]

    @pytest.mark.parametrize(
        ("data", "field"),
        [
            ({"method": "fax"}, "method"),
            ({"method": "pades_file"}, "certificate"),
            ({"method": "sm2_detached"}, "signature"),
            ({"method": "sm2_detached", "signature": File("a.sig", b"x")}, "certificate"),
            ({"method": "pades_one_time", "seal": File("a.png", b"no picture")}, "seal"),
        ],
    )
    def test_say_what_they_lack(self, who, waiting, data, field) -> None:
        with pytest.raises(InvalidInput) as caught:
            sign(waiting[0], who.operator, **data)
        assert field in caught.value.messages and documents.signatures(queries.document_of(waiting[0])) == []

    def test_leave_no_secret_in_the_log(self, who, waiting) -> None:
        data = {"certificate": File("me.p12", b"key bytes"), "certificate_password": "geheim-12"}
        sign(waiting[0], who.operator, **data)
        body = audit.events_of(waiting[0])[-1].body.decode()
        assert "geheim-12" not in body and "me.p12" not in body and PASSWORD not in body


class TestRefuse:
    def test_lets_the_text_and_the_right_fall_away(self, who, waiting) -> None:
        agreement, commitment = waiting
        execute(commands.agreement.refuse, actor=who.operator, subject_id=agreement.id, data={"reason": "分成比例不可接受。"})
        assert (agreement.state, agreement.ended_because) == ("signature_refused", "分成比例不可接受。")
        assert queries.document_of(agreement).state == "revoked" and commitment.state == "lapsed"
        assert queries.right(agreement.about_id).state == "lapsed"

    def test_is_open_to_the_other_party_after_the_first_signature(self, who, waiting) -> None:
        sign(waiting[0], who.operator)
        execute(commands.agreement.refuse, actor=who.deputy, subject_id=waiting[0].id, data={"reason": "条件有变。"})
        assert waiting[0].state == "signature_refused"

    def test_is_for_those_who_sign(self, who, waiting) -> None:
        for actor in (an_actor("auditor"), who.authority.__class__(**{**vars(who.operator), "mandates": frozenset()})):
            with pytest.raises(NotAllowed):
                execute(commands.agreement.refuse, actor=actor, subject_id=waiting[0].id, data={"reason": "不行。"})

    def test_wants_a_reason(self, who, waiting) -> None:
        with pytest.raises(InvalidInput):
            execute(commands.agreement.refuse, actor=who.operator, subject_id=waiting[0].id, data={"reason": " "})

    def test_comes_too_late_once_in_force(self, who, waiting) -> None:
        commitment = sign(waiting[1], who.operator)
        with pytest.raises((WrongState, NotAllowed)):
            execute(commands.agreement.refuse, actor=who.operator, subject_id=commitment.id, data={"reason": "后悔。"})
        assert "refuse" not in [command.verb for command in available(commitment, who.operator)]


class TestRenewStamp:
    def test_has_nothing_to_do_without_a_signature_in_the_file(self, who, waiting) -> None:
        commitment = sign(waiting[1], who.operator)
        assert stamps_to_renew(clock.today() + timedelta(days=800)) == []
        with pytest.raises(WrongState, match="no time stamp"):
            execute(commands.agreement.renew_stamp, actor=SYSTEM, subject_id=commitment.id)

    def test_is_the_product_s_own(self, who, waiting) -> None:
        commitment = sign(waiting[1], who.operator)
        with pytest.raises(NotAllowed):
            execute(commands.agreement.renew_stamp, actor=who.operator, subject_id=commitment.id)

    @pytest.mark.prints
    @pytest.mark.slow
    def test_is_due_after_a_year_and_stands_in_the_log(self, who, waiting) -> None:
        with clock.frozen(clock.now() - timedelta(days=370)):
            commitment = sign(waiting[1], who.operator, method="pades_one_time")
        assert list(stamps_grow_old(clock.today() - timedelta(days=10))) == []
        due = list(stamps_grow_old(clock.today()))
        assert due == [(commands.agreement.renew_stamp, commitment.id)]
        document = queries.document_of(commitment)
        before = documents.newest_content(document)
        execute(*due[0][:1], actor=SYSTEM, subject_id=commitment.id)
        assert documents.newest_content(document).startswith(before) and list(stamps_grow_old(clock.today())) == []
        assert documents.check_file(document, before, clock.now()).code == "older_stamp"
        assert documents.check_file(document, documents.newest_content(document), clock.now()).code == "whole"


def verifier(folder, package, *options):
    """The stand-alone program on a package, taken from the package itself."""
    with zipfile.ZipFile(io.BytesIO(package)) as bundle:
        bundle.extractall(folder)
    (folder / "p.zip").write_bytes(package)
    return subprocess.run(  # noqa: S603
        [sys.executable, str(folder / "shuheng-archive.py"), str(folder / "p.zip"), *options], capture_output=True, text=True, check=False
    )


def repacked(package, changes):
    """The package with some files changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, lambda content: content)(old.read(name)))
    return out.getvalue()


class TestArchive:
    @pytest.fixture
    def package(self, who, waiting) -> bytes:
        for actor in (who.operator, who.deputy):
            sign(waiting[0], actor)
        audit.seal(clock.now())
        return package_of(waiting[0])

    def test_waits_until_the_log_has_sealed_it(self, who, waiting) -> None:
        with pytest.raises(RuleBroken) as caught:
            package_of(waiting[0])
        assert "Z02" in caught.value.ids

    def test_proves_itself_without_the_site(self, package, tmp_path) -> None:
        done = verifier(tmp_path, package, "--key", str(audit.public_key()))
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Everything holds" in done.stdout and done.stdout.count("signed for") == 2

    def test_is_the_same_again(self, package, waiting) -> None:
        with zipfile.ZipFile(io.BytesIO(package)) as bundle:
            facts = json.loads(bundle.read("manifest.json"))
            names = set(bundle.namelist())
        assert set(facts["sha256"]) | {"manifest.json", "shuheng-archive.py", "shuheng-verify.py"} == names
        assert facts["number"] == queries.document_of(waiting[0]).number

    @pytest.mark.parametrize("what", ["documents", "evidence", "proofs", "manifest"])
    def test_shows_what_was_changed(self, package, tmp_path, what) -> None:
        def change(content):
            if what == "manifest":
                return content.replace(b'"number":"YX', b'"number":"YY')
            return content[:-5] + b"0" + content[-4:]

        with zipfile.ZipFile(io.BytesIO(package)) as bundle:
            name = next(one for one in bundle.namelist() if one.startswith(what))
        done = verifier(tmp_path, repacked(package, {name: change}))
        assert done.returncode == 1 and "WRONG" in done.stdout

    def test_shows_evidence_that_was_forged_together_with_the_manifest(self, package, tmp_path) -> None:
        with zipfile.ZipFile(io.BytesIO(package)) as bundle:
            name = next(one for one in bundle.namelist() if one.startswith("evidence"))
            forged = bundle.read(name).replace("法定代表人".encode(), "授权代表人".encode()).replace(b"Authorised", b"Authorized")
            facts = json.loads(bundle.read("manifest.json"))
        facts["sha256"][name] = hashlib.sha256(forged).hexdigest()
        changes = {name: lambda _: forged, "manifest.json": lambda _: json.dumps(facts).encode()}
        done = verifier(tmp_path, repacked(package, changes))
        assert done.returncode == 1 and "after it was sealed" in done.stdout

    def test_is_handed_to_the_parties_alone(self, package, waiting, client) -> None:
        assert client.get(f"/agreements/{waiting[0].id}/archive.zip").status_code in (302, 401, 404)
