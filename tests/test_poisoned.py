"""An attack in every text of a record stays text in every file that is made of it."""

import csv
import functools
import json
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace

import html5lib
import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from poison import ATTACKS, poisoned, text_fields

from generator.model.incident import Incident
from generator.read.archive import Archive, read_archive
from generator.render.archive import archive_files
from tests.undrawn import undrawn

SETTINGS = {"site_url": "https://gone-dark.example/", "repo_url": ""}
ROSS, PALMYRA = "2030-01-31-ross-sea", "2033-11-05-palmyra"
EXTENSIONS = ["attr_list", "def_list", "footnotes", "tables", "toc"]
TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=40
)
BOM = "\ufeff"
BEGINS_A_FORMULA = tuple("=+-@\t\r")


@pytest.fixture(scope="module")
def whole(archive):
    """A record that uses every field of the schema."""
    found, _ = read_archive(archive)
    ross, palmyra = (
        next(one for one in found.records if one.id == name) for name in (ROSS, PALMYRA)
    )
    data, other = (
        one.incident.model_dump(mode="json", exclude_none=True) for one in (ross, palmyra)
    )
    data["where"]["systems"] = other["where"]["systems"]
    data["background"] = [{"what": "A fact.", "sources": ["blog"]}]
    data["withdrawn"] = other["withdrawn"]
    data["related"] = [{"how": "precedent", "at": "2020", "what": "One before."}]
    claim = {"source": "blog", "by": "A monitor"}
    data["episodes"][1]["start"].append({"at": "2030-01-31", **claim})
    data["episodes"][1]["duration"].append({"value": "15h", **claim})
    return replace(ross, incident=Incident.model_validate(data), evidence_folder=None)


@pytest.fixture(scope="module")
def made(whole):
    """A function from an attack to all the files about a record that says it everywhere."""

    def words(was, most, attack):
        return (f"{was} x {attack} x" if was else attack)[:most].strip()

    @functools.cache
    def made_of(attack):
        incident, fields = poisoned(
            whole.incident, lambda was, most: words(was, min(most, 140), attack)
        )
        assert fields == text_fields()
        archive = Archive((replace(whole, incident=incident),))
        return archive_files(archive, {}, SETTINGS, undrawn).pages

    return made_of


@functools.cache
def elements_of(page):
    """Count the elements of one page, with their attributes' names."""
    body = markdown.markdown(page.split("---\n", 2)[-1], extensions=EXTENSIONS)
    tree = html5lib.parse(body, namespaceHTMLElements=False)
    return Counter((one.tag, tuple(sorted(one.attrib))) for one in tree.iter())


def elements(pages):
    """Count the elements of all pages, by the pages' first folder.

    Names of pages below it come from what they are about.
    """
    counts = Counter()
    for name, page in pages.items():
        for (tag, attributes), number in elements_of(page).items() if name.endswith(".md") else ():
            counts[name.split("/")[0], tag, attributes] += number
    return counts


@pytest.fixture(scope="module")
def clean(made):
    return elements(made("harmless"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_adds_an_element_or_an_attribute(made, clean, attack):
    assert elements(made(attack)) == clean


@pytest.mark.large
@settings(max_examples=12, deadline=None)
@given(TEXT.map(str.strip).filter(bool))
def test_no_text_at_all_adds_an_element_or_an_attribute(made, clean, text):
    assert elements(made(text)) == clean


@pytest.mark.parametrize("attack", ATTACKS)
def test_front_matter_stays_what_the_template_wrote(made, attack):
    page = made(attack)[f"incidents/{ROSS}/index.md"]

    front = page.split("---\n", 2)[1]
    keys = [line.split(":")[0] for line in front.splitlines()]
    assert keys == ["title", "description", "page_class", "hide", "lastmod", "json_ld", "og_type",
                    "og_image", "og_image_alt"]  # fmt: skip
    assert "<" not in front


@pytest.mark.parametrize("attack", ATTACKS)
def test_data_for_programs_carry_the_text_as_it_is(made, attack):
    files = made(attack)

    every = {name: json.loads(text) for name, text in files.items() if name.endswith("json")}
    record, data = (files[f"incidents/{ROSS}/incident.{kind}"] for kind in ("json", "jsonld"))
    assert attack[:40] in json.loads(record)["title"]
    assert json.loads(data)["headline"] == json.loads(record)["title"]
    assert "</script" not in data.lower()
    assert len(every) > 5


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_feed_is_well_formed_and_holds_the_elements_that_we_wrote(made, attack):
    feeds = [name for name in made(attack) if name.endswith(".xml")]

    tags = {name: [one.tag for one in ET.fromstring(made(attack)[name]).iter()] for name in feeds}

    assert tags == {
        name: [one.tag for one in ET.fromstring(made("harmless")[name]).iter()] for name in feeds
    }
    assert "feed.xml" in tags


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_a_table_is_a_formula_and_no_row_is_added(made, attack):
    tables = {name: text for name, text in made(attack).items() if name.endswith(".csv")}

    rows = {
        name: list(csv.reader(text.removeprefix(BOM).splitlines())) for name, text in tables.items()
    }

    cells = [cell for table in rows.values() for row in table for cell in row]
    assert [
        cell for cell in cells if cell.startswith(BEGINS_A_FORMULA) and not is_number(cell)
    ] == []
    assert {name: len(table) for name, table in rows.items()} == {
        name: len(text.splitlines()) for name, text in tables.items()
    }
    assert len(tables) > 10


def is_number(cell):
    return cell.removeprefix("-").replace(".", "", 1).isdigit()


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_calendar_and_a_citation_hold_the_lines_that_we_wrote(made, attack):
    def skeleton(files):
        return {
            name: [
                line.split(":")[0].split(";")[0] for line in text.splitlines() if line[:1] != " "
            ]
            for name, text in files.items()
            if name.endswith((".ics", ".bib", ".ris"))
        }

    assert skeleton(made(attack)) == skeleton(made("harmless"))
