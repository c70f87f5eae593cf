"""A small tagged page with places for two stamps, and requests to sign it: what tests of signing share."""

import uuid
from datetime import UTC, datetime, timedelta

from kernel import pdf
from kernel.signing import SigningRequest

AT = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
CAPACITY = {"zh": "法定代表人", "en": "Legal representative"}
PAGE = (
    '<!doctype html><html lang="zh-CN"><head><title>试</title><style>@page {{ size: A4; font-family: "{family}" }}'
    'body {{ font-family: "{family}" }} .place {{ width: 228pt; height: 72pt }}</style></head><body><h1>协议</h1>'
    '<p>第一条</p><div class="place" id="sign-1"></div><div class="place" id="sign-2"></div></body></html>'
)


def a_page(attached=b'{"terms": 1}', title="协议 XY-1", body=PAGE):
    """The issued text with one embedded file."""
    part = pdf.Embedded("terms.jsonld", attached, "application/ld+json")
    return pdf.render(
        body.format(family=pdf.FAMILY), title=title, created=AT, identifier=b"0123456789abcdef", attachments=[part]
    )


def a_request(content, place=1, present=None, at=AT, **changes):
    """What one of two parties asks to sign."""
    facts = {
        "number": "XY-1", "title": "协议", "content": content, "user_id": uuid.uuid4(), "name": ("张三", "李四")[place - 1],
        "party_id": uuid.uuid4(), "organisation_name": f"单位{place}", "capacity": CAPACITY, "mandate": "sign", "at": at,
        "proof": {"confirmed": True}, "present": present, "place": place, "places": 2,
    }  # fmt: skip
    return SigningRequest(**(facts | changes))
