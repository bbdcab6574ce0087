"""A hook for mkdocs: pages are read where they lie, and come out in one file instead of many.

A folder and a file for every page, twice, and their removal, took a third of the time that making
the pages took. Only public events of mkdocs are used, and no page comes out otherwise than plain
mkdocs writes it. ``engine.build_each`` names this file to mkdocs and reads what comes out.
"""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the pages to the run."""
    wanted = config.extra["gone_dark"]
    for name in wanted["names"]:
        files.append(File(name, wanted["pages"], config.site_dir, config.use_directory_urls))
    Path(wanted["out"]).write_bytes(b"")


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Put a page to those that came out, and return nothing for mkdocs to write."""
    raw = output.encode("utf-8", errors="xmlcharrefreplace")
    with Path(config.extra["gone_dark"]["out"]).open("ab") as out:
        out.write(f"{len(raw)} {page.file.src_uri}\n".encode() + raw)
    return ""
