"""The rules by number, and what runs them. Numbers are cited in reviews: none is ever reused."""

from __future__ import annotations

from itertools import islice

from generator.check import evidence, explanations, links, places, related, sources, times
from generator.check.beside import Beside, Together, beside
from generator.check.finding import ArchiveRule, Case, Finding, Rule
from generator.model.problem import Problem
from generator.read.archive import Archive, Record
from generator.read.place import MOST_PROBLEMS

RULES = (
    Rule("R01", times.id_is_the_day_it_began),
    Rule("R02", times.every_start_has_a_claim_to_follow),
    Rule("R03", times.ends_come_after_starts),
    Rule("R04", times.episodes_are_in_order),
    Rule("R05", times.routing_window_holds_the_start),
    Rule("R06", times.sources_are_read_after_they_appear),
    Rule("R07", times.history_is_in_order),
    Rule("R08", times.each_time_is_of_a_series),
    Rule("R11", sources.cited_sources_are_defined),
    Rule("R12", sources.every_source_is_cited),
    Rule("R13", sources.an_origin_is_another_source),
    Rule("R14", sources.a_relayed_claim_names_its_origin),
    Rule("R15", sources.nothing_relays_in_a_circle),
    Rule("R16", sources.the_summary_cites_a_source),
    Rule("R17", sources.citations_are_well_formed),
    Rule("R18", sources.citations_stand_in_prose),
    Rule("R19", sources.a_source_is_named_once),
    Rule("R21", explanations.ids_are_unique),
    Rule("R22", explanations.evidence_bears_on_what_was_proposed),
    Rule("R23", explanations.statements_are_about_what_was_proposed),
    Rule("R24", explanations.standing_is_earned),
    Rule("R25", explanations.others_beside_are_others),
    Rule("R31", places.somewhere_is_named),
    Rule("R32", places.nothing_is_named_twice),
    Rule("R33", places.regions_lie_in_a_named_country),
    Rule("R34", places.networks_are_public),
    Rule("R35", places.prefixes_are_public),
    Rule("R41", related.related_incidents_are_described),
    Rule("R42", related.no_incident_is_related_to_itself),
    Rule("R51", times.durations_agree_with_times, "advice"),
    Rule("R52", sources.the_start_has_two_origins, "advice"),
    Rule("R53", sources.a_source_is_archived, "advice"),
    Rule("R54", explanations.explanations_have_evidence, "advice"),
    Rule("R55", explanations.clear_statements_say_of_what, "advice"),
    Rule("R56", evidence.what_routing_saw_is_frozen, "advice"),
    Rule("R57", links.links_are_of_the_sources, "advice"),
    Rule("R58", links.a_dead_source_has_a_copy, "advice"),
)
ARCHIVE_RULES = (
    ArchiveRule("R43", related.related_incidents_exist),
    ArchiveRule("R44", related.no_incident_is_recorded_twice),
)


def check_record(record: Record, *, documentation_space: bool = False) -> list[Problem]:
    """Return what the rules about one record find, in order of lines; advice among it.

    No rule says more than ``MOST_PROBLEMS`` times what it has to say.
    ``documentation_space`` admits AS numbers and prefixes set aside for examples.
    """
    frozen = record.evidence_folder is not None
    case = Case(record.id, record.incident, documentation_space, frozen, record.links)
    return sorted(
        _problem(record, rule, finding)
        for rule in RULES
        for finding in islice(rule.find(case), MOST_PROBLEMS)
    )


def check_archive(archive: Archive, *, documentation_space: bool = False) -> list[Problem]:
    """Return what all rules find, of each record and of the records side by side."""
    problems = [
        problem
        for record in archive.records
        for problem in check_record(record, documentation_space=documentation_space)
    ]
    beside_others = Together(tuple(map(beside, archive.records)), archive.broken)
    return sorted([*problems, *check_together(beside_others)])


def check_together(found: Together) -> list[Problem]:
    """Return what the rules about records side by side find."""
    return [
        _problem(record, rule, finding)
        for rule in ARCHIVE_RULES
        for record, finding in islice(rule.find(found), 10 * MOST_PROBLEMS)
    ]


def _problem(record: Record | Beside, rule: Rule | ArchiveRule, finding: Finding) -> Problem:
    return record.document.problem(
        finding.path, finding.what, finding.cure, rule.number, rule.severity
    )
