"""What is left of a style sheet when only some classes are on any page."""

import pytest

from generator.render.stylesheet import class_names, used_rules, words


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        (".here{color:red}", ".here{color:red}"),
        (".gone{color:red}", ""),
        ("p.here .gone>a,p{color:red}", "p.here .gone>a,p{color:red}"),
        (".gone a,b.here.gone{color:red}", ""),
        (".gone p{top:0}p{top:1px}.here p{top:2px}", "p{top:1px}.here p{top:2px}"),
        ("a:not(.gone){color:red}", "a:not(.gone){color:red}"),
        (":is(.gone,p){color:red}", ":is(.gone,p){color:red}"),
        ('[data-x=".gone,"]{color:red}', '[data-x=".gone,"]{color:red}'),
        ('a.here:hover::before{content:".gone{}"}', 'a.here:hover::before{content:".gone{}"}'),
        ("@media print{.gone{top:0}.here{top:0}}", "@media print{.here{top:0}}"),
        ("@media print{.gone{top:0}}p{top:0}", "p{top:0}"),
        ("@supports (top:0){@media print{.gone{top:0}}}", ""),
        ("@keyframes gone{to{top:0}}", "@keyframes gone{to{top:0}}"),
        ("@page{margin:1cm}", "@page{margin:1cm}"),
        (r".here\:more{top:0}", ""),
    ],
)
def test_a_rule_stays_where_one_of_its_selectors_asks_for_no_class_that_is_gone(sheet, left):
    assert used_rules(sheet, {"here"}) == left


def test_the_classes_of_a_page_are_found_however_they_are_quoted():
    page = '<p class="a b-c"><b class=\'d\'>class</b><i class=e><svg class="">f</svg>'

    assert class_names(page) >= {"a", "b-c", "d", "e"}
    assert "f" not in class_names(page)


def test_a_class_that_a_script_gives_is_among_its_words():
    assert "is-open" in words('box.classList.add("is-open");')
