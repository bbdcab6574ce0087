"""Structured data of pages, held against the types and properties of schema.org."""

import json
from datetime import datetime

import pytest
import schema_org
from pydantic import ValidationError

from generator.render.structured import article
from tests.exported import COMMIT, ROSS, URL


def typed(value):
    """The same as schema.org's types; raises for what such a type does not have."""
    if isinstance(value, list):
        return [typed(one) for one in value]
    if not isinstance(value, dict):
        return value
    fields = {
        key: datetime.fromisoformat(one) if "date" in key.casefold() else typed(one)
        for key, one in value.items()
        if not key.startswith("@")
    }
    return getattr(schema_org, value["@type"]).model_validate(fields)


@pytest.fixture(scope="module")
def articles(dossiers):
    """The structured data of each incident's page, by id."""
    return {
        one.entry.id: json.loads(
            article(one.entry, one.incident, one.measurement, f"{URL}incidents/{one.entry.id}/")
        )
        for one in dossiers
    }


def test_every_page_s_data_have_the_types_and_properties_of_schema_org(articles):
    for name, found in articles.items():
        assert found["@context"] == "https://schema.org", name
        assert typed(found).SCHEMA_TYPE == "Article"


def test_a_property_that_is_not_schema_org_s_would_be_told(articles):
    with pytest.raises(ValidationError):
        typed({**articles[ROSS], "standing": "contested"})


def test_the_event_is_when_and_where_the_record_says(articles):
    assert articles[ROSS]["about"] == {
        "@type": "Event",
        "name": "Ross Sea stations drop off: power, attack or anchor?",
        "startDate": "2030-01-31T15:39:20Z",
        "endDate": "2030-02-01T06:10Z",
        "location": [
            {"@type": "Place", "name": "Antarctica"},
            {"@type": "Place", "name": "U.S. Outlying Islands"},
        ],
    }


def test_measured_data_say_where_they_are_from_and_reported_ones_are_no_data_set(articles):
    part = articles[ROSS]["hasPart"]

    assert part["@type"] == "Dataset"
    assert part["creditText"] == "Invented data."
    assert part["isBasedOn"] == "https://example.org/messages"
    assert part["temporalCoverage"] == "2030-01-30T12:00:00Z/2030-02-02T00:00:00Z"
    assert [name for name, found in articles.items() if "hasPart" in found] == [ROSS]


def test_no_claim_is_given_a_verdict(articles, files):
    told = json.dumps([*articles.values(), json.loads(files["data/archive.jsonld"])])

    assert "ClaimReview" not in told
    assert "Rating" not in told


def test_the_whole_is_a_data_set_of_files_that_are_there(files):
    found = json.loads(files["data/archive.jsonld"])
    there = {one["contentUrl"].removeprefix(URL) for one in found["distribution"]}

    assert typed(found).SCHEMA_TYPE == "Dataset"
    assert found["version"] == COMMIT
    assert found["temporalCoverage"] == "2030/2033"
    assert found["creditText"] == "Gone Dark, CC BY 4.0. Invented data."
    assert there - set(files) == {"sitemap.xml"}
