"""Threat 22: what people typed is text and stays text, on every page that anybody opens."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import JSON, String

from accounts import queries as accounts
from kernel.actor import Actor
from kernel.db import db
from kernel.pages.addresses import address_of
from tests.factories.accounts import sign_in
from tests.security.world import World

POLYGLOT = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}${7*7}"
ALIVE = ("<script>alert(1)", "<img src=x", "onerror=alert(2)>")
# Columns in which people write words of their own.
WORDS = {
    "title", "title_en", "abstract", "name", "name_en", "purpose_text", "plan", "ability", "security", "treatment",
    "what", "text", "reasons", "opinion", "grounds", "scope", "use_text", "project", "contact_name", "address",
    "legal_representative", "summary", "risk_assessment", "scenario", "source_legality", "storage_location",
    "volume", "provider", "collector", "approver", "use_conditions", "sharing_content", "item_title",
    "product_title", "buyer_name", "seller_name", "issuer_name", "operator_name", "party_name", "file_name",
    "exchange_reference", "bank_note", "review", "purpose", "technical_condition", "contact", "reply",
    "ended_because", "security_head", "security_officer", "data_body", "supplement", "heading",
}  # fmt: skip
# Pages are alike but for the row they show: so many of each are opened besides those of the private rows.
OF_EACH = 1
LINK = re.compile(r'href="(/[^"#]*)"')
SHAPE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9A-Z]{4,}-[0-9A-Z-]+|\d+")


MACHINE_WORDS = {("due_date", "name"), ("accounts_token", "scope")}
# Tables that the database itself keeps from being changed, and documents, whose text is made of the others.
SEALED = (
    "audit_",
    "billing_ledger",
    "billing_settlement_line",
    "billing_statement",
    "billing_invoice_line",
    "document",
    "marketplace_delivery",
    "marketplace_download",
)


@pytest.fixture(scope="module")
def hostile(world: World) -> World:
    """The world after somebody wrote the string into every field of words."""
    for table in db.metadata.sorted_tables:
        columns = [
            column.name
            for column in table.columns
            if column.name in WORDS
            and isinstance(column.type, String)
            and not column.unique
            and (table.name, column.name) not in MACHINE_WORDS
        ]
        if table.name.startswith(SEALED):
            continue
        for name in columns:
            db.session.execute(table.update().where(table.c[name] != "").values({name: POLYGLOT}))
        if "keywords" in table.c and isinstance(table.c.keywords.type, JSON):
            db.session.execute(table.update().values(keywords=[POLYGLOT]))
    db.session.commit()
    return world


def crawl(client: FlaskClient, *starts: str) -> Iterator[tuple[str, Any]]:
    """Open pages and what they link to, a few of every shape; (address, answer)."""
    waiting, opened, shapes = list(starts), set(starts), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        with client.get(address) as answer:
            yield address, answer
            if answer.mimetype != "text/html":
                continue
            for found in LINK.findall(answer.text):
                found = found.replace("&amp;", "&")
                path, _, query = found.partition("?")
                shape = SHAPE.sub("*", path) + ("?" if query else "")
                if found not in opened and shapes[shape] < OF_EACH and not path.startswith("/static"):
                    shapes[shape] += 1
                    opened.add(found)
                    waiting.append(found)


def living(text: str) -> list[str]:
    """The parts of the string that stand unescaped in a page, and the sums a template did with it."""
    return [part for part in ALIVE if part in text] + (["49"] if "49$" in text else [])


@pytest.mark.no_cover
class TestWords:
    @pytest.mark.parametrize("who", ["nobody", "operator", "buyer", "agency", "authority", "registrar"])
    def test_stay_words_on_every_page(self, hostile: World, site: Flask, who: str) -> None:
        client, stall = site.test_client(), hostile.stall
        actor: Actor | None = stall.buyer if who == "buyer" else getattr(stall.who, who, None)
        if actor:
            assert sign_in(client, accounts.person(actor.user_id)).status_code == 302
        starts = ["/", "/sitemap", "/desk", *(address(row) for row in hostile.private.values() if actor)]
        wrong, shown, seen = [], 0, 0
        for address_, answer in crawl(client, *starts):
            seen += 1
            assert answer.status_code < 500, f"{address_}: {answer.text[:2000]}"
            if answer.mimetype == "text/html":
                shown += "alert(1)" in answer.text
                wrong += [(address_, part) for part in living(answer.text)]
                if 'style="' in answer.text or " onclick=" in answer.text:
                    wrong.append((address_, "inline"))
        assert wrong == []
        assert seen > 20 and shown > 5, (seen, shown)


def address(row: Any) -> str:
    """The page of a row, as the product itself links to it."""
    with current_app.test_request_context():
        return address_of(row)


class TestAddresses:
    """What stands in an address comes back as text too."""

    @pytest.mark.parametrize(
        "start",
        ["/search?q=", "/catalogue?q=", "/products?q=", "/resources?q=", "/operators?q=", "/prices?q=", "/open-data?q=", "/registrations?q=", "/check?code=", "/sign-in?next=", "/sign-in?email=", "/products?theme=", "/products?sort=", "/catalogue?page=", "/no-such-"],
    )  # fmt: skip
    def test_are_text_on_the_page(self, hostile: World, site: Flask, start: str) -> None:
        answer = site.test_client().get(start + quote(POLYGLOT))
        assert answer.status_code < 500
        assert living(answer.text) == []
