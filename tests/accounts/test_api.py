"""The JSON door of accounts: keys, never cookies."""

import pytest

from accounts import queries
from accounts.commands import token
from accounts.vocabulary import TRIES_PER_ACCOUNT
from kernel import clock
from kernel.command import execute
from tests.factories.accounts import PASSWORD, a_code, a_member, a_person, acting, an_organisation, sign_in

pytestmark = pytest.mark.usefixtures("app")
LIST = "/api/v1/accounts/organisations"


def key_of(who, own, scope="act") -> dict[str, str]:
    facts = {"name": "x", "scope": scope, "expires_on": clock.today().isoformat()}
    return {"Authorization": "Bearer " + execute(token.issue, actor=acting(who, own), data=facts).secret}


class TestLoadApiActor:
    def test_does_not_look_at_cookies(self, client) -> None:
        own = an_organisation("operator")
        sign_in(client, a_member(own))
        assert client.get(LIST).json["total"] == 0

    @pytest.mark.parametrize("header", ["Bearer shu_wrong", "Bearer x", "Basic YTpi", "Bearer", "nonsense"])
    def test_refuses_what_is_no_key(self, client, header) -> None:
        answer = client.get(LIST, headers={"Authorization": header})
        assert (answer.status_code, answer.json["code"]) == (401, "not_signed_in")

    def test_acts_for_the_organisation_of_the_key(self, client) -> None:
        own = an_organisation("operator", name="公司")
        key = key_of(a_member(own), own)
        assert [row["name"] for row in client.get(LIST, headers=key).json["items"]] == ["公司"]
        answer = client.post(f"{LIST}/{own.id}/amend", headers=key, json={"name": "新名"})
        assert (answer.status_code, answer.json["name"]) == (200, "新名")

    def test_gives_reading_keys_nothing_to_do(self, client) -> None:
        own = an_organisation("operator")
        key = key_of(a_member(own), own, "read")
        assert client.get(f"{LIST}/{own.id}", headers=key).json["available"] == []
        assert client.post(f"{LIST}/{own.id}/amend", headers=key, json={"name": "x"}).status_code == 403


class TestDoors:
    def test_refuse_like_the_page_does(self, client) -> None:
        who, own = a_person(), an_organisation("buyer")
        a_member(own, person=who)
        facts = {"name": "x", "uscc": "9I110000600037341L", "legal_form": "enterprise", "jurisdiction": "990100", "roles": ["buyer"]}  # fmt: skip
        answer = client.post(f"{LIST}/register?lang=en", headers=key_of(who, own), json=facts)
        assert answer.status_code == 422 and "Character 2" in answer.json["errors"]["uscc"][0]

    def test_tell_invitation_codes_and_keys_once(self, client) -> None:
        own = an_organisation("operator")
        key = key_of(a_member(own), own)
        made = client.post(
            "/api/v1/accounts/memberships/invite", headers=key, json={"email": "a@example.org"}
        )
        assert made.status_code == 201 and made.json["code"]
        again = client.get(f"/api/v1/accounts/memberships/{made.json['id']}", headers=key)
        assert again.json["code"] == ""
        facts = {"name": "x", "scope": "read", "expires_on": clock.today().isoformat()}
        issued = client.post("/api/v1/accounts/tokens/issue", headers=key, json=facts)
        assert issued.json["secret"].startswith("shu_")
        rows = client.get("/api/v1/accounts/tokens", headers=key).json["items"]
        assert {row["secret"] for row in rows} == {""}

    def test_show_no_account_number_or_telephone(self, client) -> None:
        body = an_organisation("agency", contact_phone="0871-55555")
        shown = client.get(f"{LIST}/{body.id}").json
        assert "0871-55555" not in str(shown) and shown["uscc"] == body.uscc
        assert client.post(f"{LIST}/register", json={"uscc": a_code()}).status_code in (401, 403)

    @pytest.mark.parametrize(
        "plural", ["people", "sessions", "attempts", "mandates", "memberships", "tokens"]
    )
    def test_show_everybody_what_is_theirs(self, client, plural) -> None:
        own, path = an_organisation("operator"), f"/api/v1/accounts/{plural}"
        who = a_member(own)
        sign_in(client, who)
        stranger = a_member(an_organisation("operator"))
        key_of(stranger, queries.memberships_of(stranger.id)[0].organisation)
        key = key_of(who, own)
        assert client.get(path).json["total"] == 0
        counted = {"people": 1, "sessions": 1, "attempts": 0, "mandates": 4, "memberships": 1, "tokens": 1}
        assert client.get(path, headers=key).json["total"] == counted[plural]

    def test_count_wrong_passwords_too(self, client) -> None:
        own = an_organisation("operator")
        who = a_member(own)
        key, path = key_of(who, own), f"/api/v1/accounts/people/{who.id}/change_password"
        wrong = {"password": "wrong password", "new_password": "quite another sentence"}
        for _ in range(TRIES_PER_ACCOUNT):
            assert client.post(path, headers=key, json=wrong).status_code == 422
        assert client.post(path, headers=key, json=wrong | {"password": PASSWORD}).status_code == 429
