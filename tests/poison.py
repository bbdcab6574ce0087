"""Records with an attack in every text field that the schema knows."""

import yaml
from pydantic import create_model

from generator.model.incident import Incident, json_schema
from generator.model.vocabulary import Line, Prose

# A stranger's words, each made to come alive somewhere: HTML, attributes, Markdown, Jinja, math,
# icons, snippets, macros, JSON in a page, XML, spreadsheets, calendars, citations, chart specs.
ATTACKS = [
    "<script>window.__pwned=1</script>",
    "<img src=x onerror=window.__pwned=1 data-live>",
    "<svg onload=window.__pwned=1 data-live></svg>",
    '" onmouseover="window.__pwned=1" data-live="',
    "' autofocus onfocus='window.__pwned=1' data-live='",
    "</title></script></style></textarea><i data-live>",
    "]]></title><i data-live/><!--",
    "--><i data-live>",
    "[x](javascript:window.__pwned=1)",
    "[x](&#106;avascript:window.__pwned=1)",
    "[x](data:text/html,<script>window.__pwned=1</script>)",
    "![x](https://third.example/x.png)",
    "[x]: javascript:window.__pwned=1",
    "x {: onclick=window.__pwned=1 data-live }",
    "**x**{ onmouseover=window.__pwned=1 data-live }",
    "<javascript:window.__pwned=1> <https://third.example/>",
    "{{ 7*191 }} {% raw %} {% set x = 1 %} {{ config }} {#",
    '--8<-- "mkdocs.yml"',
    "!!python/object/apply:os.system ['true']",
    "x | <b data-live>x</b> | y",
    "<details open data-live><summary>x</summary></details>",
    "<style data-live>body{display:none}</style>",
    "<meta http-equiv=refresh content='0;url=https://third.example/' data-live>",
    "<base href=https://third.example/ data-live>",
    "<form action=https://third.example/ data-live><input name=p></form>",
    "<iframe srcdoc='<i data-live>' data-live></iframe>",
    "<!-- gone-dark:svg incidents/x/chart.svg -->",
    "&lt;b data-live&gt; &amp;amp; &#60;i data-live&#62; &#x202e;",
    "=HYPERLINK(\"https://third.example/\",\"x\")",
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "-2+3",
    "datum['x'] \\' \\\\ ${window.__pwned=1}",
    "*[HTML]: x",
    "[^1] and [^1]: x",
    "!!! danger \"x\"",
    "--- title: x",
    "$$\\href{javascript:window.__pwned=1}{x}$$ \\(x\\) \\[y\\] $`x`$",
    ":fontawesome-brands-x-twitter: :smile: :material-alert:",
    "```mermaid graph``` ~~~ `x` ^^x^^ ==x== ~x~",
    "++ctrl++ {++x++} {~~a~>b~~} [TOC] [[x]] ((x))",
    "\\} @misc{x, title={y}} % # $ & _ ^ ~",
    "END:VEVENT\\nBEGIN:VEVENT;ATTACH=https://third.example/",
    "a\\,b;c:d\\n",
    "https://third.example/ www.third.example x@third.example",
    "%0d%0aSet-Cookie:x %3Cscript%3E",
]  # fmt: skip

LINE, PROSE = (
    schema["properties"]["x"]["pattern"]
    for schema in (create_model("X", x=(kind, ...)).model_json_schema() for kind in (Line, Prose))
)
SCHEMA = json_schema()
# These would turn a sound record into a broken one where they were left out: no claim may be left.
ONLY_WHERE_THERE = {"TimeClaim.by", "TimeClaim.doubt", "LengthClaim.by", "LengthClaim.doubt"}


def text_fields():
    """Every text field of the schema, as ``Definition.field``."""
    defined = {"Incident": SCHEMA, **SCHEMA["$defs"]}
    return {
        f"{name}.{field}"
        for name, one in defined.items()
        for field, schema in one.get("properties", {}).items()
        if _most_chars(schema)
    }


def poisoned(incident, poison):
    """Return an incident with other words in every text, and which fields that were.

    ``poison`` makes the words: from what stood there, empty for a text that had been left out, and
    the number of characters that fit.
    """
    fields = set()
    data = incident.model_dump(mode="json", exclude_none=True)
    changed = _changed(data, SCHEMA, "Incident", lambda *told: _told(fields, poison, *told))
    return Incident.model_validate(changed), fields


def written(incident):
    """An incident as the text of a record."""
    data = incident.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=200)


def _told(fields, poison, field, was, most):
    fields.add(field)
    return poison(was, most)


def _most_chars(schema):
    """The number of characters that fit a text, or the texts of a list; None for what is none."""
    for one in (schema, *schema.get("anyOf", ())):
        of = one.get("items", one)
        if of.get("pattern") in (LINE, PROSE):
            return of["maxLength"]
    return None


def _changed(data, schema, name, put):
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _changed(data, SCHEMA["$defs"][name], name, put)
    if isinstance(data, list):
        return [_changed(one, schema.get("items", {}), name, put) for one in data]
    if isinstance(data, dict) and "properties" in schema:
        return _changed_fields(data, schema, name, put)
    if isinstance(data, dict):
        of = next(iter(schema.get("patternProperties", {}).values()), {})
        return {key: _changed(one, of, name, put) for key, one in data.items()}
    return data


def _changed_fields(data, schema, name, put):
    made = {}
    for field, of in schema["properties"].items():
        most, told = _most_chars(of), f"{name}.{field}"
        is_list = isinstance(data.get(field), list) or of.get("type") == "array"
        if most is None:
            if field in data:
                made[field] = _changed(data[field], _branch(of, data[field]), name, put)
        elif is_list:
            made[field] = [put(told, one, most) for one in data.get(field) or [""]]
        elif field in data or told not in ONLY_WHERE_THERE:
            made[field] = put(told, data.get(field, ""), most)
    return made


def _branch(schema, value):
    """The one of several schemas that is for such a value."""
    kind = {list: "array", dict: "object", str: "string"}.get(type(value))
    for one in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        if "$ref" in one or one.get("type") == kind:
            return one
    return schema
