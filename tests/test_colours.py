"""The colours of both schemes can be told from their grounds (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest

from tests.site_project import REPOSITORY

SHEET = REPOSITORY / "generator" / "render" / "assets" / "chrome.css"
BLOCK = re.compile(r"color-scheme: (light|dark);([^}]*)}")
TOKEN = re.compile(r"--gd-([a-z]+): (#[0-9a-f]{6});")


def schemes():
    """Each block of tokens: the scheme it is for, and its colours by name."""
    blocks = BLOCK.findall(SHEET.read_text())
    return [(scheme, dict(TOKEN.findall(block))) for scheme, block in blocks]


def luminance(colour):
    """Relative luminance, 0 to 1, as WCAG defines it."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", ["paper", "panel", "mark"])
@pytest.mark.parametrize("ink", ["ink", "muted", "accent", "warn"])
def test_text_can_be_read_on_every_ground(ink, ground):
    ratios = [contrast(colours[ink], colours[ground]) for _, colours in schemes()]

    assert min(ratios) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("shape", ["lit", "dark"])
def test_marks_of_a_chart_can_be_seen(shape, ground):
    ratios = [contrast(colours[shape], colours[ground]) for _, colours in schemes()]

    assert min(ratios) >= 3


def test_lit_and_dark_can_be_told_apart_without_seeing_colour():
    ratios = [contrast(colours["lit"], colours["dark"]) for _, colours in schemes()]

    assert min(ratios) >= 1.8


def test_the_dark_scheme_is_the_same_by_system_and_by_choice():
    light, by_system, by_choice = schemes()

    assert (light[0], by_system) == ("light", by_choice)
    assert set(by_system[1]) == set(light[1])
