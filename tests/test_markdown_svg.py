"""Charts and fragments go into pages untouched; tables come out fit for phones and policy."""

import logging

import pytest
from markdown import Markdown

CHART = '<svg xmlns="http://www.w3.org/2000/svg" role="img">\n\n  <text>*not* emphasis</text></svg>'


@pytest.fixture
def render(tmp_path):
    """A function from Markdown to HTML, with two files to take in."""
    (tmp_path / "incidents").mkdir()
    (tmp_path / "incidents" / "chart.svg").write_text(f'<?xml version="1.0"?>\n{CHART}\n')
    (tmp_path / "part.html").write_text("<section>_plain_ [x](y)</section>\n")
    (tmp_path.parent / "outside.svg").write_text(CHART)
    names = ["generator.markdown_svg", "generator.markdown_tables", "tables"]
    settings = {"generator.markdown_svg": {"docs_dir": str(tmp_path)}}

    return lambda text: Markdown(extensions=names, extension_configs=settings).convert(text)


def test_a_chart_comes_out_as_it_is_in_its_file(render):
    html = render("Before\n<!-- gone-dark:svg incidents/chart.svg -->\nafter")

    assert html == f"<p>Before</p>\n{CHART}\n<p>after</p>"


def test_a_fragment_is_not_read_as_markdown(render):
    html = render("<!-- gone-dark:html part.html -->")

    assert html == "<section>_plain_ [x](y)</section>"


def test_a_chart_inside_an_html_block_comes_out_too(render):
    html = render(
        "<figure>\n<div>\n\n<!-- gone-dark:svg incidents/chart.svg -->\n\n</div>\n</figure>"
    )

    assert CHART in html
    assert "<p>" not in html
    assert "gone-dark" not in html


def test_a_mark_in_the_middle_of_a_line_stays_a_comment(render):
    html = render("See <!-- gone-dark:svg incidents/chart.svg --> here")

    assert html == "<p>See <!-- gone-dark:svg incidents/chart.svg --> here</p>"


@pytest.mark.parametrize(
    ("mark", "complaint"),
    [
        ("svg gone.svg", "gone-dark:svg gone.svg: there is no such file"),
        ("svg ../outside.svg", "gone-dark:svg ../outside.svg: the path leaves the docs folder"),
        ("svg part.html", "gone-dark:svg part.html: the file's name must end in .svg"),
        ("html /etc/x.html", "gone-dark:html /etc/x.html: the path leaves the docs folder"),
    ],
)
def test_a_file_that_cannot_be_taken_in_is_a_warning_and_seen_on_the_page(
    render, caplog, mark, complaint
):
    html = render(f"<!-- gone-dark:{mark} -->")

    assert caplog.record_tuples == [("mkdocs.gone_dark.markdown_svg", logging.WARNING, complaint)]
    assert html == f"<p><strong>Missing: {mark.split()[1]}</strong></p>"


def test_a_table_scrolls_by_itself_and_is_aligned_by_class(render):
    html = render("| Name | Length |\n| --- | ---: |\n| Freedonia | 9 h |\n\nAfter")

    assert html == (
        '<div aria-label="Table 1" class="gd-scroll" role="region" tabindex="0">\n<table>\n'
        '<thead>\n<tr>\n<th scope="col">Name</th>\n<th class="gd-right" scope="col">Length</th>\n'
        '</tr>\n</thead>\n<tbody>\n<tr>\n<td>Freedonia</td>\n<td class="gd-right">9 h</td>\n'
        "</tr>\n</tbody>\n</table>\n</div>\n<p>After</p>"
    )


def test_two_tables_of_a_page_have_two_names(render):
    table = "| A |\n| --- |\n| b |\n\n"

    html = render(f"{table}Between\n\n{table}")

    assert [f'aria-label="Table {number}"' in html for number in (1, 2, 3)] == [True, True, False]


def test_a_table_written_as_html_is_left_alone(render):
    html = render("<table><tr><td>x</td></tr></table>")

    assert html == "<table><tr><td>x</td></tr></table>"
