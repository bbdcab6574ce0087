"""The comment on a proposal: one, renewed, and of a stranger's report only what is harmless."""

import io
import zipfile

import comment
import pytest
from hub_server import BOT, Server, raw_zip, zipped

SHA, NEWER = "a" * 40, "b" * 40


@pytest.fixture
def server(monkeypatch):
    with Server() as running:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def hub(server):
    """A repository with one proposal from a fork whose check has left a report."""
    server.hub.proposal(5, SHA)
    server.hub.checked(11, SHA)
    server.hub.parcels[11, "report"] = zipped(report_md="## One fact changes\n")
    return server.hub


def test_the_report_of_a_proposal_from_a_fork_is_shown_as_one_comment(hub, capsys):
    assert comment.main() == 0

    run = "https://github.com/example/gone-dark/actions/runs/11"
    assert hub.said(5) == [
        "<!-- gone-dark change report: run 11.1 -->\n"
        "**Change report** for aaaaaaa. The site as it would be, where it could be built, and this "
        f"report as a page, with charts, are [kept with the check]({run}#artifacts) for two weeks. "
        "Only records change, so the archive's own program made this report.\n\n"
        "## One fact changes\n\n"
    ]
    assert capsys.readouterr().out == "#5: shown\n"


def test_what_is_shown_already_is_left_alone(hub, capsys):
    comment.main()
    before = hub.said(5)

    assert comment.main() == 0
    assert hub.said(5) == before
    assert capsys.readouterr().out == "#5: shown\n#5: shown already\n"


def test_a_newer_commit_renews_the_same_comment(hub, capsys):
    comment.main()
    hub.pulls[0]["head"]["sha"] = NEWER
    assert comment.main() == 0  # not checked yet
    hub.checked(12, NEWER)
    hub.parcels[12, "report"] = zipped(report_md="Nothing changes.\n")

    assert comment.main() == 0

    [body] = hub.said(5)
    assert body.startswith("<!-- gone-dark change report: run 12.1 -->")
    assert body.endswith("Nothing changes.\n\n")
    assert capsys.readouterr().out.split("\n")[1:3] == [
        "#5: no finished check of its newest commit yet",
        "#5: renewed",
    ]


def test_a_comment_that_somebody_else_began_with_our_mark_is_not_ours(hub):
    forged = {"id": 77, "user": {"login": "stranger"}, "body": f"{comment.MARK}: run 11.1 -->"}
    hub.comments[5].append(forged)

    assert comment.main() == 0
    assert len(hub.said(5)) == 2
    assert hub.comments[5][1]["user"] == BOT


@pytest.mark.parametrize(
    "other",
    [
        {"home": "mallory/gone-dark"},  # the same commit, checked for somebody else's fork
        {"path": ".github/workflows/evil.yml"},
        {"status": "in_progress"},
    ],
)
def test_a_run_that_is_not_the_check_of_this_proposal_is_not_taken(other, hub):
    hub.runs.clear()
    hub.checked(11, SHA, **other)

    assert comment.main() == 0
    assert hub.said(5) == []


@pytest.mark.parametrize(
    "names",
    [
        ["generator/pages.py"],
        ["incidents/a.yaml", ".github/workflows/check.yml"],
        ["incidentsx/a.yaml"],
        [f"incidents/{n}.yaml" for n in range(1000)] + ["generator/pages.py"],
    ],
)
def test_a_report_made_by_changed_code_is_called_its_authors_words(names, hub):
    hub.files[5] = [{"filename": name} for name in names]

    comment.main()

    assert "take it as its author's words" in hub.said(5)[0]


def test_a_file_moved_away_from_the_code_is_a_change_to_the_code(hub):
    hub.files[5] = [{"filename": "incidents/x", "previous_filename": "generator/build.py"}]

    comment.main()

    assert "take it as its author's words" in hub.said(5)[0]


def bomb():
    return raw_zip({"report.md": b"x" * 50_000_000})


def torn():
    return zipped(report_md="x" * 3000)[:-40]


def linked():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        entry = zipfile.ZipInfo("report.md")
        entry.external_attr = 0o120777 << 16  # a symbolic link
        archive.writestr(entry, "/etc/passwd")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("parcel", "why"),
    [
        (bomb(), "report.md: more than 1,000,000 bytes"),
        (torn(), "not a sound archive: File is not a zip file"),
        (b"", "not a sound archive: File is not a zip file"),
        (zipped(report_md=b"\xff\xfe"), "report.md: not UTF-8"),
        (raw_zip({"../../x": "y"}), "an unexpected file: '../../x'"),
        (raw_zip({"report.md": "a", "x\n::error::y": "b"}), r"an unexpected file: 'x\n::error::y'"),
        (raw_zip({}), "no report in it"),
    ],
    ids=["bomb", "torn", "empty", "bytes", "path", "stray", "nothing"],
)
def test_a_report_that_is_no_report_is_said_to_be_missing(parcel, why, hub, capsys):
    hub.parcels[11, "report"] = parcel

    assert comment.main() == 0
    assert hub.said(5)[0].endswith(
        "_The check left no report that can be shown; its log may say why._\n"
    )
    assert capsys.readouterr().out == f"run 11: {why}\n#5: shown\n"


def test_a_link_in_the_parcel_is_only_its_text(hub):
    hub.parcels[11, "report"] = linked()

    comment.main()

    assert hub.said(5)[0].endswith("\n\n/etc/passwd\n")


def test_a_check_that_left_nothing_is_said_to_have_left_nothing(hub):
    hub.parcels.clear()

    comment.main()

    assert "no report that can be shown" in hub.said(5)[0]


def test_where_github_fails_nothing_is_said_and_the_next_proposal_is_still_looked_at(hub, capsys):
    del hub.files[5]  # the list of its files cannot be had
    hub.proposal(6, NEWER)
    hub.checked(12, NEWER)
    hub.parcels[12, "report"] = zipped(report_md="x")

    assert comment.main() == 1
    assert (hub.said(5), len(hub.said(6))) == ([], 1)
    assert capsys.readouterr().out == (
        "::warning::#5: GET pulls/5/files: GitHub answered 500\n#6: shown\n"
    )


def test_a_proposal_that_has_not_moved_for_days_is_looked_at_only_by_hand(hub, monkeypatch):
    hub.pulls[0]["updated_at"] = "2001-01-01T00:00:00Z"
    assert (comment.main(), hub.said(5)) == (0, [])

    monkeypatch.setenv("EVERY_PROPOSAL", "true")
    assert (comment.main(), len(hub.said(5))) == (0, 1)


def test_the_token_is_shown_to_the_api_alone(hub):
    comment.main()

    shown = {path.startswith("/repos/"): token for path, token in hub.seen}
    assert shown == {True: "Bearer token", False: None}


def test_without_its_environment_it_says_what_is_lacking(monkeypatch, capsys):
    for name in ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN"):
        monkeypatch.delenv(name, raising=False)

    assert comment.main() == 1
    assert capsys.readouterr().out == (
        "::error::not in the environment: GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN\n"
    )
