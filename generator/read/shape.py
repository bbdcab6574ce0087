"""What the schema says of the place a path leads to: fields, words, shape, meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from generator.read.place import Path

_Node = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """One place in the schema: the forms it may take, and its description.

    Each form is a JSON Schema object without references; the form null is left out. What has no
    description of its own, such as an item of a list, has that of the field around it.
    """

    forms: tuple[_Node, ...]
    description: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that a mapping may have here; empty where any key is legal."""
        return tuple(name for form in self.forms for name in form.get("properties", ()))

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are legal here."""
        return tuple(word for form in self.forms for word in _words(form))

    @property
    def expected(self) -> str:
        """What may be written here: ``a list``, ``one of yes, no``, ``text``."""
        return " or ".join(dict.fromkeys(_phrase(form) for form in self.forms))

    @property
    def is_list(self) -> bool:
        """True where a list may stand."""
        return any(form.get("type") == "array" for form in self.forms)


def shape_at(model: type[BaseModel], path: Path) -> Shape:
    """Return what the schema of ``model`` says of this path; no forms where it knows no such."""
    schema = _schema(model)
    defs = schema.get("$defs", {})
    nodes, description = [schema], ""
    for part in path:
        is_field = any(part in node.get("properties", {}) for node in nodes)
        around = "" if is_field else description
        nodes = [child for node in nodes for child in _step(node, part)]
        description = next((node["description"] for node in nodes if "description" in node), around)
        nodes = [form for node in nodes for form in _forms(node, defs)]
    return Shape(tuple(nodes), description)


@cache
def _schema(model: type[BaseModel]) -> _Node:
    return model.model_json_schema()


def _forms(node: _Node, defs: dict[str, _Node]) -> Iterator[_Node]:
    if "$ref" in node:
        yield from _forms(defs[node["$ref"].rpartition("/")[2]], defs)
    elif choices := node.get("anyOf") or node.get("oneOf"):
        for choice in choices:
            yield from _forms(choice, defs)
    elif node.get("type") != "null":
        yield node


def _step(node: _Node, part: str | int) -> Iterator[_Node]:
    if isinstance(part, int):
        found = node.get("items")
    elif part in node.get("properties", {}):
        found = node["properties"][part]
    else:
        found = next(iter(node.get("patternProperties", {}).values()), None) or node.get(
            "additionalProperties"
        )
    if isinstance(found, dict):
        yield found


def _words(form: _Node) -> list[str]:
    return form["enum"] if "enum" in form else [form["const"]] if "const" in form else []


def _phrase(form: _Node) -> str:
    if words := _words(form):
        return f"one of {', '.join(words)}"
    return {"array": "a list", "object": "a mapping of fields"}.get(form.get("type", ""), "text")
