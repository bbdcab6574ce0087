"""Rules about places, networks and prefixes: named once, and really on the public Internet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network

from generator.check.finding import Case, Finding
from generator.model.resources import Asn, Prefix
from generator.read.place import Path

Network = IPv4Network | IPv6Network

# First and last number of each range, and what the range is.
_DOCUMENTATION_ASNS = ((64_496, 64_511), (65_536, 65_551))  # RFC 5398
_SPECIAL_ASNS = (
    (23_456, 23_456, "AS_TRANS, a stand-in (RFC 6793)"),
    (64_512, 65_534, "for private use (RFC 6996)"),
    (65_535, 65_535, "reserved (RFC 7300)"),
    (65_552, 131_071, "reserved by IANA"),
    (4_200_000_000, 4_294_967_294, "for private use (RFC 6996)"),
    (4_294_967_295, 4_294_967_295, "reserved (RFC 7300)"),
)

# RFC 5737, RFC 3849, RFC 9637.
_DOCUMENTATION = tuple(
    map(
        ip_network,
        ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"),
    )
)
# IANA's special-purpose registries (RFC 6890), and multicast and reserved space above 224.0.0.0.
_SPECIAL = tuple(
    map(
        ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
            *("172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3"),
            *("2001::/23", "2002::/16"),
        ),
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # all that IANA has given out of IPv6 (RFC 4291)


def somewhere_is_named(case: Case) -> Iterator[Finding]:
    """`where` names at least one country, region, network or system."""
    where = case.incident.where
    if not (where.countries or where.regions or where.networks or where.systems):
        cure = "Add `countries`, `regions`, `networks` or `systems`."
        yield Finding(("where",), "no country, region, network or system", cure)


def nothing_is_named_twice(case: Case) -> Iterator[Finding]:
    """No country, region, network, system or prefix is named twice. A network has one entry; what
    more it did stands in its `note`.
    """
    where, routing = case.incident.where, case.incident.routing
    listed: list[tuple[Path, Sequence[object]]] = [
        (("where", "countries"), where.countries),
        (("where", "regions"), where.regions),
        (("where", "networks"), [network.asn or network.name for network in where.networks]),
        (("where", "systems"), [system.name for system in where.systems]),
        (("where", "prefixes"), where.prefixes),
        (("routing", "prefixes"), routing.prefixes if routing else ()),
    ]
    for path, values in listed:
        seen = set[object]()
        for index, value in enumerate(values):
            if value in seen:
                yield Finding((*path, index), f"{value} is named twice", "Keep one of the two.")
            seen.add(value)


def regions_lie_in_a_named_country(case: Case) -> Iterator[Finding]:
    """Each region lies in a country that is named too."""
    countries = {country.code for country in case.incident.where.countries}
    for index, region in enumerate(case.incident.where.regions):
        country = region.code.partition("-")[0]
        if country not in countries:
            what = f"{region} lies in {country}, which `countries` does not name"
            yield Finding(("where", "regions", index), what, f"Add {country} to `countries`.")


def networks_are_public(case: Case) -> Iterator[Finding]:
    """AS numbers are ones that a network can really have: not private, reserved or set aside for
    documentation.
    """
    for index, network in enumerate(case.incident.where.networks):
        asn = network.asn
        if asn and (use := special_use_of_asn(asn, documentation=case.documentation_space)):
            path = ("where", "networks", index, "asn")
            yield Finding(path, f"{asn} is {use}", "Name the network seen in public.")


def prefixes_are_public(case: Case) -> Iterator[Finding]:
    """Prefixes are ones that can be routed on the Internet: not private, multicast, reserved or
    set aside for documentation.
    """
    where, routing = case.incident.where, case.incident.routing
    for path, prefixes in (
        (("where", "prefixes"), where.prefixes),
        (("routing", "prefixes"), routing.prefixes if routing else ()),
    ):
        for index, prefix in enumerate(prefixes):
            if use := special_use_of_prefix(prefix, documentation=case.documentation_space):
                what = f"{prefix} {use}"
                yield Finding((*path, index), what, "Name the prefix seen in public.")


def special_use_of_asn(asn: Asn, *, documentation: bool) -> str:
    """Return what an AS number is kept for, empty for one of the public Internet.

    ``documentation`` admits the numbers set aside for examples.
    """
    if any(first <= asn.number <= last for first, last in _DOCUMENTATION_ASNS):
        return "" if documentation else "for documentation (RFC 5398)"
    uses = (use for first, last, use in _SPECIAL_ASNS if first <= asn.number <= last)
    return next(uses, "")


def special_use_of_prefix(prefix: Prefix, *, documentation: bool) -> str:
    """Return why a prefix cannot be routed on the Internet, empty for one that can.

    ``documentation`` admits the prefixes set aside for examples.
    """
    network = ip_network(prefix.text)
    if any(_within(network, example) for example in _DOCUMENTATION):
        return "" if documentation else "is for documentation (RFC 5737, RFC 3849, RFC 9637)"
    if isinstance(network, IPv6Network) and not network.subnet_of(_GLOBAL_UNICAST):
        return f"lies outside {_GLOBAL_UNICAST}, all that is routed of IPv6"
    for special in (*_SPECIAL, *_DOCUMENTATION):
        if _overlap(network, special):
            return f"overlaps {special}, which is never routed in public (RFC 6890)"
    return ""


def _within(network: Network, around: Network) -> bool:
    return _overlap(network, around) and network.prefixlen >= around.prefixlen


def _overlap(one: Network, other: Network) -> bool:
    return one.version == other.version and one.overlaps(other)
