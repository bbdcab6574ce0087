"""Real routing messages for tests, from a folder that GONE_DARK_ROUTING_DATA names.

They may not all be passed on, and none is needed: without the folder these tests are skipped.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.fetch.assemble import table_of
from generator.fetch.mrt import MrtStream, elements
from generator.fetch.task import Row
from generator.model.evidence import Peer, Window


def found(name):
    """The file of that name, wherever in the folder it lies."""
    folder = os.environ.get("GONE_DARK_ROUTING_DATA")
    if not folder:
        pytest.skip(f"GONE_DARK_ROUTING_DATA names no folder that holds {name}")
    return next(Path(folder).rglob(name))


def told(name):
    """Everything that an MRT file tells of routes."""
    stream = MrtStream([found(name).read_bytes()], name)
    yield from elements(stream)
    assert stream.problem is None


def table(collector, *names, prefixes=None):
    """Files of one collector in the messages form; only some prefixes, or all."""
    rows = [
        Row(one.at_s, collector, one.peer_ip, one.peer_asn, one.event, one.prefix, one.path)
        for name in names
        for one in told(name)
        if prefixes is None or one.prefix in prefixes or not one.prefix
    ]
    return table_of(sorted(rows, key=lambda row: row[:3]))


def peers(messages, full=None):
    """The peers that told of prefixes; with a full feed are those at the addresses in ``full``."""
    spoke = messages[messages["prefix"] != ""]
    heard = spoke[["collector", "peer_ip", "peer_asn"]].drop_duplicates()
    return [
        Peer(
            collector=collector,
            ip=ip,
            asn=f"AS{asn}",
            full_feed="yes" if full is None or ip in full else "no",
            basis="By the test.",
        )
        for collector, ip, asn in heard.itertuples(index=False)
    ]


def window(since, until):
    return Window.model_validate({"from": since, "to": until})


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
