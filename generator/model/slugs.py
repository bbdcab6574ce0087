"""Text as part of an address."""

from __future__ import annotations

import re
import unicodedata


def slug(text: str) -> str:
    """Return a text as part of an address: lower-case ASCII letters and digits with hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "other"
