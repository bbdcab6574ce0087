"""Text to any model of the schema: the one place that reports what does not fit it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from generator.model.problem import Problem
from generator.read.document import Document, Draft
from generator.read.place import MOST_PROBLEMS, Path, refusal, spelled
from generator.read.shape import shape_at
from generator.read.text import RECORD, Limits
from generator.read.wording import Fault, worded
from generator.read.yaml import draft

M = TypeVar("M", bound=BaseModel)

_KEY_MARK = "[key]"  # how pydantic says that the key of a mapping is at fault, not its value


def load_model(model: type[M], raw: bytes, file: str, limits: Limits = RECORD) -> M:
    """Return the model that these bytes spell; raises BrokenInputError with every problem."""
    return load(model, raw, file, limits)[0]


def load(model: type[M], raw: bytes, file: str, limits: Limits = RECORD) -> tuple[M, Document]:
    """Return the model, and the document that knows the line of each of its fields.

    Raises BrokenInputError with every problem found, in order of lines.
    """
    found = draft(raw, file, limits)
    try:
        value = model.model_validate(found.document.tree)
    except ValidationError as error:
        problems = _problems(model, error, found)
        raise refusal(file, [*found.problems, *problems]) from None
    if found.problems:
        raise refusal(file, found.problems)
    return value, found.document


@dataclass(frozen=True)
class _Place:
    """Where an error lies: its path, and whether the key that ends it is meant."""

    path: Path
    on_key: bool

    def line(self, document: Document) -> int:
        return document.key_line(self.path) if self.on_key else document.line(self.path)


def _problems(model: type[BaseModel], error: ValidationError, found: Draft) -> list[Problem]:
    faults = [
        (place.line(found.document), place, details)
        for details in error.errors(include_url=False)
        if not _is_echo(details)
        for place in (_place(details, found.document.tree),)
        if place.on_key or not found.spoiled.intersection(_upwards(place.path))
    ]
    # Words are found only for what will be shown: a hostile file can have thousands of faults.
    faults.sort(key=lambda fault: (fault[0], spelled(fault[1].path)))
    worth_wording, rest = faults[: MOST_PROBLEMS + 1], faults[MOST_PROBLEMS + 1 :]
    file = found.document.file
    return [
        *(
            Problem(file, line, *_worded(model, place, details))
            for line, place, details in worth_wording
        ),
        *(Problem(file, line, spelled(place.path), "") for line, place, _ in rest),
    ]


def _is_echo(details: Any) -> bool:  # noqa: ANN401  (pydantic's error details)
    """Pydantic calls a list too short when an item of it is at fault; that was reported."""
    if details["type"] != "too_short":
        return False
    return bool(len(details["input"]) >= details["ctx"]["min_length"])


def _upwards(path: Path) -> Iterator[Path]:
    for length in range(len(path), 0, -1):
        yield path[:length]


def _place(details: Any, tree: Any) -> _Place:  # noqa: ANN401  (pydantic's error details)
    """Follow an error's location through the tree, past the names pydantic gives to choices."""
    path: list[str | int] = []
    node, location = tree, details["loc"]
    for place, part in enumerate(location):
        is_last = place == len(location) - 1
        if _leads_on(node, part) and not (is_last and node[part] != details["input"]):
            path.append(part)
            node = node[part]
        elif is_last and details["type"] == "missing":
            path.append(part)
    on_key = details["type"] == "extra_forbidden" or location[-1:] == (_KEY_MARK,)
    return _Place(tuple(path), on_key)


def _leads_on(node: object, part: str | int) -> bool:
    if isinstance(node, dict):
        return part in node
    return isinstance(node, list) and isinstance(part, int)


def _worded(
    model: type[BaseModel],
    place: _Place,
    details: Any,  # noqa: ANN401  (pydantic's error details)
) -> tuple[str, str, str]:
    """The field, what is wrong with it, and the cure."""
    path = place.path
    fault = Fault(
        kind=details["type"],
        value=details["input"],
        details=details.get("ctx", {}),
        message=details["msg"],
        key=str(path[-1]) if path else "",
        shape=shape_at(model, path),
        around=shape_at(model, path[:-1]),
    )
    return spelled(path), *worded(fault)
