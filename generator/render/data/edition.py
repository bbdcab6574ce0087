"""What every export says of itself: its licence, whom to name, and what it was made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME = "CC-BY-4.0"
NAME = "Gone Dark"
TITLE = "Gone Dark, the open archive of Internet outages"


@dataclass(frozen=True)
class Edition:
    """One build of the archive: where it stands, the commit, who must be named beside it."""

    url: str
    commit: str
    providers: tuple[str, ...]

    @property
    def meta(self) -> dict[str, Any]:
        """What goes into every file of JSON."""
        return {
            "archive": TITLE,
            "url": self.url,
            "licence": LICENCE,
            "attribution": NAME,
            "data_providers": list(self.providers),
            "commit": self.commit,
        }

    @property
    def note(self) -> str:
        """The same as text, for files that lie beside tables."""
        providers = "".join(f"- {line}\n" for line in self.providers)
        return (
            f"{TITLE}\n{self.url}\n\nLicence: CC BY 4.0, {LICENCE}\nAttribution: {NAME}\n"
            f"Made from commit: {self.commit}\n\n"
            "Figures measured from routing data name their providers:\n"
            f"{providers or '- none'}\n"
        )


def edition(url: str, commit: str, attributions: Iterable[str]) -> Edition:
    """Return the edition of incidents with these lines for providers; each stands once, in order.

    An incident that names none gives an empty line, which does not count.
    """
    return Edition(url, commit, tuple(sorted(set(filter(None, attributions)))))
