"""Pages by country, cause, year and the rest: what each says, lists and leads to."""

import re
from collections import Counter

import html5lib
import pytest

from generator.derive.entry import entry
from generator.derive.facets import CAUSE, MEASURER, YEAR, grouped
from generator.read.archive import read_archive
from generator.render import hubs, indexes, sentences
from generator.render.chart import Drawn
from generator.render.ways import HUBS


@pytest.fixture(scope="module")
def entries(archive):
    records = read_archive(archive)[0].records
    return [entry(r.id, r.incident, has_evidence=bool(r.evidence_folder)) for r in records]


def drawn(chart):
    link = '<a href="incidents/x/">' if "years-" in chart.name else ""
    size = 'viewBox="0 0 1 1" width="1" height="1"'
    return Drawn(f"<svg {size}><g>{link}{chart.shows!r}</g></svg>\n", "")


@pytest.fixture(scope="module")
def pages(entries):
    return made(entries, drawn)


def made(entries, draw):
    sections = hubs.hub_pages(entries, indexes.Rows(), draw)
    return dict(file for section in sections for file in section.files())


def said(say, facet, key, entries):
    groups = {value.key: (value, found) for value, found in grouped(facet, entries).items()}
    value, found = groups[key]
    years = Counter(one.id[:4] for one in entries)
    return [sentence.replace("\u00a0", " ") for sentence in say(value, found, years)]


def links(page):
    tree = html5lib.parse(page.split("---\n", 2)[2], namespaceHTMLElements=False)
    return {a.get("href") for a in tree.iter("a")}


def test_a_cause_says_how_often_it_was_put_forward_and_how_far_it_got(entries):
    assert said(sentences.of_cause, CAUSE, "power", entries) == [
        "1 incident on record, 2030; routing was measured here for 1.",
        "It was put forward in 1 explanation: 1 supported.",
    ]


def test_a_year_is_held_against_the_one_before(entries):
    assert said(sentences.of_year, YEAR, "2031", entries)[0] == (
        "1 incident of this year on record; 1 incident of the year before."
    )


def test_a_measurer_is_told_by_how_often_nobody_else_measured(entries):
    assert said(sentences.of_measurer, MEASURER, "pacific-traffic-watch", entries) == [
        "The archive follows measurements by Pacific Traffic Watch in 1 incident: "
        "in 1 nobody else's."
    ]


def test_every_value_of_every_facet_has_a_page_that_its_list_leads_to(pages, entries):
    for hub in HUBS:
        keys = {value.key for value in grouped(hub.facet, entries)}

        assert {f"{hub.folder}/{key}/index.md" for key in keys} <= set(pages)
        assert {f"{key}/" for key in keys} <= links(pages[f"{hub.folder}/index.md"])
        assert f"../{hub.folder}/" in links(pages["explore/index.md"])


def test_a_page_leads_to_its_incidents_and_to_the_narrower_list(pages):
    found = links(pages["years/2031/index.md"])

    assert {"../../incidents/2031-06-15-bouvet-island/", "../../incidents/?year=2031"} <= found


def test_the_chart_of_a_value_shows_its_incidents_and_the_others_pale(pages):
    shown = pages["years/2030/chart.svg"]

    assert re.findall(r"id='([a-z0-9-]+)'", shown) == ["2030-01-31-ross-sea"]
    assert shown.count("Faded(") == 3
    assert '<a href="../../incidents/x/">' in shown


def test_a_long_list_is_split_and_its_parts_lead_to_one_another(entries, monkeypatch):
    monkeypatch.setattr(indexes, "PAGE_ROWS", 1)

    pages = made(entries, lambda _: Drawn("", ""))

    assert "../../../countries/um/" in links(pages["countries/um/2/index.md"])
    assert "../../countries/um/2/" in links(pages["countries/um/index.md"])
