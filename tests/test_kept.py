"""What is known of pages from the build before: taken as it was told, or not at all."""

import os

import pytest

from generator.crew import Crew
from generator.kept import Html, HtmlFiles, Kept, Ledger, Source, read_source, sources_of
from generator.writing import write_if_changed

TEXT = "---\njson_ld: a/x.jsonld\n---\n<!-- gone-dark:svg a/x.svg -->\n[b](b.md) ![p](../p.png)\n"


def kept(number):
    return Kept(
        Source(f"s{number}", f"c{number}", ["a/x.svg"], []),
        Html("aa" + str(number), "st", "su", "<url>é\n</url>", "md-a md-b"),
    )


@pytest.fixture
def pages(tmp_path):
    for name, text in (("a/index.md", TEXT), ("a/x.svg", "<svg/>"), ("a/x.jsonld", "{}")):
        path = tmp_path / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "pages"


def source_of(pages, told):
    """What a page is made from, when so much is known of it."""
    return sources_of(pages, ["a/index.md"], {"a/index.md": told}, Crew(None, 1))["a/index.md"]


def touch(path):
    """Let a file look changed."""
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 10**9))


def test_a_source_tells_what_a_page_takes_in_and_leads_to(pages):
    source = read_source(pages, "a/index.md")

    assert source.takes == ["a/x.svg", "a/x.jsonld"]
    assert source.links == ["a/b.md", "p.png"]


@pytest.mark.parametrize("name", ["a/index.md", "a/x.svg", "a/x.jsonld"])
def test_a_source_is_another_when_any_file_of_it_has_changed(pages, name):
    before = read_source(pages, "a/index.md")
    (pages / name).write_text((pages / name).read_text() + "\n")

    after = source_of(pages, Kept(before, kept(1).html))

    assert after.content != before.content


def test_a_page_is_not_read_while_its_files_are_as_they_were(pages):
    before = read_source(pages, "a/index.md")
    told = Kept(Source(before.state, "as it was told", before.takes, []), kept(1).html)

    assert source_of(pages, told).content == "as it was told"


def test_a_file_that_only_looks_changed_is_read_and_found_the_same(pages):
    before = read_source(pages, "a/index.md")
    touch(pages / "a/x.svg")

    after = source_of(pages, Kept(before, kept(1).html))

    assert (after.content, after.state == before.state) == (before.content, False)


def test_a_file_that_is_not_there_counts_as_one_that_may_come(pages):
    (pages / "a/x.svg").unlink()
    without = read_source(pages, "a/index.md")
    (pages / "a/x.svg").write_text("<svg/>")

    after = source_of(pages, Kept(without, kept(1).html))

    assert after.content != without.content


def test_what_was_told_is_known_again(tmp_path):
    Ledger(tmp_path / "ledger").add({"a.md": kept(1), "b.md": kept(2)})
    Ledger(tmp_path / "ledger").add({"a.md": kept(3)})

    assert Ledger(tmp_path / "ledger").pages == {"a.md": kept(3), "b.md": kept(2)}


def test_a_ledger_tells_only_of_pages_that_are_there(tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    ledger.add({"a.md": kept(1), "b.md": kept(2)})
    ledger.settle({"b.md": kept(2)})

    assert Ledger(tmp_path / "ledger").pages == {"b.md": kept(2)}
    assert (tmp_path / "ledger").read_bytes().count(b"\n") == 1


def test_a_ledger_that_tells_the_same_is_not_touched(tmp_path):
    Ledger(tmp_path / "ledger").settle({"a.md": kept(1)})
    before = (tmp_path / "ledger").stat()

    Ledger(tmp_path / "ledger").settle({"a.md": kept(1)})

    assert (tmp_path / "ledger").stat() == before


def test_a_ledger_is_written_anew_when_a_tenth_of_its_lines_are_replaced(tmp_path):
    pages = {f"{name}.md": kept(name) for name in range(20)}
    Ledger(tmp_path / "ledger").settle(pages)
    lines = []
    for name in range(4):
        pages |= {f"{name}.md": kept(99)}
        ledger = Ledger(tmp_path / "ledger")
        ledger.add({f"{name}.md": kept(99)})
        ledger.settle(pages)
        lines.append(len([*filter(None, (tmp_path / "ledger").read_bytes().split(b"\n"))]))
        assert Ledger(tmp_path / "ledger").pages == pages

    assert lines == [21, 22, 20, 21]


@pytest.mark.parametrize("place", range(0, 300, 7))
def test_a_damaged_line_is_no_line_and_the_others_stand(tmp_path, place):
    ledger = tmp_path / "ledger"
    Ledger(ledger).add({"a.md": kept(1)})
    first = len(ledger.read_bytes())
    Ledger(ledger).add({"b.md": kept(2)})
    raw = bytearray(ledger.read_bytes())
    raw[1 + place % (first - 2)] ^= 1
    ledger.write_bytes(raw)

    assert Ledger(ledger).pages == {"b.md": kept(2)}


def test_a_line_after_half_a_line_is_read(tmp_path):
    ledger = tmp_path / "ledger"
    Ledger(ledger).add({"a.md": kept(1)})
    ledger.write_bytes(ledger.read_bytes()[:-40])

    Ledger(ledger).add({"b.md": kept(2)})

    assert Ledger(ledger).pages == {"b.md": kept(2)}


def test_html_is_sound_while_it_says_what_was_put_there(tmp_path):
    files = HtmlFiles(tmp_path)
    html = files.put("aabb", "<p>é</p>", "", ["b", "a"])
    path = tmp_path / "aa" / "bb"
    touch(path)

    moved = files.sound(html)

    assert (path.read_bytes(), html.classes) == ("<p>é</p>".encode(), "a b")
    assert (moved.content, moved.state == html.state) == (html.content, False)
    assert files.sound(moved) is moved


@pytest.mark.parametrize("spoil", ["written into", "replaced", "removed", "a folder"])
def test_html_that_is_not_what_was_put_there_is_none(tmp_path, spoil):
    files = HtmlFiles(tmp_path)
    html = files.put("aabb", "<p>One</p>", "", [])
    path = tmp_path / "aa" / "bb"
    if spoil == "written into":
        path.write_text("<p>One!</p>")
    else:
        path.unlink()
    if spoil == "replaced":
        path.write_text("<p>Two</p>")
    if spoil == "a folder":
        path.mkdir()

    assert files.sound(html) is None


def test_a_file_is_written_with_the_folders_it_is_in_and_not_again_while_it_says_the_same(tmp_path):
    path = tmp_path / "a" / "b" / "c.txt"
    write_if_changed(path, "é")
    first = path.stat()

    write_if_changed(path, "é".encode())
    again = path.stat()
    write_if_changed(path, "ö")

    assert (first.st_ino, first.st_mtime_ns) == (again.st_ino, again.st_mtime_ns)
    assert (path.read_text("utf-8"), [one.name for one in path.parent.iterdir()]) == (
        "ö",
        ["c.txt"],
    )


def test_html_that_is_not_wanted_goes(tmp_path):
    files = HtmlFiles(tmp_path)
    one, two = files.put("aabb", "1", "", []), files.put("aacc", "2", "", [])
    (tmp_path / "aa" / ".bb.7.new").write_text("half")

    files.prune([two])

    assert (files.sound(one), files.sound(two)) == (None, two)
    assert [path.name for path in (tmp_path / "aa").iterdir()] == ["cc"]
