"""Every file made from the fictional archive, byte for byte as committed in tests/golden.

After a change that is meant, renew with GONE_DARK_GOLDEN=renew and review the difference.
"""

import os
from pathlib import Path

from generator.drawings import Drawings
from generator.read.archive import read_archive
from generator.read.evidence import read_evidence
from generator.render.archive import archive_files
from generator.writing import write_tree

GOLDEN = Path(__file__).parent / "golden"
SETTINGS = {"site_url": "https://gone-dark.example/", "repo_url": ""}


def made(archive, cache):
    found, problems = read_archive(archive)
    assert problems == []
    evidence = {
        one.id: read_evidence(one.evidence_folder, archive)
        for one in found.records
        if one.evidence_folder
    }
    files = archive_files(found, evidence, SETTINGS, Drawings(cache).draw)
    # The database holds the version of SQLite; test_data.py compares its tables.
    texts = {name: text for name, text in files.pages.items() if not name.endswith(".sqlite")}
    pages = {f"pages/{name}": text for name, text in texts.items()}
    return pages | {f"extracts/{name}": text for name, text in files.extracts.items()}


def test_every_page_chart_and_export_is_what_the_golden_files_say(archive, tmp_path):
    files = made(archive, tmp_path)
    if os.environ.get("GONE_DARK_GOLDEN") == "renew":
        write_tree(GOLDEN, files)

    golden = {
        path.relative_to(GOLDEN).as_posix(): path.read_bytes()
        for path in GOLDEN.rglob("*")
        if path.is_file()
    }

    assert sorted(golden) == sorted(files)
    differing = [name for name, text in files.items() if golden[name] != text.encode()]
    assert differing == []
    # What the cache gives is what was drawn.
    assert len(list(tmp_path.glob("*/*"))) == 74
    assert made(archive, tmp_path) == files
