"""Plain text in Markdown: nothing in it becomes a link, an image, HTML or any other markup."""

from __future__ import annotations

import re

_ACTIVE = re.compile(r"[\\`*_\[\]<>&|~$^#@{}!]")
_ADDRESS = re.compile(r":(?=\S)|(?<=www)\.", re.IGNORECASE)
_OPENING = re.compile(r"^([-+=:>])|^(\d{1,9})([.)])")


def escaped(text: str) -> str:
    """One line of plain text as Markdown that shows just this text."""
    inert = _ADDRESS.sub(lambda match: f"\\{match[0]}", _ACTIVE.sub(lambda match: f"\\{match[0]}", text))
    return _OPENING.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", inert)
