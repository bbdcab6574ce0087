"""Asking for sources: what each answer means, how politely, what is written and what is told."""

import json
import re
import socket
import ssl

import pytest
import trustme
from archive_server import Answer, Archive, refusal

from generator.__main__ import main
from generator.fetch.links import LinkChecker, Manners
from generator.fetch.reach import Reach, RefusedError
from generator.model.links import Links
from generator.read.record import load_model

HTML = "text/html; charset=utf-8"
ID = "2032-02-29-heard-island"
COPY = "https://web.archive.org/web/20320304101500/http://gazette.example.org/there"


def page(title="A headline", body=""):
    whole = f"<!doctype html><title>{title}</title><p>{body}".encode()
    return Answer(whole, kind=HTML)


def moved(location, status=301):
    return Answer(status=status, headers=(("Location", location),))


@pytest.fixture
def web():
    with Archive() as server:
        server.misbehave("/there", page())
        server.misbehave("/paper.pdf", Answer(b"%PDF", kind="application/pdf"))
        yield server


def ask(server, *paths, host="news.example.org", **manners):
    """What became of paths of one host that this server stands for, and the waits in between."""
    waits = []
    where = tuple((name, f"127.0.0.1:{server.port}") for name in (host, "else.example.org"))
    polite = Manners("a test", Reach(instead=where, anywhere=True), sleep=waits.append, **manners)
    found = dict(LinkChecker(polite).check(f"http://{host}{path}" for path in paths))
    return [found[f"http://{host}{path}"] for path in paths], waits


def verdict(server, path, answer):
    server.misbehave(path, answer)
    ((one,), _) = ask(server, path)
    return str(one.state), one.status, one.to, one.why


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (page(), ("works", 200, "", "")),
        (Answer(b"x", kind="application/pdf"), ("works", 200, "", "")),
        (refusal(404), ("dead", 404, "", "HTTP 404")),
        (refusal(410), ("dead", 410, "", "HTTP 410")),
        (refusal(401), ("paywalled", 401, "", "HTTP 401")),
        (refusal(402), ("paywalled", 402, "", "HTTP 402")),
        (refusal(403), ("refused", 403, "", "HTTP 403: programs are not let in")),
        (refusal(429), ("refused", 429, "", "HTTP 429: programs are not let in")),
        (refusal(451), ("refused", 451, "", "HTTP 451: programs are not let in")),
        (refusal(500), ("unreachable", 500, "", "HTTP 500")),
        (page("404 - Page not found | The News"),
         ("looks-dead", 200, "", "its title says that it is not found")),
        (page("Sorry, this article is no longer available"),
         ("looks-dead", 200, "", "its title says that it is not found")),
        (page("404 networks vanish as AS404 goes dark"), ("looks-dead", 200, "",
         "its title says that it is not found")),
        (page("A fault took 404 networks off the air"), ("works", 200, "", "")),
        (page(body='<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>'),
         ("paywalled", 200, "", "says itself that it is not free")),
        (moved("/there"), ("moved", 200, "http://news.example.org/there", "")),
        (moved("http://else.example.org/there", 308),
         ("moved", 200, "http://else.example.org/there", "")),
        (moved("/there", 302), ("works", 200, "", "")),
        (moved("/"), ("looks-dead", 200, "", "leads to the front page")),
        (moved("/gone"), ("dead", 404, "", "HTTP 404")),
        (moved("/page"), ("unreachable", None, "", "more than 8 redirects")),
        (moved("http://[bad"), ("unreachable", None, "", "a redirect to what is no address")),
        (Answer(status=301), ("unreachable", 301, "", "HTTP 301")),
        (Answer(page().body, kind=HTML, cut=5), ("unreachable", None, "", "no answer in HTTP")),
    ],
)  # fmt: skip
def test_each_answer_has_its_meaning(web, answer, expected):
    web.misbehave("/", page("The News"))

    assert verdict(web, "/page", answer) == expected


@pytest.mark.parametrize(
    "private",
    ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://localhost/",
     "http://[::1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://224.0.0.1/",
     "ftp://else.example.org/", "file:///etc/passwd", "http://user@else.example.org/"],
)  # fmt: skip
def test_a_redirect_to_where_nobody_may_be_asked_is_not_followed(web, private):
    found = verdict(web, "/page", moved(private))

    assert found == (
        "unreachable", None, "", "leads where nobody may be asked: no public address"
    )  # fmt: skip
    assert web.asked == ["HEAD /page"]


def test_a_redirect_to_this_very_machine_does_not_reach_it(web):
    verdict(web, "/page", moved(f"http://127.0.0.1:{web.port}/secret"))

    assert web.count("/secret") == web.count("/secret", "HEAD") == 0


def test_any_host_may_be_asked_only_where_that_was_said():
    url = "http://news.example.org/"

    target = Reach(anywhere=True).target(url, lambda *_: ["93.184.215.14"])

    assert target.server == "http://news.example.org:80"
    with pytest.raises(RefusedError, match="not one of the hosts"):
        Reach().target(url, lambda *_: ["93.184.215.14"])


def test_the_page_is_asked_for_only_where_the_head_does_not_tell_enough(web):
    web.misbehave("/no-head", refusal(405), page())

    ask(web, "/paper.pdf", "/there", "/no-head")

    assert web.asked == [
        "HEAD /paper.pdf", "HEAD /there", "GET /there", "HEAD /no-head", "GET /no-head"
    ]  # fmt: skip


def test_no_more_than_the_beginning_of_a_page_is_read(web):
    endless = b"<title>Long</title>" + b"x" * (64 << 20)
    web.misbehave("/long", Answer(endless, kind=HTML, length=1 << 40))

    ((one,), _) = ask(web, "/long")

    assert str(one.state) == "works"


def test_one_host_is_asked_one_thing_at_a_time_with_pauses(web):
    web.pause_s = 0.02
    paths = [f"/paper.pdf?{number}" for number in range(6)]

    _, waits = ask(web, *paths, pause_s=3.0)

    assert web.most_under_way == 1
    assert waits == [3.0] * 5


def test_a_busy_server_is_asked_again_when_it_said_so_but_not_tomorrow(web):
    web.misbehave("/busy", refusal(429, Retry_After="7"), page())
    web.misbehave("/tomorrow", refusal(503, Retry_After="86400"))

    (busy, tomorrow), waits = ask(web, "/busy", "/tomorrow", pause_s=0.5)

    assert (str(busy.state), str(tomorrow.state)) == ("works", "unreachable")
    assert waits == [7.0, 0.5]
    assert web.count("/tomorrow", "HEAD") == 1


def test_a_server_that_says_nothing_is_left_when_time_is_up(web):
    web.misbehave("/silent", Answer(stalls=True))

    ((one,), _) = ask(web, "/silent", total_s=0.4)

    assert (str(one.state), one.why) == ("unreachable", "no answer in time")


def test_a_closed_door_and_a_name_that_does_not_exist_are_told_apart():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        reach = Reach(
            instead=(("shut.example.org", f"127.0.0.1:{unused.getsockname()[1]}"),), anywhere=True
        )
        urls = ["http://shut.example.org/", "http://no-such-host.invalid-name-x.test/"]
        found = dict(LinkChecker(Manners("a test", reach)).check(urls))

    assert found[urls[0]].why == "the connection is refused"
    assert found[urls[1]].status is None


# The command, on a record whose sources are on the server above.


RECORD = """title: Heard Island falls silent
summary: The island's only network went off the air on a leap day {cites}.
where:
  countries: [HM]
episodes:
  - name: Silence
    layer: reachability
    extent: unknown
    start:
      - {{at: 2032-02-29, source: there}}
    end: unknown
sources:
{sources}added: 2032-03-05
"""
SOURCE = """  {key}:
    kind: news
    publisher: Southern Gazette
    title: No word
    url: {scheme}://gazette.example.org/{key}
    accessed: 2032-03-04
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    made = trustme.CA()
    file = tmp_path_factory.mktemp("tls") / "ca.pem"
    made.cert_pem.write_to_path(str(file))
    return made, str(file)


@pytest.fixture
def wayback(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority[0].issue_cert("archive.org", "web.archive.org").configure_cert(context)
    with Archive(tls=context) as server:
        server.gone = Answer(b'{"archived_snapshots": {}}', kind="application/json")
        yield server


@pytest.fixture
def command(tmp_path, web, wayback, authority, capsys):
    def run(*words, today="2032-04-01"):
        seams = [f"gazette.example.org=127.0.0.1:{web.port}"]
        seams += [f"{name}=127.0.0.1:{wayback.port}" for name in ("archive.org", "web.archive.org")]
        flags = [word for seam in seams for word in ("--connect-to", seam)]
        code = main(
            ["--project", str(tmp_path), "links", "--today", today, "--pause", "0",
             "--ca-file", authority[1], *flags, *words]
        )  # fmt: skip
        told = capsys.readouterr()
        return code, told.out.replace("\u00a0", " "), told.err

    return run


def write_record(project, *keys, scheme="http"):
    folder = project / "incidents/2032" / ID
    folder.mkdir(parents=True, exist_ok=True)
    sources = "".join(SOURCE.format(key=key, scheme=scheme) for key in keys)
    cites = "".join(f"[@{key}]" for key in keys)
    (folder / "incident.yaml").write_text(RECORD.format(cites=cites, sources=sources), "utf-8")
    return folder / "links.yaml"


def links_in(file):
    return load_model(Links, file.read_bytes(), "links.yaml").model_dump(
        mode="json", exclude_none=True
    )["sources"]


def kept(wayback, url, copy=COPY, status="200"):
    """Let the archive of copies have one."""
    found = {"available": True, "url": copy.replace("https", "http", 1), "status": status}
    query = url.replace(":", "%3A").replace("/", "%2F")
    wayback.misbehave(
        f"/wayback/available?url={query}&timestamp=20320304",
        Answer(json.dumps({"archived_snapshots": {"closest": found}}).encode(),
               kind="application/json"),
    )  # fmt: skip


def test_what_is_found_is_written_beside_the_record(tmp_path, web, wayback, command):
    file = write_record(tmp_path, "there", "gone")
    kept(wayback, "http://gazette.example.org/there")

    code, out, _ = command()

    assert code == 0
    assert file.read_text("utf-8").startswith("# Written by `python -m generator links`.")
    assert links_in(file) == {
        "there": {
            "url": "http://gazette.example.org/there", "checked": "2032-04-01", "state": "works",
            "since": "2032-04-01", "status": "200", "archived": COPY,
        },
        "gone": {
            "url": "http://gazette.example.org/gone", "checked": "2032-04-01", "state": "dead",
            "since": "2032-04-01", "status": "404", "why": "HTTP 404",
        },
    }  # fmt: skip
    assert out == (
        "2 sources checked: 1 works, 1 dead. 1 archived copy found.\n\n"
        "Gone (1). Cite a copy, or another source.\n"
        f"  {ID} gone: http://gazette.example.org/gone (HTTP 404, since 2032-04-01)\n"
    )
    assert main(["--project", str(tmp_path), "check"]) == 0


def test_what_works_again_is_told_and_how_long_a_state_has_lasted(tmp_path, web, command):
    file = write_record(tmp_path, "there", "gone")
    command(today="2032-04-01")
    web.misbehave("/there", refusal(404))
    command(today="2032-04-08")
    web.misbehave("/there", page())

    _, out, _ = command(today="2032-04-15")

    assert "There again (1). Nothing to do.\n" in out
    assert f"  {ID} there: http://gazette.example.org/there (since 2032-04-15)\n" in out
    assert {key: one["since"] for key, one in links_in(file).items()} == {
        "there": "2032-04-15", "gone": "2032-04-01",
    }  # fmt: skip


def test_what_is_known_stays_while_other_sources_are_asked(tmp_path, web, command):
    file = write_record(tmp_path, "there", "gone", "paper")
    command("--most", "2", today="2032-04-01")
    first = links_in(file)

    command("--older-than", "7", today="2032-04-02")

    assert {key: links_in(file)[key] for key in first} == first
    assert len(first) == 2
    assert len(links_in(file)) == 3


def test_an_address_that_changed_forgets_what_was_known_of_the_old_one(tmp_path, web, command):
    file = write_record(tmp_path, "there", "gone")
    command()
    record = file.with_name("incident.yaml")
    record.write_text(record.read_text("utf-8").replace("/gone", "/there?now"), "utf-8")
    web.misbehave("/there?now", page())

    _, out, _ = command("--most", "1", today="2032-04-08")

    assert links_in(file)["gone"]["since"] == "2032-04-08"
    assert "There again" not in out


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"{}", kind="application/json"),
        Answer(b"[1]", kind="application/json"),
        Answer(b"<html>", kind=HTML),
        refusal(403),
    ],
)
def test_an_archive_of_copies_that_answers_nonsense_stops_nothing(
    tmp_path, wayback, command, answer
):
    file = write_record(tmp_path, "there", "gone")
    wayback.gone = answer

    code, out, _ = command()

    assert code == 0
    assert out.startswith("2 sources checked: 1 works, 1 dead.\n")
    assert [one.get("archived") for one in links_in(file).values()] == [None, None]


@pytest.mark.parametrize(
    ("copy", "status"),
    [
        (COPY, "404"),
        (COPY.replace("gazette.example.org", "evil.example.com"), "200"),
        ("https://evil.example.com/web/20320304101500/http://gazette.example.org/there", "200"),
    ],
)
def test_a_copy_of_something_else_is_not_taken(tmp_path, wayback, command, copy, status):
    file = write_record(tmp_path, "there")
    kept(wayback, "http://gazette.example.org/there", copy, status)

    command()

    assert "archived" not in links_in(file)["there"]


def test_a_copy_is_asked_for_only_when_told_to_and_only_of_what_is_there(
    tmp_path, wayback, command
):
    file = write_record(tmp_path, "there", "gone")
    place = COPY.removeprefix("https://web.archive.org")
    save = "/save/http://gazette.example.org/there"
    wayback.misbehave(save, Answer(b"x", kind=HTML, headers=(("Content-Location", place),)))
    command()
    assert wayback.count(save) == 0

    command("--save")

    assert links_in(file)["there"]["archived"] == COPY
    assert [path for path in wayback.asked if "/save/" in path] == [f"GET {save}"]


def test_when_nothing_at_all_answers_nothing_is_written(tmp_path, command):
    keys = ["there", "b", "c", "d", "e"]
    file = write_record(tmp_path, *keys, scheme="https")

    code, _, err = command()

    assert code == 1
    assert "none of 5 servers answered" in err
    assert not file.exists()


def test_a_draft_outside_the_archive_is_refused(tmp_path, command):
    file = write_record(tmp_path, "there")
    draft = file.with_name("incident.yaml").rename(tmp_path / "draft.yaml")

    code, _, err = command(str(draft))

    assert code == 1
    assert "draft.yaml: a draft has no folder for links.yaml\n" in err


def test_a_dry_run_writes_nothing(tmp_path, command):
    file = write_record(tmp_path, "there")

    command("--dry-run", ID)

    assert not file.exists()


def test_the_issue_holds_hostile_addresses_inert_and_fits(tmp_path, web, command):
    keys = [f"gone-{number}" for number in range(60)]
    file = write_record(tmp_path, "there", *keys)
    record = file.with_name("incident.yaml")
    evil = "http://gazette.example.org/@everyone/$(x)*_~#1&" + "!" * 1500
    text = record.read_text("utf-8")
    for key in keys:
        text = text.replace(f"http://gazette.example.org/{key}\n", f"{evil}{key}\n")
    record.write_text(text, "utf-8")

    _, out, _ = command("--no-copies", "--format", "markdown")

    plain = re.sub(r"`[^`]*`", "", out)
    assert len(out.encode()) < 65_536
    assert out.startswith("61 sources checked: 1 works, 60 dead.\n\n### Gone (60)\n")
    assert re.search(r"^- and \d+ more, for which there is no room$", out, re.MULTILINE)
    assert not re.search(r"@|https?:|www\.|\]\(|<|`", plain)


def test_as_json_each_source_has_what_it_was_and_is(tmp_path, command):
    write_record(tmp_path, "there")

    _, out, _ = command("--no-copies", "--format", "json")

    assert json.loads(out) == [{
        "incident": ID, "key": "there", "title": "No word", "publisher": "Southern Gazette",
        "url": "http://gazette.example.org/there", "state": "works", "before": "",
        "since": "2032-04-01", "why": "", "to": "", "archived": "", "found_copy": False,
        "works_again": False,
    }]  # fmt: skip


def test_a_broken_record_is_told_and_the_others_are_asked_for(tmp_path, command):
    write_record(tmp_path, "there")
    other = tmp_path / "incidents/2032/2032-05-01-broken"
    other.mkdir()
    (other / "incident.yaml").write_text("title: [\n", "utf-8")

    code, out, err = command()

    assert code == 0
    assert out.startswith("1 source checked: 1 works.")
    assert "2032-05-01-broken/incident.yaml:1: not YAML" in err
