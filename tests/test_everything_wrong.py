"""Two records with everything wrong, and the whole report that each must give."""

from pathlib import Path

import pytest

from generator.check.rules import ARCHIVE_RULES, RULES, check_archive
from generator.model.incident import Incident
from generator.model.links import Links
from generator.model.problem import BrokenInputError
from generator.read.archive import Archive, Record, read_archive
from generator.read.record import load

BROKEN = Path(__file__).parent / "broken"
AGAINST = "2030-01-31-against-the-rules"


def against_the_rules(archive, *, documentation_space):
    file = BROKEN / "everything-against-the-rules.yaml"
    incident, document = load(Incident, file.read_bytes(), file.name)
    beside = load(Links, (BROKEN / "everything-against-the-rules-links.yaml").read_bytes(), "l")[0]
    wrong = Record(AGAINST, BROKEN, file.name, incident, document, links=beside)
    right = read_archive(archive)[0].records
    everything = Archive((*right, wrong))
    problems = check_archive(everything, documentation_space=documentation_space)
    return [problem for problem in problems if problem.file == file.name]


def test_a_record_with_everything_wrong_is_refused_with_every_problem_its_line_and_its_cure():
    file = BROKEN / "everything-wrong.yaml"

    with pytest.raises(BrokenInputError) as error:
        load(Incident, file.read_bytes(), file.name)

    assert f"{error.value}\n" == (BROKEN / "everything-wrong.txt").read_text(encoding="utf-8")


def test_a_record_against_all_the_rules_gets_a_finding_from_each(archive):
    problems = against_the_rules(archive, documentation_space=False)

    report = "".join(f"{problem.severity}: {problem}\n" for problem in problems)
    assert report == (BROKEN / "everything-against-the-rules.txt").read_text(encoding="utf-8")


def test_no_rule_is_missing_from_that_report_but_the_one_that_others_exclude(archive):
    problems = against_the_rules(archive, documentation_space=False)

    numbers = {rule.number for rule in (*RULES, *ARCHIVE_RULES)}
    # R31 wants a place to be named at all; the rules on places need some to find fault with.
    assert numbers - {problem.rule for problem in problems} == {"R31"}


def test_documentation_space_admits_examples_and_nothing_else(archive):
    problems = against_the_rules(archive, documentation_space=True)

    places = [f"{p.field}: {p.what}" for p in problems if p.rule in ("R34", "R35")]
    assert places == [
        "where.networks[2].asn: AS64512 is for private use (RFC 6996)",
        "where.prefixes[2]: 10.0.0.0/8 overlaps 10.0.0.0/8, which is never routed in public "
        "(RFC 6890)",
        "where.prefixes[3]: 0.0.0.0/0 overlaps 0.0.0.0/8, which is never routed in public "
        "(RFC 6890)",
        "where.prefixes[4]: fe80::/10 lies outside 2000::/3, all that is routed of IPv6",
    ]
