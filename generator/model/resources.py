"""Names and numbers that others assign: ASNs, prefixes, country codes, addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

import pycountry
from typing_extensions import override

from generator.model.addresses import prefix_of
from generator.model.values import Scalar


@dataclass(frozen=True, order=True)
class Asn(Scalar):
    """An autonomous system number, 32 bits (RFC 6793)."""

    pattern = r"AS[1-9][0-9]{0,9}"
    expected = "an AS number like AS131279"

    number: int

    @classmethod
    @override
    def parse(cls, text: str) -> Asn:
        number = int(cls._match(text)[0].removeprefix("AS"))
        if number >= 2**32:
            raise ValueError("expected an AS number below AS4294967296")
        return cls(number)

    def __str__(self) -> str:
        return f"AS{self.number}"


@dataclass(frozen=True, order=True)
class Prefix(Scalar):
    """An IPv4 or IPv6 prefix, written in its one canonical form."""

    pattern = r"[0-9a-f.:]{2,39}/[0-9]{1,3}"
    expected = "a prefix like 175.45.176.0/24"

    text: str

    @classmethod
    @override
    def parse(cls, text: str) -> Prefix:
        cls._match(text)
        try:
            canonical = prefix_of(text, strict=False)
        except ValueError:
            raise ValueError(f"expected {cls.expected}") from None
        if canonical != text:
            raise ValueError(f"expected the canonical form {canonical}")
        return cls(text)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, order=True)
class CountryCode(Scalar):
    """An ISO 3166-1 alpha-2 code."""

    pattern = r"[A-Z]{2}"
    expected = "an ISO 3166 country code like KP"

    code: str

    @classmethod
    @override
    def parse(cls, text: str) -> CountryCode:
        if not pycountry.countries.get(alpha_2=cls._match(text)[0]):
            raise ValueError(f"expected {cls.expected}")
        return cls(text)

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, order=True)
class RegionCode(Scalar):
    """An ISO 3166-2 code, for places smaller than a country."""

    pattern = r"[A-Z]{2}-[A-Z0-9]{1,3}"
    expected = "an ISO 3166-2 region code like US-CA"

    code: str

    @classmethod
    @override
    def parse(cls, text: str) -> RegionCode:
        if not pycountry.subdivisions.get(code=cls._match(text)[0]):  # type: ignore[no-untyped-call]
            raise ValueError(f"expected {cls.expected}")
        return cls(text)

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, order=True)
class Url(Scalar):
    """An http or https address on a public host."""

    pattern = r"https?://[^\s<>\"'\\\[\]{}|^`\x00-\x20\x7f]{1,2000}"
    expected = "an http or https address like https://example.org/report"

    text: str

    @classmethod
    @override
    def parse(cls, text: str) -> Url:
        cls._match(text)
        try:
            parts = urlsplit(text)
            host = parts.hostname or ""
            parts.port  # noqa: B018  (raises ValueError when it is no number)
        except ValueError:
            raise ValueError(f"expected {cls.expected}") from None
        if "@" in parts.netloc or not _is_public(host):
            raise ValueError("expected an address on a public host, without a user name")
        return cls(text)

    def __str__(self) -> str:
        return self.text


# ASCII only, as in a certificate: letters of another script that look alike are then told apart.
# The last label begins with a letter, so that 0x7f.1 and 127.1 are not taken for names.
_HOST = re.compile(r"(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{1,62}")
_LOCAL = (".local", ".internal", ".localhost", ".invalid", ".home.arpa")


def _is_public(host: str) -> bool:
    if _HOST.fullmatch(host):
        return not host.endswith(_LOCAL)
    try:
        return ip_address(host).is_global
    except ValueError:
        return False
