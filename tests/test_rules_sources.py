"""Rules about sources: defined, cited, and honest about whom they repeat."""

import pytest

from generator.check.citing import malformed

GIST = "    gist: Somebody wanted the stations to be dark.\n"


@pytest.mark.parametrize("rule", [f"R{number}" for number in range(11, 20)])
def test_a_sound_record_breaks_no_rule_on_sources(rule, record, findings):
    assert findings(record, rule) == []


def test_a_source_that_is_not_defined_is_found_in_every_field_and_in_prose(
    record, findings, edited
):
    text = edited(
        record,
        ("origin: collectors}\n      - {at: 2030-01-31T15:30Z~, source: operator",
         "origin: collector}\n      - {at: 2030-01-31T15:30Z~, source: nobody"),
        ("- {who: Pat Doe, source: blog}", "- {who: Pat Doe, source: blogg}"),
        ("sources: [telegram, wire]", "sources: [telegram, tass]"),
        ("relays: [collectors]", "relays: [collectors, dyn]"),
        (GIST, "    gist: See [@nowhere], and [@nowhere] again, and [@blog].\n"),
    )  # fmt: skip

    assert findings(text, "R11") == [
        "episodes[1].start[1].origin: no source called 'collector'",
        "episodes[1].start[2].source: no source called 'nobody'",
        "explanations[3].proposed_by[0].source: no source called 'blogg'",
        "evidence[3].sources[1]: no source called 'tass'",
        "statements[1].gist: no source called 'nowhere'",
        "sources.telegram.relays[1]: no source called 'dyn'",
    ]


def test_a_source_cited_only_by_itself_is_cited_nowhere(record, findings):
    source = (
        "sources:\n  mirror:\n    kind: other\n    publisher: M\n    title: Mirror\n"
        "    url: https://m.example.org/\n    accessed: 2030-02-10\n"
        "    relays: [mirror]\n    note: Like [@mirror].\n  collectors:\n"
    )
    text = record.replace("sources:\n  collectors:\n", source)

    assert findings(text, "R12") == ["sources.mirror: cited nowhere"]


def test_a_source_that_another_relays_is_cited(record, findings, edited):
    assert findings(edited(record, ("relays: [collectors]", "relays: [blog]")), "R12") == []


def test_a_claim_that_is_its_own_origin_is_found(record, findings, edited):
    text = edited(
        record,
        ("2030-01-31T15:39:20Z, source: collectors}",
         "2030-01-31T15:39:20Z, source: collectors, origin: collectors}"),
    )  # fmt: skip

    assert findings(text, "R13") == [
        "episodes[1].start[0].origin: 'collectors' is the source of the claim itself"
    ]


def test_a_claim_of_a_source_that_relays_another_must_name_its_origin(record, findings, edited):
    text = edited(
        record, ("14h31m, source: telegram, origin: collectors", "14h31m, source: telegram")
    )

    assert findings(text, "R14") == [
        "episodes[1].duration[0]: 'telegram' relays collectors, but no `origin` is named"
    ]


def test_a_relayed_claim_may_say_by_name_whose_it_is(record, findings, edited):
    text = edited(
        record,
        ("14h31m, source: telegram, origin: collectors", "14h31m, source: telegram, by: A Watch"),
    )

    assert findings(text, "R14") == []


def test_a_claim_says_only_once_whose_figure_it_is(record, findings, edited):
    text = edited(
        record,
        ("14h31m, source: telegram, origin: collectors",
         "14h31m, source: telegram, origin: collectors, by: A Watch"),
    )  # fmt: skip

    assert findings(text, "R13") == [
        "episodes[1].duration[0].by: both `by` and `origin` say whose figure it is"
    ]


@pytest.mark.parametrize(
    ("relays", "what"),
    [
        ("telegram", "sources.telegram.relays: telegram relays telegram"),
        ("blog", "sources.telegram.relays: telegram relays blog relays wire relays telegram"),
    ],
)
def test_sources_that_relay_in_a_circle_are_found_with_the_whole_circle(
    relays, what, record, findings, edited
):
    text = edited(
        record,
        ("relays: [collectors]", f"relays: [{relays}]"),
        ("    language: fr\n", "    language: fr\n    relays: [telegram]\n"),
        ("/ice\n", "/ice\n    relays: [wire]\n"),
    )

    assert findings(text, "R15") == [what]


def test_a_summary_that_cites_nobody_is_found(archive, findings, edited):
    file = archive / "incidents/2032/2032-02-29-heard-island/incident.yaml"
    text = edited(file.read_text(), ("a leap day [@gazette].", "a leap day [@ gazette]."))

    assert findings(text, "R16") == ["summary: cites no source"]
    assert findings(text, "R17") == ["summary: '[@ gazette]' is no citation"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See [@dyn-who] and [@bbc].", []),
        ("Stood [sic] by [NASA], says x@example.org or @handle.", []),
        ("See [@dyn-who][@bbc], [@dyn-who].", []),
        ("[@ dyn-who]", ["[@ dyn-who]"]),
        ("[@dyn-who ]", ["[@dyn-who ]"]),
        ("[@Dyn-Who]", ["[@Dyn-Who]"]),
        ("[@dyn--who]", ["[@dyn--who]"]),
        ("[@dyn-who, @bbc]", ["[@dyn-who, @bbc]"]),
        ("[@]", ["[@]"]),
        ("[dyn-who]", ["[dyn-who]"]),
        ("[dyn-who; bbc]", ["[dyn-who; bbc]"]),
        ("[see dyn-who]", ["[see dyn-who]"]),
        ("@dyn-who", ["@dyn-who"]),
        ("@dyn-who-", ["@dyn-who-"]),
        ("[@dyn-who", ["@dyn-who"]),
        ("@unknown]", ["@unknown]"]),
        ("[bbc], [bbc] and @bbc", ["[bbc]", "@bbc"]),
        ("[" * 1000 + "@" * 1000, []),
    ],
)
def test_only_one_form_is_a_citation_and_what_is_meant_as_one_is_found(text, found):
    assert malformed(text, {"dyn-who", "bbc"}) == found


def test_a_malformed_citation_is_found_in_any_prose(record, findings, edited):
    text = edited(
        record,
        ("through the night [@collectors].", "through the night [collectors]."),
        ("An earlier winter outage", "An earlier @wire outage"),
        ("Prints the collectors' figures", "Prints [@] figures"),
    )

    assert findings(text, "R17") == [
        "episodes[0].about: '[collectors]' is no citation",
        "related[0].what: '@wire' is no citation",
        "sources.telegram.note: '[@]' is no citation",
    ]


def test_a_citation_in_a_field_of_one_line_is_found(record, findings, edited):
    text = edited(
        record,
        ("title: The power station failed", 'title: "The power station failed [@operator]"'),
        ("name: Slow return", 'name: "Slow return [@wire]"'),
    )

    assert findings(text, "R18") == [
        "episodes[2].name: a citation where none is read",
        "explanations[1].title: a citation where none is read",
    ]


def test_a_source_named_twice_in_one_list_is_found(record, findings, edited):
    text = edited(
        record,
        ("sources: [telegram, wire]", "sources: [telegram, wire, telegram]"),
        ("relays: [collectors]", "relays: [collectors, collectors]"),
    )

    assert findings(text, "R19") == [
        "evidence[3].sources[2]: 'telegram' is named twice",
        "sources.telegram.relays[1]: 'collectors' is named twice",
    ]


def test_a_start_that_all_have_from_one_source_is_advice(record, findings, edited):
    text = edited(
        record, ("15:30Z~, source: operator", "15:30Z~, source: operator, origin: collectors")
    )

    assert findings(record, "R52") == []
    assert findings(text, "R52") == ["episodes[1].start: rests on collectors alone"]


def test_a_record_with_no_archived_source_is_advice(record, findings, edited):
    text = edited(record, ("    archived: https://archive.example.org/2030/ross-sea\n", ""))

    assert findings(record, "R53") == []
    assert findings(text, "R53") == ["sources: none has an archived copy"]
