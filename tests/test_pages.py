"""The pages of the fictional archive: what a reader must find on them."""

import csv
import io
import json
import re
from xml.etree import ElementTree

import html5lib
import pytest

from generator.read.archive import read_archive
from generator.read.evidence import read_evidence
from generator.render.archive import archive_files
from generator.render.chart import Drawn
from generator.render.exports import table_csv

SETTINGS = {"site_url": "https://gone-dark.example/", "repo_url": "https://example.org/archive"}
ROSS = "incidents/2030-01-31-ross-sea"
ATOM = "{http://www.w3.org/2005/Atom}"


def no_drawing(chart):
    size = f'viewBox="0 0 1 1" width="{chart.width}" height="1"'
    return Drawn(f"<svg {size}><title>{chart.width}</title><g></g></svg>\n", "{}\n")


@pytest.fixture(scope="module")
def site(archive):
    found, _ = read_archive(archive)
    evidence = {
        one.id: read_evidence(one.evidence_folder, archive)
        for one in found.records
        if one.evidence_folder
    }
    return archive_files(found, evidence, SETTINGS, no_drawing)


@pytest.fixture(scope="module")
def ross(site):
    return page_of(site, f"{ROSS}/index.md")


def page_of(site, name):
    body = site.pages[name].split("---\n", 2)[2]
    return html5lib.parse(body, namespaceHTMLElements=False)


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def by_class(tree, name):
    return [one for one in tree.iter() if name in (one.get("class") or "").split()]


def test_the_sections_of_an_incident_stand_in_the_order_of_the_design(site):
    headings = re.findall(r"^## (.+?) \{", site.pages[f"{ROSS}/index.md"], re.MULTILINE)

    assert headings == [
        "What routing saw", "Reported against measured", "Why it happened", "Who said what",
        "The time around it", "In numbers", "Before and after",
            "What is still missing", "Sources",
        "Cite, take away, correct",
    ]  # fmt: skip


def test_the_key_facts_answer_where_when_how_long_what_why_and_how_known(ross):
    facts = {
        text_of(fact.find("dt")): text_of(fact.find("dd")) for fact in by_class(ross, "gd-fact")
    }

    assert list(facts) == ["Where", "When", "How long", "What stopped", "Cause", "Evidence"]
    assert facts["How long"].startswith("14 h 30 min")
    assert "contested" in facts["Cause"]
    assert "Routing measured here (12 peers)" in facts["Evidence"]


def test_reports_are_held_against_what_was_measured(ross):
    (table,) = by_class(ross, "gd-versus")
    flickering, blackout = (
        [[text_of(cell) for cell in row] for row in body] for body in table.findall("tbody")
    )

    assert flickering[0] == ["Flickering"]
    assert flickering[1][2] == "30 Jan 2030, 22:39:26 UTC (first of 4 outages)"
    assert blackout[0] == ["Blackout"]
    rows = blackout[1:]
    assert [row[0] for row in rows] == ["Start", "End", "Length", "All prefixes down"]
    assert rows[0][2] == "31 Jan 2030, 15:39:26 UTC (first prefix down)"
    assert rows[0][3] == "6 s later"
    assert rows[1][2] == "1 Feb 2030, 06:10:10 UTC (last prefix restored)"
    assert rows[1][3] == "10 s later"


def test_a_claim_not_followed_is_shown_struck_out_with_the_reason(ross):
    doubted = by_class(ross, "is-doubted")[0]

    assert doubted.find(".//s") is not None
    assert "Not followed: The blog dates the flickering" in text_of(doubted)


def test_a_claim_that_repeats_another_names_it(ross):
    relays = [text_of(one) for one in by_class(ross, "gd-relay")]

    assert any(relay.startswith("also ") for relay in relays)
    assert any(relay.startswith("Relays Example Route Collectors") for relay in relays)


def test_rival_explanations_are_lettered_by_standing_with_shape_word_and_count(ross):
    cards = by_class(ross, "gd-card")

    standings = [text_of(by_class(card, "standing")[0]) for card in cards]
    letters = [text_of(by_class(card, "gd-letter")[0]) for card in cards]
    assert standings == ["supported", "supported", "proposed", "disputed", "refuted"]
    assert letters == ["A", "B", "C", "D", "E"]
    assert all(by_class(card, "shape") for card in cards)
    assert "for" in text_of(by_class(cards[0], "gd-card__count")[0])


def test_the_matrix_holds_every_finding_and_denial_against_every_explanation_in_words_too(ross):
    (matrix,) = by_class(ross, "gd-matrix")
    (flicker, *_) = matrix.find("tbody")

    assert [text_of(cell) for cell in flicker[1:]] == [
        "+supports", "+supports", "·says nothing", "−weakens", "−weakens"]  # fmt: skip
    assert len(matrix.find("tbody")) == 4 + 1
    assert [text_of(cell) for cell in matrix.find("tbody")[-1][1:]][3] == "−weakens"


def test_every_citation_leads_to_a_source_on_the_page(ross):
    targets = {one.get("id") for one in ross.iter() if one.get("id")}
    cited = {a.get("href")[1:] for a in by_class(ross, "cite")}

    assert cited
    assert cited <= targets


def test_an_incident_without_evidence_says_that_it_is_only_reported(site):
    page = page_of(site, "incidents/2032-02-29-heard-island/index.md")

    assert "Not measured by this archive yet." in text_of(page)
    assert "Reported, not measured here." in text_of(page)


def test_a_withdrawn_record_keeps_its_page_and_says_why(site):
    withdrawn = [
        name
        for name, text in site.pages.items()
        if name.endswith("index.md") and "gd-withdrawn" in str(text)
    ]

    assert len(withdrawn) == 1


def test_an_ongoing_incident_is_called_ongoing(site):
    listing = text_of(page_of(site, "incidents/index.md"))

    assert "ongoing" in listing


def test_the_list_and_the_front_page_link_to_every_incident(site):
    ids = {name.split("/")[1] for name in site.extracts}

    listing = {a.get("href") for a in page_of(site, "incidents/index.md").iter("a")}
    front = {a.get("href") for a in page_of(site, "index.md").iter("a")}
    assert {f"{one}/" for one in ids} <= listing
    assert {f"incidents/{one}/" for one in ids} <= front


def test_a_record_comes_out_as_json_as_it_was_written(site):
    record = json.loads(site.pages[f"{ROSS}/incident.json"])

    assert record["id"] == "2030-01-31-ross-sea"
    assert record["episodes"][1]["start"][0] == {
        "at": "2030-01-31T15:39:20Z",
        "source": "collectors",
    }
    assert record["elsewhere"]["cloudflare-radar"] == "https://radar.example.org/ross-sea"
    assert record["routing"] == {"from": "2030-01-30T12:00Z", "to": "2030-02-02", "prefixes": []}


def test_the_claims_come_out_as_a_table_one_row_each(site):
    rows = list(csv.DictReader(io.StringIO(site.pages[f"{ROSS}/claims.csv"])))

    assert rows[2]["figure"] == "2030-01-31T15:39:20Z"
    assert rows[3]["origin"] == "collectors"
    assert {row["claim"] for row in rows} == {"start", "end", "duration"}


def test_the_visible_prefixes_come_out_at_each_change(site):
    rows = list(csv.DictReader(io.StringIO(site.pages[f"{ROSS}/visible.csv"])))

    assert rows[0] == {"time": rows[0]["time"], "visible": "4", "not_visible": "0"}
    assert min(int(row["visible"]) for row in rows) == 0


def test_text_that_a_spreadsheet_would_run_is_quoted_and_numbers_are_not():
    text = table_csv(["a", "b"], [["=HYPERLINK(1)", -4], ["+1", None], ["@x", "plain"]])

    assert text == "a,b\r\n'=HYPERLINK(1),-4\r\n'+1,\r\n'@x,plain\r\n"


def test_the_feed_holds_every_incident_once_with_dates_from_the_records(site):
    feed = ElementTree.fromstring(site.pages["feed.xml"])
    entries = feed.findall(f"{ATOM}entry")

    updated = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert len(entries) == len({entry.findtext(f"{ATOM}id") for entry in entries}) == 4
    assert updated == sorted(updated, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == updated[0]


def test_the_schema_org_data_describe_the_event_and_cite_the_sources(site):
    data = json.loads(site.pages[f"{ROSS}/incident.jsonld"])

    assert data["@type"] == "Article"
    assert data["about"]["startDate"] == "2030-01-31T15:39:20Z"
    assert data["about"]["endDate"] == "2030-02-01T06:10Z"
    assert {"@type": "Place", "name": "Antarctica"} in data["about"]["location"]
    assert len(data["citation"]) > 3


def test_the_search_index_reads_names_networks_and_prefixes(site):
    text = site.extracts[f"{ROSS}/index.html"]
    tree = html5lib.parse(text, namespaceHTMLElements=False)

    words = text_of(tree.find("body"))
    for wanted in (
        "Antarctica",
        "AS64500",
        "192.0.2.0/24",
        "Kim Sample",
        "Southern Transit",
        "2030",
    ):
        assert wanted in words


def test_a_page_says_how_to_cite_it_and_how_to_show_its_chart(ross):
    (embed,) = (code.text for code in ross.iter("code") if "\n" in (code.text or ""))
    links = {link.text: link.get("href") for link in ross.iter("a")}
    url = "https://gone-dark.example/incidents/2030-01-31-ross-sea/"
    picture = html5lib.parseFragment(embed, namespaceHTMLElements=False).find("figure/a/img")

    assert {name: links[name] for name in ("BibTeX", "RIS", "CSL-JSON")} == {
        "BibTeX": "cite.bib", "RIS": "cite.ris", "CSL-JSON": "cite.json",
    }  # fmt: skip
    assert picture.get("src") == f"{url}embed.svg"
    assert picture.get("alt") == "Chart: Ross Sea stations drop off: power, attack or anchor?"
    assert "CC BY 4.0" in embed
