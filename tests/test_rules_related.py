"""Rules about incidents side by side, and the fictional archive as a whole."""

import subprocess
import sys
from dataclasses import replace

import pytest

from generator.check.rules import ARCHIVE_RULES, RULES, check_archive
from generator.model.incident import Incident
from generator.read.archive import Archive, Record, read_archive
from generator.read.record import load


@pytest.fixture
def minimal(archive):
    """The text of the smallest record."""
    file = archive / "incidents/2032/2032-02-29-heard-island/incident.yaml"
    return file.read_text(encoding="utf-8")


def record_of(identifier, text):
    incident, document = load(Incident, text.encode(), f"{identifier}.yaml")
    return Record(identifier, None, f"{identifier}.yaml", incident, document)


def told(*records, rule, broken=()):
    problems = check_archive(Archive(records, frozenset(broken)), documentation_space=True)
    return [f"{p.file}: {p.field}: {p.what}" for p in problems if p.rule == rule]


def test_the_fictional_archive_breaks_no_rule_and_is_given_this_advice(archive):
    found, _ = read_archive(archive)

    problems = check_archive(found, documentation_space=True)

    assert {problem.severity for problem in problems} == {"advice"}
    assert [f"{p.file[15:]}: {p.rule} {p.field}" for p in problems] == [
        "2030-01-31-ross-sea/incident.yaml: R51 episodes[1].duration[2].value",
        "2030-01-31-ross-sea/incident.yaml: R54 explanations[4]",
        "2031-06-15-bouvet-island/incident.yaml: R56 routing",
        "2032-02-29-heard-island/incident.yaml: R52 episodes[0].start",
        "2032-02-29-heard-island/incident.yaml: R53 sources",
        "2033-11-05-palmyra/incident.yaml: R52 episodes[0].start",
    ]


def test_every_rule_has_its_own_number_and_says_what_it_wants():
    rules = (*RULES, *ARCHIVE_RULES)

    assert len({rule.number for rule in rules}) == len(rules)
    assert [rule.number for rule in rules if not (rule.find.__doc__ or "").strip()] == []


def test_an_incident_of_the_archive_has_an_id_and_one_outside_a_description(
    record, findings, edited
):
    text = edited(
        record,
        ("    at: 2028-07\n", ""),
        ("- {how: sequel, id: 2031-06-15-bouvet-island}",
         "- {how: sequel}\n  - {how: sequel, id: 2031-06-15-bouvet-island, at: 2031}"),
    )  # fmt: skip

    assert findings(record, "R41") == []
    assert findings(text, "R41") == [
        "related[0]: has no id, and no at",
        "related[1]: has no id, and no at and no what and no sources",
        "related[2].at: has an id and a time",
    ]


def test_an_incident_related_to_itself_or_named_twice_is_found(record, findings, edited):
    text = edited(
        record,
        ("- {how: sequel, id: 2031-06-15-bouvet-island}",
         "- {how: sequel, id: 2030-01-31-ross-sea}\n"
         "  - {how: precedent, id: 2032-02-29-heard-island}"),
    )  # fmt: skip

    assert findings(record, "R42") == []
    assert findings(text, "R42") == [
        "related[1].id: 2030-01-31-ross-sea is this record",
        "related[3].id: 2032-02-29-heard-island is named twice",
    ]


def test_an_id_that_the_archive_does_not_hold_is_found_with_a_guess(minimal):
    text = (
        minimal + "related: [{how: sequel, id: 2033-01-01-nex}, {how: sequel, id: 1999-01-01-x}]\n"
    )
    one, other = record_of("2032-02-29-heard", text), record_of("2033-01-01-next", minimal)

    problems = check_archive(Archive((one, other)))

    assert [(p.field, p.what, p.cure) for p in problems if p.rule == "R43"] == [
        (
            "related[0].id",
            "the archive holds no 2033-01-01-nex",
            "Did you mean '2033-01-01-next'?",
        ),
        (
            "related[1].id",
            "the archive holds no 1999-01-01-x",
            "Describe it without an id: `at`, `what` and `sources`.",
        ),
    ]


def test_a_record_that_is_broken_is_there_all_the_same(minimal):
    text = minimal + "related: [{how: sequel, id: 2033-01-01-next}]\n"

    assert told(record_of("a", text), rule="R43", broken=["2033-01-01-next"]) == []


@pytest.mark.parametrize(
    ("start", "is_double"),
    [("2032-02-29T12Z", True), ("2032-03-02", True), ("2032-03-02T00:01Z", False), ("2032", False)],
)
def test_records_of_one_country_that_begin_within_two_days_are_doubles(start, is_double, minimal):
    one = record_of("2032-02-29-a", minimal)
    other = record_of("2032-02-29-b", minimal.replace("at: 2032-02-29", f"at: {start}"))

    expected = [
        "2032-02-29-a.yaml: episodes: 2032-02-29-b began within 48 hours of it, also in HM",
        "2032-02-29-b.yaml: episodes: 2032-02-29-a began within 48 hours of it, also in HM",
    ]
    assert told(one, other, rule="R44") == (expected if is_double else [])


def test_records_of_one_network_are_doubles_too_and_are_told_once_for_all_they_share(minimal):
    networks = "countries: [HM]\n  networks: [{asn: AS64500, name: A, role: origin}]"
    one = record_of("a", minimal.replace("countries: [HM]", networks))
    other = record_of("b", minimal.replace("countries: [HM]", networks.replace("HM", "AQ")))
    third = record_of("c", minimal.replace("HM", "BV"))

    assert told(one, other, third, rule="R44") == [
        "a.yaml: episodes: b began within 48 hours of it, also in AS64500",
        "b.yaml: episodes: a began within 48 hours of it, also in AS64500",
    ]
    assert len(told(one, replace(one, id="d"), rule="R44")) == 2


def test_records_that_name_one_another_or_are_withdrawn_or_undated_are_no_doubles(minimal):
    one = record_of("2032-02-29-a", minimal)
    related = record_of("2032-02-29-b", minimal + "related: [{how: sequel, id: 2032-02-29-a}]\n")
    withdrawn = record_of("2032-02-29-c", minimal + "withdrawn: {on: 2032-04, reason: Doubled.}\n")
    undated = record_of(
        "2032-02-29-d", minimal.replace("source: gazette}", "source: gazette, doubt: Unlikely.}")
    )

    assert told(one, related, rule="R44") == told(related, one, rule="R44") == []
    assert told(one, withdrawn, rule="R44") == told(one, undated, rule="R44") == []


def test_a_rule_says_no_more_than_a_hundred_times_what_it_has_to_say(minimal):
    hostile = minimal.replace("[@gazette]", "[@gazette]" + "".join(f"[@k{i}]" for i in range(250)))

    assert len(told(record_of("a", hostile), rule="R11")) == 100


def test_to_check_a_record_loads_none_of_the_heavy_libraries():
    code = "import sys, generator.check.rules; print({'pandas', 'altair'} & set(sys.modules))"

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout == "set()\n"
