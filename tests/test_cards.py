"""Charts that stand on their own elsewhere: the SVG for other sites, and the painted card."""

import hashlib
import io
import json
import zlib
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import altair
import pytest
from jsonschema import Draft7Validator
from PIL import Image, ImageFont

from generator.cards import Cards, paint
from generator.painting import drawn, word
from generator.render.card import CARD_PX, card
from generator.render.lettering import Hand, fonts
from generator.render.plate import Plate, embed
from tests.exported import ROSS, URL
from tests.site_project import REPOSITORY

GOLDEN = REPOSITORY / "tests/golden"
SVG = "{http://www.w3.org/2000/svg}"
CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 720 90" width="720">'
    '<title id="t">Its own</title><desc id="d">Words</desc>'
    '<rect x="20" y="20" width="300" height="12" fill="var(--gd-dark, #16213a)" />'
    '<text x="20" y="14" font-size="12.5" fill="currentColor">Blackout</text></svg>\n'
)
PLATE = Plate(CHART, f"{URL}incidents/x/", "Antarctica · 31 January 2030", "Out & <about>",
              "9 h 31 min", "routing, total", "Invented data.")  # fmt: skip


def words_of(svg):
    return [one.text for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_an_embedded_chart_says_what_it_is_and_whom_to_name():
    assert words_of(embed(PLATE)) == [
        "Out & <about>",
        "Antarctica · 31 January 2030 · 9 h 31 min · routing, total",
        "Blackout",
        f"Gone Dark, CC BY 4.0. Invented data. {URL}incidents/x/",
    ]


def test_a_chart_elsewhere_needs_no_style_script_font_or_file_of_anybody():
    for svg in (embed(PLATE), card(PLATE).svg):
        root = ElementTree.fromstring(svg)
        tags = {one.tag.removeprefix(SVG) for one in root.iter()}
        assert tags == {"svg", "title", "desc", "rect", "text", "g", *(["path"] if "path" in tags
                                                                      else [])}  # fmt: skip
        names = {name for one in root.iter() for name in one.attrib}
        assert not any(name == "style" or "href" in name or name[:2] == "on" for name in names)
        assert "var(" not in svg
        assert root.find(f"{SVG}title").text == "Out & <about>"


def test_a_card_is_a_small_png_of_the_size_that_previews_ask_for():
    raw = paint(card(PLATE))

    with Image.open(io.BytesIO(raw)) as found:
        found.verify()
        assert (found.format, found.size, found.mode) == ("PNG", CARD_PX, "P")
        assert found.info["Title"] == "Out & <about>"
        assert found.info["Copyright"] == "Gone Dark, CC BY 4.0. Invented data."
        assert found.info["Source"] == PLATE.url
    assert len(raw) < 16_000


def test_paper_and_bars_keep_their_colours_among_few():
    with Image.open(io.BytesIO(paint(card(PLATE)))) as found:
        whole = found.convert("RGB")

    assert whole.getpixel((3, 3)) == (251, 250, 247)
    assert (22, 33, 58) in {colour for _, colour in whole.getcolors()}


def test_a_card_is_the_same_bytes_on_every_machine():
    # Whoever changes how cards look puts in what they now are; nobody's fonts may change them.
    raw = paint(card(PLATE))

    assert hashlib.sha256(raw).hexdigest() == (
        "2a225bc523d872c451a9b38f04c984b7a2cc9239283cdfedd0f83e8930a7ccad"
    )


@pytest.mark.parametrize("family", ["DejaVu Serif", "Liberation Mono", "serif", "monospace"])
def test_no_font_of_the_system_is_used(family):
    plain = card(PLATE)
    other = replace(plain, svg=plain.svg.replace('font-family="sans-serif"',
                                                 f'font-family="{family}"'))  # fmt: skip

    assert other.svg != plain.svg
    assert paint(other) == paint(plain)


@pytest.mark.parametrize("high", [90, 240, 700])
@pytest.mark.parametrize("title", ["Short", "A title of so many words as to take some lines " * 3])
def test_a_chart_looks_as_if_the_whole_card_were_painted_with_it(title, high):
    svg = CHART.replace("0 0 720 90", f"0 0 720 {high}").replace(
        "</svg>", f'<text x="5" y="{high}" font-size="12.5">gjpqy</text><path d="M0 {high}h720" '
        'stroke="#000000" /></svg>')  # fmt: skip
    made = card(replace(PLATE, svg=svg, title=title.strip()))
    whole = drawn(made.svg, (0, 0, *CARD_PX))
    part = Image.new("P", CARD_PX)
    part.paste(drawn(made.svg, made.tile), made.tile)

    assert part.tobytes() == whole.tobytes()


def test_a_card_without_a_chart_is_its_words_alone():
    bare = card(replace(PLATE, svg=""))

    assert bare.tile is None
    assert [one.text for one in bare.lines] == [
        "Antarctica · 31 January 2030", "Out & <about>", "9 h 31 min", "routing, total",
        "Invented data."]  # fmt: skip
    assert paint(bare) == paint(replace(bare, svg="never drawn"))


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("size", [18, 20, 26, 38, 46])
def test_a_word_is_painted_with_all_that_its_letters_reach_out(size, bold):
    hand, text = Hand(size, bold=bold), "ÅḜ(fgjpqyĢ)"
    roomy = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="200" font-family="">'
        f'<rect width="600" height="200" fill="#fbfaf7"/>{hand.written(100, 100, text)}</svg>'
    )
    whole = drawn(roomy, (0, 0, 600, 200))
    left, top, *_ = box = whole.getbbox()
    found = word(hand, text)

    assert (found.left, found.top) == (left - 100, top - 100)
    assert found.image.tobytes() == whole.crop(box).tobytes()


@pytest.mark.parametrize("size", [18, 26, 46])
@pytest.mark.parametrize(
    "title", ["A block of YouTube meant for Pakistan", "Toronto, AVAVA W. fjord (f) y"]
)
def test_words_lie_within_two_pixels_of_where_they_lie_in_a_line_set_as_one(title, size):
    hand, at, words = Hand(size, bold=True), 0, title.split()

    for number, text in enumerate(words, 1):
        one = word(hand, text)
        end = at + one.left + one.image.width
        assert abs(end - end_of(hand, " ".join(words[:number]))) <= 2
        at += one.step


def end_of(hand, line):
    """Where the ink of a line ends that is painted as one, seen from where it begins."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="80" font-family="">'
        f'<rect width="1200" height="80" fill="#fbfaf7"/>{hand.written(20, 60, line)}</svg>'
    )
    return drawn(svg, (0, 0, 1200, 80)).getbbox()[2] - 20


def test_a_line_hides_nothing_of_the_one_above():
    plain = replace(PLATE, svg="", kicker="", lead="", note="", credit="")
    above, below = "gjpqy" * 8, "ÅḜÅḜÅ" * 8
    both = card(replace(plain, title=f"{above} {below}"))
    lone = [card(replace(plain, title=one)) for one in (above, below)]

    assert [len(one.lines) for one in (both, *lone)] == [3, 2, 2]
    assert inked(both) == sum(map(inked, lone))


def inked(made):
    """How many pixels of a card's title are not paper."""
    with Image.open(io.BytesIO(paint(made))) as found:
        return sum(found.crop((56, 80, 1200, 560)).histogram()[1:])


def test_a_card_is_the_same_bytes_whatever_was_painted_before():
    first = paint(card(PLATE))
    paint(card(replace(PLATE, title="Other words", kicker="Out & <about>")))

    assert paint(card(PLATE)) == first
    word.cache_clear()
    assert paint(card(PLATE)) == first


def test_the_rows_of_a_card_are_packed_as_they_are():
    with Image.open(io.BytesIO(paint(card(PLATE)))) as found:
        packed = b"".join(chunk_data(paint(card(PLATE)), b"IDAT"))
        rows = zlib.decompress(packed)
        pixels = found.tobytes()

    across, down = CARD_PX
    assert rows == b"".join(b"\0" + pixels[y * across :][:across] for y in range(down))


def chunk_data(raw, kind):
    """The content of each chunk of a kind in a PNG."""
    at = 8
    while at < len(raw):
        size = int.from_bytes(raw[at : at + 4], "big")
        if raw[at + 4 : at + 8] == kind:
            yield raw[at + 8 : at + 8 + size]
        at += 12 + size


def test_a_card_painted_before_comes_from_the_cache(tmp_path, monkeypatch):
    cards = Cards(tmp_path)
    first = cards.paint(card(PLATE))
    monkeypatch.setattr("generator.cards.paint", None)

    assert cards.paint(card(PLATE)) == first


@pytest.mark.parametrize("length", [10, 60, 139])
def test_a_title_of_any_length_stays_within_its_card(length):
    title = ("Wide Words " * 20)[:length].strip()
    bold = [one for one in card(replace(PLATE, title=title)).lines if one.hand.bold][:-1]

    assert len(bold) <= 3
    assert {one.hand.size for one in bold} in ({46}, {38})
    assert max(one.hand.wide(one.text) for one in bold) <= 1088
    assert " ".join(one.text for one in bold) == title


@pytest.mark.parametrize("bold", [False, True])
def test_a_line_is_as_wide_as_its_letters_are_one_by_one(bold):
    line = "AVATAR To fi, ff; Łódź “Ωμέγα” Тува 1.1.1 … – — wide"
    letters = ImageFont.truetype(fonts()[bold], 100, layout_engine=ImageFont.Layout.BASIC)

    assert Hand(100, bold=bold).wide(line) == letters.getlength(line)
    assert Hand(50, bold=bold).wide("") == 0


def test_what_has_no_room_ends_in_an_ellipsis():
    hand = Hand(20)

    assert hand.lines("one two three four five", 70, 2) == ["one two", "three…"]
    assert hand.lines("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", 100, 1) == [
        "Llanfairp…"
    ]
    assert hand.lines("", 100, 2) == []


@pytest.mark.parametrize("name", [ROSS, "2033-11-05-palmyra"])
def test_the_specification_to_take_away_is_vega_lite_in_plain_colours(name):
    file = Path(altair.__file__).parent / "vegalite/v6/schema/vega-lite-schema.json"
    text = (GOLDEN / f"pages/incidents/{name}/chart.vl.json").read_text("utf-8")

    Draft7Validator(json.loads(file.read_text("utf-8"))).validate(json.loads(text))

    assert text.count('"usermeta"') == 1
    assert json.loads(text)["usermeta"]["source"] == f"{URL}incidents/{name}/"
    assert "var(" not in text
