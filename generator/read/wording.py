"""What pydantic found, in words for whoever wrote the record: what is wrong, and the cure."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, get_args

from generator.model.vocabulary import IncidentId, Key, Language, Line, Prose
from generator.read.place import shortened
from generator.read.shape import Shape

# More legal words than this go to the second line.
_FEW = 8
# Longer keys are no typing mistake, and slow to compare.
_LONGEST_TYPO = 40
# Share of letters in common; at difflib's own 0.6, "bogus" is taken for "about".
_CLOSE = 0.65


@dataclass(frozen=True)
class Fault:
    """One error of the schema: its kind, the value found, and what is legal there.

    ``around`` is the shape of the mapping that holds the value.
    """

    kind: str
    value: Any
    details: dict[str, Any]
    message: str
    key: str
    shape: Shape
    around: Shape


Words = tuple[str, str]


def worded(fault: Fault) -> Words:
    """Return what is wrong, and the cure, for any error that a schema can raise."""
    if fault.kind in _WORDINGS:
        return _WORDINGS[fault.kind](fault)
    if fault.kind.endswith("_type"):
        return _wrong_shape(fault)
    return fault.message[:1].lower() + fault.message[1:], fault.shape.description


def got(value: object) -> str:
    """Return how a value found is named: quoted and shortened text, or what it is."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return repr(shortened(str(value)))


def did_you_mean(word: object, legal: Iterable[str]) -> str:
    """Return ``Did you mean 'title'? `` for a word close to a legal one, else nothing."""
    if not isinstance(word, str) or len(word) > _LONGEST_TYPO:
        return ""
    close = difflib.get_close_matches(word.lower(), list(legal), n=1, cutoff=_CLOSE)
    return f"Did you mean {close[0]!r}? " if close else ""


def _sentence(*parts: str) -> str:
    return "".join(parts).strip()


def _missing(fault: Fault) -> Words:
    return "missing", _sentence("Add it. ", fault.shape.description)


def _unknown_field(fault: Fault) -> Words:
    fields = fault.around.fields
    cure = did_you_mean(fault.key, fields) or f"Fields here: {', '.join(sorted(fields))}."
    return "no such field here", cure.strip()


def _unknown_word(fault: Fault) -> Words:
    shape = fault.shape
    hint = did_you_mean(fault.value, shape.words)
    if shape.is_list:
        hint = hint or "A list has an item a line, each after a hyphen. "
    if len(shape.words) > _FEW:
        what = f"expected a word of the list, got {got(fault.value)}"
        return what, f"{hint}One of {', '.join(shape.words)}."
    return f"expected {shape.expected}, got {got(fault.value)}", hint.strip() or shape.description


def _wrong_shape(fault: Fault) -> Words:
    cure = "Write one value."
    if fault.shape.is_list:
        cure = "Write an item a line, each after a hyphen, or all in [ ] with commas."
    elif "mapping" in fault.shape.expected:
        cure = "Write its fields on lines of their own, indented."
    return f"expected {fault.shape.expected}, got {got(fault.value)}", cure


def _too_few(fault: Fault) -> Words:
    least, found = fault.details["min_length"], fault.details["actual_length"]
    return f"expected at least {least}, got {found or 'none'}", fault.shape.description


def _too_many(fault: Fault) -> Words:
    most, found = fault.details["max_length"], fault.details["actual_length"]
    return f"expected at most {most}, got {found}", fault.shape.description


def _too_long(fault: Fault) -> Words:
    most = fault.details["max_length"]
    what = f"{len(fault.value):,} characters, expected at most {most:,}"
    return what, f"Shorten it by {len(fault.value) - most:,}."


def _too_short(fault: Fault) -> Words:
    least = fault.details["min_length"]
    return f"expected at least {least} characters, got {got(fault.value)}", fault.shape.description


def _own_words(fault: Fault) -> Words:
    """The values and models of the schema say themselves what they expected."""
    said = str(fault.details["error"])
    if isinstance(fault.value, dict) and fault.shape.expected != "text":
        return said, fault.shape.description
    return f"{said}, got {got(fault.value)}", fault.shape.description


def _wrong_pattern(fault: Fault) -> Words:
    pattern, value = fault.details["pattern"], got(fault.value)
    if pattern in _PATTERNS:
        return f"expected {_PATTERNS[pattern]}, got {value}", fault.shape.description
    if pattern not in _TEXTS:
        return f"expected text of the form {pattern}, got {value}", fault.shape.description
    if not fault.value.strip():
        return f"expected text, got {value}", fault.shape.description
    if "\n" in fault.value.strip() and pattern == _LINE:
        return f"expected one line of text, got {value}", "Write `>-` to fold lines into one."
    cure = "Take the space at its beginning or end away; write `>-` rather than `>` or `|`."
    return f"expected text without space around it, got {value}", cure


def _pattern(kind: Any) -> str:  # noqa: ANN401  (an annotated type)
    return str(get_args(kind)[1].pattern)


_LINE = _pattern(Line)
_TEXTS = frozenset((_LINE, _pattern(Prose)))
_PATTERNS = {
    _pattern(Key): "a key of a-z, 0-9 and single hyphens, like dyn-who",
    _pattern(IncidentId): "the id of a record, like 2014-12-22-north-korea",
    _pattern(Language): "an ISO 639 language code like en",
}
_WORDINGS: dict[str, Callable[[Fault], Words]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_field,
    "enum": _unknown_word,
    "literal_error": _unknown_word,
    "too_short": _too_few,
    "too_long": _too_many,
    "string_too_long": _too_long,
    "string_too_short": _too_short,
    "string_pattern_mismatch": _wrong_pattern,
    "value_error": _own_words,
}
