"""What a change does to the public record: the facts, the figures, the pages, and inert text."""

import re
import shutil
import subprocess
import time

import html5lib
import pytest

from generator.__main__ import main
from generator.derive.changes import changes
from generator.model.incident import Incident
from generator.read.record import load_model
from generator.render.change import excerpts
from tests.repository import as_repository, commit, git, replace

ROSS = "incidents/2030/2030-01-31-ross-sea"
BOUVET = "incidents/2031/2031-06-15-bouvet-island"
HEARD = "incidents/2032/2032-02-29-heard-island"
EVIL = (
    "@everyone #1 <img src=x onerror=alert(1)> [a](javascript:b) www.evil.example x@evil.example "
    "`</code>` ``` $x$ :tada: | \\\\| https://evil.example/ <!-- {{ 7*7 }}"
)
# As CommonMark has it: a run of backticks, up to the next run of the same length.
SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)


@pytest.fixture
def project(archive, tmp_path):
    """The fictional archive as a repository."""
    shutil.copytree(archive, tmp_path, dirs_exist_ok=True)
    return as_repository(tmp_path)


@pytest.fixture
def diff(project, capsys):
    def told(*words, base="HEAD"):
        code = main(["--project", str(project), "diff", base, "--documentation-space", *words])
        out = capsys.readouterr().out
        assert code == 0
        return out.replace("\u00a0", " ")

    return told


def edit(project, folder, old, new):
    replace(project / folder / "incident.yaml", old, new)


def outside_code(markdown):
    """What is left of a text for Markdown to read."""
    return SPAN.sub("", markdown)


def test_that_nothing_changes_is_an_answer(diff):
    assert diff() == "Nothing of the public record changes.\n"


def test_a_comment_in_a_record_changes_nothing_of_the_public_record(project, diff):
    edit(project, ROSS, "title:", "# A remark for editors.\ntitle:")

    assert diff() == "Nothing of the public record changes.\n"


def test_a_corrected_time_moves_the_fact_its_source_and_the_figures(project, diff):
    edit(project, BOUVET, "{at: 2031-06-15T10:03Z", "{at: 2031-06-15T10:33Z")

    assert diff().splitlines() == [
        "1 incident changed.",
        "",
        "2031-06-15-bouvet-island: changed",
        "  A filter without a last line takes Bouvet Island off the map",
        "  Outage · end · Bouvet Relay: 15 Jun 2031, 10:03 UTC → 15 Jun 2031, 10:33 UTC "
        "(Bouvet Relay)",
        "  End the archive leads with: 15 Jun 2031, 10:03 UTC → 15 Jun 2031, 10:33 UTC",
        "  How long: 50 min 53 s → 1 h 20 min",
        "  The chart changes.",
        "  introduced: advice: incidents/2031/2031-06-15-bouvet-island/incident.yaml:25: "
        "episodes[0].duration[0].value: 51m, but from 2031-06-15T09:12:07Z to 2031-06-15T10:33Z "
        "it is not [R51]",
    ]


def test_a_record_that_git_does_not_know_yet_is_added_with_its_pages(project, diff):
    text = (project / HEARD / "incident.yaml").read_text("utf-8")
    folder = project / "incidents/2034/2034-02-28-niue"
    folder.mkdir(parents=True)
    new = text.replace("[HM]", "[NU]").replace("at: 2032-02-29", "at: 2034-02-28")
    (folder / "incident.yaml").write_text(new, "utf-8")

    lines = diff().splitlines()

    assert lines[0] == "1 incident added."
    assert lines[1] == (
        "Pages added: countries/nu/, incidents/2034-02-28-niue/, regions/polynesia/, years/2034/"
    )
    assert "2034-02-28-niue: added" in lines


def test_a_record_that_goes_is_told_first_and_its_page_is_missed(project, diff):
    shutil.rmtree(project / HEARD)
    edit(project, BOUVET, "title: ", "title: Again, ")

    told = diff("--format", "markdown")

    assert "1 incident changed and 1 incident removed." in told
    assert "**A page of an incident goes away.**" in told
    assert told.index("page removed") < told.index("page changed")
    assert "`incidents/2032-02-29-heard-island/`" in told


def test_two_revisions_are_compared_without_the_files_here(project, diff):
    edit(project, HEARD, "falls silent", "fell silent")
    commit(project)
    edit(project, HEARD, "fell silent", "is silent")
    edit(project, HEARD, "countries: [HM]", "countries: [BV]")

    told = diff("--head", "HEAD", base="HEAD~1")

    assert "title: Heard Island falls silent → Heard Island fell silent" in told
    assert "countries" not in told


def test_hub_pages_that_another_record_still_has_are_not_removed(project, diff):
    edit(project, HEARD, "countries: [HM]", "countries: [NU]")
    commit(project)
    edit(project, HEARD, "countries: [NU]", "countries: [HM]")
    copy = (
        (project / HEARD / "incident.yaml").read_text("utf-8").replace("2032-02-29", "2032-05-29")
    )
    commit(project)
    (project / "incidents/2032/2032-05-29-heard-island").mkdir()
    (project / "incidents/2032/2032-05-29-heard-island/incident.yaml").write_text(copy, "utf-8")

    assert diff().splitlines()[1] == "Pages added: incidents/2032-05-29-heard-island/"


def test_a_record_that_was_broken_before_is_told_to_be_so(project, diff):
    edit(project, HEARD, "countries: [HM]", "countries: [ZZ]")
    commit(project)
    edit(project, HEARD, "countries: [ZZ]", "countries: [HM]")

    told = diff()

    assert "  At the base it cannot be read under today's schema." in told
    assert (
        "  solved: incidents/2032/2032-02-29-heard-island/incident.yaml:4: where.countries[0]"
        in told
    )


def test_a_record_that_is_broken_now_is_told_with_its_problem(project, diff):
    edit(project, HEARD, "countries: [HM]", "countries: [ZZ]")

    told = diff("--format", "markdown")

    assert "1 incident changed. 1 problem introduced." in told
    assert "**It cannot be read as it is now:** see the problems." in told
    assert "- **problem** `incident.yaml:4 where.countries[0]: expected an ISO 3166" in told
    assert "Pages" not in told
    assert "**Derived by the archive**" not in told


def test_a_near_double_is_found_though_only_one_record_changed(project, diff):
    edit(project, HEARD, "at: 2032-02-29", "at: 2032-03-01")
    (project / HEARD).rename(project / "incidents/2032/2032-03-01-heard-island")
    text = (project / "incidents/2032/2032-03-01-heard-island/incident.yaml").read_text("utf-8")
    commit(project)
    (project / HEARD).mkdir()
    (project / HEARD / "incident.yaml").write_text(text.replace("2032-03-01,", "2032-02-29,"))

    told = diff()

    assert "2032-03-01-heard-island began within 48 hours of it, also in HM" in told


def test_who_says_so_is_named_and_not_by_keys(project, diff):
    edit(
        project,
        ROSS,
        "15:39:20Z, source: collectors}",
        "15:39:20Z, source: telegram, origin: wire}",
    )
    edit(project, BOUVET, "title: A filter that dropped", "title: The filter that dropped")

    told = diff()

    assert "→ Polar Telegram, repeating Southern Wire" not in told
    assert " (Polar Telegram, repeating Southern Wire)\n" in told
    assert (
        "A filter that dropped every route → The filter that dropped every route (Bouvet Relay)"
        in told
    )


ENDED = """    end:
      - {at: 2032-03-02T04Z, source: gazette}
    duration:
      - {value: 2d~, source: gazette, note: So.}
"""
EXPLAINED = """explanations:
  - id: storm
    title: A storm
    category: natural-disaster
    standing: supported
    proposed_by:
      - {who: The keeper, on: 2032-03-01, source: gazette}
evidence:
  - id: wind
    finding: The wind rose to a gale at noon [@gazette].
    kind: circumstance
    sources: [gazette]
    bears_on: {storm: supports}
figures:
  - {what: masts, value: ">2", unit: masts, sources: [gazette]}
sources:
"""


def test_what_is_added_is_told_with_all_that_it_says(project, diff):
    edit(project, HEARD, "sources:\n", EXPLAINED)
    edit(project, HEARD, "    end: unknown\n", ENDED)

    told = diff()

    assert [line for line in told.splitlines() if "Gazette)" in line] == [
        "  Silence · end: unknown → 2 Mar 2032, 04 h UTC (Southern Gazette)",
        "  Silence · duration · Southern Gazette: — → about 2 d; note: So. (Southern Gazette)",
        "  explanation · A storm: — → id: storm; title: A storm; category: natural disaster; "
        "standing: supported; put forward by: who: The keeper; on: 1 Mar 2032 (Southern Gazette)",
        "  finding · wind: — → id: wind; finding: The wind rose to a gale at noon [@gazette].; "
        "kind: circumstance; bears on: storm: supports (Southern Gazette)",
        "  number · masts: — → what: masts; value: over 2; unit: masts (Southern Gazette)",
    ]
    assert "  Standing of the cause: unknown → likely\n" in told


def test_of_a_long_text_the_place_is_shown_where_it_differs():
    words = [f"word{number}" for number in range(200)]
    other = [*words[:100], "new", *words[101:]]

    before, after = excerpts(" ".join(words), " ".join(other))

    around = ["…", *words[92:100], "{}", *words[101:109], "…"]
    assert before == " ".join(around).format("word100")
    assert after == " ".join(around).format("new")
    assert excerpts("", "x " * 400)[1].endswith("x … (800 characters)")


def test_evidence_that_goes_takes_the_measured_figures_and_the_chart_along(project, diff):
    shutil.rmtree(project / ROSS / "routing")

    told = diff()

    assert "  Evidence: routing measured here → reported only" in told
    assert "  Measured: peers: " in told
    assert "  The chart changes." in told
    assert (
        "Files of the machine that change: routing/messages.csv.gz, routing/provenance.yaml" in told
    )
    assert "introduced: advice: " in told
    assert "no routing evidence is frozen yet" in told


def test_claims_in_another_order_are_a_change_of_who_leads(project, diff):
    file = project / ROSS / "incident.yaml"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if "2030-01-31T15:30Z~, source: operator" in line)
    lines.insert(at - 2, lines.pop(at))
    file.write_text("".join(lines), "utf-8")

    told = diff()

    assert re.search(r"· start · order: .* → Ross Sea Telecom, ", told)
    assert "  Start the archive leads with: " in told


def test_hostile_text_is_inert_in_the_comment(project, diff):
    folder = "incidents/2032/2032-x@everyone `<b>"
    (project / folder).mkdir()
    shutil.copy(project / HEARD / "incident.yaml", project / folder)
    quoted = EVIL.replace('"', "")
    for field in ("title", "summary", "publisher"):
        edit(project, HEARD, f"{field}: ", f'{field}: "{quoted} [@gazette]" #')
    edit(project, HEARD, "[@gazette]", "")
    edit(project, HEARD, "[HM]", f'["{quoted}"]')

    told = diff("--format", "markdown")

    assert "@everyone" in told
    assert not re.search(
        r"[@<>#$|`\\]|https?:|www|\]\(|:tada", outside_code(told).replace("#", "", 8)
    )


def test_hostile_text_is_inert_in_a_comment_about_a_sound_record(project, diff):
    quoted = EVIL.replace('"', "")[:130]
    edit(project, HEARD, "title: Heard Island falls silent", f'title: "{quoted}"')
    edit(project, HEARD, "publisher: Southern Gazette", f'publisher: "{quoted}"')

    told = diff("--format", "markdown")

    assert not re.search(r"[@<>$|`\\]|https?:|www|\]\(|:tada|onerror", outside_code(told))
    assert len(re.findall(r"`+ ?@everyone #1 <img", told)) == 4


@pytest.mark.large
def test_the_comment_is_never_longer_than_github_takes_and_names_what_it_leaves_out(project, diff):
    text = (project / ROSS / "incident.yaml").read_text("utf-8")
    for number in range(150):
        folder = project / f"incidents/2030/2030-01-31-copy-{number}"
        folder.mkdir()
        (folder / "incident.yaml").write_text(text, "utf-8")
    commit(project)
    for path in (project / "incidents/2030").glob("*/incident.yaml"):
        more = text.replace("layer: routing", "layer: traffic").replace("title: ", "title: New: ")
        path.write_text(more.replace("kind: news", "kind: social"), "utf-8")

    told = diff("--format", "markdown")

    assert len(told.encode()) < 65_536
    assert "151 incidents changed." in told
    assert told.count("### ") > 10
    assert "Left out, as a comment holds no more:" in told
    assert "`2030-01-31-copy-140`" in told
    assert re.search(r" and \d+ more\. The page of this report has them all\.", told)


def test_the_page_needs_nothing_from_anywhere_and_holds_both_charts(project, diff):
    edit(project, BOUVET, "2031-06-15T10:03Z", "2031-06-15T10:33Z")
    edit(project, HEARD, "title: Heard", 'title: "<script>alert(1)</script>{{ 7*7 }}" #')

    told = diff("--format", "html")

    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    document = parser.parse(told)
    policy = document.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/]+=*'; base-uri 'none'", policy
    )
    found = {element.tag for element in document.iter() if isinstance(element.tag, str)}
    assert found.isdisjoint({"script", "link", "img", "iframe", "object", "form", "a"})
    assert len(document.findall(".//figure")) == 2
    assert "style=" not in told
    assert "{{ 7*7 }}" not in told
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_nothing_of_a_revision_is_obeyed_and_no_link_of_it_followed(
    project, diff, tmp_path_factory
):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.yaml"
    secret.write_text("title: SECRET\n", "utf-8")
    (project / HEARD / "incident.yaml").unlink()
    (project / HEARD / "incident.yaml").symlink_to(secret)
    (project / ".gitattributes").write_text("* export-subst export-ignore filter=evil\n", "utf-8")
    edit(project, BOUVET, "title: ", "title: $Format:%an$ ")
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "evil")
    git(project, "config", "filter.evil.smudge", f"touch {secret.parent / 'ran'}")

    told = diff("--head", "HEAD", base="HEAD~1")

    assert "$Format:%an$" in told
    assert "SECRET" not in told
    assert "a symbolic link" in told
    assert not (secret.parent / "ran").exists()


def test_a_path_in_the_history_that_leads_elsewhere_is_refused(project, capsys):
    def tree(name, mode, inner):
        raw = mode + b" " + name + b"\0" + bytes.fromhex(inner)
        words = ["git", "-C", str(project), "hash-object", "-t", "tree", "-w", "--literally"]
        done = subprocess.run([*words, "--stdin"], input=raw, capture_output=True, check=True)
        return done.stdout.decode().strip()

    inner = tree(
        b"escaped.txt", b"100644", git(project, "rev-parse", f"HEAD:{HEARD}/incident.yaml")
    )
    for name in (b"..", HEARD.split("/")[2].encode(), b"2032", b"incidents"):
        inner = tree(name, b"40000", inner)
    evil = git(project, "commit-tree", inner, "-m", "evil")

    code = main(["--project", str(project), "diff", "HEAD", "--head", evil])

    assert code == 1
    assert capsys.readouterr().err.startswith(
        f"{HEARD}/../escaped.txt: a path that leads elsewhere\n"
    )


@pytest.mark.parametrize("base", ["nowhere", "--help-me", "HEAD:incidents"])
def test_a_base_that_is_no_revision_is_refused_with_a_cure(project, base, capsys):
    code = main(["--project", str(project), "diff", "--documentation-space", "--", base])

    assert code == 1
    assert capsys.readouterr().err == (
        f"{base}: no revision of this repository\n"
        "    Name a commit, branch or tag that is here; `git fetch origin main` brings one.\n"
    )


def test_changes_outside_the_records_are_named_and_not_followed(project, diff):
    (project / "docs").mkdir()
    (project / "docs" / "new\x1b[31m.md").write_text("x", "utf-8")

    assert diff() == (
        "Nothing of the public record changes.\n"
        "Beside records, not followed here: docs/new?[31m.md\n"
    )


def test_no_difference_between_two_versions_is_left_out(record):
    incident = load_model(Incident, record.encode(), "r.yaml")
    for name in Incident.model_fields:
        value = getattr(incident, name)
        less = {tuple: lambda v: v[1:], dict: lambda v: dict([*v.items()][1:]), str: str.upper}
        smaller = less.get(type(value), lambda _: None)(value)
        other = incident.model_copy(update={name: smaller})
        if name != "where" and getattr(other, name) != value:
            assert {change.path[0] for change in changes(incident, other)} == {name}
            assert {change.path[0] for change in changes(other, incident)} == {name}
    assert changes(incident, incident) == []


def test_one_changed_record_is_compared_within_two_seconds(project, diff):
    edit(project, HEARD, "falls silent", "fell silent")
    diff()

    begun = time.process_time()
    diff()

    assert time.process_time() - begun < 2
