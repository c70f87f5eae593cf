"""Structured data inside a page (JSON-LD): a block that browsers never run and that no word in it can leave.

A script block of a type that is not JavaScript is data: the content security policy needs no exception for it.
"""

import json
from functools import partial
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

_plain = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def structured(said: dict[str, Any]) -> Markup:
    """The block for the head of a page; signs that could end it are written as escapes."""
    body = htmlsafe_json_dumps(said, dumps=_plain)
    return Markup('<script type="application/ld+json">{}</script>').format(body)
