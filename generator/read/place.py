"""Places in a file: paths to a field, how they are spelled, and problems reported at them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.model.problem import BrokenInputError, Problem

Path = tuple[str | int, ...]

# More than this nobody reads; the rest is counted.
MOST_PROBLEMS = 100

_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+")


def spelled(path: Path) -> str:
    """Return the path as people write it: ``episodes[0].start[1].at``; empty for the root."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _PLAIN_KEY.fullmatch(part):
            text += f".{shortened(part)}" if text else shortened(part)
        else:
            text += f"[{shortened(part)!r}]"
    return text


def shortened(text: str, most: int = 60) -> str:
    """Return the text, cut to ``most`` characters with an ellipsis where it is longer."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def refusal(file: str, problems: Iterable[Problem]) -> BrokenInputError:
    """Return the error that carries these problems, in order of lines, each once."""
    ordered = sorted(set(problems))
    shown = ordered[:MOST_PROBLEMS]
    if hidden := len(ordered) - len(shown):
        cure = "Mend those above first; the rest will be shown then."
        shown.append(Problem(file, 0, "", f"{hidden:,} more problems in this file", cure))
    return BrokenInputError(*shown)
