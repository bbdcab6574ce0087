"""How to cite the whole archive, in the Citation File Format."""

from __future__ import annotations

import yaml

from generator.render.data.edition import LICENCE_NAME, NAME, TITLE, Edition


def citation_file(edition: Edition, lastmod: str) -> str:
    """Return ``CITATION.cff`` (version 1.2.0); ``lastmod`` is the newest day of a record."""
    told = {
        "cff-version": "1.2.0",
        "message": "Cite a single record by its own page; cite the whole like this.",
        "type": "dataset",
        "title": TITLE,
        "abstract": "What is known about each Internet outage and who says so, and what the "
        "routing table saw where that was kept.",
        "authors": [{"name": NAME, "website": edition.url}],
        "url": edition.url,
        "license": LICENCE_NAME,
        "keywords": ["Internet outages", "Internet shutdowns", "BGP", "routing"],
        "commit": edition.commit,
        "date-released": lastmod,
    }
    # A date in quotes, as the schema asks for text.
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=100)
