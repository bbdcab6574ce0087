"""What is left of a style sheet when only some classes are on any page."""

import pytest

from generator.build import ASSETS
from generator.render.stylesheet import class_names, compact, used_rules, words


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        (".here{color:red}", ".here{color:red}"),
        (".gone{color:red}", ""),
        ("p.here .gone>a,p{color:red}", "p{color:red}"),
        (".gone a,b.here.gone{color:red}", ""),
        ("p.gone,:is(a,b) i,.here{color:red}", ":is(a,b) i,.here{color:red}"),
        ("[dir=ltr] p{left:0}[dir=rtl] p{right:0}", "[dir=ltr] p{left:0}"),
        (".gone p{top:0}p{top:1px}.here p{top:2px}", "p{top:1px}.here p{top:2px}"),
        ("a:not(.gone){color:red}", "a:not(.gone){color:red}"),
        (":is(.gone,p){color:red}", ":is(.gone,p){color:red}"),
        ('[data-x=".gone,"]{color:red}', '[data-x=".gone,"]{color:red}'),
        ('a.here:hover::before{content:".gone{}"}', 'a.here:hover::before{content:".gone{}"}'),
        ("@media print{.gone{top:0}.here{top:0}}", "@media print{.here{top:0}}"),
        ("@media print{.gone{top:0}}p{top:0}", "p{top:0}"),
        ("@supports (top:0){@media print{.gone{top:0}}}", ""),
        ("@keyframes gone{to{top:0}}p{top:0}", "p{top:0}"),
        (
            "@keyframes on{to{top:0}}@media print{p{animation:on 1s}}",
            "@keyframes on{to{top:0}}@media print{p{animation:on 1s}}",
        ),
        ("@page{margin:1cm}", "@page{margin:1cm}"),
        (r".here\:more{top:0}", ""),
    ],
)
def test_a_selector_stays_where_it_asks_for_no_class_that_is_gone(sheet, left):
    assert used_rules(sheet, {"here"}) == left


def test_a_variable_goes_that_nothing_reads_and_then_those_that_only_it_read():
    sheet = (
        ":root{--a:url('data:x;}');--b:var(--a);--c: 1px , 2px;--d:var( --c )}"
        "@media print{p{--e:var(--c);color:red!important;top:var(--d, 0)}}"
    )

    assert used_rules(sheet, set()) == (
        ":root{--c: 1px , 2px;--d:var( --c )}@media print{p{color:red!important;top:var(--d, 0)}}"
    )


def test_a_compact_sheet_says_the_same():
    sheet = """
    /* A remark. */
    @media screen and (max-width: 40rem) {
      .a:is(.b, .c) > li::before { content: "a  /* b */"; margin: calc(1rem + 2px) auto 0; }
    }
    """

    assert compact(sheet) == (
        "@media screen and (max-width:40rem){"
        '.a:is(.b,.c)>li::before{content:"a  /* b */";margin:calc(1rem + 2px) auto 0}}'
    )


def test_none_of_our_sheets_reads_a_variable_of_the_theme_s():
    sheets = [path.read_text("utf-8") for path in ASSETS.glob("*.css")]

    assert len(sheets) == 3
    assert [sheet for sheet in sheets if "var(--md-" in sheet] == []


def test_the_classes_of_a_page_are_found_however_they_are_quoted():
    page = '<p class="a b-c"><b class=\'d\'>class</b><i class=e><svg class="">f</svg>'

    assert class_names(page) >= {"a", "b-c", "d", "e"}
    assert "f" not in class_names(page)


def test_a_class_that_a_script_gives_is_among_its_words():
    assert "is-open" in words('box.classList.add("is-open");')
