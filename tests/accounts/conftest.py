"""Browsers for the tests of accounts."""

import pytest

from tests.factories.accounts import a_member, an_organisation, sign_in


@pytest.fixture
def signed_in(client):
    """A browser of somebody with every mandate in an operating organisation."""
    own = an_organisation("operator", "buyer")
    who = a_member(own)
    assert sign_in(client, who).status_code == 302
    return client, who, own
