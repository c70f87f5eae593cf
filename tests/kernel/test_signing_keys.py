"""Where the key of a signature comes from, and what is said where there is none."""

import sys
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from kernel import config
from kernel.errors import Conflict
from kernel.signing import authority
from kernel.signing.keys import Device, OneTime
from tests.kernel.signing_parts import a_request


@pytest.fixture
def request_(app):
    return a_request(b"")


class TestDevice:
    def test_says_when_none_is_set(self, request_) -> None:
        with pytest.raises(Conflict, match="SHUHENG_PKCS11"), Device().opened(request_):
            pass

    def test_says_which_package_is_missing(self, request_, monkeypatch) -> None:
        monkeypatch.setattr("kernel.signing.keys.settings", lambda: replace(config.settings(), pkcs11="a;b;c;d"))
        monkeypatch.setitem(sys.modules, "pyhanko.sign.pkcs11", None)
        with pytest.raises(Conflict, match="python-pkcs11"), Device().opened(request_):
            pass

    def test_signs_with_the_key_it_names(self, request_, monkeypatch, tmp_path) -> None:
        """The device itself is outside: what is asked of it, and what is made of its answer, is ours."""
        (tmp_path / "pin").write_text("1234\n", encoding="utf-8")
        asked: list[object] = []

        @contextmanager
        def session(module, *, token_criteria, user_pin):
            asked.append((module, token_criteria.label, user_pin))
            yield "session"
            asked.append("closed")

        def signer(opened, *, cert_label, key_label):
            asked.append((opened, cert_label, key_label))
            return SimpleNamespace(signing_cert="certificate", cert_registry=["above"])

        device = SimpleNamespace(open_pkcs11_session=session, PKCS11Signer=signer)
        monkeypatch.setitem(sys.modules, "pyhanko.sign.pkcs11", device)
        named = f"/lib/device.so;token;seal;{tmp_path / 'pin'}"
        monkeypatch.setattr("kernel.signing.keys.settings", lambda: replace(config.settings(), pkcs11=named))
        with Device().opened(request_) as holder:
            assert (holder.certificate, holder.chain) == ("certificate", ["above"]) and asked[-1] != "closed"
        assert asked == [("/lib/device.so", "token", "1234"), ("session", "seal", "seal"), "closed"]


class TestOneTime:
    def test_is_for_demonstrations_alone(self, request_, monkeypatch) -> None:
        monkeypatch.setattr("kernel.signing.keys.settings", lambda: replace(config.settings(), demo=False))
        with pytest.raises(Conflict, match="demonstration only"), OneTime().opened(request_):
            pass


class TestAuthority:
    def test_refuses_a_kept_key_of_another_kind(self, tmp_path) -> None:
        pem, no_cipher = serialization.Encoding.PEM, serialization.NoEncryption()
        other = ed25519.Ed25519PrivateKey.generate().private_bytes(pem, serialization.PrivateFormat.PKCS8, no_cipher)
        (tmp_path / "demo-ca.pem").write_bytes(other)
        with pytest.raises(TypeError, match=r"demo-ca\.pem"):
            authority._read(tmp_path / "demo-ca.pem")
