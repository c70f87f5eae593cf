"""Where the key of a signature comes from, and what is said where there is none."""

import sys
from dataclasses import replace

import pytest

from kernel import config
from kernel.errors import Conflict
from kernel.signing.keys import Device
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

