"""Ids are content hashes: reading the same input twice gives the same rows, in whatever order it comes."""

from __future__ import annotations

import hashlib
import json


def content_id(prefix: str, *parts: object) -> str:
    """`prefix` and 16 hexadecimal digits of the SHA-256 of `parts`, which must be plain JSON values."""
    payload = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"{prefix}-{hashlib.sha256(payload.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
