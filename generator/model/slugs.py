"""Text as part of an address."""

from __future__ import annotations

import hashlib
import re
import unicodedata


def slug(text: str) -> str:
    """Return a text as part of an address: lower-case ASCII letters and digits with hyphens.

    A text that has none of these gets a number of its own, so that no two names share a page.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")
    return kept or f"named-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
