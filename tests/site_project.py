"""A small project to build sites from: our settings and theme, and pages of fictional outages."""

import shutil
from pathlib import Path

from generator.searching import kept_index

REPOSITORY = Path(__file__).parent.parent
FIXTURE = Path(__file__).parent / "browser" / "fixture"


EXTRACT = (
    '<!doctype html><html lang="en"><title>{0}</title><body><h1>{0}</h1><p>{1}</p></body></html>'
)


def indexes(folder):
    """The index of each part of the extracts in ``folder``, made or found there, by its place."""
    work = folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    return kept_index(folder / "extracts", work, folder / "cache")


def make_project(folder):
    """Fill ``folder`` with a project whose pages are written already, and return it."""
    build = folder / "build"
    build.mkdir(parents=True)
    shutil.copy(REPOSITORY / "mkdocs.yml", folder)
    for name in ("pages", "extracts"):
        shutil.copytree(FIXTURE / name, build / name)
    shutil.copytree(REPOSITORY / "generator" / "render" / "assets", build / "pages" / "assets")
    return folder


def fictional_project(folder, archive, charts):
    """Fill ``folder`` with a project of the fictional archive, whose charts are drawn already."""
    shutil.copytree(archive / "incidents", folder / "incidents")
    shutil.copytree(REPOSITORY / "docs", folder / "docs")
    shutil.copy(REPOSITORY / "mkdocs.yml", folder)
    (folder / "build/cache").mkdir(parents=True)
    (folder / "build/cache/charts").symlink_to(charts)
    return folder


def with_code(folder):
    """Add what an engine needs to build ``folder`` by itself: the code and the watched folders."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "generator", folder / "generator", ignore=ignored)
    for name in ("incidents", "docs"):
        (folder / name).mkdir()
    return folder


def tree(folder):
    """Every file under ``folder`` with its bytes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def names(folder):
    """What lies in ``folder``, sorted."""
    return sorted(path.name for path in folder.iterdir())
