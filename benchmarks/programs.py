"""The programs whose time is taken, each for a process of its own; and a record to add."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

PUBLISH = """
from pathlib import Path
from generator.site import publish
if __name__ == "__main__":
    build = Path("build").resolve()
    publish(Path().resolve(), build / "pages", build / "extracts", build / "site")
"""
EXPORT = """
import shutil, time
from pathlib import Path
from generator.build import settings_of
from generator.crew import crew
from generator.exporting import Export, export
from generator.read.folders import find_records
from generator.render.archive import site_of
from generator.studies import questions, studied
if __name__ == "__main__":
    project = Path().resolve()
    with crew() as workers:
        asked = questions(find_records(project).places, project, measure=True,
                          documentation_space=False)
        entries = [one.entry for one in studied(asked, workers)]
        url, build = site_of(settings_of(project)).url, project / "build"
        shutil.rmtree(build / "cache" / "pieces", ignore_errors=True)
        for commit in ("0" * 40, "1" * 40):
            start = time.perf_counter()
            export(Export(build, asked, entries, url, commit), workers)
            print(time.perf_counter() - start)
"""
PREVIEW = """
import os, time
from pathlib import Path
from generator.build import write_pages
from generator.engine import environment
from generator.following import Maker, Watcher
from generator.preview import Edition
if __name__ == "__main__":
    project = Path().resolve()
    os.environ.update(environment(project))
    edition = Edition()
    checked = write_pages(project)
    watcher = Watcher(project, Maker(project, checked, documentation_space=False), edition.put)
    taken = []
    for path in sorted(project.glob("incidents/*/*/incident.yaml"))[5:8]:
        path.write_text(path.read_text().replace("summary: ", "summary: Edited. ", 1))
        start = time.perf_counter()
        watcher.look()
        taken.append(time.perf_counter() - start)
    assert edition.number == 3
    print(sorted(taken)[1])
"""
DERIVE = "from benchmarks.derive import best_s, incident; print(best_s(incident(20)))"


_MORE = """\
title: One more goes dark
summary: Routes were lost for two hours [@desk].
where:
  countries: [AQ]
  networks:
    - {{asn: AS398101, name: One more, role: origin}}
episodes:
  - name: Blackout
    layer: routing
    extent: total
    start:
      - {{at: {day}T12:00Z, source: desk}}
    end:
      - {{at: {day}T14:00Z, source: desk}}
explanations:
  - id: power
    title: Power failed
    category: power
    standing: proposed
    proposed_by:
      - {{who: Desk, on: {day}, source: desk}}
sources:
  desk:
    kind: measurement
    publisher: Desk
    title: One more
    published: {day}
    url: https://example.org/more
    accessed: 2026-01-01
added: 2026-01-01
"""


def one_more(project: Path) -> None:
    """Add a record of one more incident, in a place where no other is near in time."""
    taken = {path.name[:10] for path in project.glob("incidents/*/*-aq-*")}
    days = (date(2015, 6, 15) + timedelta(days=at) for at in range(0, 2000, 7))
    day = next(
        one for one in days if not {f"{one + timedelta(days=d)}" for d in range(-3, 4)} & taken
    )
    target = project / "incidents" / f"{day:%Y}" / f"{day}-aq-more"
    target.mkdir(parents=True)
    (target / "incident.yaml").write_text(_MORE.format(day=day), encoding="utf-8")
