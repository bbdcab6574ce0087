"""The command ``new``: a record from answers, given as flags or in a terminal."""

import contextlib
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.__main__ import main
from generator.read.archive import read_one
from tests.site_project import REPOSITORY, tree

SOURCE = "https://gazette.example.org/2041/bouvet | Southern Gazette | Bouvet silent | news"
ANSWERS = {
    "country": "Bouvet Island",
    "start": "2041-02-28T14:05Z",
    "title": "Bouvet Island falls silent",
    "summary": "The island's only network went off the air.",
    "layer": "reachability",
    "extent": "total",
    "source": SOURCE,
}
WRITTEN = Path("incidents/2041/2041-02-28-bouvet-island/incident.yaml")


@pytest.fixture
def project(archive, tmp_path):
    """A copy of the fictional archive, to add to."""
    shutil.copytree(archive / "incidents", tmp_path / "incidents")
    return tmp_path


@pytest.fixture
def new(project, capsys):
    """A function that runs ``new`` with these answers: exit code, what it printed, what it told."""

    def run(*flags, **answers):
        given = [f"--{key}={text}" for key, text in answers.items()]
        words = ["--project", str(project), "new", "--documentation-space", "--on=2041-03-05"]
        try:
            code = main([*words, *given, *flags])
        except SystemExit as ended:
            code = ended.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err.replace(str(project), "PROJECT")

    return run


def added(project, before):
    """What is in the archive that was not."""
    return sorted(set(tree(project / "incidents")) - set(before))


def check(project, capsys):
    """The last line of a check of the whole archive."""
    main(["--project", str(project), "check", "--documentation-space"])
    return capsys.readouterr().out.strip()


def test_answers_become_a_record_that_teaches_and_that_check_lets_pass(new, project, capsys):
    more = {"network": "AS64500 Bouvet Net", "claim": "Ice Telecom | A generator failed | power"}

    code, out, err = new(**ANSWERS, **more, end="2041-02-28T18Z~")

    assert (code, err) == (0, "")
    assert out.replace(str(project), "PROJECT") == (
        f"Written: PROJECT/{WRITTEN.as_posix()}\n"
        f"Next: python -m generator check PROJECT/{WRITTEN.as_posix()}\n"
    )
    lines = (project / WRITTEN).read_text("utf-8").splitlines()
    assert lines[0] == (
        "# yaml-language-server: $schema=../../../build/pages/schema/incident.schema.json"
    )
    assert [line for line in lines if line and not line.lstrip().startswith("#")] == [
        "title: Bouvet Island falls silent",
        "summary: The island's only network went off the air [@southern-gazette].",
        "where:",
        "  countries: [BV]",
        "  networks:",
        "    - asn: AS64500",
        "      name: Bouvet Net",
        "      role: affected",
        "episodes:",
        "  - name: Outage",
        "    layer: reachability",
        "    extent: total",
        "    start:",
        "      - at: 2041-02-28T14:05Z",
        "        source: southern-gazette",
        "    end:",
        "      - at: 2041-02-28T18Z~",
        "        source: southern-gazette",
        "explanations:",
        "  - id: a-generator-failed",
        "    title: A generator failed",
        "    category: power",
        "    standing: proposed",
        "    proposed_by:",
        "      - who: Ice Telecom",
        "        source: southern-gazette",
        "sources:",
        "  southern-gazette:",
        "    kind: news",
        "    publisher: Southern Gazette",
        "    title: Bouvet silent",
        "    url: https://gazette.example.org/2041/bouvet",
        "    accessed: 2041-03-05",
        "lacking:",
        "  - What was found that speaks for each explanation or against it.",
        "added: 2041-03-05",
    ]
    assert check(project, capsys).split(", ")[:2] == ["5 sound records read", "0 problems"]


def test_the_schema_that_a_record_names_lies_where_the_site_writes_it(new, project):
    new(**ANSWERS)

    first = (project / WRITTEN).read_text("utf-8").splitlines()[0]
    schema = (project / WRITTEN).parent / first.partition("$schema=")[2]

    assert schema.resolve() == project.resolve() / "build/pages/schema/incident.schema.json"


def test_without_a_terminal_one_message_says_all_that_is_missing(new, project):
    before = tree(project / "incidents")

    code, _, err = new(title="Bouvet Island falls silent")

    assert code == 2
    assert err.splitlines()[-1].partition("error: ")[2] == (
        "there is no terminal to ask in; please give --country or --network, --start, --summary, "
        "--layer, --extent, --source (--help says how)"
    )
    assert added(project, before) == []


def test_all_that_is_wrong_is_told_at_once_in_the_words_of_check(new, project):
    before = tree(project / "incidents")
    wrong = {
        "country": "Freedonia, NO, Atlantis",
        "start": "16:15",
        "end": "2041-02-30",
        "title": "x",
        "layer": "routng",
        "source": "Southern Gazette",
        "claim": "A generator failed",
        "related": "2031-06-15-bouvet-island",
    }

    code, _, err = new(**{**ANSWERS, **wrong})

    assert code == 1
    assert err == (
        "--claim: expected who | what | kind, got 'A generator failed'\n"
        "    Part them with |. Kind may be left out.\n"
        "--country: expected a country, got 'Atlantis'\n"
        "    Write an ISO 3166 code like KP, or an English name; commas between them.\n"
        "--country: expected a country, got 'Freedonia'\n"
        "    Write an ISO 3166 code like KP, or an English name; commas between them.\n"
        "--end: expected a UTC time like 2014-12-22T16:15Z, and a date that exists, "
        "got '2041-02-30'\n"
        "    The time claimed, UTC; a trailing ~ means about.\n"
        "--layer: expected one of routing, reachability, traffic, service, got 'routng'\n"
        "    Did you mean 'routing'?\n"
        "--related: expected how:id, got '2031-06-15-bouvet-island'\n"
        "    As in sequel:2031-06-15-bouvet-island.\n"
        "--source: expected address | publisher | title | kind, got 'Southern Gazette'\n"
        "    Part them with |. Kind may be left out.\n"
        "--start: expected a UTC time like 2014-12-22T16:15Z, got '16:15'\n"
        "    The time claimed, UTC; a trailing ~ means about.\n"
        "--title: expected at least 3 characters, got 'x'\n"
        "    A headline of at most 140 characters.\n"
    )
    assert added(project, before) == []


def test_what_only_a_rule_forbids_is_told_of_the_answer_it_comes_from(new):
    wrong = {"end": "2041-02-27", "country": "BV, bouvet island", "network": "AS64512 Home"}

    code, _, err = new(**{**ANSWERS, **wrong})

    assert (code, err.splitlines()[::2]) == (
        1,
        [
            "--end: ends at 2041-02-27, before its start at 2041-02-28T14:05Z [R03]",
            "--network: AS64512 is for private use (RFC 6996) [R34]",
        ],
    )


def test_an_answer_with_nothing_in_it_is_none(new):
    code, _, err = new(**{**ANSWERS, "title": "", "country": ""})

    assert code == 2
    assert "please give --country or --network, --title (--help says how)" in err


def test_a_day_that_is_no_day_is_refused(new):
    code, _, err = new("--on=yesterday", **ANSWERS)

    assert code == 2
    assert "--on: expected a UTC time like 2014-12-22T16:15Z, got 'yesterday'" in err


def test_an_outage_that_the_archive_may_hold_is_refused_with_its_id(new, project):
    before = tree(project / "incidents")

    code, _, err = new(**{**ANSWERS, "country": "Heard Island and McDonald Islands",
                          "start": "2032-03-02"})  # fmt: skip

    assert (code, err) == (
        1,
        "new: 2032-02-29-heard-island, of the archive, began within 48 hours of it, also in HM\n"
        "    Add to that record what this one says more: a claim, an episode, a source. Or, if it "
        "is another outage, say how that one relates: --related sequel:<id>\n",
    )
    assert added(project, before) == []


def test_another_outage_close_by_says_how_the_two_relate(new, project, capsys):
    near = {"country": "HM", "start": "2032-03-02", "related": "sequel:2032-02-29-heard-island"}

    code, _, err = new(**{**ANSWERS, **near})

    assert (code, err) == (0, "")
    assert check(project, capsys).split(", ")[:2] == ["5 sound records read", "0 problems"]


def test_nothing_is_overwritten(new, project):
    new(**ANSWERS)
    (project / WRITTEN).write_text("broken", "utf-8")
    before = tree(project / "incidents")

    code, _, err = new(**ANSWERS)

    assert (code, err.splitlines()[0]) == (
        1,
        "new: the id 2041-02-28-bouvet-island is taken, by one of the archive",
    )
    assert tree(project / "incidents") == before


def test_a_folder_in_the_way_is_named_and_left_alone(new, project):
    stray = project / "incidents/2041/2041-02-28-bouvet-island"
    stray.mkdir(parents=True)

    code, _, err = new(**ANSWERS, name="Bouvet Island!")

    assert code == 1
    assert "is taken" in err or "nothing is overwritten" in err
    assert list(stray.iterdir()) == []


HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% include '/etc/passwd' %}",
    "*alias &anchor !!python/object:os.system",
    "a: b # c",
    "- [x] [@nobody",
    "---",
    "null",
    "=HYPERLINK(1)",
    "]]> ${PATH} `id` $(id) :material-home: \\(x\\)",
    "../../../etc/passwd",
    "%YAML 1.1",
    '\'"""\'',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_only_text(text, new, project):
    answers = {
        "title": f"x {text}",
        "network": text,
        "name": text,
        "claim": f"{text} | {text}",
        "source": f"https://gazette.example.org/ | {text} | {text}",
    }

    code, _, err = new(**{**ANSWERS, **answers})

    [file] = added(project, tree(REPOSITORY / "tests/archive/incidents")) or [None]
    if code:
        assert file is None
        assert err
        return
    record, problems = read_one(project / "incidents" / file)
    source = next(iter(record.incident.sources.values()))
    [network] = record.incident.where.networks
    assert problems == []
    assert (record.incident.title, network.name) == (f"x {text}", text)
    assert (source.publisher, source.title) == (text, text)
    assert record.incident.explanations[0].title == text


def test_a_hidden_character_is_told_of_the_answer_that_holds_it(new):
    code, _, err = new(**{**ANSWERS, "title": "Bouvet \u202esilent", "summary": "a\0b."})

    assert (code, err.splitlines()[::2]) == (
        1,
        [
            "--summary: the hidden character U+0000 (no name)",
            "--title: the hidden character U+202E (RIGHT-TO-LEFT OVERRIDE)",
        ],
    )


# Makes the terminal its own, so that Ctrl-C reaches it, and goes on as the command.
TAKE_OVER = (
    "import fcntl, os, sys, termios\n"
    "os.setsid()\n"
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
    "os.execv(sys.executable, [sys.executable, '-m', 'generator', *sys.argv[1:]])\n"
)


class Terminal:
    """The command at a terminal of its own; what it shows, until it asks again."""

    def __init__(self, project, *flags, **environment):
        words = ["--project", str(project), "new", "--documentation-space", *flags]
        self.shown = ""
        self.end, other = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", TAKE_OVER, *words],
            cwd=REPOSITORY,
            env={**os.environ, "TERM": "dumb", "PYTHONUTF8": "1", **environment},
            stdin=other,
            stdout=other,
            stderr=other,
        )
        os.close(other)

    def until(self, sign, patience_s=60):
        """Return what is shown up to a sign, or to the end where there is none."""
        since, give_up = len(self.shown), time.monotonic() + patience_s
        while not (sign and self.shown[since:].endswith(sign)):
            assert time.monotonic() < give_up, self.shown
            if not select.select([self.end], [], [], 1)[0]:
                continue
            try:
                more = os.read(self.end, 65_536)
            except OSError:  # how a terminal says that nobody is there any more
                break
            if not more:
                break
            self.shown += more.decode("utf-8", "replace").replace("\r\n", "\n")
        return self.shown[since:]

    def answer(self, text):
        """Wait for the question, and type a line."""
        asked = self.until("> ")
        os.write(self.end, f"{text}\n".encode())
        return asked

    def press(self, key):
        """Press a key, as often as it takes until the line editor listens."""
        for _ in range(20):
            os.write(self.end, key.encode())
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(1)
                return

    def left(self):
        """Read to the end and return the exit code."""
        self.until("")
        return self.process.wait(60)

    def close(self):
        """Leave nobody behind."""
        self.process.kill()
        self.process.wait()
        os.close(self.end)


@pytest.fixture
def open_terminal(project):
    """A function that runs the command at a terminal, with these flags."""
    opened = []

    def open_one(*flags, **environment):
        opened.append(Terminal(project, *flags, **environment))
        return opened[-1]

    yield open_one
    for terminal in opened:
        terminal.close()


def test_in_a_terminal_each_answer_is_checked_at_once(open_terminal, project):
    terminal = open_terminal("--on=2041-03-05", "--country=BV", "--title=Bouvet falls silent")

    terminal.answer("")
    terminal.answer("16:15")
    assert "  expected a UTC time like 2014-12-22T16:15Z, got '16:15'\n" in terminal.answer(
        "2041-02-28"
    )
    terminal.answer("2041-02-27")
    assert "  ends at 2041-02-27, before its start at 2041-02-28\n" in terminal.answer("ongoing")
    terminal.answer("")
    assert "  an answer is needed\n" in terminal.answer("The network went off the air.")
    terminal.answer("routing")
    terminal.answer("total")
    terminal.answer("")
    terminal.answer("gazette")
    terminal.answer("")
    assert "  expected address | publisher | title | kind, got 'gazette'\n" in terminal.answer(
        SOURCE
    )
    terminal.answer("")

    assert terminal.left() == 0
    record, problems = read_one(project / WRITTEN)
    assert problems == []
    assert record.incident.episodes[0].end == "ongoing"
    assert "Headline" not in terminal.shown


def test_what_a_terminal_sends_in_another_encoding_is_asked_for_again(open_terminal):
    terminal = open_terminal(PYTHONIOENCODING="ascii")

    terminal.answer("Curaçao")

    assert "  that was not UTF-8\n" in terminal.answer("CW")
    assert "Networks" in terminal.answer("")


def test_in_a_terminal_the_double_is_shown_before_anything_more_is_asked(open_terminal, project):
    before = tree(project / "incidents")
    terminal = open_terminal("--country=HM", "--network=Heard Net", "--start=2032-02-28")

    asked = terminal.answer("")

    assert "The archive may hold it already: 2032-02-29-heard-island\n" in asked
    assert terminal.left() == 1
    assert "Left as it is. Nothing was written." in terminal.shown
    assert added(project, before) == []


def test_in_a_terminal_another_outage_close_by_is_related(open_terminal, project):
    flags = [f"--{key}={ANSWERS[key]}" for key in ("summary", "layer", "extent", "source")]
    terminal = open_terminal("--country=HM", "--start=2032-02-28", "--claim=", *flags)

    terminal.answer("")
    terminal.answer("same")
    assert "expected one of precedent, sequel" in terminal.answer("sequel")
    terminal.answer("unknown")
    terminal.answer("Again")

    assert terminal.left() == 0
    record, _ = read_one(project / "incidents/2032/2032-02-28-heard-mcdonald-islands")
    assert [(one.how, one.id) for one in record.incident.related] == [
        ("sequel", "2032-02-29-heard-island")
    ]


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_breaking_it_off_leaves_nothing(key, open_terminal, project):
    before = tree(project / "incidents")
    terminal = open_terminal("--country=BV")

    terminal.until("> ")
    terminal.press(key)

    assert terminal.left() == 130
    assert terminal.shown.endswith("Stopped. Nothing was written that is not whole.\n")
    assert tree(project / "incidents") == before


def test_a_kill_leaves_nothing_half_written(open_terminal, project):
    before = tree(project / "incidents")
    terminal = open_terminal("--country=BV")

    terminal.until("> ")
    terminal.process.kill()

    assert terminal.left() == -signal.SIGKILL
    assert tree(project / "incidents") == before
