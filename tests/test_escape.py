"""Whatever a record says stays text, through Markdown and HTML."""

import json

import html5lib
import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.incident import Source
from generator.render.escape import finalize, inert, inert_json
from generator.render.templating import Citer, html, without_citations

# What a record may hold: no control or hidden characters, which the reader refuses.
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")))
EXTENSIONS = ["attr_list", "def_list", "footnotes", "tables", "toc"]
ATTACKS = [
    "<script>window.x=1</script>",
    '"onmouseover="x',
    "[x](javascript:x)",
    "{{ 7*191 }} {% raw %}",
    "**a**{ onclick=x }",
    "![x](https://example.org/x.png)",
    "<!-- gone-dark:svg incidents/x/chart.svg -->",
    '--8<-- "mkdocs.yml"',
    "a | b | c",
    "]]></title></script>",
    "&lt;b&gt; &amp;amp;",
    "`code` ~~~ ``` :icon:",
    "[^1] *[x]: y",
]


def rendered(text):
    page = markdown.markdown(
        f"<p>{inert(text)}</p>\n\nA line: {inert(text)}", extensions=EXTENSIONS
    )
    return html5lib.parse(page, namespaceHTMLElements=False)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_becomes_an_element_and_all_of_it_is_readable(attack):
    tree = rendered(attack)

    assert {element.tag for element in tree.iter()} == {"html", "head", "body", "p"}
    assert ["".join(p.itertext()) for p in tree.iter("p")] == [attack, f"A line: {attack}"]


@given(TEXT)
def test_any_text_comes_out_of_markdown_as_it_went_in(text):
    tree = rendered(text)

    paragraph = next(tree.iter("p"))
    assert {element.tag for element in tree.iter()} == {"html", "head", "body", "p"}
    assert " ".join("".join(paragraph.itertext()).split()) == " ".join(text.split())


@given(TEXT)
def test_any_text_in_front_matter_stays_one_quoted_line_without_markup(text):
    out = str(inert(text))

    assert not set(out) & set('<>"\n{}')


def test_markup_of_our_own_passes_and_nothing_prints_nothing():
    assert finalize(html("<b>x</b>")) == "<b>x</b>"
    assert finalize(None) == ""
    assert finalize(4) == "4"


def test_json_in_a_page_cannot_end_its_script_and_refuses_what_is_no_json():
    text = inert_json({"a": "</script><!--", "b": "\u2028"})

    assert text == '{"a": "\\u003c/script\\u003e\\u003c!--", "b": "\\u2028"}'
    assert json.loads(text) == {"a": "</script><!--", "b": "\u2028"}
    with pytest.raises(ValueError, match="not JSON compliant"):
        inert_json(float("nan"))


def citer():
    source = Source.model_validate(
        {"kind": "news", "publisher": "The <Gazette>", "title": "Cut", "url": "https://example.org/",
         "accessed": "2030-02-01"}
    )  # fmt: skip
    return Citer({"gazette": source, "wire": source}, {"gazette": 1, "wire": 2})


def test_citations_become_numbered_links_and_neighbours_share_one_note():
    text = "It went [@gazette] [@wire]. It came back [@wire], 1 < 2."

    link = '<a class="cite" href="#source-{}" title="The &#60;Gazette&#62;">{}</a>'
    gazette, wire = link.format("gazette", 1), link.format("wire", 2)
    assert citer().prose(text) == (
        f"It went<sup>{gazette}, {wire}</sup>. It came back<sup>{wire}</sup>, 1 &#60; 2."
    )
    assert citer().prose(None) is None
    assert without_citations(text) == "It went. It came back, 1 < 2."


def test_a_citation_of_nothing_stays_text():
    assert citer().prose("[@nobody]") == "&#91;&#64;nobody&#93;"


def test_sources_are_listed_by_number_once_and_without_those_the_prose_cites():
    both = citer().cited(["wire", "gazette", "wire", "nobody"])
    rest = citer().others(["wire", "gazette"], "Said so [@wire].")

    assert [one.number for one in both] == [1, 2]
    assert [one.key for one in rest] == ["gazette"]
