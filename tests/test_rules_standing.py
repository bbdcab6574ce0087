"""The standing that the evidence earns: of each explanation, of the incident, and on the page."""

import pytest

from generator.check.standing import Earned, earned, in_order, incident_standing
from generator.model.incident import Incident

SOURCES = ("news", "official", "operator", "measurement")


def incident(findings=(), said=(), explanations="abc", beside=""):
    """An incident with explanations a, b and c.

    A finding is ``"a+ b- c!"``: supports, weakens, rules out; ``document/official`` may follow.
    What is said is ``"denies a"``; ``beside`` "ab" sets a beside b.
    """
    return Incident.model_validate(
        {
            "title": "An example",
            "summary": "Nothing is known.",
            "where": {},
            "episodes": [
                {
                    "name": "Dark",
                    "layer": "routing",
                    "extent": "total",
                    "start": [{"at": "2030", "source": "news"}],
                    "end": "unknown",
                }
            ],
            "explanations": [explanation(key, beside) for key in explanations],
            "evidence": [evidence(number, text) for number, text in enumerate(findings)],
            "statements": [statement(text) for text in said],
            "sources": {kind: source(kind) for kind in SOURCES},
            "added": "2030",
        }
    )


def explanation(key, beside):
    also = [other for one, other in beside.split() if one == key]
    by = [{"who": "Somebody", "source": "news"}]
    common = {"category": "unknown", "standing": "proposed", "proposed_by": by, "beside": also}
    return {"id": key, "title": f"Explanation {key}", **common}


BEARINGS = {"+": "supports", "-": "weakens", "!": "rules-out"}


def evidence(number, text):
    *bearing, last = text.split()
    kind, _, cited = last.partition("/")
    if not cited:
        bearing, kind, cited = [*bearing, last], "measurement", "news"
    bears_on = {word[0]: BEARINGS[word[1]] for word in bearing}
    identity = {"id": f"e{number}", "finding": "It is so.", "kind": kind}
    return {**identity, "sources": cited.split(","), "bears_on": bears_on}


def statement(text):
    stance, *about = text.split()
    who = {"who": "Somebody", "on": "2030", "gist": "Says so.", "sources": ["news"]}
    return {**who, "stance": stance, "about": about}


def source(kind):
    named = {"publisher": "P", "title": "T", "url": "https://example.org/", "accessed": "2030"}
    return {"kind": kind, **named}


def standings(*args, **kwargs):
    each = earned(incident(*args, **kwargs))
    return " ".join(f"{key}:{one.standing}" for key, one in each.items())


@pytest.mark.parametrize(
    ("findings", "said", "expected"),
    [
        ([], [], "a:proposed b:proposed c:proposed"),
        (["a+"], [], "a:supported b:proposed c:proposed"),
        (["a-"], [], "a:disputed b:proposed c:proposed"),
        (["a+", "a-"], [], "a:disputed b:proposed c:proposed"),
        (["a+", "a+", "a-"], [], "a:supported b:proposed c:proposed"),
        (["a+", "a+", "a-"], ["denies a"], "a:disputed b:proposed c:proposed"),
        ([], ["denies a"], "a:disputed b:proposed c:proposed"),
        (["a+", "a+"], ["denies a", "denies a", "denies a b"], "a:supported b:disputed c:proposed"),
        ([], ["doubts a", "declines b", "blames c"], "a:proposed b:proposed c:proposed"),
        (["a+", "a+", "a!"], [], "a:refuted b:proposed c:proposed"),
        (["a!", "b+ c-"], [], "a:refuted b:supported c:disputed"),
    ],
)
def test_findings_and_denials_are_weighed_for_each_on_its_own(findings, said, expected):
    assert standings(findings, said) == expected


@pytest.mark.parametrize(
    ("findings", "said", "expected"),
    [
        (["b! c-"], ["admits a"], "a:established b:refuted c:disputed"),
        (["b! c!"], ["admits a", "denies a"], "a:established b:refuted c:refuted"),
        (["b!"], ["admits a"], "a:proposed b:refuted c:proposed"),
        (["b! c+"], ["admits a"], "a:proposed b:refuted c:supported"),
        (["a!", "b! c!"], ["admits a"], "a:refuted b:refuted c:refuted"),
        (["a+ document/official", "b- c-"], [], "a:established b:disputed c:disputed"),
        (["a+ document/news,operator", "b- c-"], [], "a:established b:disputed c:disputed"),
        (["a+ document/news", "b- c-"], [], "a:supported b:disputed c:disputed"),
        (["a+ statement/official", "b- c-"], [], "a:supported b:disputed c:disputed"),
        (["a- document/official", "b- c-"], [], "a:disputed b:disputed c:disputed"),
        (["b! c!", "a+"], [], "a:established b:refuted c:refuted"),
        (["b! c!", "a+", "a-"], [], "a:established b:refuted c:refuted"),
        (["b! c!"], [], "a:proposed b:refuted c:refuted"),
        (["b! c-", "a+"], [], "a:supported b:refuted c:disputed"),
    ],
)
def test_what_is_admitted_documented_or_left_over_is_established_unless_a_rival_is_open(
    findings, said, expected
):
    assert standings(findings, said) == expected


def test_an_explanation_that_never_had_a_rival_is_not_established_by_that():
    assert standings(["a+"], explanations="a") == "a:supported"
    assert standings(["a+ document/operator"], explanations="a") == "a:established"


def test_a_document_of_a_source_that_is_not_defined_counts_for_no_more_than_others():
    assert standings(["a+ document/nobody"], explanations="a") == "a:supported"


def test_what_was_counted_is_told():
    each = earned(incident(["a+", "a+ document/operator", "a-"], ["denies a", "admits a"]))

    counted = Earned(
        supports=2,
        weakens=1,
        rules_out=0,
        denied=True,
        admitted=True,
        found_officially=True,
        standing="disputed",
    )
    assert (each["a"], each["a"].against) == (counted, 2)


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], "unknown"),
        (["a-"], "unknown"),
        (["a+", "a-"], "unknown"),
        (["a+ b+", "a- b-"], "contested"),
        (["a+ b+", "a- b!"], "unknown"),
        (["a+"], "likely"),
        (["a+", "b+", "b-"], "likely"),
        (["a+ b+"], "contested"),
        (["a+", "b! c!"], "established"),
    ],
)
def test_the_standing_of_an_incident_follows_from_those_of_its_explanations(findings, expected):
    assert str(incident_standing(incident(findings))) == expected


def test_an_incident_without_explanations_is_unknown():
    assert str(incident_standing(incident(explanations=""))) == "unknown"


def test_a_page_lists_explanations_by_standing_then_balance_then_as_written():
    one = incident(["d! c-", "e+ f+", "f+", "h- g-", "g-"], explanations="abcdefgh")

    assert "".join(explanation.id for explanation in in_order(one, earned(one))) == "feabchgd"


def test_the_established_one_leads_a_page():
    one = incident(["a! b+", "c! "], explanations="abc")

    assert [explanation.id for explanation in in_order(one, earned(one))] == ["b", "a", "c"]


def test_explanations_that_may_both_be_true_are_no_rivals():
    found = incident(["a+ document/official", "b+", "b+"], explanations="ab", beside="ab")

    assert {key: one.standing for key, one in earned(found).items()} == {
        "a": "established",
        "b": "supported",
    }
    assert incident_standing(found) == "likely"
    assert incident_standing(incident(["a+", "b+"], explanations="ab", beside="ba")) == "likely"
    assert incident_standing(incident(["a+", "b+"], explanations="ab")) == "contested"


def test_the_least_settled_of_several_questions_decides():
    findings = ["a+ document/official", "b+", "c+"]

    assert incident_standing(incident(findings, beside="ab ac")) == "contested"


def test_a_side_story_with_nothing_for_it_leaves_the_question_as_it_is():
    assert incident_standing(incident(["a+", "b-"], explanations="ab", beside="ab")) == "likely"


def test_a_rival_of_a_rival_answers_the_same_question():
    assert incident_standing(incident(["a+", "c+"], beside="ac")) == "contested"
