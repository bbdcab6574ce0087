"""What is left of a stranger's Markdown in a comment: its words and their form, and no more."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inert import BREAK, CUT, MOST_CHARS, fenced, inert

OWN = "https://github.com/example/gone-dark/"
SIGNS = st.lists(
    st.sampled_from(
        ["<", ">", "/", "details", "script", "img src=x", "!", "[", "]", "(", ")", ":", "@", "#",
         "1", "GH-", "javascript:", "https://evil.example/", OWN, "\n", " ", "`", "```", "&#64;",
         "\u202e", "\u200b", "\x00", "x"]
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("| a | b |\n|---|---|\n| **1** | `2` |\n", None),
        ("<details><summary>More</summary>\n\nx\n\n</details>", None),
        (f"[the page]({OWN}actions/runs/1) and [above](#a)", None),
        ("at 12:00, https://news.example/x", None),
        ("# A heading\n- [x] done", None),
        ("<table><tr><td><code>a&#46;b &#60;x&#62;</code></td></tr></table>", None),
        ("&#64;a &#x40;a &commat;a &#35;1", "&#64;{0}a &#x40;{0}a &commat;{0}a &#35;{0}1"),
        ("<script>x</script>", "&lt;script>x&lt;/script>"),
        ("<img src=https://evil.example/x.png>", "&lt;img src=https://evil.example/x.png>"),
        ("<details open onclick=x>", "&lt;details open onclick=x>"),
        ("<!-- gone-dark change report -->", "&lt;!-- gone-dark change report -->"),
        ("<https://evil.example/>", "&lt;https://evil.example/>"),
        ("[approve](https://evil.example/)", f"[approve]{BREAK}(https://evil.example/)"),
        (f"[x]({OWN[:-1]}-evil/)", f"[x]{BREAK}({OWN[:-1]}-evil/)"),
        ("[x]( https://evil.example/)", f"[x]{BREAK}( https://evil.example/)"),
        ("[x](<https://evil.example/>)", f"[x]{BREAK}(&lt;https://evil.example/>)"),
        ("[x][y]\n\n[y]: https://evil.example/", f"[x]{BREAK}[y]\n\n[y]{BREAK}: https://evil.example/"),
        ("![x](https://evil.example/x.png)", f"!{BREAK}[x]{BREAK}(https://evil.example/x.png)"),
        ("@everyone look, [@wire]", f"@{BREAK}everyone look, [@{BREAK}wire]"),
        ("fixes #12 and GH-12", f"fixes #{BREAK}12 and GH-{BREAK}12"),
        ("a\u202eb\u200bc\x00d\x1b[2J\r\n", "abcd[2J\n"),
    ],
)  # fmt: skip
def test_form_stays_and_what_acts_does_not(text, left):
    assert inert(text, OWN) == (text if left is None else left.replace("{0}", BREAK))


@pytest.mark.large
@given(SIGNS)
def test_no_heap_of_signs_calls_anybody_or_leads_anywhere(signs):
    left = inert("".join(signs), OWN)

    tags = set(re.findall(r"<[^>]*>?", left))
    assert tags <= {"<details>", "</details>"}
    assert not re.search(r"!\[|@\w|(?<!&)#\d|&#64;\w|\]\[|\]:", left)
    targets = re.findall(r"\]\(([^)\s]*)", left)
    assert [one for one in targets if not one.startswith((OWN, "#"))] == []


def test_a_long_text_is_cut_at_a_line_with_its_blocks_closed():
    cut = inert("<details>\n```\n" + "a line\n" * 20_000)

    assert len(cut) <= MOST_CHARS
    assert cut.endswith(f"a line\n```\n</details>{CUT}")


@pytest.mark.parametrize("text", ["x", "```\n# y", "````` `x`", ""])
def test_nothing_in_a_block_of_code_ends_it(text):
    first, *middle, last = fenced(text, "yaml").rstrip("\n").split("\n")

    assert first == last + "yaml"
    assert "\n".join(middle) == text
    assert last not in text
