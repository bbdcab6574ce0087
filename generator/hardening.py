"""A page as the engine built it, made fit to be published: its data in it, its faults told."""

from __future__ import annotations

import json
from pathlib import Path

from generator.engine import PublishError
from generator.render.escape import inert_json
from generator.render.harden import harden, json_ld_path, with_json_ld
from generator.render.policy import breaches


def hardened(file: Path, pages: Path, made: Path) -> tuple[str, list[str]]:
    """Return a page's HTML to be published, and what in it must not be, one line each.

    ``pages`` holds its structured data, ``made`` is the folder its name is told from.
    """
    return hardened_text(file.read_text("utf-8"), pages, file.relative_to(made).as_posix())


def hardened_text(html: str, pages: Path, shown: str) -> tuple[str, list[str]]:
    """Return the same of a page's HTML as the engine built it, to be told of as ``shown``."""
    html = harden(with_data(html, pages))
    return html, [f"{shown}: {fault}" for fault in breaches(html)]


def with_data(html: str, pages: Path) -> str:
    """Return the page with the structured data it asks for, a JSON file in ``pages``.

    Raises PublishError when the file is elsewhere, missing or not JSON.
    """
    name = json_ld_path(html)
    if name is None:
        return html
    path = (pages / name).resolve()
    if not path.is_relative_to(pages.resolve()):
        raise PublishError(f"json_ld: {name} is outside the folder of pages")
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise PublishError(f"json_ld: {name} cannot be read: {error}") from error
    return with_json_ld(html, inert_json(data))
