"""The format's documentation, read off the models and the rules: it cannot drift from them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from generator.check.finding import ArchiveRule, Rule, text_of
from generator.check.rules import ARCHIVE_RULES, RULES
from generator.model.incident import Incident, json_schema
from generator.model.values import Scalar
from generator.model.vocabulary import IncidentId, Key, Language, Line, Prose
from generator.render.escape import inert

_FIELDS_INTRO = """\
# The fields of a record

A record is one file, `incident.yaml`. Every value is text: nothing has to be put in quotes but text
that holds a colon and a space, that begins with a sign such as `>`, `@`, `[` or `{`, or that cites
a source inside braces. Each field has one form only. A field that has no value is left out.
"""
_RULES_INTRO = """\
# The rules

What fits the fields is then held against these rules, which `check` names by number. An *error*
stops a record; *advice* does not.
"""


@cache  # nothing changes it while a preview runs
def field_reference() -> str:
    """Return the page about every field of ``incident.yaml``, as Markdown."""
    sections = [_section(heading, model) for model, heading in _headings().items()]
    words = [_words(kind) for kind in _vocabularies()]
    return "\n".join([_FIELDS_INTRO, *sections, "## Words\n", *words])


@cache
def rules_reference() -> str:
    """Return the page about every rule, by subject, as Markdown."""
    rules: list[Rule | ArchiveRule] = [*RULES, *ARCHIVE_RULES]
    modules = list(dict.fromkeys(rule.find.__module__ for rule in rules))
    rules.sort(key=lambda rule: (modules.index(rule.find.__module__), rule.number))
    sections = [
        _rules_section(module, list(group))
        for module, group in groupby(rules, key=lambda rule: rule.find.__module__)
    ]
    return "\n".join([_RULES_INTRO, *sections])


@cache
def json_schema_text() -> str:
    """Return the JSON Schema of ``incident.yaml``, indented, keys sorted, ending with a newline."""
    return json.dumps(json_schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _rules_section(module: str, rules: list[Rule | ArchiveRule]) -> str:
    title, _, about = (sys.modules[module].__doc__ or "").strip().partition(": ")
    lines = [f"## {inert(title)}\n", f"{_text(about[:1].upper() + about[1:])}\n"]
    lines += ["| Rule | Kind | What it says |", "| --- | --- | --- |"]
    lines += [f"| {rule.number} | {rule.severity} | {_text(text_of(rule))} |" for rule in rules]
    return "\n".join([*lines, ""])


def _section(heading: str, model: type[BaseModel]) -> str:
    lines = [f"## {heading}\n", f"{_text(_about(model))}\n"]
    lines += ["| Field | Needed | Written as | Meaning |", "| --- | --- | --- | --- |"]
    hints = get_type_hints(model, include_extras=True)
    for name, info in model.model_fields.items():
        needed = "yes" if info.is_required() else "no"
        cells = (_code(info.alias or name), needed, _written(hints[name]))
        lines.append(f"| {' | '.join(cells)} | {_text(info.description or '')} |")
    return "\n".join([*lines, ""])


def _words(kind: type[StrEnum]) -> str:
    listed = ", ".join(_code(word.value) for word in kind)
    return f"### {_spaced(kind)}\n\n{_text(_about(kind))}\n\n{listed}\n"


def _headings() -> dict[type[BaseModel], str]:
    """Each model with the places in a record where it stands: the record itself first."""
    places: dict[type[BaseModel], list[str]] = {}
    for path, model in _uses(Incident, ""):
        places.setdefault(model, []).append(path)
    return {
        model: " and ".join(map(_code, dict.fromkeys(paths))) if paths != [""] else "The record"
        for model, paths in places.items()
    }


def _uses(model: type[BaseModel], path: str) -> Iterator[tuple[str, type[BaseModel]]]:
    yield path, model
    hints = get_type_hints(model, include_extras=True)
    for name, info in model.model_fields.items():
        here = f"{path}.{info.alias or name}".lstrip(".")
        for part, suffix in _parts(hints[name], ""):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from _uses(part, here + suffix)


def _vocabularies() -> list[type[StrEnum]]:
    found = {
        part: None
        for _, model in _uses(Incident, "")
        for hint in get_type_hints(model, include_extras=True).values()
        for part, _ in _parts(hint, "")
        if isinstance(part, type) and issubclass(part, StrEnum)
    }
    return list(found)


def _parts(hint: Any, suffix: str) -> Iterator[tuple[Any, str]]:  # noqa: ANN401  (a type)
    """The plain types inside a hint, each with what its path goes on with: [] or .<key>."""
    bare, origin = _bare(hint), get_origin(_bare(hint))
    if origin is tuple:
        yield from _parts(get_args(bare)[0], f"{suffix}[]")
    elif origin is dict:
        yield from _parts(get_args(bare)[1], f"{suffix}.<key>")
    elif _is_choice(bare):
        for choice in get_args(bare):
            yield from _parts(choice, suffix)
    else:
        yield bare, suffix


def _bare(hint: Any) -> Any:  # noqa: ANN401  (a type)
    return get_args(hint)[0] if hasattr(hint, "__metadata__") else hint


def _is_choice(bare: Any) -> bool:  # noqa: ANN401  (a type)
    return get_origin(bare) is Union or type(bare).__name__ == "UnionType"


def _written(hint: Any) -> str:  # noqa: ANN401  (a type)
    """How a value of this type is written, as Markdown."""
    for constraint in getattr(hint, "__metadata__", ()):
        if phrase := _PHRASES.get(getattr(constraint, "pattern", None) or ""):
            return phrase
    bare, origin = _bare(hint), get_origin(_bare(hint))
    if _is_choice(bare):
        return ", or ".join(_written(one) for one in get_args(bare) if one is not type(None))
    if origin is tuple:
        each = _written(get_args(bare)[0])
        return f"a list of {each}" if each.startswith("fields") else f"a list, each {each}"
    if origin is dict:
        return f"a mapping of {' to '.join(map(_written, get_args(bare)))}"
    if origin is Literal:
        return f"the word {' or '.join(map(_code, get_args(bare)))}"
    return _written_plainly(bare)


def _written_plainly(kind: Any) -> str:  # noqa: ANN401  (a type)
    if issubclass(kind, StrEnum):
        return f"a word: {_spaced(kind).lower()}"
    if issubclass(kind, Scalar):
        return str(inert(kind.expected))
    if kind is bool:
        return f"{_code('true')} or {_code('false')}"
    return f"fields, see {_headings()[kind]}"


def _pattern(kind: Any) -> str:  # noqa: ANN401  (an annotated type)
    return str(get_args(kind)[1].pattern)


_PHRASES = {
    _pattern(Line): "one line of text",
    _pattern(Prose): "prose, with citations",
    _pattern(Key): "a key",
    _pattern(IncidentId): "the id of a record",
    _pattern(Language): "a language code like en",
}


def _about(kind: type) -> str:
    return " ".join((kind.__doc__ or "").split()).replace("``", "`")


def _spaced(kind: type) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).capitalize()


def _code(text: str) -> str:
    return f"<code>{inert(text)}</code>"


def _text(text: str) -> str:
    """Text of ours that may hold code between backticks, as Markdown that says just that."""
    parts = text.split("`")
    return "".join(
        _code(part) if place % 2 else str(inert(part)) for place, part in enumerate(parts)
    )
