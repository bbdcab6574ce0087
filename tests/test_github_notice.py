"""One issue for each thing to tell: opened, renewed, closed, and nobody else's touched."""

import notice
import pytest
from hub_server import Server, zipped


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
