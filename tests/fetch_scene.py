"""A fictional outage in an archive that serves it: half an hour, two collectors, five peers."""

import hashlib
import io
import json
import ssl
import threading
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path

import mrt_writer
import trustme
from archive_server import ARCHIVE, STAT, Archive, session_change, update, zipped

from generator.fetch.executor import Local
from generator.fetch.gather import Surroundings, gather
from generator.fetch.http import Clock, Limits, Web
from generator.fetch.perform import perform
from generator.fetch.plan import Wish
from generator.fetch.reach import Reach
from generator.fetch.state import State
from generator.freeze import freeze
from generator.read.archive import read_one

ID = "2020-01-01-atlantis"
P, Q, ELSEWHERE = "203.0.113.0/24", "203.0.113.128/25", "198.51.100.0/24"
ORIGIN, UPSTREAM = 64510, 64511
START_S = 1_577_872_800  # 2020-01-01T10:00:00Z
STEP_S = 300
PEERS = {
    "rrc00": [("192.0.2.1", 64501), ("192.0.2.2", 64502)],
    "rrc01": [("192.0.2.3", 64503), ("192.0.2.4", 64504), ("192.0.2.5", 64505)],
}
PEERS_PATH = "/data/ris-peers/data.json?query_time=2020-01-01T08:00:00&sourceapp=gone-dark"
RECORD = """\
title: Atlantis sinks
summary: The island's network went under [@gazette].
where:
  countries: [HM]
  prefixes: [203.0.113.0/24]
episodes:
  - name: Sinking
    layer: routing
    extent: total
    start: [{at: 2020-01-01T10:11Z, source: gazette}]
    end: unknown
routing: {from: 2020-01-01T10:00Z, to: 2020-01-01T10:30Z}
sources:
  gazette:
    kind: news
    publisher: Southern Gazette
    title: No word from Atlantis
    url: https://gazette.example.org/2020/atlantis
    accessed: 2020-01-03
added: 2020-01-03
"""


def messages(collector):
    """What a collector records: routes, their loss at 10:11 and return at 10:21, and noise."""
    for peer in PEERS[collector]:
        path = [peer[1], UPSTREAM, ORIGIN]
        yield update(START_S + 10, peer, announced=[P], path=path)
        yield update(START_S + 20, peer, announced=[ELSEWHERE], path=[peer[1], 64999])
        yield update(START_S + 660, peer, withdrawn=[P, ELSEWHERE])
        yield update(START_S + 661, peer, announced=[Q, ELSEWHERE], path=path)
        yield update(START_S + 661, peer, withdrawn=[Q])
        yield update(START_S + 1260, peer, announced=[P], path=path)
    if collector == "rrc01":
        yield session_change(START_S + 960, PEERS[collector][0], 6, 1)
        yield session_change(START_S + 970, PEERS[collector][0], 5, 6)
        yield session_change(START_S + 980, ("192.0.2.99", 64599), 6, 1)


def path_of(collector, slot):
    minute = slot * 5
    return f"/{collector}/2020.01/updates.20200101.10{minute:02}.gz"


def archive_files():
    files = {PEERS_PATH: ris_peers()}
    for collector in PEERS:
        told = sorted(messages(collector), key=lambda one: one[:4])
        for slot in range(6):
            start = START_S + slot * STEP_S
            inside = [m for m in told if start <= int.from_bytes(m[:4], "big") < start + STEP_S]
            keepalive = session_change(start + 299, ("192.0.2.99", 64599), 5, 6)
            files[path_of(collector, slot)] = zipped(*inside, keepalive)
    return files


def ris_peers(counts=(500_000, 490_000, 510_000, 1_200)):
    told = {
        "rrc00": PEERS["rrc00"],
        "rrc01": PEERS["rrc01"][:2],
    }
    numbers = iter(counts)
    peers = {
        name: [
            {"asn": str(asn), "ip": ip, "v4_prefix_count": next(numbers), "v6_prefix_count": 0}
            for ip, asn in listed
        ]
        for name, listed in told.items()
    }
    return answer({"peers": peers, "query_time": "2020-01-01T08:00:00"})


def answer(data, **changes):
    """An answer of RIPEstat, as bytes."""
    whole = {"status": "ok", "status_code": 200, "messages": [], "data": data, **changes}
    return json.dumps(whole).encode()


def secured(folder):
    """A server's side of TLS for both names, and the file of the authority to trust."""
    authority = trustme.CA()
    file = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(ARCHIVE, STAT, "archive.routeviews.org").configure_cert(context)
    return context, str(file)


def project(folder, record=RECORD, incident=ID):
    """A project with one record; returns the record's folder."""
    place = folder / "incidents" / incident[:4] / incident
    place.mkdir(parents=True)
    (place / "incident.yaml").write_text(record, "utf-8")
    return place


# The same island on a quiet day: nothing is told of it but its loss. A table of 8 o'clock, a window
# that begins ten minutes later, and a peer (the last) that tells only some of its routes.
TABLE_S = START_S - 2 * 3600
QUIET_RECORD = RECORD.replace("T10:00Z, to: 2020-01-01T10:30Z", "T08:10Z, to: 2020-01-01T08:40Z")
QUIET_PEERS = {
    "rrc00": [("192.0.2.1", 64501), ("192.0.2.2", 64502)],
    "rrc01": [("192.0.2.3", 64503), ("192.0.2.4", 64504)],
}
OTHERS = tuple(f"198.51.100.{16 * number}/28" for number in range(8))
QUIET_PEERS_PATH = PEERS_PATH


def table(peers, routes, at_s=TABLE_S):
    """A table: ``routes`` gives for each prefix the path of each peer by its address."""
    places = {ip: place for place, (ip, _) in enumerate(peers)}
    records = [mrt_writer.peer_index(*((*peer, 4) for peer in peers), at_s=at_s)]
    for prefix, paths in routes.items():
        entries = [(places[ip], mrt_writer.path_attributes(path)) for ip, path in paths.items()]
        subtype = 4 if ":" in prefix else 2
        records.append(mrt_writer.rib(prefix, *entries, subtype=subtype, at_s=at_s))
    return b"".join(records)


def path_by(peer):
    return [peer[1], UPSTREAM, ORIGIN]


def quiet_table(collector, at_s=TABLE_S):
    """All peers have the island's prefix; all but the last have eight others, too."""
    peers = QUIET_PEERS[collector]
    full = [peer for peer in peers if peer[0] != "192.0.2.4"]
    routes = {other: {ip: [asn, 64999] for ip, asn in full} for other in OTHERS}
    return table(peers, routes | {P: {peer[0]: path_by(peer) for peer in peers}}, at_s)


def quiet_updates(told, step_s=STEP_S):
    """The files from 8:00 to 8:40 by their start: ``told``, and a keepalive in each."""
    for start in range(TABLE_S, TABLE_S + 2400, step_s):
        inside = [one for one in told if start <= int.from_bytes(one[:4], "big") < start + step_s]
        yield start, [*inside, session_change(start + step_s - 1, ("192.0.2.99", 64599), 5, 6)]


def losses(peers):
    """The island is lost at 8:21."""
    return [update(TABLE_S + 1260, peer, withdrawn=[P]) for peer in peers]


def quiet_files(before=()):
    """By path; ``before`` are records of collectors by name, told before the window."""
    files = {QUIET_PEERS_PATH: ris_peers()}
    for name, peers in QUIET_PEERS.items():
        files[table_path(name)] = zipped(quiet_table(name))
        told = [*dict(before).get(name, ()), *losses(peers)]
        for start, records in quiet_updates(told):
            files[f"/{name}/2020.01/updates.{minute_of(start)}.gz"] = zipped(*records)
    return files


def minute_of(at_s):
    return datetime.fromtimestamp(at_s, UTC).strftime("%Y%m%d.%H%M")


def table_path(name, stem="20200101.0800"):
    return f"/{name}/{stem[:4]}.{stem[4:6]}/bview.{stem}.gz"


class Scene:
    """An archive with the outage, and everything needed to fetch from it."""

    def __init__(self, tls, folder, files=None):
        context, self.ca_file = tls
        self.server = Archive(archive_files() if files is None else files, tls=context)
        self.folder = folder
        self.waits, self.webs = [], []
        self.out = io.StringIO()
        self.expected = []

    @property
    def reach(self):
        place = f"127.0.0.1:{self.server.port}"
        names = (ARCHIVE, STAT, "archive.routeviews.org")
        return Reach(instead=tuple((name, place) for name in names), ca_file=self.ca_file)

    def flags(self):
        """The same, as flags of the command."""
        pairs = (("--connect-to", f"{name}={place}") for name, place in self.reach.instead)
        return ["--ca-file", self.ca_file, *(part for pair in pairs for part in pair)]

    def web(self, **limits):
        made = Web(self.reach, Limits(**{"read_s": 5.0, **limits}), Clock(sleep=self.waits.append))
        self.webs.append(made)
        return made

    def close(self):
        for web in self.webs:
            web.close()
        self.server.close()

    def surroundings(self, make=Local, *, agrees=True, **limits):
        web = self.web(**limits)

        def told(expected):
            self.expected.append(expected)
            return agrees

        state = State(self.folder / "build/cache/fetch")
        return Surroundings(web, lambda: make(web, "2020-02-02"), state, self.out, told)

    def gather(self, place, make=Local, *, limits=None, agrees=True, **wishes):
        """The table and the facts for a record."""
        usual = {"collectors": ("rrc00", "rrc01"), "tables": False}
        wish = Wish("a test", "2020-02-02", **{**usual, **wishes})
        record, problems = read_one(place)
        assert problems == []
        return gather(record, wish, self.surroundings(make, agrees=agrees, **(limits or {})))

    def freeze(self, place, make=Local, **options):
        """What lies in the record's folder afterwards, as bytes by name."""
        freeze(place, *self.gather(place, make, **options))
        return held(place)


class Backwards:
    """Ends tasks in about the opposite order: those that came first are started last."""

    def __init__(self, web, retrieved):
        self.web, self.retrieved, self.timers = web, retrieved, []

    def submit(self, task):
        future = Future()

        def carry_out():
            future.set_result(perform(task, self.web, self.retrieved))

        timer = threading.Timer(0.1 - 0.01 * (len(self.timers) % 8), carry_out)
        self.timers.append(timer)
        timer.start()
        return future

    def stop(self):
        for timer in self.timers:
            timer.join()
        self.web.close()


def held(place):
    folder = Path(place) / "routing"
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def sha256(content):
    return hashlib.sha256(content).hexdigest()
