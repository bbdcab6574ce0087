"""A hook for mkdocs: pages are read where they lie, and come out in one file instead of many.

A folder and a file for every page, twice, and their removal, took a third of the time that making
the pages took. What a page says waits in a file for the page around it: a run that held it all
could make no more than some hundred pages. Only public events of mkdocs are used, and no page
comes out otherwise than plain mkdocs writes it. ``engine.build_each`` names this file to mkdocs
and reads what comes out.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import BinaryIO

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

_open: dict[str, BinaryIO] = {}
_waiting: dict[str, tuple[int, int]] = {}


def on_config(config: MkDocsConfig) -> None:
    """Have extensions of the Markdown parser found once, and not by name for each page again."""
    parser, settings = Markdown(), config["mdx_configs"]
    config["markdown_extensions"] = [
        parser.build_extension(name, settings.get(name, {}))
        for name in config["markdown_extensions"]
    ]


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the pages to the run."""
    wanted = config.extra["gone_dark"]
    for name in wanted["names"]:
        files.append(File(name, wanted["pages"], config.site_dir, config.use_directory_urls))
    out = Path(wanted["out"])
    _open["out"], _open["aside"] = out.open("wb"), out.with_suffix(".aside").open("w+b")
    # It would say of each page that nothing came out.
    logging.getLogger("mkdocs.commands.build").setLevel(logging.WARNING)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001  (mkdocs' own arguments)
    """Put what a page says aside, until the page around it is made."""
    raw = html.encode()
    _waiting[page.file.src_uri] = (_open["aside"].tell(), len(raw))
    _open["aside"].write(raw)
    page.markdown = ""
    return ""


def on_page_context(
    context: TemplateContext,  # noqa: ARG001  (mkdocs' own arguments)
    page: Page,
    config: MkDocsConfig,  # noqa: ARG001
    nav: Navigation,  # noqa: ARG001
) -> None:
    """Give back what the page says."""
    place, length = _waiting.pop(page.file.src_uri)
    _open["aside"].seek(place)
    page.content = _open["aside"].read(length).decode()


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001  (mkdocs' own arguments)
    """Put a page to those that came out, and return nothing for mkdocs to write."""
    raw = output.encode("utf-8", errors="xmlcharrefreplace")
    _open["out"].write(f"{len(raw)} {page.file.src_uri} {page.canonical_url}\n".encode() + raw)
    page.content = ""
    return ""


def on_post_build(config: MkDocsConfig) -> None:  # noqa: ARG001  (mkdocs' own arguments)
    """Have all of it in the file."""
    for file in _open.values():
        file.close()
