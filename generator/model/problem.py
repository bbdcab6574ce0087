"""What a contributor must mend, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "advice"]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one place, with its cure.

    ``line`` counts from 1; 0 means the file as a whole. ``field`` is a path such as
    ``episodes[0].start[1].at``, empty where no field is at fault. ``advice`` does not stop a build.
    """

    file: str
    line: int
    field: str
    what: str
    cure: str = ""
    rule: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        subject = f"{self.field}: " if self.field else ""
        tag = f" [{self.rule}]" if self.rule else ""
        first = f"{place}: {subject}{self.what}{tag}"
        return f"{first}\n    {self.cure}" if self.cure else first


class BrokenInputError(Exception):
    """Input from outside that cannot be used; carries every problem found."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
