"""What lies beside an incident's page to be taken away: its chart, its citation, its claims."""

from __future__ import annotations

import json

from generator.render import cite, exports, series, structured
from generator.render.chart import Drawn
from generator.render.data.edition import LICENCE
from generator.render.definitions import attribution
from generator.render.facts import dates
from generator.render.incident import Dossier
from generator.render.indexes import entry_view
from generator.render.lettering import INK
from generator.render.plate import Plate, embed, fixed

Files = dict[str, str | bytes]


def beside(dossier: Dossier, plate: Plate, wide: Drawn) -> Files:
    """Return the files by name; those of what was measured only where something was."""
    measurement, url = dossier.measurement, plate.url
    files: Files = {
        "embed.svg": embed(plate),
        "chart.vl.json": _signed(wide.spec, plate),
        "incident.jsonld": structured.article(dossier.entry, dossier.incident, measurement, url),
        "claims.csv": exports.claims_csv(dossier.incident),
        **cite.files(cite.cite_of(dossier.entry, url)),
    }
    return files | (series.files(measurement) if measurement else {})


def plate_of(dossier: Dossier, svg: str, url: str) -> Plate:
    """Return the chart of an incident, ``svg``, as something to stand on its own elsewhere."""
    entry, measurement = dossier.entry, dossier.measurement
    view = entry_view(entry)
    kept = "routing measured here" if measurement else "reported, not measured here"
    return Plate(
        svg=svg,
        url=url,
        kicker=f"{view['places']} · {dates(entry)}",
        title=entry.title,
        lead=view["length"] if view["length"] != "unknown" else "length unknown",
        note=f"{view['what']} · cause {entry.standing} · {kept}",
        credit=attribution(measurement) if measurement else "",
    )


def _signed(spec: str, plate: Plate) -> str:
    """Return a specification that says whose it is, in colours that every program knows."""
    told = {"source": plate.url, "licence": LICENCE, "attribution": plate.rights}
    plain = fixed(spec).replace("currentColor", INK)
    # Put before its other entries as text: none is called so, and to read it takes as long again.
    return f'{{"usermeta": {json.dumps(told, ensure_ascii=False)}, {plain.removeprefix("{")}'
