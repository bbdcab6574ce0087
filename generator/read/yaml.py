"""YAML read as text with line numbers: every scalar stays what was written.

Works on the parser's events, so that size and depth are bounded before anything is built, and
nothing is ever looked up, merged, converted or constructed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.model.problem import BrokenInputError, Problem
from generator.read.document import Document, Draft
from generator.read.place import Path, refusal, shortened, spelled
from generator.read.syntax import syntax_problem
from generator.read.text import RECORD, Limits, decoded, hidden_characters, named

# libyaml's event parser where PyYAML has it: twenty times faster, and no less strict.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_PLAIN = (None, "")  # how the two parsers mark a scalar without quotes


def parse(raw: bytes, file: str, limits: Limits = RECORD) -> Document:
    """Return the document that these bytes spell; raises BrokenInputError with every problem."""
    found = draft(raw, file, limits)
    if found.problems:
        raise refusal(file, found.problems)
    return found.document


def draft(raw: bytes, file: str, limits: Limits = RECORD) -> Draft:
    """Return the document and its problems; raises BrokenInputError where it cannot be read on."""
    text = decoded(raw, file, limits)
    builder = _Builder(file, limits)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except (yaml.YAMLError, ValueError) as error:
        last_line = text.rstrip("\n").count("\n") + 1
        problem = syntax_problem(file, error, last_line)
        raise refusal(file, [*builder.problems, problem]) from None
    return builder.finished()


@dataclass
class _Open:
    """A collection still being filled.

    ``keys`` holds the line of each key; ``key`` waits for its value; ``drop`` discards that.
    """

    path: Path
    node: dict[str, Any] | list[Any]
    keys: dict[str, int] = field(default_factory=dict)
    key: str | None = None
    drop: bool = False

    @property
    def wants_key(self) -> bool:
        return isinstance(self.node, dict) and self.key is None

    @property
    def next_path(self) -> Path:
        if isinstance(self.node, list):
            return (*self.path, len(self.node))
        return self.path if self.key is None else (*self.path, self.key)

    def attach(self, value: object) -> None:
        if isinstance(self.node, list):
            self.node.append(value)
            return
        if not self.drop:
            self.node[str(self.key)] = value
        self.key, self.drop = None, False


@dataclass
class _Builder:
    """Takes events, one at a time, and builds the tree."""

    file: str
    limits: Limits
    root: Any = None
    stack: list[_Open] = field(default_factory=list)
    lines: dict[Path, int] = field(default_factory=dict)
    key_lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    spoiled: set[Path] = field(default_factory=set)
    documents: int = 0
    nodes: int = 0

    def take(self, event: yaml.Event) -> None:
        """Add one event to the tree."""
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.NodeEvent):
            self._take_node(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._start_document(line)

    def finished(self) -> Draft:
        """Return what was built; raises BrokenInputError if that is no mapping of fields."""
        if not isinstance(self.root, dict):
            what = f"expected fields, got {_kind(self.root)}"
            cure = "Write fields at the left margin, such as `title: …`."
            raise self._stop(self.lines.get((), 1), what, cure)
        document = Document(self.file, self.root, self.lines, self.key_lines)
        return Draft(document, tuple(self.problems), frozenset(self.spoiled))

    def _stop(self, line: int, what: str, cure: str) -> BrokenInputError:
        return refusal(self.file, [*self.problems, Problem(self.file, line, "", what, cure)])

    def _note(self, line: int, path: Path, what: str, cure: str) -> None:
        self.problems.append(Problem(self.file, line, spelled(path), what, cure))

    def _start_document(self, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self._stop(line, "a second document in the file", "Keep one record in each file.")

    def _take_node(self, event: yaml.NodeEvent, line: int) -> None:
        self._count(line)
        top = self.stack[-1] if self.stack else None
        if event.anchor or getattr(event, "tag", None):
            self._note_markup(event, top.next_path if top else (), line)
        if top and top.wants_key:
            self._take_key(top, event, line)
        else:
            self._take_value(top, event, line)

    def _count(self, line: int) -> None:
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            what = f"the file holds more than {self.limits.nodes:,} keys and values"
            raise self._stop(line, what, "Shorten it; long material belongs in its sources.")

    def _note_markup(self, event: yaml.NodeEvent, path: Path, line: int) -> None:
        if isinstance(event, yaml.AliasEvent):
            name = shortened(str(event.anchor))
            self._note(line, path, f"the alias *{name}", "Write the value out.")
            self.spoiled.add(path)
            return
        if event.anchor:
            self._note(line, path, f"the anchor &{shortened(event.anchor)}", "Leave it out.")
        if tag := getattr(event, "tag", None):
            self._note(line, path, f"the tag {shortened(tag)!r}", "Leave it out; all is text here.")

    def _take_key(self, top: _Open, event: yaml.NodeEvent, line: int) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            cure = "Write keys as plain words, such as `title:`."
            raise self._stop(line, "expected a key of text, got something else", cure)
        key = event.value
        path = (*top.path, key)
        if key == "<<" and event.style in _PLAIN:
            self._note(line, top.path, "the merge key <<", "Write the fields out.")
            top.drop = True
        elif key in top.keys:
            what = f"written twice, first on line {top.keys[key]}"
            self._note(line, path, what, "Keep one of the two.")
            top.drop = True
        self._note_hidden(event, path, line)
        top.keys.setdefault(key, line)
        self.key_lines.setdefault(path, line)
        top.key = key

    def _take_value(self, top: _Open | None, event: yaml.NodeEvent, line: int) -> None:
        path = top.next_path if top else ()
        value: Any = self._text(event, path, line)
        if isinstance(event, yaml.CollectionStartEvent):
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
            line = self.key_lines.get(path, line)
        self.lines.setdefault(path, line)
        if top:
            top.attach(value)
        else:
            self.root = value
        if not isinstance(value, str):
            self._open(_Open(path, value), line)

    def _text(self, event: yaml.NodeEvent, path: Path, line: int) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            return ""
        if event.style in _PLAIN and event.value in _NULLS and path:
            self._note(line, path, "has no value", "Give it one, or leave it out.")
            self.spoiled.add(path)
        self._note_hidden(event, path, line)
        return event.value

    def _note_hidden(self, event: yaml.ScalarEvent, path: Path, line: int) -> None:
        if event.value.isascii() and event.value.isprintable():
            return
        for character in hidden_characters(event.value):
            what = f"the hidden character {named(character)}, written as an escape"
            self._note(line, path, what, "Leave it out.")
            self.spoiled.add(path)
        if "\t" in event.value:
            self._note(line, path, "a tab in the text", "Write a space.")
            self.spoiled.add(path)

    def _open(self, opened: _Open, line: int) -> None:
        self.stack.append(opened)
        if len(self.stack) > self.limits.depth:
            what = f"nested more than {self.limits.depth} deep"
            raise self._stop(line, what, "No field of a record lies that deep.")


def _kind(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    return "text" if value else "nothing"
