"""What trackers list and the archive lacks, as drafts for an issue."""

import json
import shutil

import candidates
import pytest
from notice import visible

EVENT = {
    "location": "country/HM", "start": 1961668800, "duration": 7200, "uncertainty": None,
    "status": 0,
    "fraction": None, "score": 99.5, "location_name": "Heard Island", "overlaps_window": False,
    "method": "median", "datasource": "bgp",
}  # fmt: skip


@pytest.fixture
def drafted(tmp_path, monkeypatch, archive):
    """A function from IODA's events to the files that an issue is made of."""
    project = tmp_path / "project"
    shutil.copytree(archive / "incidents/2032", project / "incidents/2032")
    monkeypatch.chdir(project)
    monkeypatch.setenv("PYTHONPATH", str(archive.parent.parent))
    (tmp_path / "exports").mkdir()

    def files_of(*events):
        export = {"type": "outages.events", "error": None, "data": events}
        (tmp_path / "exports/ioda.json").write_text(json.dumps(export))
        words = [str(tmp_path / "exports"), str(tmp_path / "out")]
        assert candidates.main(words, "example/gone-dark") == 0
        return {file.name: file.read_text("utf-8") for file in (tmp_path / "out").iterdir()}

    return files_of


def test_what_the_archive_lacks_is_drafted_and_a_row_that_contradicts_itself_is_told(drafted):
    files = drafted({**EVENT, "location": "country/TF"}, {**EVENT, "duration": -5})

    names = sorted(files)
    assert (len(names), names[-1]) == (2, "watch.md")
    assert files["watch.md"].startswith("One outage that trackers list and the archive may lack")
    assert "before its start" in files["watch.md"]
    assert "countries: [TF]" in files[names[0]]
    assert visible(files[names[0]]) == files[names[0]]


def test_where_nothing_is_lacking_there_is_nothing_to_tell(drafted):
    assert drafted() == {"watch.md": ""}
