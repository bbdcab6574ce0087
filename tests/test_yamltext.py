"""Trees written as YAML: whatever text is in them, they are read back as they were."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.read.text import hidden_characters
from generator.read.yaml import parse
from generator.render.yamltext import yaml_text

# What YAML gives a meaning to, and what only looks harmless.
SIGNS = [*":#-?[]{},&*!|>'\"%@`\\=~ \n", "null", "~", "- ", ": ", " #", "<<", "NO", "é", "𝄞"]
WORDS = st.lists(
    st.sampled_from(SIGNS) | st.text(st.characters(codec="utf-8"), max_size=8), max_size=40
).map("".join)
TEXT = WORDS.filter(lambda text: not hidden_characters(text) and "\t" not in text)
KEYS = st.from_regex(r"\A[a-z]{1,9}\Z")
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        TEXT,
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, min_size=1, max_size=3)
        ),
        max_leaves=6,
    ),
    min_size=1,
    max_size=4,
)


def is_mapping_of_lists(tree):
    """The tree of a record has no list in a list."""
    if isinstance(tree, dict):
        return all(map(is_mapping_of_lists, tree.values()))
    if isinstance(tree, list):
        return all(not isinstance(item, list) and is_mapping_of_lists(item) for item in tree)
    return True


@settings(max_examples=60)
@given(TREES.filter(is_mapping_of_lists))
def test_any_text_comes_back_as_it_was(tree):
    comments = dict.fromkeys(tree, "What is said here: # nothing, 'nothing'.")

    assert parse(yaml_text(tree, {}).encode(), "r.yaml").tree == tree
    assert parse(yaml_text(tree, comments).encode(), "r.yaml").tree == tree


def test_a_tree_is_written_as_people_write_it():
    tree = {
        "title": "Heard Island: silent",
        "summary": "The island's only network went off the air on a leap day, and nobody "
        "there could say why [@gazette].",
        "where": {"countries": ["HM", "AQ"], "networks": [{"asn": "AS64500", "name": "@net"}]},
        "lacking": ["The end.", "null"],
    }

    text = yaml_text(tree, {"where": "Codes.", "where.networks.name": "As they call themselves."})

    assert text == (
        "title: 'Heard Island: silent'\n"
        "summary: >-\n"
        "  The island's only network went off the air on a leap day, and nobody there could say "
        "why\n"
        "  [@gazette].\n"
        "\n"
        "# Codes.\n"
        "where:\n"
        "  countries: [HM, AQ]\n"
        "  networks:\n"
        "    - asn: AS64500\n"
        "      # As they call themselves.\n"
        "      name: '@net'\n"
        "lacking:\n"
        "  - The end.\n"
        "  - 'null'\n"
    )


@pytest.mark.parametrize(
    "text", ["a: b", "a #b", "a:", "null", "- a", "", " a", "a ", "{a}", "a\nb"]
)
def test_text_that_yaml_would_take_for_something_else_is_in_quotes(text):
    assert yaml_text({"x": text}, {})[3] in "'\""
