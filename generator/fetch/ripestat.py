"""The RIPEstat Data API: the envelope of every answer, and each call's own shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from generator.fetch.body import Body, WebError
from generator.fetch.strictjson import inflated, parse
from generator.fetch.task import Feed, Found, Share, Task, Terms
from generator.fetch.times import seconds, utc
from generator.model.addresses import address_of, prefix_of
from generator.model.evidence import Grade

BASE = "https://stat.ripe.net/data"
APP = "gone-dark"
MOST_ROWS = 5_000_000

TERMS = Terms(
    Grade.VISIBILITY,
    "The messages come from RIPEstat, whose terms have not been found to allow passing answers "
    "on; the figures are computed from them.",
    "Computed from RIPEstat and Routing Information Service (RIS) data of the RIPE NCC.",
    "https://www.ripe.net/about-us/legal/ripestat-service-terms-and-conditions/",
    "https://stat.ripe.net/docs/02.data-api/bgplay.html",
)


@dataclass(frozen=True)
class Answer:
    """A sound answer: its bytes with no coding left, its data, and what the service remarks."""

    raw: bytes
    data: dict[str, Any]
    remarks: tuple[str, ...]


def address(call: str, **parameters: str) -> str:
    """Return the address of a data call."""
    query = urlencode({**parameters, "sourceapp": APP}, safe=":/,")
    return f"{BASE}/{call}/data.json?{query}"


def at(at_s: int) -> str:
    """Return a time as the API takes and gives it: UTC, without saying so."""
    return utc(at_s).strftime("%Y-%m-%dT%H:%M:%S")


def answer(body: Body) -> Answer:
    """Return the answer in a body; raises WebError when it is none, or one of an error."""
    kind = body.header("Content-Type")
    if "json" not in kind:
        raise WebError(f"expected JSON, but the server calls it {kind[:60]!r}")
    raw = inflated(body, body.header("Content-Encoding"))
    whole = parse(raw)
    if not isinstance(whole, dict) or whole.get("status") != "ok":
        told = whole.get("messages") if isinstance(whole, dict) else ""
        raise WebError(f"RIPEstat did not answer the question: {str(told)[:200]}")
    data = whole.get("data")
    if not isinstance(data, dict) or not ({"resource", "peers"} & data.keys()):
        raise WebError("not an answer of RIPEstat: no data about a resource or peers")
    return Answer(raw, data, _remarks(whole.get("messages")))


def _remarks(messages: object) -> tuple[str, ...]:
    if not isinstance(messages, list):
        return ()
    pairs = (one for one in messages if isinstance(one, list) and len(one) == 2)
    return tuple(dict.fromkeys(" ".join(str(text).split())[:300] for _, text in pairs))


def read_feeds(_: Task, body: Body) -> Found:
    """Return how many prefixes each peer told, from ``ris-peers``."""
    answered = answer(body)
    try:
        feeds = tuple(_feeds(answered.data["peers"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WebError(f"not an answer of ris-peers: {error!r}") from None
    if not feeds:
        raise WebError("ris-peers knows of no peer at that time")
    return Found(feeds=feeds, remarks=answered.remarks)


def _feeds(peers: dict[str, list[dict[str, Any]]]) -> Iterator[Feed]:
    for collector, told in sorted(peers.items()):
        for peer in told:
            counts = int(peer["v4_prefix_count"]), int(peer["v6_prefix_count"])
            yield Feed(collector.lower(), address_of(peer["ip"]), asn_of(peer["asn"]), *counts)


def asn_of(value: object) -> int:
    """Return an AS number, which some calls write as text; raises ValueError."""
    number = int(str(value))
    if not 0 < number < 2**32:
        raise ValueError(f"no AS number: {value!r}")
    return number


def asn_path(hops: list[Any]) -> str:
    """Return a path as it is written in evidence; a list among the hops is a set."""
    return " ".join(
        "{" + "+".join(str(asn_of(one)) for one in hop) + "}"
        if isinstance(hop, list)
        else str(asn_of(hop))
        for hop in hops
    )


def read_shares(task: Task, body: Body) -> Found:
    """Return how many full-feed peers saw each prefix, from ``routing-history``.

    Grain is 8 hours; each number is a mean over one or more such slots.
    """
    answered = answer(body)
    try:
        shares = tuple(sorted(_shares(answered.data["by_origin"], set(task.prefixes))))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WebError(f"not an answer of routing-history: {error!r}") from None
    return Found(shares=shares, remarks=answered.remarks)


def _shares(origins: list[dict[str, Any]], wanted: set[str]) -> Iterator[Share]:
    for origin in origins:
        for told in origin["prefixes"]:
            prefix = prefix_of(told["prefix"])
            for line in told["timelines"] if prefix in wanted else ():
                start, end = seconds(line["starttime"]), seconds(line["endtime"])
                yield Share(start, end, prefix, float(line["full_peers_seeing"]))
