"""What every page of billing must be."""

import re
from typing import Any


def check(response: Any, status: int = 200) -> str:
    """A page as every page must be: one h1, a title, labelled inputs, no id twice, nothing left in English markers."""
    assert response.status_code == status, (response.request.path, response.status_code, response.text[:800])
    text = response.text
    assert len(re.findall(r"<h1[ >]", text)) == 1
    assert re.search(r"<title>\s*\S", text)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', text))
    for tag in re.findall(r"<(?:input|select|textarea)[^>]*>", text):
        if 'type="hidden"' not in tag:
            assert re.search(r'\sid="([^"]+)"', tag)[1] in labelled, tag
    return text
