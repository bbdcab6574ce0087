"""What else makes such a site: other programs, set up as well as they can be, in the same run."""

from __future__ import annotations

import json
import re
import shutil
import sys
import time
from pathlib import Path

from benchmarks.timed import Took, timed

PROJECT = Path(__file__).resolve().parent.parent
# Their own environment, so that nothing of them is installed where the site is made.
TOOLS = PROJECT / "build" / "bench-venv" / "bin"
_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_SAMPLE = 40


def mkdocs(project: Path, *more: str, search: bool = False) -> Took:
    """Build the finished pages with mkdocs as fast as its settings make it.

    That is with charts kept from the parser, pages out of the navigation, no search; or ``search``
    with the theme's own, as most sites have it, and the theme unchanged.
    """
    settings = (project / "mkdocs.yml").read_text("utf-8")
    settings = settings.replace("  generator.markdown_raw: {}\n", "")
    settings = re.sub(r"^(hooks|watch):\n(?:  .*\n)+", "", settings, flags=re.MULTILINE)
    settings = settings.replace("site_dir: build/mkdocs", f"site_dir: build/rival-{int(search)}")
    if search:
        settings = settings.replace("plugins: []", "plugins: [search]")
        settings = re.sub(r"^  custom_dir:.*\n", "", settings, flags=re.MULTILINE)
    settings = settings.replace("custom_dir: generator", f"custom_dir: {PROJECT}/generator")
    settings = settings.replace("strict: true", "strict: false")
    file = project / f"rival-{int(search)}.yml"
    file.write_text(settings, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", file.name]
    named = {"PYTHONPATH": str(PROJECT), "NO_MKDOCS_2_WARNING": "1"}
    return timed([*command, *more], project, **named)


def naive_chart_ms(project: Path) -> float:
    """Return what one chart takes, drawn as its specification says and nothing kept."""
    import vl_convert

    files = sorted(project.glob("build/pages/incidents/*/chart.vl.json"))[:: 1 + _SAMPLE // 20]
    specs = [json.loads(file.read_text("utf-8")) for file in files[:_SAMPLE]]
    vl_convert.vegalite_to_svg(specs[0])
    start = time.process_time()
    for spec in specs:
        vl_convert.vegalite_to_svg(spec)
    return (time.process_time() - start) / len(specs) * 1000


def hugo(project: Path) -> Took | None:
    """Build the pages with Hugo and a bare template; None where there is no Hugo."""
    if not shutil.which("hugo"):
        return None
    home = project / "build" / "hugo"
    shutil.rmtree(home, ignore_errors=True)
    for path in (project / "build" / "pages").rglob("*.md"):
        target = home / "content" / path.relative_to(project / "build" / "pages")
        # A page with other pages below it has another name there.
        target = target.with_name("_index.md") if target.name == "index.md" else target
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8")
        front = _FRONT.match(text)
        title = next(iter(re.findall(r"^title:.*\n", front[1], re.MULTILINE)), "") if front else ""
        target.write_text(f"---\n{title}---\n{text[front.end() :] if front else text}", "utf-8")
    layouts = home / "layouts" / "_default"
    layouts.mkdir(parents=True)
    bare = "<!doctype html><title>{{ .Title }}</title>{{ .Content }}"
    for name in ("single", "list"):
        (layouts / f"{name}.html").write_text(bare)
    settings = (
        'baseURL = "https://gone-dark.example/"\ndisableKinds = ["taxonomy", "term", "RSS"]\n'
    )
    (home / "config.toml").write_text(f"{settings}[markup.goldmark.renderer]\nunsafe = true\n")
    return timed(["hugo", "--quiet"], home)


def pagefind(project: Path) -> Took:
    """Have Pagefind index the finished site, as its manual says."""
    site = project / "build" / "site"
    command = [sys.executable, "-m", "pagefind_bin", "--site", str(site)]
    return timed([*command, "--output-path", str(project / "build" / "rival-index")], project)


def linted(project: Path, records: list[Path]) -> Took | None:
    """Check records with yamllint and their schema; None where those cannot be had."""
    if not (TOOLS / "yamllint").exists() or not (TOOLS / "check-jsonschema").exists():
        return None
    schema = project / "build" / "site" / "schema" / "incident.schema.json"
    names = " ".join(str(record) for record in records)
    lint = f"{TOOLS}/yamllint -d relaxed $(cat names) > /dev/null"
    (project / "names").write_text(names)
    hold = f"{TOOLS}/check-jsonschema --schemafile {schema} $(cat names) > /dev/null"
    return timed(["sh", "-c", f"{lint}; {hold}; true"], project)


def plain_table(project: Path) -> Path:
    """Write one table of all incidents, and return the folder it lies in."""
    parts = sorted((project / "build/site/data/browse").iterdir(), reverse=True)
    told = [row for part in parts for row in json.loads(part.read_text("utf-8"))]
    rows = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) + "\n" for row in told)
    folder = project / "build" / "rival-table"
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(f"<!doctype html><title>T</title><table>{rows}</table>")
    return folder
