"""The name that a person's decision carries where no other is given."""

from __future__ import annotations

import getpass


def account() -> str:
    """The name of the user's account, "somebody" where the system has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"
