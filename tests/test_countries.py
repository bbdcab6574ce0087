"""Countries by the names that people and trackers give them."""

import pytest

from generator.model.resources import CountryCode, RegionCode
from generator.read.countries import country_named, region_named


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("KP", "KP"),
        ("North Korea", "KP"),
        ("Korea, Democratic People's Republic of", "KP"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Myanmar/Burma", "MM"),
        ("Congo", "CG"),
        ("Democratic Republic of (DRC)", "CD"),
        ("Democratic Republic of the Congo", "CD"),
        ("Ivory Coast (Cote d'Ivoire)", "CI"),
        ("CÔTE D’IVOIRE", "CI"),
        ("Bonaire/Sint Eustatius/Saba", "BQ"),
        ("St. Kitts & Nevis", "KN"),
        ("Swaziland", "SZ"),
        ("Turkey", "TR"),
    ],
)
def test_a_country_is_known_by_its_code_and_its_english_names(name, code):
    assert country_named(name) == CountryCode(code)


@pytest.mark.parametrize(
    "name", ["", "kp", "XX", "EU", "European Union", "Korea", "Republic", "日本"]
)
def test_what_names_no_country_or_several_is_none(name):
    assert country_named(name) is None


def test_a_region_is_known_by_its_name_within_its_country():
    assert region_named("tachira", CountryCode("VE")) == RegionCode("VE-S")
    assert region_named("Táchira", CountryCode("CO")) is None
    assert region_named("", CountryCode("VE")) is None
