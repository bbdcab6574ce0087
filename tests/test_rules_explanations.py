"""Rules about explanations, findings and statements."""

import pytest


@pytest.mark.parametrize("rule", ["R21", "R22", "R23", "R24", "R25", "R55"])
def test_a_sound_record_breaks_no_rule_on_explanations(rule, record, findings):
    assert findings(record, rule) == []


def test_ids_that_are_taken_are_found(record, findings, edited):
    text = edited(record, ("- id: drill", "- id: cable"), ("- id: flood", "- id: light"))

    assert findings(text, "R21") == [
        "explanations[4].id: 'cable' is taken",
        "evidence[2].id: 'light' is taken",
    ]


def test_an_explanation_and_a_finding_may_have_the_same_id(record, findings, edited):
    assert findings(edited(record, ("- id: flood", "- id: attack")), "R21") == []


def test_what_bears_on_nothing_proposed_is_found(record, findings, edited):
    text = edited(
        record,
        ("bears_on: {attack: supports}", "bears_on: {attacks: supports, aliens: weakens}"),
        ("about: [attack, provider]", "about: [attack, aliens, attack]"),
    )

    assert findings(text, "R22") == [
        "evidence[2].bears_on.aliens: no explanation has the id 'aliens'",
        "evidence[2].bears_on.attacks: no explanation has the id 'attacks'",
    ]
    assert findings(text, "R23") == [
        "statements[1].about[1]: no explanation has the id 'aliens'",
        "statements[1].about[2]: 'attack' is named twice",
    ]


def test_what_stands_beside_must_be_another_explanation(record, findings, edited):
    text = edited(
        record, ("- id: attack\n", "- id: attack\n    beside: [aliens, attack, drill, drill]\n")
    )

    assert findings(text, "R25") == [
        "explanations[2].beside[0]: no explanation has the id 'aliens'",
        "explanations[2].beside[1]: 'attack' is itself",
        "explanations[2].beside[3]: 'drill' is named twice",
    ]


def test_each_standing_that_is_not_earned_is_found(record, findings, edited):
    text = edited(
        record,
        ("category: cable\n    standing: refuted", "category: cable\n    standing: disputed"),
        ("category: power\n    standing: supported", "category: power\n    standing: established"),
    )

    assert findings(text, "R24") == [
        "explanations[0].standing: says disputed, but the evidence earns refuted",
        "explanations[1].standing: says established, but the evidence earns supported",
    ]


def test_the_cure_says_what_was_counted_and_what_to_write(archive, edited, checked):
    file = archive / "incidents/2031/2031-06-15-bouvet-island/incident.yaml"
    text = edited(
        file.read_text(),
        ("standing: established", "standing: supported"),
        ("standing: refuted", "standing: established"),
    )

    assert [problem.cure for problem in checked(text, "2031-06-15-x") if problem.rule == "R24"] == [
        "Counted: 1 for it, 0 weakening it, 0 ruling it out, admitted, found by an official source "
        "or an operator. Write `standing: established`, or record the evidence that is missing.",
        "Counted: 0 for it, 0 weakening it, 1 ruling it out, neither admitted nor denied. Write "
        "`standing: refuted`; to be established it needs an admission, an official document or "
        "every rival refuted, and no rival supported or merely proposed.",
    ]


def test_an_explanation_that_nothing_bears_on_is_advice(record, findings):
    assert findings(record, "R54") == ["explanations[4]: no finding bears on it"]


@pytest.mark.parametrize(
    ("stance", "found"),
    [
        ("denies", ["statements[2]: denies, but names no explanation"]),
        ("admits", ["statements[2]: admits, but names no explanation"]),
        ("reports", []),
    ],
)
def test_a_clear_statement_about_nothing_is_advice(stance, found, record, findings, edited):
    assert findings(edited(record, ("stance: declines", f"stance: {stance}")), "R55") == found


def test_where_nothing_was_proposed_a_denial_need_not_say_of_what(archive, findings):
    file = archive / "incidents/2032/2032-02-29-heard-island/incident.yaml"
    denial = "statements:\n- {who: A, on: 2032, stance: denies, gist: No., sources: [gazette]}\n"

    assert findings(file.read_text() + denial, "R55") == []
