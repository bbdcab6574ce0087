"""The standing promises of the page about the archive, as a fragment of HTML."""

from __future__ import annotations

from collections.abc import Iterable

from generator.derive.promises import Promises
from generator.render.templating import fill

# The tests hold both against what they do: test_promises.py.
ATTACKS, ATTACKED_FIELDS = 46, 40


def promises_html(kept: Promises) -> str:
    """Return the fragment that the page about the archive takes in."""
    names = ("what", "value", "unit", "note")
    return fill(
        "promises.html.jinja", kept=[dict(zip(names, row, strict=True)) for row in _rows(kept)]
    )


def _rows(kept: Promises) -> Iterable[tuple[str, str, str, str]]:
    of_all = f"of {kept.records:,}"
    yield (
        "Records that keep every rule", f"{kept.records:,}", of_all,
        "A single broken one stops the build, and the site stays as it was.",
    )  # fmt: skip
    yield (
        "Claims of time and length with a source", f"{kept.claims:,}", f"of {kept.claims:,}",
        f"{kept.doubted:,} of them are shown but not followed, each with the reason.",
    )  # fmt: skip
    yield (
        "Sources with an archived copy", f"{kept.archived:,}", f"of {kept.sources:,}",
        "The others are lost if their publishers take them down.",
    )  # fmt: skip
    yield (
        "Incidents measured again from stored evidence", f"{kept.measured:,}", of_all,
        f"From {kept.rows:,} frozen rows, whose checksums were compared at this build; their "
        "charts follow from nothing else.",
    )  # fmt: skip
    yield (
        "Third parties contacted by a page", "0", "",
        "A policy in every page forbids it; a page that broke it would not be published.",
    )  # fmt: skip
    yield (
        "Attacks through a record's text that got through", "0",
        f"of {ATTACKS * ATTACKED_FIELDS:,}",
        f"The tests write each of {ATTACKS} attacks into each of {ATTACKED_FIELDS} kinds of text, "
        "and look at every page and file; they run on each proposed change.",
    )  # fmt: skip
