"""SM2 with SM3: the published example, certificates, and a detached signature as a way of signing."""

from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import algos, core, crl, keys, pem, x509

from kernel import config, signing
from kernel.errors import InvalidInput
from kernel.signing import Handed, detached, sm2
from kernel.signing.trust import trust
from tests.kernel.signing_parts import AT, a_request

# GB/T 32918.5-2017, annex A.2: private key, public key, random number and signature over “message digest”.
PRIVATE = 0x3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8
PUBLIC = (
    0x09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020,
    0xCCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13,
)
DRAWN = 0x59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21
R = "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
S = "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
MESSAGE = b"message digest"


class TestSm3:
    @pytest.mark.parametrize(
        ("content", "digest"),  # GB/T 32905-2016, annex A
        [
            (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
            (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
        ],
    )
    def test_gives_the_published_hashes(self, content, digest):
        assert sm2.sm3(content).hex() == digest


class TestSm2:
    def test_gives_the_published_signature(self):
        signature = sm2.sign(PRIVATE, MESSAGE, draw=lambda _: DRAWN)
        pair = sm2._Pair.load(signature)
        assert (f"{pair['r'].native:064X}", f"{pair['s'].native:064X}") == (R, S)
        assert sm2.public_key(PRIVATE) == PUBLIC and sm2.verify(PUBLIC, MESSAGE, signature)

    def test_fits_no_other_message_key_or_identifier(self):
        signature = sm2.sign(PRIVATE, MESSAGE)
        assert sm2.verify(PUBLIC, MESSAGE, signature)
        assert not sm2.verify(PUBLIC, MESSAGE + b".", signature)
        assert not sm2.verify(sm2.public_key(PRIVATE + 1), MESSAGE, signature)
        assert not sm2.verify(PUBLIC, MESSAGE, signature, who=b"somebody else")

    @pytest.mark.parametrize("changed", [b"", b"\x30\x00", b"nonsense", "twice", "zero", "large"])
    def test_refuses_what_is_no_signature(self, changed):
        good = sm2.sign(PRIVATE, MESSAGE)
        s = sm2._Pair.load(good)["s"].native
        made = {
            "twice": good + b"\x00",
            "zero": sm2._Pair({"r": 0, "s": s}).dump(),
            "large": sm2._Pair({"r": sm2.SM2P256V1.n, "s": s}).dump(),
        }
        assert not sm2.verify(PUBLIC, MESSAGE, made.get(changed, changed) if isinstance(changed, str) else changed)

    def test_refuses_a_point_beside_the_curve(self):
        signature = sm2.sign(PRIVATE, MESSAGE)
        assert not sm2.verify((PUBLIC[0], PUBLIC[1] ^ 1), MESSAGE, signature)
        assert not sm2.verify((PUBLIC[0] + sm2.SM2P256V1.p, PUBLIC[1]), MESSAGE, signature)

    def test_has_a_key_between_one_and_the_order(self):
        for private in (0, sm2.SM2P256V1.n):
            with pytest.raises(ValueError, match="order"):
                sm2.public_key(private)
            with pytest.raises(ValueError, match="order"):
                sm2.sign(private, MESSAGE)


def a_certificate(name, private, issuer, by, begin=datetime(2026, 1, 1, tzinfo=UTC), days=365):
    """A certificate for an SM2 key, signed by SM2."""
    x, y = sm2.public_key(private)
    algorithm = keys.PublicKeyAlgorithm({"algorithm": "ec", "parameters": keys.ECDomainParameters(("named", detached.CURVE))})
    with_sm3 = algos.SignedDigestAlgorithm({"algorithm": detached.WITH_SM3})
    body = x509.TbsCertificate({
        "version": "v3", "serial_number": private % 10**9, "signature": with_sm3,
        "issuer": x509.Name.build({"common_name": issuer}), "subject": x509.Name.build({"common_name": name}),
        "validity": {"not_before": x509.Time({"utc_time": begin}), "not_after": x509.Time({"utc_time": begin + timedelta(days=days)})},
        "subject_public_key_info": {"algorithm": algorithm, "public_key": b"\x04" + x.to_bytes(32, "big") + y.to_bytes(32, "big")},
    })  # fmt: skip
    signature = core.OctetBitString(sm2.sign(by, body.dump()))
    return x509.Certificate({"tbs_certificate": body, "signature_algorithm": with_sm3, "signature_value": signature}).dump()


def a_list(issuer, private, since):
    """A list that revokes the certificate of that key."""
    entry = {"user_certificate": private % 10**9, "revocation_date": x509.Time({"utc_time": since})}
    with_sm3 = algos.SignedDigestAlgorithm({"algorithm": detached.WITH_SM3})
    body = crl.TbsCertList({
        "version": "v2", "signature": with_sm3, "issuer": x509.Name.build({"common_name": issuer}),
        "this_update": x509.Time({"utc_time": since}), "revoked_certificates": [entry],
    })  # fmt: skip
    return crl.CertificateList({"tbs_cert_list": body, "signature_algorithm": with_sm3, "signature": b"\x00"}).dump()


ROOT_KEY, SIGNER_KEY = 1234567, 7654321
CONTENT = b"%PDF-1.7 the issued file"


@pytest.fixture
def trusting(settings, tmp_path, monkeypatch):
    """An installation that believes one SM2 root."""
    root = a_certificate("某电子认证机构", ROOT_KEY, "某电子认证机构", ROOT_KEY)
    (tmp_path / "root.pem").write_bytes(pem.armor("CERTIFICATE", root))
    chosen = config.Settings(**(vars(settings) | {"signing_trust": tmp_path}))
    monkeypatch.setitem(config._loaded, "settings", chosen)
    return a_certificate("张三", SIGNER_KEY, "某电子认证机构", ROOT_KEY)


def handed(certificate, content=CONTENT, key=SIGNER_KEY):
    return a_request(CONTENT, material=Handed(sm2.sign(key, content), certificate))


class TestDetached:
    def test_is_kept_with_its_certificate_and_can_be_checked_again(self, trusting):
        act = signing.SM2_DETACHED.sign(handed(trusting))
        assert act.method == "sm2_detached" and act.signed_file is None
        assert detached.holds(act.evidence, CONTENT, AT, AT)
        assert not detached.holds(act.evidence, CONTENT + b" ", AT, AT)
        assert not detached.holds(act.evidence | {"signature": "00"}, CONTENT, AT, AT)
        assert not detached.holds({}, CONTENT, AT, AT)
        assert signing.SM2_DETACHED.is_intact(act.evidence, handed(trusting).sha256)
        assert "sm2_detached" in signing.offered()

    def test_takes_an_armoured_certificate(self, trusting):
        assert signing.SM2_DETACHED.sign(handed(pem.armor("CERTIFICATE", trusting))).evidence["certificate"]["subject"]

    def test_refuses_a_signature_over_another_file(self, trusting):
        with pytest.raises(InvalidInput) as caught:
            signing.SM2_DETACHED.sign(handed(trusting, b"another file"))
        assert "signature" in caught.value.messages

    def test_refuses_what_was_not_handed_in(self, trusting):
        with pytest.raises(InvalidInput):
            signing.SM2_DETACHED.sign(a_request(CONTENT))

    @pytest.mark.parametrize("row", ["stranger", "over", "not begun", "forged", "nonsense"])
    def test_refuses_a_certificate_that_is_not_to_be_believed(self, trusting, row):
        certificate = {
            "stranger": lambda: a_certificate("张三", SIGNER_KEY, "别的机构", 99),
            "over": lambda: a_certificate("张三", SIGNER_KEY, "某电子认证机构", ROOT_KEY, AT - timedelta(days=400), 30),
            "not begun": lambda: a_certificate("张三", SIGNER_KEY, "某电子认证机构", ROOT_KEY, AT + timedelta(days=1)),
            "forged": lambda: a_certificate("张三", SIGNER_KEY, "某电子认证机构", 99),
            "nonsense": lambda: b"no certificate",
        }[row]()
        with pytest.raises(InvalidInput) as caught:
            signing.SM2_DETACHED.sign(handed(certificate))
        assert "certificate" in caught.value.messages

    @pytest.mark.parametrize(
        ("key", "said"),
        [
            (keys.ECDomainParameters(("named", "secp256r1")), "not one for SM2"),
            (keys.ECDomainParameters(("implicit_ca", core.Null())), "not one for SM2"),
        ],
    )
    def test_refuses_a_certificate_for_another_curve(self, trusting, key, said):
        changed = x509.Certificate.load(trusting)
        changed["tbs_certificate"]["subject_public_key_info"]["algorithm"]["parameters"] = key
        with pytest.raises(InvalidInput) as caught:
            signing.SM2_DETACHED.sign(handed(changed.dump(force=True)))
        assert said in str(caught.value.messages["certificate"][0])

    def test_refuses_a_key_that_is_no_whole_point(self, trusting):
        changed = x509.Certificate.load(trusting)
        changed["tbs_certificate"]["subject_public_key_info"]["public_key"] = b"\x02" + b"\x01" * 32
        with pytest.raises(InvalidInput) as caught:
            detached.public_key(changed)
        assert "certificate" in caught.value.messages

    @pytest.mark.parametrize(("day", "holds"), [(-1, False), (1, True)])
    def test_refuses_a_certificate_that_was_revoked_before(self, trusting, tmp_path, day, holds):
        act = signing.SM2_DETACHED.sign(handed(trusting))
        (tmp_path / "revoked.crl").write_bytes(a_list("某电子认证机构", SIGNER_KEY, AT + timedelta(days=day)))
        assert detached.holds(act.evidence, CONTENT, AT + timedelta(days=2), AT) is holds
        if not holds:
            with pytest.raises(InvalidInput) as caught:
                signing.SM2_DETACHED.sign(handed(trusting))
            assert "revoked" in str(caught.value.messages["certificate"][0])

    def test_refuses_whatever_byte_of_the_certificate_is_another(self, trusting, monkeypatch):
        monkeypatch.setattr(sm2, "verify", lambda *_: False)  # nothing fits; what is asked is whether anything breaks
        for at in range(len(trusting)):
            for bit in (1, 0x20, 0x80):
                changed = trusting[:at] + bytes([trusting[at] ^ bit]) + trusting[at + 1 :]
                with pytest.raises(InvalidInput):
                    signing.SM2_DETACHED.sign(a_request(CONTENT, material=Handed(b"", changed)))
                assert not detached.holds({"der": changed.hex(), "signature": ""}, CONTENT, AT, AT)

    def test_believes_nobody_where_no_root_was_put_down(self, settings):
        certificate = a_certificate("张三", SIGNER_KEY, "某电子认证机构", ROOT_KEY)
        assert detached.doubt(detached.read_certificate(certificate), trust(AT), AT) is not None
