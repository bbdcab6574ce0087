"""What is known of a record's sources on the web: its ``links.yaml``."""

from __future__ import annotations

from generator.model.links import Links
from generator.model.problem import BrokenInputError, Problem
from generator.read.folders import LINKS_FILE, Place, unreadable
from generator.read.record import load_model
from generator.read.text import SIDECAR


def read_links(place: Place) -> tuple[Links | None, tuple[Problem, ...]]:
    """Return what lies beside a record, None where there is nothing sound, and its problems."""
    file = place.path.with_name(LINKS_FILE)
    if not place.id or file.is_symlink() or not file.is_file():
        return None, ()
    shown = place.shown.rpartition("/")[0] + "/" + LINKS_FILE
    try:
        with file.open("rb") as stream:
            return load_model(Links, stream.read(SIDECAR.size_bytes + 1), shown, SIDECAR), ()
    except OSError as error:
        return None, (unreadable(shown, error),)
    except BrokenInputError as error:
        return None, error.problems
