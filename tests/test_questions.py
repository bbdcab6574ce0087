"""Questions on the front page: what they ask the list for, and how many answers they have."""

import pytest

from generator.derive.entry import entry
from generator.derive.facets import CAUSE, REGION
from generator.read.archive import read_archive
from generator.render.names import names_json
from generator.render.questions import Question, questions


@pytest.fixture(scope="module")
def entries(archive):
    records = read_archive(archive)[0].records
    return [entry(r.id, r.incident, has_evidence=bool(r.evidence_folder)) for r in records]


def test_a_question_combines_facets_and_a_first_year(entries):
    asked = Question("Power in the south", {REGION: ("antarctica", "oceania"), CAUSE: ("power",)})
    later = Question(asked.words, asked.chosen, "2031")

    assert asked.query == "region=antarctica&region=oceania&cause=power"
    assert [one.id for one in entries if asked.answers(one)] == ["2030-01-31-ross-sea"]
    assert later.query == f"{asked.query}&from=2031"
    assert [one.id for one in entries if later.answers(one)] == []


def test_questions_without_an_answer_are_not_asked(entries):
    asked = {str(one["words"]): one["count"] for one in questions(entries)}

    assert asked["Incidents whose routing this archive measured"] == "1"
    assert "Contested cable cuts" not in asked


def test_the_names_of_a_search_lead_to_pages_by_kind(entries):
    told = names_json(entries)

    assert '["countries","Country",[["aq","Antarctica",' in told
    assert '["","Ross Sea Telecom (AS64500)",1]' in told
