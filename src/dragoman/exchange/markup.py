"""Text in XML: what XML 1.0 cannot hold becomes U+FFFD."""

from __future__ import annotations

import re
from html import escape

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escaped(text: str) -> str:
    """As the content of an element or of an attribute in double quotation marks."""
    return legal(escape(text)).replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#9;")


def legal(text: str) -> str:
    """Without what XML 1.0 cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)
