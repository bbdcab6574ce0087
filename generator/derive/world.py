"""The regions of the world: which country lies where, after the United Nations (M49).

The table is Unicode CLDR's territory containment, which follows that standard; Taiwan, which the
standard does not list, stands with Eastern Asia there. Antarctica is a region of its own.
"""

from __future__ import annotations

from generator.model.resources import CountryCode

_WORLD = {
    "Africa": {
        "Northern Africa": "DZ EG EH LY MA SD TN",
        "Western Africa": "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG",
        "Middle Africa": "AO CD CF CG CM GA GQ ST TD",
        "Eastern Africa": "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW",
        "Southern Africa": "BW LS NA SZ ZA",
    },
    "Americas": {
        "Northern America": "BM CA GL PM US",
        "Caribbean": "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT "
        "VC VG VI",
        "Central America": "BZ CR GT HN MX NI PA SV",
        "South America": "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE",
    },
    "Antarctica": {"Antarctica": "AQ"},
    "Asia": {
        "Central Asia": "KG KZ TJ TM UZ",
        "Eastern Asia": "CN HK JP KP KR MN MO TW",
        "South-eastern Asia": "BN ID KH LA MM MY PH SG TH TL VN",
        "Southern Asia": "AF BD BT IN IR LK MV NP PK",
        "Western Asia": "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    },
    "Europe": {
        "Eastern Europe": "BG BY CZ HU MD PL RO RU SK UA",
        "Northern Europe": "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",
        "Southern Europe": "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK",
        "Western Europe": "AT BE CH DE FR LI LU MC NL",
    },
    "Oceania": {
        "Australia and New Zealand": "AU CC CX HM NF NZ",
        "Melanesia": "FJ NC PG SB VU",
        "Micronesia": "FM GU KI MH MP NR PW UM",
        "Polynesia": "AS CK NU PF PN TK TO TV WF WS",
    },
}
CONTINENTS = tuple(_WORLD)
PARTS = {continent: tuple(parts) for continent, parts in _WORLD.items()}
_WHERE = {
    code: (continent, part)
    for continent, parts in _WORLD.items()
    for part, codes in parts.items()
    for code in codes.split()
}


def regions_of(country: CountryCode) -> tuple[str, ...]:
    """Return the regions a country lies in: the continent, then the part of it."""
    return tuple(dict.fromkeys(_WHERE[country.code]))
