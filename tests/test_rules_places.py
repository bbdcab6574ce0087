"""Rules about places, networks and prefixes."""

import pytest

from generator.check.places import special_use_of_asn, special_use_of_prefix
from generator.model.resources import Asn, Prefix


@pytest.mark.parametrize("rule", ["R31", "R32", "R33", "R34", "R35"])
def test_a_sound_record_breaks_no_rule_on_places(rule, record, findings):
    assert findings(record, rule) == []


def test_a_record_that_is_nowhere_is_found(archive, findings, edited):
    file = archive / "incidents/2032/2032-02-29-heard-island/incident.yaml"
    nowhere = edited(file.read_text(), ("countries: [HM]", "prefixes: [192.0.2.0/24]"))
    network = edited(
        file.read_text(),
        ("countries: [HM]", "networks: [{asn: AS64500, name: A, role: origin}]"),
    )

    assert findings(nowhere, "R31") == ["where: no country, region, network or system"]
    assert findings(network, "R31") == []


def test_what_is_named_twice_is_found_in_every_list(record, findings, edited):
    text = edited(
        record,
        ("countries: [AQ, UM]", "countries: [AQ, UM, AQ]"),
        ("regions: [UM-81]", "regions: [UM-81, UM-81]"),
        ("asn: AS64502", "asn: AS64500"),
        ("198.51.100.128/25,", "198.51.100.128/25, 192.0.2.0/24,"),
        ("to: 2030-02-02\n", "to: 2030-02-02\n  prefixes: [192.0.2.0/24, 192.0.2.0/24]\n"),
    )

    assert findings(text, "R32") == [
        "where.countries[2]: AQ is named twice",
        "where.regions[1]: UM-81 is named twice",
        "where.networks[2]: AS64500 is named twice",
        "where.prefixes[3]: 192.0.2.0/24 is named twice",
        "routing.prefixes[1]: 192.0.2.0/24 is named twice",
    ]


def test_a_region_of_a_country_that_is_not_named_is_found(record, findings, edited):
    text = edited(record, ("regions: [UM-81]", "regions: [UM-81, US-CA]"))

    assert findings(text, "R33") == [
        "where.regions[1]: US-CA lies in US, which `countries` does not name"
    ]


@pytest.mark.parametrize(
    "number",
    [1, 23455, 23457, 64495, 131072, 4199999999],
)
def test_a_number_that_a_network_can_have_is_public(number):
    assert special_use_of_asn(Asn(number), documentation=False) == ""


@pytest.mark.parametrize(
    ("number", "use"),
    [
        (23456, "AS_TRANS, a stand-in (RFC 6793)"),
        (64496, "for documentation (RFC 5398)"),
        (64511, "for documentation (RFC 5398)"),
        (64512, "for private use (RFC 6996)"),
        (65534, "for private use (RFC 6996)"),
        (65535, "reserved (RFC 7300)"),
        (65536, "for documentation (RFC 5398)"),
        (65551, "for documentation (RFC 5398)"),
        (65552, "reserved by IANA"),
        (131071, "reserved by IANA"),
        (4200000000, "for private use (RFC 6996)"),
        (4294967294, "for private use (RFC 6996)"),
        (4294967295, "reserved (RFC 7300)"),
    ],
)
def test_a_number_that_is_kept_for_something_is_not_public(number, use):
    admitted = "" if "documentation" in use else use

    assert special_use_of_asn(Asn(number), documentation=False) == use
    assert special_use_of_asn(Asn(number), documentation=True) == admitted


@pytest.mark.parametrize(
    "prefix", ["1.1.1.0/24", "175.45.176.0/22", "192.0.1.0/24", "223.255.255.0/24", "2001:200::/32"]
)
def test_a_prefix_that_can_be_routed_is_public(prefix):
    assert special_use_of_prefix(Prefix(prefix), documentation=False) == ""


@pytest.mark.parametrize(
    "prefix",
    ["192.0.2.0/24", "192.0.2.128/25", "198.51.100.0/24", "203.0.113.7/32", "2001:db8:1::/48",
     "3fff::/20"],
)  # fmt: skip
def test_a_prefix_for_documentation_is_admitted_only_where_that_is_asked_for(prefix):
    use = "is for documentation (RFC 5737, RFC 3849, RFC 9637)"

    assert special_use_of_prefix(Prefix(prefix), documentation=False) == use
    assert special_use_of_prefix(Prefix(prefix), documentation=True) == ""


@pytest.mark.parametrize(
    ("prefix", "special"),
    [
        ("0.0.0.0/0", "0.0.0.0/8"),
        ("10.1.0.0/16", "10.0.0.0/8"),
        ("100.64.0.0/10", "100.64.0.0/10"),
        ("127.0.0.0/8", "127.0.0.0/8"),
        ("169.254.0.0/16", "169.254.0.0/16"),
        ("172.16.0.0/12", "172.16.0.0/12"),
        ("192.0.0.0/24", "192.0.0.0/24"),
        ("192.168.0.0/16", "192.168.0.0/16"),
        ("198.18.0.0/15", "198.18.0.0/15"),
        ("224.0.0.0/4", "224.0.0.0/3"),
        ("255.255.255.255/32", "224.0.0.0/3"),
        ("198.51.0.0/16", "198.51.100.0/24"),
        ("2001::/32", "2001::/23"),
        ("2002::/16", "2002::/16"),
    ],
)
def test_a_prefix_that_overlaps_special_space_is_never_public(prefix, special):
    use = f"overlaps {special}, which is never routed in public (RFC 6890)"

    assert special_use_of_prefix(Prefix(prefix), documentation=True) == use


@pytest.mark.parametrize("prefix", ["::/0", "fe80::/10", "fc00::/7", "ff00::/8", "::1/128"])
def test_a_prefix_outside_global_unicast_is_never_public(prefix):
    use = "lies outside 2000::/3, all that is routed of IPv6"

    assert special_use_of_prefix(Prefix(prefix), documentation=True) == use
