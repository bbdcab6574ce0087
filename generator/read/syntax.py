"""What is wrong when a file is no YAML, in words for whoever wrote it."""

from __future__ import annotations

from generator.model.problem import Problem

# What the two parsers say (they differ in wording), what we say, and what helps. First match wins.
_SYNTAX = (
    (("end of stream", "quoted scalar"), "a quote that is never closed",
     "Close it with the mark that opened it; inside single quotes, '' stands for one quote."),
    (("escape",), "a backslash that spells no character",
     "Use single quotes; in them a backslash is a backslash."),
    (("mapping values are not allowed",), "a `: ` where no field can begin",
     "Put text that holds a colon and a space in quotes; line fields up with their neighbours."),
    (("cannot start any token",), "text that begins with a character reserved by YAML",
     "Put the text in quotes; inside { } every text that cites a [@key] needs them."),
    (("flow",), "a list or mapping in brackets that is not closed, or lacks a comma",
     "Close every [ and {, and part the items with commas."),
    (("could not find expected ':'",), "a line that is no `field: value`",
     "Give it a field, indent it under the text above, or put a # before it."),
    (("block scalar",), "something between `|` or `>-` and the end of the line",
     'Begin the text on the next line; put a value like ">5h" in quotes.'),
    (("block mapping",), "a field out of line, or text after a closing quote",
     "Line the field up with its neighbours; put the text in quotes as a whole."),
    (("block collection",), "a field among the items of a list",
     "Begin each item with a hyphen; line other fields up with the field above the list."),
    (("tag",), "a tag", "Leave it out; all is text here."),
)  # fmt: skip

_ALSO = "A text with signs such as : # [ { @ in it is safe in quotes."


def syntax_problem(file: str, error: Exception, last_line: int) -> Problem:
    """Return the problem that a parser's error speaks of, at the line where it began.

    Where a parser says that it began after the end, it is put on ``last_line``.
    """
    said = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or ''}"
    line = min(last_line, _line(error, opened="quoted scalar" in said or "flow" in said))
    for signs, what, cure in _SYNTAX:
        if all(sign in said for sign in signs):
            return Problem(file, line, "", f"not YAML: {what}", cure)
    return Problem(file, line, "", "not YAML: something that cannot stand here", _ALSO)


def _line(error: Exception, *, opened: bool) -> int:
    """The line of the fault; of what was opened before it, where that was left open."""
    end, begin = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    mark = begin or end if opened else end or begin
    return mark.line + 1 if mark else 1
