"""How addresses and prefixes are written: in one form, whatever Python reads them."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_GROUP = 1 << 16


def address_of(text: str) -> str:
    """Return an IP address in its canonical form; raises ValueError where it is none."""
    return written(ip_address(text))


def prefix_of(text: str, *, strict: bool = True) -> str:
    """Return a prefix in its canonical form; raises ValueError where it is none.

    It may have bits beyond its length, which are left out, only where it need not be ``strict``.
    """
    network = ip_network(text, strict=strict)
    return f"{written(network.network_address)}/{network.prefixlen}"


def written(address: IPv4Address | IPv6Address) -> str:
    """Return an address as RFC 5952 section 4 has it.

    IPv4 within IPv6 is written with colons only, as Python did before 3.13.
    """
    inside = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    if inside is None:
        return str(address)
    high, low = divmod(int(inside), _GROUP)
    return f"::ffff:{high:x}:{low:x}"
