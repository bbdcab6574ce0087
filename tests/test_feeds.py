"""Feeds of new and changed incidents, as a reader of feeds takes them up."""

import json
from dataclasses import replace

import atoma
import pytest

from generator.model.values import Moment
from generator.render.data.columns import Dossier
from tests.exported import COMMIT, ROSS, URL, exported


@pytest.fixture(scope="module")
def atom(files):
    """A function from a folder to its feed, read as Atom."""
    return lambda folder="": atoma.parse_atom_bytes(files[f"{folder}feed.xml"].encode())


@pytest.fixture(scope="module")
def json_feed(files):
    """A function from a folder to its feed, read as JSON Feed."""
    return lambda folder="": atoma.parse_json_feed_bytes(files[f"{folder}feed.json"].encode())


def place(name):
    return f"{URL}incidents/{name}/"


def test_the_record_changed_last_comes_first_in_both_kinds(atom, json_feed):
    order = [
        place(name)
        for name in (
            "2033-11-05-palmyra",
            "2032-02-29-heard-island",
            "2031-06-15-bouvet-island",
            ROSS,
        )
    ]

    assert [entry.id_ for entry in atom().entries] == order
    assert [item.id_ for item in json_feed().items] == order


def test_both_kinds_say_the_same_of_each_record(atom, json_feed):
    for entry, item in zip(atom().entries, json_feed().items, strict=True):
        text = (entry.content or entry.summary).value
        assert (entry.title.value, text) == (item.title, item.content_text)
        assert [tag.term for tag in entry.categories] == item.tags
        days = (entry.published.date(), entry.updated.date())
        assert days == (item.date_published.date(), item.date_modified.date())
        assert item.image == f"{item.url}chart.png"


def test_a_changed_record_says_what_was_changed_and_a_withdrawn_one_why(json_feed):
    texts = {item.id_: item.content_text for item in json_feed().items}

    assert texts[place(ROSS)].startswith("Changed on 1\u00a0Mar\u00a02030: The end is given")
    assert texts[place("2033-11-05-palmyra")].startswith("Withdrawn on 10\u00a0Jan\u00a02034: ")
    assert "Changed" not in texts[place("2032-02-29-heard-island")]


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        ("countries/bv/", ["2031-06-15-bouvet-island"]),
        ("causes/cable/", ["2031-06-15-bouvet-island", ROSS]),
    ],
)
def test_a_country_and_a_cause_have_feeds_of_their_own(atom, json_feed, folder, names):
    assert [entry.id_ for entry in atom(folder).entries] == [place(name) for name in names]
    assert [item.id_ for item in json_feed(folder).items] == [place(name) for name in names]
    assert atom(folder).id_ == f"{URL}{folder}"
    assert json_feed(folder).feed_url == f"{URL}{folder}feed.json"


def test_every_country_and_every_kind_of_cause_with_an_incident_has_both(files):
    lists = {folder: json.loads(files[f"api/v1/{folder}.json"])["values"]
             for folder in ("countries", "causes")}  # fmt: skip
    wanted = {f"{folder}/{one['key']}/feed.{kind}" for folder, values in lists.items()
              for one in values for kind in ("xml", "json")}  # fmt: skip

    made = {name for name in files if "/feed." in name}

    assert made == wanted


def test_a_feed_says_its_licence_its_commit_and_whom_to_name(files, atom):
    told = json.loads(files["feed.json"])["_gone_dark"]

    assert (told["commit"], told["data_providers"]) == (COMMIT, ["Invented data."])
    assert told["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert atom().generator.version == COMMIT
    assert atom().rights.value == "CC BY 4.0, Gone Dark. Invented data."


def test_a_feed_holds_the_fifty_newest(dossiers):
    heard = next(one for one in dossiers if one.entry.id == "2032-02-29-heard-island")
    days = [Moment.parse(f"2033-01-{1 + number // 4:02}") for number in range(60)]
    many = [
        Dossier(
            replace(heard.entry, id=f"2032-01-01-{number:02}", last_changed=day),
            heard.incident.model_copy(update={"added": day}),
            None,
        )
        for number, day in enumerate(days)
    ]

    made = exported(many)

    items = json.loads(made["feed.json"])["items"]
    ids = [item["id"] for item in items]
    assert ids == [place(f"2032-01-01-{number:02}") for number in range(59, 9, -1)]


def test_an_empty_archive_has_empty_feeds():
    made = exported([])

    assert [name for name in made if "feed." in name] == ["feed.xml", "feed.json"]
    assert atoma.parse_atom_bytes(made["feed.xml"].encode()).entries == []
    assert atoma.parse_json_feed_bytes(made["feed.json"].encode()).items == []
