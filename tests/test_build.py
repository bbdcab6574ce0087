"""The order of work: a broken record or broken evidence stops it whole, with its report."""

import gzip
import hashlib
import shutil

import pytest

from generator.__main__ import main
from generator.writing import write_tree
from tests.site_project import fictional_project, tree

ROSS = "incidents/2030/2030-01-31-ross-sea"


@pytest.fixture
def project(archive, tmp_path, charts):
    """A project of its own: the fictional archive, the real settings and docs."""
    return fictional_project(tmp_path, archive, charts)


def run(project, *words):
    return main(["--project", str(project), *words, "--documentation-space"])


def test_a_sound_archive_passes_with_advice_apart_from_errors(project, capsys):
    code = run(project, "check")

    out, err = capsys.readouterr()
    assert code == 0
    assert out == "4 sound records read, 0 problems, 6 pieces of advice\n"
    assert err.count("advice: ") == 6


def test_documentation_numbers_are_refused_in_a_real_archive(project, capsys):
    code = main(["--project", str(project), "check"])

    assert code == 1
    assert "AS64500" in capsys.readouterr().err


def test_pages_are_written_once_and_not_touched_again_while_nothing_changes(project):
    run(project, "pages")
    before = {path: path.stat().st_mtime_ns for path in project.glob("build/pages/**/*")}

    run(project, "pages")

    assert {path: path.stat().st_mtime_ns for path in project.glob("build/pages/**/*")} == before
    assert (project / "build/pages" / "incidents/2030-01-31-ross-sea/index.md") in before


def test_a_page_whose_record_is_gone_goes_too(project):
    run(project, "pages")
    shutil.rmtree(project / "incidents/2033")

    run(project, "pages")

    assert not (project / "build/pages/incidents/2033-11-05-palmyra").exists()


def test_a_broken_record_stops_the_build_with_its_report_and_leaves_the_pages(project, capsys):
    run(project, "pages")
    before = tree(project / "build/pages")
    record = project / ROSS / "incident.yaml"
    record.write_text(record.read_text().replace("2030-01-31T15:39:20Z", "15:39"), encoding="utf-8")
    capsys.readouterr()

    code = run(project, "build")

    assert code == 1
    assert capsys.readouterr().err.splitlines()[0] == (
        f"{ROSS}/incident.yaml:30: episodes[1].start[0].at: "
        "expected a UTC time like 2014-12-22T16:15Z, got '15:39'"
    )
    assert tree(project / "build/pages") == before
    assert not (project / "build/site").exists()


@pytest.mark.parametrize("kept", [0, 1, 1000, -1])
def test_corrupt_evidence_is_one_problem_that_names_the_file(project, capsys, kept):
    file = project / ROSS / "routing/messages.csv.gz"
    file.write_bytes(file.read_bytes()[:kept])

    code = run(project, "check")

    errors = [line for line in capsys.readouterr().err.splitlines() if "messages.csv.gz" in line]
    assert code == 1
    assert len(errors) == 1
    assert errors[0].startswith(f"{ROSS}/routing/messages.csv.gz: the SHA-256 of the file is ")


def test_a_bad_row_is_named_with_its_line_even_when_the_sums_are_forged(project, capsys):
    folder = project / ROSS / "routing"
    content = gzip.decompress((folder / "messages.csv.gz").read_bytes()).decode()
    lines = content.splitlines()
    lines[5] = lines[5].replace("192.0.2.0/24", "192.0.2.0/99").replace("2001:db8::/32", "x")
    lines[5] = lines[5].replace("198.51.100", "198.51.300")
    bad = ("\n".join(lines) + "\n").encode()
    packed = gzip.compress(bad, mtime=0)
    provenance = (folder / "provenance.yaml").read_text()
    for old, new in (
        ((folder / "messages.csv.gz").read_bytes(), packed),
        (content.encode(), bad),
    ):
        provenance = provenance.replace(
            hashlib.sha256(old).hexdigest(), hashlib.sha256(new).hexdigest()
        )
    (folder / "messages.csv.gz").write_bytes(packed)
    (folder / "provenance.yaml").write_text(provenance)

    code = run(project, "check")

    errors = [line for line in capsys.readouterr().err.splitlines() if "messages.csv.gz" in line]
    assert code == 1
    assert errors[0].startswith(f"{ROSS}/routing/messages.csv.gz:6: ")


def test_evidence_without_a_row_is_a_problem_as_nothing_can_be_measured(project, capsys):
    folder = project / ROSS / "routing"
    old = (folder / "messages.csv.gz").read_bytes()
    content = gzip.decompress(old)
    header = content[: content.index(b"\n") + 1]
    packed = gzip.compress(header, mtime=0)
    provenance = (folder / "provenance.yaml").read_text()
    for before, after in ((old, packed), (content, header)):
        sums = (hashlib.sha256(each).hexdigest() for each in (before, after))
        provenance = provenance.replace(*sums)
    rows = content.count(b"\n") - 1
    (folder / "messages.csv.gz").write_bytes(packed)
    (folder / "provenance.yaml").write_text(provenance.replace(f"rows: {rows}", "rows: 0"))

    code = run(project, "check")

    assert code == 1
    assert capsys.readouterr().err.startswith(
        f"{ROSS}/routing: no row, so that there is nothing to measure\n"
        "    Take the folder out, or freeze a window in which something was heard.\n"
    )


def test_a_single_record_can_be_checked_by_itself(project, capsys):
    code = main(["check", str(project / ROSS / "incident.yaml"), "--documentation-space"])

    assert code == 0
    assert capsys.readouterr().out == "1 records read, 0 problems, 2 pieces of advice\n"


def test_a_tree_holds_just_what_it_should(tmp_path):
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "folder"
    for name in ("elsewhere/file", "folder/old/deep/file", "folder/kept/one", "folder/kept/other"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (folder / "nothing/in/it").mkdir(parents=True)
    (folder / "linked").symlink_to(elsewhere, target_is_directory=True)

    write_tree(folder, {"a/b.txt": "text", "c.bin": b"\0"}, ["kept/one"])

    assert tree(folder) == {"a/b.txt": b"text", "c.bin": b"\0", "kept/one": b"x"}
    assert sorted(path.name for path in folder.iterdir()) == ["a", "c.bin", "kept"]
    assert tree(elsewhere) == {"file": b"x"}


def test_what_was_studied_is_kept_while_it_stays_so_and_no_longer(project):
    def kept():
        return {path.name for path in project.glob("build/cache/studies/measured/*/*/*")}

    run(project, "pages")
    before = kept()
    run(project, "check")
    record = project / ROSS / "incident.yaml"
    record.write_text(record.read_text("utf-8").replace("title: ", "title: Again, ", 1), "utf-8")
    unread = kept()

    run(project, "pages")

    assert unread == before
    assert (len(before), len(kept()), len(before & kept())) == (4, 4, 3)
