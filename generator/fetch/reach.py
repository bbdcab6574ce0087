"""Who may be asked: the known hosts, over https, at public addresses only; or, of any host at a
public address, whether what a record cites is still there.

The address that is checked is the one that is connected to; the name is not looked up again.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

KNOWN_HOSTS = frozenset({"data.ris.ripe.net", "archive.routeviews.org", "stat.ripe.net"})
_PORTS = {"https": 443, "http": 80}
# Addresses that look public and lead to others written in them: NAT64 (RFC 6052), 6to4 (RFC 3056).
_LEADING_ON = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "2002::/16")))


class RefusedError(Exception):
    """An address that must not be asked. Never tried again."""


@dataclass(frozen=True)
class Target:
    """Where a request goes: the addresses to try in order, and the name that TLS must prove."""

    scheme: str
    name: str
    port: int
    addresses: tuple[str, ...]
    path: str

    @property
    def server(self) -> str:
        """The server, as the beginning of an address."""
        return f"{self.scheme}://{self.name}:{self.port}"

    @property
    def host_header(self) -> str:
        """The ``Host`` of the request."""
        plain = f"[{self.name}]" if ":" in self.name else self.name
        return plain if self.port == _PORTS[self.scheme] else f"{plain}:{self.port}"


@dataclass(frozen=True)
class Reach:
    """The rule. Without arguments it is the one for the open Internet.

    ``allowed`` are hosts (``127.0.0.1`` or ``127.0.0.1:8080``) that may also be asked over plain
    http and at private addresses; ``instead`` pairs a known name with where it is served from, as
    ``127.0.0.1:8443``. Both exist for tests and mirrors. ``ca_file`` replaces the system's
    certificate authorities. ``hosts`` are the known ones; ``anywhere`` takes any host for one, over
    plain http too, and leaves the rule about private addresses as it is. It can be pickled.
    """

    allowed: frozenset[str] = frozenset()
    instead: tuple[tuple[str, str], ...] = ()
    ca_file: str | None = None
    hosts: frozenset[str] = KNOWN_HOSTS
    anywhere: bool = False

    def target(self, url: str, resolve: Callable[[str, int], list[str]] | None = None) -> Target:
        """Return where to send a request for ``url``, or raise RefusedError saying why not."""
        parts, port = _split(url)
        name = parts.hostname or ""
        is_allowed = bool({name, f"{name}:{port}"} & self.allowed)
        if not (is_allowed or self.anywhere) and name not in self.hosts:
            raise RefusedError(f"{name!r} is not one of the hosts that may be asked")
        if not (is_allowed or self.anywhere) and parts.scheme != "https":
            raise RefusedError(f"{parts.scheme}: is refused, only https: is taken")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if place := dict(self.instead).get(name):
            address, _, other = place.rpartition(":")
            return Target(parts.scheme, name, int(other), (address,), path)
        addresses = (resolve or resolved)(name, port)
        if not is_allowed:
            _refuse_private(name, addresses)
        return Target(parts.scheme, name, port, tuple(addresses), path)


def _split(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        raise RefusedError(f"not an address: {url[:200]!r}") from None
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        raise RefusedError(f"not an address that may be asked: {url[:200]!r}")
    if not url.isascii() or not url.isprintable() or " " in url:
        raise RefusedError(f"not an address: {url[:200]!r}")
    return parts, port


def _refuse_private(name: str, addresses: list[str]) -> None:
    for address in addresses:
        if not _is_public(ipaddress.ip_address(address)):
            raise RefusedError(f"{name} resolves to {address}, which is no public address")


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    leads_on = any(address in network for network in _LEADING_ON)
    return address.is_global and not (address.is_multicast or leads_on)


def resolved(name: str, port: int) -> list[str]:
    """Return the addresses of a name, each once, in the system's order; raises OSError."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
