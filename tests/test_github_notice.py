"""One issue for each thing to tell: opened, renewed, closed, and nobody else's touched."""

import notice
import pytest
from hub_server import Server, raw_zip, zipped


@pytest.fixture
def server(monkeypatch):
    with Server() as running:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def hub(server):
    return server.hub


def told(hub, text):
    hub.parcels[11, "links"] = zipped(links_md=text)
    return notice.main(["links", "Sources that no longer answer"])


def test_the_first_time_an_issue_is_opened(hub, capsys):
    assert told(hub, "- gone: https://news.example/x\n") == 0
    assert [(one["title"], one["body"]) for one in hub.issues] == [
        ("Sources that no longer answer",
         "<!-- gone-dark links -->\n- gone: https://news.example/x\n")
    ]  # fmt: skip
    assert capsys.readouterr().out == "opened #1\n"


def test_the_next_time_the_same_issue_is_renewed(hub, capsys):
    told(hub, "a")
    hub.issues.insert(0, {"number": 1, "body": None})
    hub.issues[1]["number"] = 2

    told(hub, "b @everyone")

    assert [one["body"] for one in hub.issues] == [
        None,
        "<!-- gone-dark links -->\nb @\u200beveryone",
    ]
    assert capsys.readouterr().out.endswith("renewed #2\n")


def test_when_nothing_is_left_to_tell_it_is_closed_and_opens_anew(hub, capsys):
    told(hub, "a")
    told(hub, "\n")
    told(hub, "\n")
    told(hub, "c")

    assert [one.get("state", "open") for one in hub.issues] == ["closed", "open"]
    assert hub.said(1) == [notice.DONE]
    assert capsys.readouterr().out.split("\n")[1:4] == ["closed #1", "nothing to tell", "opened #2"]


def test_a_run_that_left_nothing_is_an_error_and_closes_nothing(hub, capsys):
    told(hub, "a")
    hub.parcels.clear()

    assert notice.main(["links", "x"]) == 1
    assert "state" not in hub.issues[0]
    assert capsys.readouterr().out.endswith("::error::run 11 left nothing called links\n")


def test_drafts_come_folded_ready_to_be_copied_and_what_does_not_fit_is_named(hub):
    draft = "title: Cut ``` ```` [@ioda]\n" + "x: y\n" * 2_000
    names = [f"2030-01-{day:02}-ross-sea.yaml" for day in range(1, 11)]
    hub.parcels[11, "watch"] = raw_zip({"watch.md": "Ten.", **dict.fromkeys(names, draft)})

    assert notice.main(["watch", "Outages"]) == 0

    [body] = [one["body"] for one in hub.issues]
    first = f"<details><summary>{names[0][:-5]}</summary>\n\n`````yaml\n{draft.rstrip()}\n`````\n"
    assert body.startswith(f"<!-- gone-dark watch -->\nTen.\n{first}\n</details>\n")
    assert len(body) < 65_536
    assert body.endswith(
        "the files kept with the run: " + ", ".join(n[:-5] for n in names[6:]) + "\n"
    )


def test_a_file_of_another_name_among_the_drafts_is_refused(hub, capsys):
    hub.parcels[11, "watch"] = raw_zip({"watch.md": "x", "../2030-01-01-x.yaml": "y"})

    assert notice.main(["watch", "Outages"]) == 1
    assert capsys.readouterr().out == "::error::an unexpected file: '../2030-01-01-x.yaml'\n"
