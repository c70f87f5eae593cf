"""Words as XML may hold them."""

import re

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def without_controls(text: str) -> str:
    """A text without the signs that no XML document may hold."""
    return _NOT_IN_XML.sub("", text)
