"""From a folder of plain Markdown pages to a published site; and the live preview."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess  # nosec B404  (mkdocs, pagefind and git run apart)
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from generator.render.escape import inert_json
from generator.render.harden import harden, json_ld_path, with_json_ld
from generator.render.policy import breaches
from generator.swap import aside, one_at_a_time, put_in_place

_PACKAGE = Path(__file__).resolve().parent
# 2025-01-01, for a copy of the project that is not a repository.
_FALLBACK_EPOCH = "1735689600"
# What the theme brings and no page asks for: its scripts, search workers, fonts' maps, favicon.
_UNUSED = ("assets/javascripts", "assets/images/favicon.png", "sitemap.xml.gz")
# Ready-made search interfaces (we have our own), and the engine for pages of no known language.
_UNUSED_SEARCH = re.compile(
    r"pagefind-(?:ui|modular-ui|component-ui|highlight)\..*|wasm\.unknown\.pagefind|.*\.map"
)
_LOG_LINE = re.compile(r"^(?:INFO|WARNING|ERROR|DEBUG|CRITICAL)\s+-\s+")


class PublishError(Exception):
    """A build that must not be published; its text says every reason."""


def publish(project: Path, pages: Path, extracts: Path, site: Path) -> None:
    """Build ``pages`` (Markdown and assets) and the search index of ``extracts`` into ``site``.

    The old site stays until the new one is whole, and stays if there is anything wrong:
    PublishError then says all of it. Two calls at once run one after the other.
    """
    with one_at_a_time(site.parent), aside(site) as work:
        made = work / "new"
        with ThreadPoolExecutor(max_workers=1) as pool:
            index = pool.submit(build_index, extracts, work / "pagefind")
            _build_pages(project, pages, work, made)
            _prune(made)
            _harden_all(made, pages)
            _add_index(index, work / "pagefind", made / "pagefind")
        put_in_place(made, site)


def build_index(extracts: Path, target: Path) -> None:
    """Write the search index of small HTML extracts; addresses follow their folder layout."""
    command = [sys.executable, "-m", "pagefind_bin", "--force-language", "en"]
    folders = ["--site", str(extracts), "--output-path", str(target)]
    done = _run([*command, *folders], extracts, dict(os.environ))
    if done.returncode:
        raise PublishError(f"the search index could not be built:\n{done.stdout.strip()}")
    for file in target.iterdir():
        if _UNUSED_SEARCH.fullmatch(file.name):
            file.unlink()


def serve(project: Path, address: str = "127.0.0.1:8000") -> int:
    """Show the site at ``address`` and follow edits; ends with Ctrl+C, giving 0.

    A preview: no content policy, no structured data, and warnings do not stop it. Not mkdocs'
    --dirty: that looks at a page's text alone, and would show an old chart in it.
    """
    # mkdocs looks for the folder before its hook can make it.
    (project / "build" / "pages").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--dev-addr", address]
    try:
        return subprocess.run(  # noqa: S603  # nosec B603  (our own words)
            command, cwd=project, env=_environment(project), check=False
        ).returncode
    except KeyboardInterrupt:
        return 0


def _build_pages(project: Path, pages: Path, work: Path, made: Path) -> None:
    config = work / "mkdocs.yml"
    config.write_text(_config(project, pages, made), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(config)]
    done = _run(command, project, _environment(project))
    if done.returncode:
        raise PublishError(_complaint(done.stdout))


def _config(project: Path, pages: Path, made: Path) -> str:
    """The project's settings with this build's folders, and without the hook: pages are written."""
    docs_dir = str(pages.resolve())
    settings = {
        "INHERIT": str((project / "mkdocs.yml").resolve()),
        "docs_dir": docs_dir,
        "site_dir": str(made.resolve()),
        "theme": {"custom_dir": str(_PACKAGE / "render" / "theme")},
        "markdown_extensions": {"generator.markdown_svg": {"docs_dir": docs_dir}},
        "hooks": [],
        "watch": [],
    }
    return json.dumps(settings, indent=1)


def _environment(project: Path) -> dict[str, str]:
    """The environment in which two builds of one commit give the same bytes anywhere."""
    paths = [str(_PACKAGE.parent), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "TZ": "UTC",
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH") or last_commit_s(project),
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYTHONUTF8": "1",
    }


def last_commit_s(project: Path) -> str:
    """Return when the last commit was made, in seconds since 1970; a fixed day without one."""
    return _last_commit(project, "%ct") or _FALLBACK_EPOCH


def commit_of(project: Path) -> str:
    """Return the id of the last commit; the word unknown without one."""
    return _last_commit(project, "%H") or "unknown"


def _last_commit(project: Path, shown: str) -> str:
    command = ["git", "-C", str(project), "log", "-1", f"--format={shown}"]
    try:
        done = subprocess.run(  # noqa: S603  # nosec B603  (our own words)
            command, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip()


def _run(command: list[str], folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # nosec B603  (our own words)
        command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip


def _complaint(output: str) -> str:
    """What mkdocs warned of, each with the lines that belong to it; all it said if nothing."""
    kept: list[str] = []
    keeping = False
    for line in output.splitlines():
        if _LOG_LINE.match(line):
            keeping = line.startswith(("WARNING", "ERROR", "CRITICAL"))
        if keeping:
            kept.append(line)
    return "mkdocs refused the pages:\n" + ("\n".join(kept) or output.strip())


def _prune(made: Path) -> None:
    for name in _UNUSED:
        path = made / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for source_map in list(made.rglob("*.map")):
        source_map.unlink()
    for sheet in (made / "assets" / "stylesheets").glob("palette.*.css"):
        sheet.unlink()


def _harden_all(made: Path, pages: Path) -> None:
    faults = []
    for file in sorted(made.rglob("*.html")):
        html = harden(with_data(file.read_text("utf-8"), pages))
        faults += [f"{file.relative_to(made)}: {fault}" for fault in breaches(html)]
        file.write_text(html, encoding="utf-8")
    if faults:
        raise PublishError("pages that break the site's own policy:\n" + "\n".join(faults))


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


def _add_index(index: Future[None], built: Path, target: Path) -> None:
    index.result()
    built.rename(target)
