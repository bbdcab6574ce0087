"""YAML read as text with line numbers: every scalar stays what was written.

Works on the parser's events, so that size and depth are bounded before anything is built, and
nothing is ever looked up, merged, converted or constructed. A record has hundreds of them, so each
is looked at once, and paths are spelled out only where there is something to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import yaml

from generator.model.problem import BrokenInputError, Problem
from generator.read.document import Document, Draft, Lines
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
    builder = _Builder(
        file, limits, may_hide="\\" in text or "\t" in text
    )  # else nothing hides that was not seen
    try:
        builder.take_all(iter(_LOADER(text).get_event, None))
    except (yaml.YAMLError, ValueError) as error:
        last_line = text.rstrip("\n").count("\n") + 1
        problem = syntax_problem(file, error, last_line)
        raise refusal(file, [*builder.problems, problem]) from None
    return builder.finished()


@dataclass(slots=True)
class _Open:
    """A mapping or list still being filled.

    ``key`` waits for its value, which is discarded where it ``is_double``.
    """

    node: Any
    lines: Lines
    is_list: bool = False
    wants_key: bool = False
    key: str = ""
    is_double: bool = False

    @property
    def next_path(self) -> Path:
        if self.is_list:
            return (len(self.node),)
        return () if self.wants_key else (self.key,)

    def put(self, value: object, line: Lines | int) -> None:
        """Add a value, and its line or the lines in it."""
        if self.is_list:
            self.lines.values[len(self.node)] = line
            self.node.append(value)
            return
        if self.is_double:
            self._put_double(line)
        else:
            self.node[self.key] = value
            if line != self.lines.keys[self.key]:
                self.lines.values[self.key] = line
        self.wants_key = True

    def _put_double(self, line: Lines | int) -> None:
        first = self.lines.values.get(self.key)
        if isinstance(first, Lines) and isinstance(line, Lines):
            first.add(line)
        self.is_double = False


class _Builder:
    """Takes events, one at a time, and builds the tree, as the one item of a list."""

    def __init__(self, file: str, limits: Limits, *, may_hide: bool) -> None:
        self.file, self.limits, self.may_hide = file, limits, may_hide
        self.bottom = self.top = _Open([], Lines(1), is_list=True)
        self.stack = [self.bottom]
        self.problems: list[Problem] = []
        self.spoiled: set[Path] = set()
        self.documents = self.nodes = 0

    def take_all(self, events: Iterable[Any]) -> None:
        """Add the events to the tree."""
        takes: dict[type, Callable[[Any, int], None]] = {
            yaml.ScalarEvent: self._take_scalar,
            yaml.AliasEvent: self._take_alias,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.DocumentStartEvent: self._start_document,
        }
        for event in events:
            if take := takes.get(type(event)):
                take(event, event.start_mark.line + 1)

    def finished(self) -> Draft:
        """Return what was built; raises BrokenInputError if that is no mapping of fields."""
        root = next(iter(self.bottom.node), None)
        lines = self.bottom.lines.values.get(0)
        if isinstance(root, dict) and isinstance(lines, Lines):
            document = Document(self.file, root, lines)
            return Draft(document, tuple(self.problems), frozenset(self.spoiled))
        what = f"expected fields, got {_kind(root)}"
        cure = "Write fields at the left margin, such as `title: …`."
        raise self._stop(self.bottom.lines.of((0,)), what, cure)

    def _path(self) -> Path:
        """Where the next key or value stands."""
        return tuple(part for opened in self.stack[1:] for part in opened.next_path)

    def _stop(self, line: int, what: str, cure: str) -> BrokenInputError:
        return refusal(self.file, [*self.problems, Problem(self.file, line, "", what, cure)])

    def _note(self, line: int, path: Path, what: str, cure: str) -> None:
        self.problems.append(Problem(self.file, line, spelled(path), what, cure))

    def _start_document(self, _: yaml.DocumentStartEvent, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self._stop(line, "a second document in the file", "Keep one record in each file.")

    def _count(self, line: int) -> None:
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            what = f"the file holds more than {self.limits.nodes:,} keys and values"
            raise self._stop(line, what, "Shorten it; long material belongs in its sources.")

    def _note_markup(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int) -> None:
        path = self._path()
        if event.anchor:
            self._note(line, path, f"the anchor &{shortened(event.anchor)}", "Leave it out.")
        if event.tag:
            what = f"the tag {shortened(event.tag)!r}"
            self._note(line, path, what, "Leave it out; all is text here.")

    def _take_alias(self, event: yaml.AliasEvent, line: int) -> None:
        self._count(line)
        path = self._path()
        self._note(line, path, f"the alias *{shortened(str(event.anchor))}", "Write the value out.")
        self.spoiled.add(path)
        self._refuse_as_key(line)
        self.top.put("", line)

    def _take_scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        self._count(line)
        if event.anchor or event.tag:
            self._note_markup(event, line)
        if self.top.wants_key:
            self._take_key(event, line)
            return
        if event.value in _NULLS and event.style in _PLAIN and self.top is not self.bottom:
            self._note(line, self._path(), "has no value", "Give it one, or leave it out.")
            self.spoiled.add(self._path())
        if self.may_hide:
            self._note_hidden(event.value, line)
        self.top.put(event.value, line)

    def _take_key(self, event: yaml.ScalarEvent, line: int) -> None:
        top, key = self.top, event.value
        keys = top.lines.keys
        if key == "<<" and event.style in _PLAIN:
            self._note(line, self._path(), "the merge key <<", "Write the fields out.")
            top.is_double = True
        elif key in keys:
            what = f"written twice, first on line {keys[key]}"
            self._note(line, (*self._path(), key), what, "Keep one of the two.")
            top.is_double = True
        keys.setdefault(key, line)
        top.key, top.wants_key = key, False
        if self.may_hide:
            self._note_hidden(key, line)

    def _note_hidden(self, text: str, line: int) -> None:
        if text.isascii() and text.isprintable():
            return
        path = self._path()
        for character in hidden_characters(text):
            what = f"the hidden character {named(character)}, written as an escape"
            self._note(line, path, what, "Leave it out.")
            self.spoiled.add(path)
        if "\t" in text:
            self._note(line, path, "a tab in the text", "Write a space.")
            self.spoiled.add(path)

    def _open(self, event: yaml.CollectionStartEvent, line: int) -> None:
        self._count(line)
        top = self.top
        if event.anchor or event.tag:
            self._note_markup(event, line)
        self._refuse_as_key(line)
        if not top.is_list:
            line = top.lines.keys[top.key]
        is_list = type(event) is yaml.SequenceStartEvent
        self.top = _Open([] if is_list else {}, Lines(line), is_list, not is_list)
        self.stack.append(self.top)
        if len(self.stack) > self.limits.depth + 1:
            what = f"nested more than {self.limits.depth} deep"
            raise self._stop(line, what, "No field of a record lies that deep.")

    def _close(self, _: yaml.CollectionEndEvent, __: int) -> None:
        done = self.stack.pop()
        self.top = self.stack[-1]
        self.top.put(done.node, done.lines)

    def _refuse_as_key(self, line: int) -> None:
        if self.top.wants_key:
            cure = "Write keys as plain words, such as `title:`."
            raise self._stop(line, "expected a key of text, got something else", cure)


def _kind(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    return "text" if value else "nothing"
