"""An attack in every free text of a record adds no element that the templates did not write."""

import json
from collections import Counter
from dataclasses import replace

import html5lib
import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_escape import ATTACKS

from generator.model.incident import Incident
from generator.read.archive import Archive, read_archive
from generator.render.archive import archive_files
from generator.render.chart import Drawn

SETTINGS = {"site_url": "https://gone-dark.example/", "repo_url": ""}
ROSS = "2030-01-31-ross-sea"
FREE = {
    "title", "summary", "name", "about", "note", "doubt", "gist", "who", "org", "role_", "what",
    "finding", "scope", "publisher", "unit", "reason", "wikidata", "keepiton",
}  # fmt: skip
EXTENSIONS = ["attr_list", "def_list", "footnotes", "tables", "toc"]
TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=40
)


@pytest.fixture(scope="module")
def ross(archive):
    found, _ = read_archive(archive)
    return next(one for one in found.records if one.id == ROSS)


def poisoned(record, poison):
    data = record.incident.model_dump(mode="json", exclude_none=True)
    data["related"] = []
    return replace(
        record, incident=Incident.model_validate(_poison(data, poison)), evidence_folder=None
    )


def _poison(value, poison):
    if isinstance(value, dict):
        return {
            key: f"{text} x {poison} x"[:130] if key in FREE and isinstance(text, str)
            else _poison(text, poison)
            for key, text in value.items()
        }  # fmt: skip
    return [_poison(one, poison) for one in value] if isinstance(value, list) else value


def pages(record):
    def draw(chart):
        size = 'viewBox="0 0 1 1" width="1" height="1"'
        return Drawn(f"<svg id={json.dumps(chart.name)} {size}><g></g></svg>\n", "{}")

    return archive_files(Archive((record,)), {}, SETTINGS, draw).pages


def elements(record):
    """Count the elements of the pages about a record, with their attributes' names."""
    counts = Counter()
    made = pages(record)
    for name in (f"incidents/{ROSS}/index.md", "index.md", "incidents/index.md"):
        body = markdown.markdown(made[name].split("---\n", 2)[2], extensions=EXTENSIONS)
        tree = html5lib.parse(body, namespaceHTMLElements=False)
        counts.update((one.tag, tuple(sorted(one.attrib))) for one in tree.iter())
    return counts


@pytest.fixture(scope="module")
def clean(ross):
    return elements(poisoned(ross, "harmless"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_adds_an_element_or_an_attribute(ross, clean, attack):
    assert elements(poisoned(ross, attack)) == clean


@settings(max_examples=12, deadline=None)
@given(TEXT)
def test_no_text_at_all_adds_an_element_or_an_attribute(ross, clean, text):
    assert elements(poisoned(ross, text)) == clean


@pytest.mark.parametrize("attack", ATTACKS)
def test_front_matter_stays_what_the_template_wrote(ross, attack):
    page = pages(poisoned(ross, attack))[f"incidents/{ROSS}/index.md"]

    front = page.split("---\n", 2)[1]
    keys = [line.split(":")[0] for line in front.splitlines()]
    assert keys == ["title", "description", "page_class", "hide", "lastmod", "json_ld", "og_type"]
    assert "<" not in front


@pytest.mark.parametrize("attack", ATTACKS)
def test_data_for_programs_carry_the_text_as_it_is(ross, attack):
    made = pages(poisoned(ross, attack))

    record = json.loads(made[f"incidents/{ROSS}/incident.json"])
    data = json.loads(made[f"incidents/{ROSS}/incident.jsonld"])
    assert attack[:40] in record["title"]
    assert data["headline"] == record["title"]
    assert "</script" not in made[f"incidents/{ROSS}/incident.jsonld"]
