"""Tables: what each peer held before its first message, and who has a full feed by them."""

import bz2
import contextlib
import gzip
from datetime import UTC, datetime

import fetch_scene
import pytest
from archive_server import Answer, refusal, session_change, update, zipped
from fetch_scene import (
    OTHERS,
    QUIET_PEERS,
    QUIET_RECORD,
    TABLE_S,
    Backwards,
    P,
    Q,
    Scene,
    losses,
    minute_of,
    path_by,
    quiet_table,
    quiet_updates,
    table_path,
)

from generator.__main__ import main
from generator.derive.measurement import measurement
from generator.fetch.gather import DeclinedError
from generator.model.problem import BrokenInputError
from generator.read.evidence import read_evidence

HEAD = "time,collector,peer_ip,peer_asn,event,prefix,origin,path\n"
STARTS = """\
2020-01-01T08:10:00Z,rrc00,192.0.2.1,64501,S,203.0.113.0/24,64510,64501 64511 64510
2020-01-01T08:10:00Z,rrc00,192.0.2.2,64502,S,203.0.113.0/24,64510,64502 64511 64510
2020-01-01T08:10:00Z,rrc01,192.0.2.3,64503,S,203.0.113.0/24,64510,64503 64511 64510
2020-01-01T08:10:00Z,rrc01,192.0.2.4,64504,S,203.0.113.0/24,64510,64504 64511 64510
"""
LOSSES = """\
2020-01-01T08:21:00Z,rrc00,192.0.2.1,64501,W,203.0.113.0/24,,
2020-01-01T08:21:00Z,rrc00,192.0.2.2,64502,W,203.0.113.0/24,,
2020-01-01T08:21:00Z,rrc01,192.0.2.3,64503,W,203.0.113.0/24,,
2020-01-01T08:21:00Z,rrc01,192.0.2.4,64504,W,203.0.113.0/24,,
"""
READ = (
    "The state at the start is that of each collector's table before it, with the messages since. "
    "Where a peer with a full feed had no route then to a prefix of the record, or to one that "
    "another such peer had, this is written as a withdrawal."
)
UNREAD = "No table was read: a peer is unknown until its first message in the window."
BASIS = (
    "The table {}: {} IPv4 prefixes of at most {}; three quarters or more is full."
)  # fmt: skip


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    return fetch_scene.secured(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def scene(tls, tmp_path):
    made = Scene(tls, tmp_path, fetch_scene.quiet_files())
    made.server.files[fetch_scene.PEERS_PATH] = fetch_scene.ris_peers((9, 9, 9, 9))
    with contextlib.closing(made):
        yield made


@pytest.fixture
def place(tmp_path):
    return fetch_scene.project(tmp_path, QUIET_RECORD)


def frozen(scene, place, **options):
    """The messages as text, without their first line, and the provenance."""
    files = scene.freeze(place, **{"tables": True, **options})
    text = gzip.decompress(files["messages.csv.gz"]).decode()
    return text.removeprefix(HEAD), read_evidence(place / "routing").provenance


def measured(place):
    return measurement(read_evidence(place / "routing")).figures


def tell(scene, collector, *records):
    """Put records into the archive's files of a collector, beside the losses."""
    for start, inside in quiet_updates([*records, *losses(QUIET_PEERS[collector])]):
        path = f"/{collector}/2020.01/updates.{minute_of(start)}.gz"
        scene.server.files[path] = zipped(*inside)


def asked_for(scene, what):
    return [one for one in scene.server.asked if one.startswith("GET") and what in one]


def test_a_network_that_was_quiet_until_it_failed_has_its_state_at_the_start(scene, place):
    messages, provenance = frozen(scene, place)

    assert messages == STARTS + LOSSES
    assert (provenance.note, provenance.gaps) == (READ, ())


def test_the_start_of_the_outage_of_a_quiet_network_is_measured(scene, place):
    frozen(scene, place)

    found = measured(place)
    assert (found.start, found.down_before, found.vantage_points, found.extent) == (
        datetime(2020, 1, 1, 8, 21, tzinfo=UTC), 0, 3, "total"
    )  # fmt: skip


def test_without_tables_only_the_loss_is_known_and_its_start_is_not(scene, place):
    messages, provenance = frozen(scene, place, tables=False)

    found = measured(place)
    assert (messages, provenance.note) == (LOSSES, UNREAD)
    assert (found.start, found.never_up) == (None, 1)
    assert (asked_for(scene, "bview"), len(asked_for(scene, "updates"))) == ([], 12)


def test_the_table_tells_who_has_a_full_feed(scene, place):
    _, provenance = frozen(scene, place)

    full, part = "rrc00/bview.20200101.0800.gz", "rrc01/bview.20200101.0800.gz"
    assert [(str(one.ip), one.full_feed, one.basis) for one in provenance.peers] == [
        ("192.0.2.1", "yes", BASIS.format(full, 9, 9)),
        ("192.0.2.2", "yes", BASIS.format(full, 9, 9)),
        ("192.0.2.3", "yes", BASIS.format(part, 9, 9)),
        ("192.0.2.4", "no", BASIS.format(part, 1, 9)),
    ]


def test_a_small_collectors_longest_table_is_not_full_beside_those_that_ripestat_lists(
    scene, place
):
    scene.server.files[fetch_scene.PEERS_PATH] = fetch_scene.ris_peers((500_000, 9, 9, 9))

    with pytest.raises(BrokenInputError, match="at least one peer with a full feed"):
        frozen(scene, place)


def test_every_file_between_the_table_and_the_window_is_fetched_and_told_of(scene, place):
    _, provenance = frozen(scene, place)

    assert [one.name for one in provenance.inputs] == [
        "ris-peers 2020-01-01T08:00:00Z",
        *(
            f"{name}/{file}"
            for name in QUIET_PEERS
            for file in (
                "bview.20200101.0800.gz",
                *(f"updates.20200101.08{minute:02}.gz" for minute in range(0, 40, 5)),
            )
        ),
    ]


def test_what_was_said_between_table_and_start_is_in_the_state_at_the_start(scene, place):
    first, second = QUIET_PEERS["rrc00"]
    third, fourth = QUIET_PEERS["rrc01"]
    tell(
        scene,
        "rrc00",
        update(TABLE_S + 60, first, announced=[P], path=[64501, 64505, 64510]),
        update(TABLE_S + 120, second, withdrawn=[P]),
        update(TABLE_S + 180, second, announced=[Q], path=path_by(second)),
    )
    tell(
        scene,
        "rrc01",
        session_change(TABLE_S + 240, third, 6, 1),
        session_change(TABLE_S + 300, fourth, 6, 1),
        session_change(TABLE_S + 310, fourth, 5, 6),
        update(TABLE_S + 320, fourth, announced=[P], path=path_by(fourth)),
    )

    messages, _ = frozen(scene, place)

    assert messages == (
        """\
2020-01-01T08:10:00Z,rrc00,192.0.2.1,64501,S,203.0.113.0/24,64510,64501 64505 64510
2020-01-01T08:10:00Z,rrc00,192.0.2.1,64501,W,203.0.113.128/25,,
2020-01-01T08:10:00Z,rrc00,192.0.2.2,64502,W,203.0.113.0/24,,
2020-01-01T08:10:00Z,rrc00,192.0.2.2,64502,S,203.0.113.128/25,64510,64502 64511 64510
2020-01-01T08:10:00Z,rrc01,192.0.2.4,64504,S,203.0.113.0/24,64510,64504 64511 64510
"""
        + LOSSES
    )


def test_a_window_that_begins_with_the_table_needs_no_file_before_it(scene, tmp_path):
    record = QUIET_RECORD.replace("T08:10Z", "T08:00Z")
    place = fetch_scene.project(tmp_path, record)

    messages, _ = frozen(scene, place)

    assert messages == STARTS.replace("08:10:00", "08:00:00") + LOSSES
    assert len(asked_for(scene, "updates")) == 16


def test_a_table_that_the_archive_lacks_gives_way_to_the_one_before(scene, place):
    for name in QUIET_PEERS:
        del scene.server.files[table_path(name)]
        scene.server.files[table_path(name, "20200101.0000")] = zipped(
            quiet_table(name, TABLE_S - 8 * 3600)
        )
        for start in range(TABLE_S - 8 * 3600, TABLE_S, 300):
            path = f"/{name}/2020.01/updates.{minute_of(start)}.gz"
            scene.server.files[path] = zipped(
                session_change(start + 299, ("192.0.2.99", 64599), 5, 6)
            )

    messages, provenance = frozen(scene, place)

    assert messages == STARTS + LOSSES
    assert provenance.note == (
        f"{READ} The archive has no rrc00/bview.20200101.0800.gz and "
        "rrc01/bview.20200101.0800.gz: the table before was read."
    )
    assert len(asked_for(scene, "updates")) == 2 * (96 + 8)


def test_a_collector_without_either_table_goes_without_and_the_note_says_so(scene, place):
    del scene.server.files[table_path("rrc01")]

    messages, provenance = frozen(scene, place)

    assert messages == "".join(STARTS.splitlines(keepends=True)[:2]) + LOSSES
    assert provenance.note == (
        f"{READ} No table of rrc01 could be had (rrc01/bview.20200101.0800.gz, "
        "rrc01/bview.20200101.0000.gz): a peer there is unknown until its first message."
    )
    assert provenance.peers[-1].basis.startswith("RIPEstat ris-peers at 2020-01-01T08:00:00Z: 9 ")
    assert len(asked_for(scene, "rrc01/2020.01/updates")) == 6


def test_where_no_collector_has_a_table_the_note_says_what_that_means(scene, place):
    for name in QUIET_PEERS:
        del scene.server.files[table_path(name)]

    messages, provenance = frozen(scene, place)

    assert messages == LOSSES
    assert provenance.note.startswith(f"{UNREAD} No table of rrc00 and rrc01 could be had (")


def test_an_archive_that_promises_a_table_and_has_none_is_told_of(scene, place):
    scene.server.misbehave(table_path("rrc01"), refusal(405), refusal(405), refusal(404))

    messages, provenance = frozen(scene, place)

    assert messages == "".join(STARTS.splitlines(keepends=True)[:2]) + LOSSES
    assert "No table of rrc01 could be had (rrc01/bview.20200101.0800.gz)" in provenance.note


def test_a_table_that_cannot_be_fetched_stops_the_freeze_and_the_cures_are_told(scene, place):
    scene.server.misbehave(table_path("rrc01"), None, None, refusal(403))

    with pytest.raises(BrokenInputError) as caught:
        frozen(scene, place)

    (problem,) = caught.value.problems
    assert (problem.file, problem.what) == (
        "https://data.ris.ripe.net/rrc01/2020.01/bview.20200101.0800.gz", "HTTP 403"
    )  # fmt: skip
    assert "--no-tables" in problem.cure
    assert not (place / "routing").exists()

    _, provenance = frozen(scene, place, failed_as_gaps=True)

    assert "No table of rrc01 could be had" in provenance.note


OTHER_DAY = fetch_scene.table(
    QUIET_PEERS["rrc01"], {OTHERS[0]: {"192.0.2.3": [64503]}}, TABLE_S - 86_400
)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(b"<html>Log in", kind="text/html"), "a web page in place of the file"),
        (Answer(b"TABLE"), "the body is neither gzip nor bzip2"),
        (Answer(zipped(OTHER_DAY)), "messages of another time than its name says"),
        (Answer(zipped(OTHER_DAY)[:40], length=90), "the connection broke after 40 bytes"),
    ],
)
def test_what_is_no_table_of_that_time_is_refused(scene, place, answer, expected):
    scene.server.misbehave(table_path("rrc01"), answer)

    with pytest.raises(BrokenInputError, match=expected):
        frozen(scene, place)

    assert not (place / "routing").exists()


def test_a_table_whose_line_breaks_once_is_fetched_again_and_counted_once(scene, place):
    body = scene.server.files[table_path("rrc00")]
    scene.server.misbehave(table_path("rrc00"), None, None, Answer(body, cut=250), None)

    messages, provenance = frozen(scene, place)

    assert messages == STARTS + LOSSES
    assert provenance.peers[0].basis == BASIS.format("rrc00/bview.20200101.0800.gz", 9, 9)


def test_of_a_table_cut_short_the_sound_routes_are_kept_and_nobody_is_counted(scene, place):
    peers = QUIET_PEERS["rrc01"]
    routes = {P: {ip: [asn, 64511, 64510] for ip, asn in peers}}
    routes |= {other: {"192.0.2.3": [64503, 64999]} for other in OTHERS}
    whole = fetch_scene.table(peers, routes)
    scene.server.files[table_path("rrc01")] = zipped(whole[:-70])

    messages, provenance = frozen(scene, place)

    assert messages == STARTS + LOSSES
    assert provenance.note.startswith(
        f"{READ} The table rrc01/bview.20200101.0800.gz is damaged (the file breaks off after "
    )
    assert [(one.full_feed, one.basis[:19]) for one in provenance.peers[2:]] == [
        ("yes", "RIPEstat ris-peers "), ("yes", "RIPEstat ris-peers ")
    ]  # fmt: skip
    assert provenance.gaps == ()


def test_a_missing_file_between_table_and_start_makes_the_table_worthless(scene, place):
    del scene.server.files["/rrc00/2020.01/updates.20200101.0800.gz"]
    again = update(TABLE_S + 330, QUIET_PEERS["rrc00"][1], announced=[P], path=[64502, 64510])
    scene.server.files["/rrc00/2020.01/updates.20200101.0805.gz"] = zipped(again)

    messages, provenance = frozen(scene, place)

    rows = STARTS.splitlines(keepends=True)
    assert messages == rows[1].replace(" 64511", "") + rows[2] + rows[3] + LOSSES
    assert provenance.note == (
        f"{READ} Files of rrc00 between its table and the start are missing or damaged, so that "
        "the table counts for nothing, and only messages from 2020-01-01T08:05:00Z on do."
    )


def test_a_full_feed_that_never_had_a_prefix_of_the_record_is_known_not_to_see_it(scene, tmp_path):
    peers = QUIET_PEERS["rrc00"]
    routes = {other: {ip: [asn, 64999] for ip, asn in peers} for other in OTHERS}
    routes[P] = {"192.0.2.1": path_by(peers[0])}
    scene.server.files[table_path("rrc00")] = zipped(fetch_scene.table(peers, routes))
    place = fetch_scene.project(tmp_path, QUIET_RECORD.replace("[203", "[192.0.2.0/25, 203"))

    messages, _ = frozen(scene, place, collectors=("rrc00",))

    assert messages.splitlines()[:4] == [
        "2020-01-01T08:10:00Z,rrc00,192.0.2.1,64501,W,192.0.2.0/25,,",
        "2020-01-01T08:10:00Z,rrc00,192.0.2.1,64501,S,203.0.113.0/24,64510,64501 64511 64510",
        "2020-01-01T08:10:00Z,rrc00,192.0.2.2,64502,W,192.0.2.0/25,,",
        "2020-01-01T08:10:00Z,rrc00,192.0.2.2,64502,W,203.0.113.0/24,,",
    ]


def test_prefixes_that_no_peer_ever_had_are_a_problem_though_their_absence_is_known(
    scene, tmp_path
):
    place = fetch_scene.project(tmp_path, QUIET_RECORD.replace(P, "192.0.2.0/25"))

    with pytest.raises(BrokenInputError, match="tells of no message about these prefixes"):
        frozen(scene, place)


def test_a_table_that_was_read_is_not_asked_for_again(scene, place):
    path = "/rrc01/2020.01/updates.20200101.0820.gz"
    scene.server.misbehave(path, refusal(403))
    with pytest.raises(BrokenInputError):
        frozen(scene, place)
    scene.server.misbehave(path)
    before = len(scene.server.asked)

    messages, _ = frozen(scene, place)

    again = [one for one in scene.server.asked[before:] if one.startswith("GET")]
    assert (messages, again) == (STARTS + LOSSES, [f"GET {path}"])
    assert [one for one in scene.server.asked[before:] if "bview" in one] == []
    asked = len(scene.server.asked)
    assert (frozen(scene, place)[0], len(scene.server.asked)) == (messages, asked)


def test_the_bytes_do_not_depend_on_the_order_in_which_tables_and_files_come(
    scene, place, tmp_path
):
    forwards = scene.freeze(place, tables=True)
    scene.folder = tmp_path / "other"

    backwards = scene.freeze(
        fetch_scene.project(scene.folder, QUIET_RECORD), Backwards, tables=True
    )

    assert backwards == forwards


def test_the_estimate_counts_the_tables_and_says_what_they_cost(scene, place):
    with pytest.raises(DeclinedError):
        scene.gather(place, agrees=False, tables=True)

    (expected,) = scene.expected
    sizes = sum(len(scene.server.files[table_path(name)]) for name in QUIET_PEERS)
    assert (expected.files, expected.tables, expected.tables_bytes) == (19, 2, sizes)
    assert f", {sizes} bytes of it in 2 tables, about" in str(expected)
    assert [one for one in scene.server.asked if one.startswith("GET")] == []


def test_the_command_reads_tables_unless_told_not_to(scene, place, capsys):
    words = ["--project", str(scene.folder), "fetch", fetch_scene.ID, "--yes", *scene.flags()]
    words += ["--collectors", "rrc00,rrc01"]

    assert main([*words, "--no-tables"]) == 0
    assert "of it in" not in capsys.readouterr().out
    assert read_evidence(place / "routing").provenance.table.rows.number == 4

    assert main(words) == 0
    assert "of it in 2 tables" in capsys.readouterr().out
    assert read_evidence(place / "routing").provenance.table.rows.number == 8


def routeviews_files():
    peers = [*QUIET_PEERS["rrc00"], *QUIET_PEERS["rrc01"]]
    routes = {other: {ip: [asn, 64999] for ip, asn in peers[:3]} for other in OTHERS}
    routes[P] = {peer[0]: path_by(peer) for peer in peers}
    months = "/bgpdata/2020.01"
    files = {
        fetch_scene.PEERS_PATH: fetch_scene.ris_peers((9, 9, 9, 9)),
        f"{months}/RIBS/rib.20200101.0800.bz2": bz2.compress(fetch_scene.table(peers, routes)),
    }
    for start, records in quiet_updates(losses(peers), 900):
        files[f"{months}/UPDATES/updates.{minute_of(start)}.bz2"] = bz2.compress(b"".join(records))
    return files


def test_peers_of_routeviews_are_full_by_their_table_and_nobody_need_vouch_for_them(scene, place):
    scene.server.files = routeviews_files()

    messages, provenance = frozen(scene, place, source="routeviews", collectors=())

    rows = STARTS + LOSSES
    assert messages == rows.replace("rrc00", "route-views2").replace("rrc01", "route-views2")
    table = "route-views2/rib.20200101.0800.bz2"
    assert [(one.full_feed, one.basis) for one in provenance.peers] == [
        ("yes", BASIS.format(table, 9, 9)),
        ("yes", BASIS.format(table, 9, 9)),
        ("yes", BASIS.format(table, 9, 9)),
        ("no", BASIS.format(table, 1, 9)),
    ]
    assert measured(place).start == datetime(2020, 1, 1, 8, 21, tzinfo=UTC)


def test_an_id_is_enough_and_collectors_without_a_file_are_gaps(scene, place):
    words = ["--project", str(scene.folder), "fetch", fetch_scene.ID, "--yes", *scene.flags()]

    assert main(words) == 0

    told = read_evidence(place / "routing").provenance
    gaps = [(gap.collector, str(gap.since), str(gap.until)) for gap in told.gaps]
    whole = ("2020-01-01T08:10:00Z", "2020-01-01T08:39:59Z")
    assert gaps == [(name, *whole) for name in ("rrc03", "rrc11", "rrc12")]
    assert measured(place).start == datetime(2020, 1, 1, 8, 21, tzinfo=UTC)
