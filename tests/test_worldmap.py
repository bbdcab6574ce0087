"""The map of the world: shades, links and countries too small for a shape."""

import re

import pycountry

from generator.render.chart import Chart, World
from generator.render.draw import draw


def marks(*countries):
    """Return each linked mark of the map: its words, where it leads, how strong it is."""
    svg = draw(Chart(World(countries), 700, "world", "", "")).svg
    found = re.findall(r'<a href="([^"]*)" aria-label="([^"]*)"><path (.*?)/>', svg)
    return {
        words: (href, re.search(r'fill-opacity="([^"]*)"', rest) is None
                or re.search(r'fill-opacity="([^"]*)"', rest)[1])
        for href, words, rest in found
    }  # fmt: skip


def test_a_country_is_a_link_and_stronger_the_more_incidents_it_has():
    hit = (("KP", 1, "North Korea"), ("IR", 3, "Iran"), ("SD", 4, "Sudan"), ("IN", 9, "India"))

    assert marks(*hit) == {
        "North Korea: 1 incident": ("countries/kp/", "0.3"),
        "Iran: 3 incidents": ("countries/ir/", "0.6"),
        "Sudan: 4 incidents": ("countries/sd/", "0.8"),
        "India: 9 incidents": ("countries/in/", True),
    }


def test_a_country_too_small_for_a_shape_is_a_dot():
    svg = draw(Chart(World((("TO", 1, "Tonga"),)), 700, "world", "", "")).svg

    assert re.search(r'aria-label="Tonga: 1 incident"><path transform="translate\([0-9.,]+\)"', svg)


def test_every_country_of_the_standard_has_a_place_on_the_map():
    codes = [country.alpha_2 for country in pycountry.countries]

    assert len(marks(*((code, 1, code) for code in codes))) == len(codes)
