"""HTML that stands whole between blank lines comes out as it is, and its ids can be linked to."""

import re

import pytest
from markdown import Markdown

from generator.engine import PublishError, build_pages
from generator.markdown_raw import is_whole
from tests.site_project import make_project


def converted(text, *names):
    made = Markdown(extensions=["generator.markdown_raw", *names]).convert(text)
    return re.sub("\\n+", "\n", made)  # blank lines mean nothing between elements


@pytest.mark.parametrize(
    "text",
    [
        "<p>One</p>",
        '<div class="a">\n<div>b</div>\n</div>',
        "<p>One</p>\n<p>Two</p>",
        "<table><tr><td>a < b</td></tr></table>",
    ],
)
def test_whole_html_comes_out_as_it_is(text):
    assert is_whole(text)
    assert converted(f"Before *it*\n\n{text}\n\nafter") == (
        f"<p>Before <em>it</em></p>\n{text}\n<p>after</p>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<div>",
        "<div><p></div>\nText",
        "Text <p>a</p>",
        "<p>a</p> text",
        "<span>a</span>",
        "</p>",
    ],
)
def test_what_is_not_whole_is_left_to_the_parser(text):
    assert not is_whole(text)
    assert converted(text) == Markdown().convert(text)


def test_html_over_blank_lines_with_a_piece_in_it_stays_together():
    assert converted("<div>\n\n<p>*a*</p>\n\n</div>") == "<div>\n<p>*a*</p>\n</div>"


def test_nothing_is_left_of_the_ids_that_other_pages_may_link_to():
    text = '<section id="x"><p id="y">a</p></section>'

    assert converted(text) == text


@pytest.mark.parametrize("ids", [True, False])
def test_mkdocs_sees_the_ids_of_whole_html_where_a_page_may_lead_to_them(ids):
    parser = Markdown(
        extensions=["generator.markdown_raw"],
        extension_configs={"generator.markdown_raw": {"ids": ids}},
    )
    text = '\n\n\nOne\n\n<section id="x"><p id="y">a</p></section>\n\n\n\n<p>b</p>\n'

    seen = parser.preprocessors["gone_dark_raw"].run(text.split("\n"))
    found = [name for line in seen for name in re.findall('<a id="(.)">', line)]

    assert found == (["x", "y"] if ids else [])
    assert parser.htmlStash.rawHtmlBlocks == [
        '<section id="x"><p id="y">a</p></section>',
        "<p>b</p>",
    ]
    assert re.sub("\n+", "\n", parser.reset().convert(text)) == (
        '<p>One</p>\n<section id="x"><p id="y">a</p></section>\n<p>b</p>'
    )


def test_an_id_in_html_can_be_linked_to_from_another_page_and_a_wrong_one_is_told(tmp_path):
    project = make_project(tmp_path / "project")
    pages = project / "build/pages"
    (pages / "about.md").write_text('---\ntitle: About\n---\n\n<p id="here">A</p>\n')
    method = pages / "method.md"
    method.write_text(f"{method.read_text()}\n[a](about.md#here)\n")

    build_pages(project, pages, pages, tmp_path, tmp_path / "made")
    method.write_text(f"{method.read_text()}\n[a](about.md#there)\n")

    with pytest.raises(PublishError, match=r"about\.md#there"):
        build_pages(project, pages, pages, tmp_path, tmp_path / "again")
