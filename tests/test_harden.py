"""What the theme writes is cured, and what must not go out is found."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render import policy
from generator.render.harden import (
    AROUND,
    CURES,
    drop_blank_space,
    drop_empty_hosts,
    drop_theme_scripts,
    drop_theme_skip_link,
    drop_theme_switches,
    focus_code,
    harden,
    json_ld_path,
    with_json_ld,
)
from generator.render.policy import POLICY, breaches, with_policy

SHELL = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head>'
    "<body>{body}</body></html>"
)


def page(body="", head=""):
    return with_policy(SHELL.format(head=head, body=body))


@pytest.mark.parametrize(
    ("cure", "before", "after"),
    [
        (
            drop_theme_scripts,
            '<script>__md_scope=new URL("..",location),__md_hash=e=>e<<5</script>\n<p>x</p>'
            "<script>var target=document.getElementById(location.hash.slice(1));</script>",
            "<p>x</p>",
        ),
        (
            drop_theme_scripts,
            "<script>window.mine=1</script>",
            "<script>window.mine=1</script>",
        ),
        (
            drop_theme_switches,
            '<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer">\n'
            '<label class="md-overlay" for="__drawer"></label>\n<p>x</p>',
            "<p>x</p>",
        ),
        (
            drop_theme_skip_link,
            '<div data-md-component="skip">\n<a href="#a">Skip</a>\n</div>\n<p>x</p>',
            "<p>x</p>",
        ),
        (
            drop_empty_hosts,
            '<div data-md-component="announce">\n</div>\n'
            '<div class="md-dialog" data-md-component="dialog">\n'
            '<div class="md-dialog__inner md-typeset"></div>\n</div>\n<p>x</p>',
            "<p>x</p>",
        ),
        (focus_code, "<pre><code>x</code></pre>", '<pre tabindex="0"><code>x</code></pre>'),
        (
            drop_blank_space,
            "<p>\n   \n  a</p>\n\n<pre>\n\n  kept\n</pre>\n\n\n<p>b</p>",
            "<p>\na</p>\n<pre>\n\n  kept\n</pre>\n<p>b</p>",
        ),
    ],
)
def test_a_cure_takes_away_what_it_is_for_and_nothing_else(cure, before, after):
    assert cure(before) == after


@pytest.mark.parametrize("cure", [*AROUND, *CURES])
def test_a_cure_leaves_a_clean_page_as_it_is_however_often_it_is_taken(cure):
    clean = page("<p>Nothing to cure.</p>")

    assert cure(cure(clean)) == clean


def test_what_the_theme_puts_around_a_page_goes_and_all_that_the_page_says_stays():
    skip = '<div data-md-component="skip">Skip</div>'
    says = f'<article class="md-typeset">{skip}<article>a</article>{skip}</article>'

    cured = harden(SHELL.format(head="", body=f"{skip}{says}{skip}"))

    assert cured == page(says)
    assert harden(SHELL.format(head="", body=f"{skip}<p>No article</p>")) == page(
        "<p>No article</p>"
    )


def test_the_policy_stands_before_anything_that_it_governs():
    html = harden(SHELL.format(head='<script src="a.js"></script>', body=""))

    assert html.index(POLICY) < html.index("<script")
    assert html.count("Content-Security-Policy") == 1


def test_the_policy_allows_no_inline_code_and_no_other_site():
    directives = dict(part.split(" ", 1) for part in POLICY.split("; "))

    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert directives["style-src"] == "'self'"
    assert directives["base-uri"] == "'none'"
    assert {value for value in directives.values() if "http" in value or "*" in value} == set()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<script>x()</script>", ["an inline script"]),
        ('<script type="module">x()</script>', ["an inline script"]),
        ("<SCRIPT\n>x()</SCRIPT>", ["an inline script"]),
        ('<p style="color:red">', ["a style attribute on <p>"]),
        ("<p STYLE=color:red>", ["a style attribute on <p>"]),
        ("<style>p{}</style>", ["a <style> element"]),
        ('<img src="a.png" alt="" onerror="x()">', ["an onerror attribute on <img>"]),
        ('<p title="a > b" onclick="x()">', ["an onclick attribute on <p>"]),
        ('<a href="/>" onclick="x()">', ["an onclick attribute on <a>"]),
        ('<a title="">" onclick="x()">', []),
        ('<a href="javascript:x()">', ["a <a> whose address is a script"]),
        ('<a href=" JaVa&#10;Script&colon;x()">', ["a <a> whose address is a script"]),
        ('<a href="data:text/html,x">', ["a <a> whose address is a script"]),
        (
            '<img src="https://third.example/x.png" alt="">',
            ["a <img> that loads from another site"],
        ),
        (
            '<script src="//third.example/x.js"></script>',
            ["a <script> that loads from another site"],
        ),
        ('<iframe src="a.html"></iframe>', ["a <iframe> element"]),
        ('<base href="/">', ["a <base> element"]),
        ('<meta http-equiv="Refresh" content="0">', ["a page that sends its reader away"]),
    ],
)
def test_what_the_policy_would_block_is_found_before_it_goes_out(body, expected):
    assert breaches(page(body)) == expected


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://third.example/">elsewhere</a>',
        '<link rel="canonical" href="https://gone-dark.example/">',
        '<script type="application/ld+json">{"a": "b"}</script>',
        "<code>style=&quot;x&quot; onclick=&quot;y&quot; &lt;script&gt;</code>",
        "<p>a style=red onclick=x written as text</p>",
        '<img src="data:image/png;base64,AA==" alt="">',
        '<svg><a xlink:href="../x/"><path d="M0 0"></path></a></svg>',
    ],
)
def test_what_the_policy_allows_is_no_breach(body):
    assert breaches(page(body)) == []


def test_a_page_without_a_policy_is_a_breach():
    assert breaches("<!doctype html><p>x</p>") == ["no content security policy"]


def test_structured_data_takes_the_place_of_its_mark():
    html = '<meta charset="utf-8"><meta name="gone-dark:json-ld" content="a&amp;b/cite.json">'

    assert json_ld_path(html) == "a&b/cite.json"
    assert with_json_ld(html, r'{"a": "\u003c"}') == (
        '<meta charset="utf-8"><script type="application/ld+json">{"a": "\\u003c"}</script>'
    )


def test_a_page_without_a_mark_asks_for_no_structured_data():
    assert json_ld_path("<p>x</p>") is None


PIECES = st.sampled_from(
    [
        "<", ">", "/", "=", '"', "'", " ", "\n", "\t", "p", "a", "svg", "img", "script", "STYLE",
        "style", "onclick", "oNclick", "one", "href", "src", "class", "viewBox", "type", "data-x",
        '="x"', '="#top"', '="../x/"', '="https://third.example/"', '="//third.example"', "='y'",
        '="javascript:x()"', '=" java&#10;script:x()"', "=javascript:x", "&colon;", "é", "<!--",
        "<p", "<a href", "<img src", "<a onclick", '<path d="M0 0"', '<p title="', '">',
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=1500, deadline=None)
def test_the_quick_look_over_a_page_finds_what_a_look_at_each_tag_finds(body):
    each = [
        fault
        for tag, rest in re.findall(policy._TAG, page(body))
        for fault in policy._faults(tag.lower(), rest)
    ]

    assert breaches(page(body)) == each


@given(st.text(alphabet=" \t\na", max_size=30))
def test_blank_lines_indents_and_trailing_blanks_go_and_nothing_else(text):
    assert drop_blank_space(text) == re.sub(r"[ \t]*\n[ \t\n]*", "\n", text)
