"""Asking servers that misbehave: what is tried again, what is refused, and when it ends."""

import contextlib
import gzip
import hashlib
import socket
import ssl
import threading

import pytest
import trustme
from archive_server import ARCHIVE, Answer, Archive, redirect, refusal

from generator.fetch.body import MissingError, Received, StoppedError, WebError
from generator.fetch.http import Clock, Limits, Web
from generator.fetch.reach import Reach, RefusedError

BODY = bytes(range(256)) * 3
PATH = "/updates.20200101.1000.gz"


def whole(body):
    return b"".join(body)


@pytest.fixture
def archive():
    with Archive({PATH: BODY}) as server:
        yield server


@pytest.fixture
def web(archive):
    """A function that makes what asks the archive, and notes its waits in place of waiting."""
    with contextlib.ExitStack() as stack:

        def make(**limits):
            reach = Reach(frozenset({f"127.0.0.1:{archive.port}"}))
            waits = []
            made = Web(reach, Limits(**{"read_s": 5.0, **limits}), Clock(sleep=waits.append))
            made.waits = waits
            stack.callback(made.close)
            return made

        yield make


def test_a_file_comes_with_its_size_and_sum(archive, web):
    got = web().get(archive.url(PATH), whole)

    assert got == Received(BODY, len(BODY), hashlib.sha256(BODY).hexdigest())


def test_size_and_sum_are_of_the_whole_file_whatever_the_reader_reads(archive, web):
    got = web().get(archive.url(PATH), lambda body: next(iter(body))[:10])

    assert got == Received(BODY[:10], len(BODY), hashlib.sha256(BODY).hexdigest())


def test_one_connection_serves_one_file_after_the_other(archive, web):
    one = web()

    for _ in range(5):
        one.get(archive.url(PATH), whole)

    assert (archive.count(PATH), archive.connections) == (5, 1)


def test_a_connection_that_the_server_closed_in_between_is_made_anew(archive, web):
    archive.misbehave(PATH, Answer(BODY, headers=(("Connection", "close"),)))
    one = web()

    bodies = {one.get(archive.url(PATH), whole).value for _ in range(3)}

    assert (bodies, archive.count(PATH), one.waits) == ({BODY}, 3, [])


def test_the_size_of_a_file_is_told_without_sending_it(archive, web):
    assert web().size_bytes(archive.url(PATH)) == len(BODY)
    assert archive.asked == [f"HEAD {PATH}"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_file_that_is_not_there_is_asked_for_once(archive, web, status):
    archive.misbehave(PATH, refusal(status))

    with pytest.raises(MissingError, match=f"HTTP {status}"):
        web().get(archive.url(PATH), whole)

    assert archive.count(PATH) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 501])
def test_other_refusals_are_not_tried_again(archive, web, status):
    archive.misbehave(PATH, refusal(status))

    with pytest.raises(WebError, match=f"HTTP {status}$"):
        web().get(archive.url(PATH), whole)

    assert archive.count(PATH) == 1


def test_a_busy_server_is_asked_again_when_it_said_so(archive, web):
    archive.misbehave(PATH, refusal(429, Retry_After="7"), None)
    one = web()

    assert one.get(archive.url(PATH), whole).value == BODY
    assert one.waits == [7.0]


def test_a_server_that_wants_a_day_of_patience_is_given_up_at_once(archive, web):
    archive.misbehave(PATH, refusal(429, Retry_After="86400"))
    one = web()

    with pytest.raises(WebError, match="HTTP 429; another try would be too late"):
        one.get(archive.url(PATH), whole)

    assert (archive.count(PATH), one.waits) == (1, [])


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_waits_double_from_try_to_try(archive, web, status):
    archive.misbehave(PATH, *[refusal(status)] * 3, None)
    one = web()

    assert one.get(archive.url(PATH), whole).value == BODY
    assert one.waits == [1.0, 2.0, 4.0]


def test_a_server_that_fails_for_ever_is_asked_five_times(archive, web):
    archive.misbehave(PATH, refusal(500))

    with pytest.raises(WebError, match=r"HTTP 500 \(the last of 5 tries\)"):
        web().get(archive.url(PATH), whole)

    assert archive.count(PATH) == 5


def test_a_body_shorter_than_promised_is_asked_for_again(archive, web):
    archive.misbehave(PATH, Answer(BODY, length=len(BODY) + 100), None)

    assert web().get(archive.url(PATH), whole).value == BODY
    assert archive.count(PATH) == 2


def test_a_body_that_is_always_short_is_a_failure(archive, web):
    archive.misbehave(PATH, Answer(BODY, length=len(BODY) + 100))

    with pytest.raises(WebError, match="the connection broke after 768 bytes"):
        web().get(archive.url(PATH), whole)


def test_a_connection_cut_at_any_byte_costs_one_more_try(archive, web):
    total = len(Answer(BODY).head()) + len(BODY)
    one = web()

    for cut in range(0, total, 3):
        archive.misbehave(PATH, Answer(BODY, cut=cut), None)
        assert one.get(archive.url(PATH), whole).value == BODY, f"cut after {cut} bytes"

    assert archive.count(PATH) == 2 * len(range(0, total, 3))


def test_a_server_that_stops_talking_is_asked_again(archive, web):
    archive.misbehave(PATH, Answer(stalls=True), None)

    assert web(read_s=0.05).get(archive.url(PATH), whole).value == BODY
    assert archive.count(PATH) == 2


def test_a_server_that_drips_is_cut_off_when_the_time_of_the_file_is_over(archive, web):
    archive.misbehave(PATH, Answer(BODY, drip_s=0.02))

    with pytest.raises(WebError, match=r"took more than 0\.3 s"):
        web(total_s=0.3).get(archive.url(PATH), whole)

    assert archive.count(PATH) == 1


def test_the_time_of_a_file_covers_all_its_tries(archive, web):
    archive.misbehave(PATH, refusal(503, Retry_After="60"))

    with pytest.raises(WebError, match="another try would be too late"):
        web(total_s=30).get(archive.url(PATH), whole)

    assert archive.count(PATH) == 1


def test_a_body_without_end_is_cut_off_at_the_limit(archive, web):
    archive.misbehave(PATH, Answer(BODY * 1000))

    with pytest.raises(WebError, match="more than 100,000 bytes"):
        web(most_bytes=100_000).get(archive.url(PATH), whole)

    assert archive.count(PATH) == 1


def test_headers_without_end_are_a_failure(archive, web):
    many = tuple((f"X-{number}", "a" * 500) for number in range(1000))
    archive.misbehave(PATH, Answer(BODY, headers=many))

    with pytest.raises(WebError, match="no answer from"):
        web(tries=1).get(archive.url(PATH), whole)


def test_what_is_no_http_is_a_failure(web):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def talk():
            connection, _ = listener.accept()
            connection.sendall(b"220 mail.example.org ESMTP\r\n")
            connection.close()

        thread = threading.Thread(target=talk)
        thread.start()
        one = Web(Reach(frozenset({"127.0.0.1"})), Limits(tries=1))
        with pytest.raises(WebError, match="no answer from"):
            one.get(f"http://127.0.0.1:{port}/", whole)
        thread.join()


def test_where_nobody_listens_is_a_failure(web):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(WebError, match="no answer from"):
        Web(Reach(frozenset({"127.0.0.1"})), Limits(tries=1)).get(
            f"http://127.0.0.1:{port}/", whole
        )


def test_a_name_that_does_not_exist_is_a_failure():
    one = Web(Reach(frozenset({"nowhere.invalid"})), Limits(tries=2), Clock(sleep=lambda _: None))

    with pytest.raises(WebError, match=r"cannot be looked up.*\(the last of 2 tries\)"):
        one.get("http://nowhere.invalid/", whole)


def test_a_redirect_within_the_host_is_followed(archive, web):
    archive.misbehave("/old", redirect(PATH))

    assert web().get(archive.url("/old"), whole).value == BODY


def test_a_redirect_that_leads_to_itself_ends(archive, web):
    archive.misbehave("/old", redirect("/old"))

    with pytest.raises(WebError, match="more than 4 redirects"):
        web().get(archive.url("/old"), whole)

    assert archive.count("/old") == 5


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("http://169.254.169.254/latest/meta-data/", "not one of the hosts"),
        ("http://127.0.0.1:1/", "not one of the hosts"),
        ("http://2130706433/", "not one of the hosts"),
        ("http://[::1]/", "not one of the hosts"),
        ("https://example.org/updates.gz", "not one of the hosts"),
        ("//example.org/updates.gz", "not one of the hosts"),
        (f"http://{ARCHIVE}/updates.gz", "only https: is taken"),
        (f"https://user@{ARCHIVE}/updates.gz", "not an address that may be asked"),
        ("file:///etc/passwd", "not an address that may be asked"),
        ("https://", "not an address that may be asked"),
        ("https://[", "not an address"),
        ("https://data.ris.ripe.net/\x01", "not an address"),
    ],
)
def test_a_redirect_to_where_nobody_may_go_is_not_followed(archive, web, location, expected):
    archive.misbehave(PATH, redirect(location))

    with pytest.raises((RefusedError, WebError), match=expected):
        web().get(archive.url(PATH), whole)

    assert archive.count(PATH) == 1


def test_a_redirect_to_another_address_of_this_machine_reaches_nobody(archive, web):
    with Archive({"/leak": b"secret"}, address="127.0.0.2") as inner:
        archive.misbehave(PATH, redirect(inner.url("/leak")))

        with pytest.raises(RefusedError):
            web().get(archive.url(PATH), whole)

        assert inner.asked == []


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "fd00::1"],
)
def test_a_known_name_that_resolves_to_a_private_address_is_refused(address):
    with pytest.raises(RefusedError, match="no public address"):
        Reach().target(f"https://{ARCHIVE}/", lambda *_: ["193.0.6.139", address])


def test_a_known_name_is_asked_at_the_addresses_that_were_checked():
    target = Reach().target(f"https://{ARCHIVE}/a?b=c", lambda *_: ["193.0.6.139"])

    assert (target.addresses, target.port, target.path) == (("193.0.6.139",), 443, "/a?b=c")
    assert target.host_header == ARCHIVE


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/",
        f"http://{ARCHIVE}/",
        f"https://{ARCHIVE}.example.org/",
        "https://127.0.0.1/",
        "ftp://data.ris.ripe.net/",
    ],
)
def test_without_being_told_nobody_else_is_asked(url):
    with pytest.raises(RefusedError):
        Reach().target(url, lambda *_: ["193.0.6.139"])


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A certificate authority of our own, and the file that says to trust it."""
    made = trustme.CA()
    file = tmp_path_factory.mktemp("tls") / "ca.pem"
    made.cert_pem.write_to_path(str(file))
    return made, str(file)


def secured(authority, name):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def test_a_server_must_prove_the_name_that_was_asked_for(authority):
    made, file = authority
    with Archive({PATH: BODY}, tls=secured(made, ARCHIVE)) as server:
        one = Web(Reach(instead=((ARCHIVE, f"127.0.0.1:{server.port}"),), ca_file=file))

        got = one.get(f"https://{ARCHIVE}{PATH}", whole)

        one.close()
    assert got.value == BODY


@pytest.mark.parametrize("name", ["stat.ripe.net", "127.0.0.1"])
def test_a_server_with_somebody_elses_certificate_is_not_believed(authority, name):
    made, file = authority
    with Archive({PATH: BODY}, tls=secured(made, name)) as server:
        reach = Reach(instead=((ARCHIVE, f"127.0.0.1:{server.port}"),), ca_file=file)

        with pytest.raises(WebError, match="certificate"):
            Web(reach, Limits(tries=1)).get(f"https://{ARCHIVE}{PATH}", whole)

        assert server.asked == []


def test_a_certificate_of_an_unknown_authority_is_not_believed(authority):
    made, _ = authority
    with Archive({PATH: BODY}, tls=secured(made, ARCHIVE)) as server:
        reach = Reach(instead=((ARCHIVE, f"127.0.0.1:{server.port}"),))

        with pytest.raises(WebError, match="certificate"):
            Web(reach, Limits(tries=1)).get(f"https://{ARCHIVE}{PATH}", whole)


def test_the_environment_names_no_proxy(archive, web, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

    assert web().get(archive.url(PATH), whole).value == BODY


def test_a_stop_ends_what_is_under_way_at_once(archive, web):
    archive.misbehave(PATH, Answer(stalls=True))
    one = web(read_s=20)
    archive.on_request = lambda _: one.stop()

    with pytest.raises(StoppedError):
        one.get(archive.url(PATH), whole)

    assert archive.count(PATH) == 1


def test_after_a_stop_nothing_is_asked(archive, web):
    one = web()
    one.stop()

    with pytest.raises(StoppedError):
        one.get(archive.url(PATH), whole)

    assert archive.asked == []


def test_a_stop_ends_a_wait_between_two_tries(archive):
    archive.misbehave(PATH, refusal(429, Retry_After="100"))
    one = Web(Reach(frozenset({"127.0.0.1"})))
    threading.Timer(0.05, one.stop).start()

    with pytest.raises(StoppedError):
        one.get(archive.url(PATH), whole)


def test_zipped_bodies_reach_the_reader_as_they_came(archive, web):
    packed = gzip.compress(BODY, mtime=0)
    archive.misbehave(PATH, Answer(packed, headers=(("Content-Encoding", "gzip"),)))

    assert web().get(archive.url(PATH), whole).value == packed
