"""The documentation of the format, made from the models and the rules."""

import html
import json
import re

import markdown

from generator.check.rules import ARCHIVE_RULES, RULES
from generator.model.incident import Incident
from generator.render.reference import field_reference, json_schema_text, rules_reference


def shown(page):
    """The page as a browser shows its text."""
    return html.unescape(re.sub(r"<[^>]+>", "", markdown.markdown(page, extensions=["tables"])))


def rows(page):
    """The cells of every table row, as a reader sees them."""
    lines = [line for line in page.split("\n") if line.startswith("| ")]
    return [[shown(cell.strip()) for cell in line.strip("|").split("|")] for line in lines]


def test_every_field_of_a_record_has_a_row_that_says_what_it_means():
    documented = rows(field_reference())

    assert [
        "title",
        "yes",
        "one line of text",
        "A headline of at most 140 characters.",
    ] in documented
    assert [
        "end",
        "yes",
        "a list of fields, see episodes[].start[] and episodes[].end[], or the word unknown or "
        "ongoing",
        "When it ended, one claim per source; or the word unknown, or ongoing.",
    ] in documented
    assert [
        "bears_on",
        "yes",
        "a mapping of a key to a word: bearing",
        "For each explanation it touches: supports, weakens or rules-out.",
    ] in documented
    assert [
        "value",
        "yes",
        "a duration like 9h31m, 38d or 5d4h",
        "The duration claimed: 9h31m, 38d, >5h for more than, <10h for less than.",
    ] in documented
    names = [row[0] for row in documented if row[0] not in ("Field", "")]
    first = [info.alias or name for name, info in Incident.model_fields.items()]
    assert names[: len(first)] == first


def test_every_field_of_the_schema_is_on_the_page():
    schema = json.loads(json_schema_text())
    objects = [schema, *schema["$defs"].values()]
    fields = {name for one in objects for name in one.get("properties", ())}

    assert fields - {row[0] for row in rows(field_reference())} == set()


def test_every_word_of_the_vocabulary_is_on_the_page():
    schema = json.loads(json_schema_text())
    words = {word for one in schema["$defs"].values() for word in one.get("enum", ())}
    page = shown(field_reference())

    assert [word for word in words if word not in page] == []
    assert "Extent\n\nHow much of the named place was gone. intermittent: came and went" in (
        re.sub("\n+", "\n\n", page)
    )


def test_the_page_names_no_class_of_the_code():
    defs = json.loads(json_schema_text())["$defs"]
    classes = {name for name in defs if re.search("[a-z][A-Z]", name)}

    assert classes
    assert [name for name in classes if name in shown(field_reference())] == []


def test_every_rule_has_a_row_with_its_number_its_weight_and_its_text():
    documented = rows(rules_reference())

    numbers = [row[0] for row in documented if row[0].startswith("R") and row[0] != "Rule"]
    assert sorted(numbers) == sorted(rule.number for rule in (*RULES, *ARCHIVE_RULES))
    assert ["R16", "error", "The summary cites at least one source."] in documented
    assert [
        "R17",
        "error",
        "A citation in prose is [@key]: one key, no spaces. Several stand side by side.",
    ] in documented
    assert [
        "R53",
        "advice",
        "At least one source has an archived copy, for pages vanish.",
    ] in documented


def test_both_pages_have_nothing_but_headings_tables_text_and_code():
    for page in (field_reference(), rules_reference()):
        made = markdown.markdown(page, extensions=["tables"])

        tags = set(re.findall(r"</?([a-z0-9]+)", made))
        assert tags <= {
            "h1",
            "h2",
            "h3",
            "p",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "code",
            "em",
        }


def test_the_json_schema_is_sorted_and_ends_its_last_line():
    text = json_schema_text()

    schema = json.loads(text)
    assert text == json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["required"] == ["title", "summary", "where", "episodes", "sources", "added"]
