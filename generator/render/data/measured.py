"""The table of what routing evidence shows, a row for each incident that has some."""

from __future__ import annotations

from collections.abc import Iterator

from generator.render.data.columns import INCIDENT, OF_INCIDENT, Dossier, Row, Table, derived
from generator.render.data.times import utc

_COLUMNS = (
    INCIDENT,
    derived("since", "datetime", "First second of the data."),
    derived("until", "datetime", "Last second of the data."),
    derived("vantage_points", "integer", "Networks that gave a full table: who was asked."),
    derived("prefixes", "integer", "Prefixes known to be up at some time."),
    derived("prefixes_down", "integer", "Prefixes with an outage of 60 seconds or more."),
    derived("restored", "integer", "Of those, how many were back when the data end."),
    derived("first_start", "datetime", "Start of the first outage of any prefix."),
    derived("median_start", "datetime", "The median over prefixes of their first start."),
    derived("last_restored", "datetime", "When the last prefix was back."),
    derived("median_longest_s", "integer", "The median of each prefix's longest outage."),
    derived("fewest_visible", "integer", "Fewest prefixes visible at once."),
    derived("fewest_visible_at", "datetime", "When that was first."),
    derived("extent", "string", "total where all were in an outage at once, else partial or none."),
    derived("flaps", "integer", "Stretches down of 30 seconds to 30 minutes."),
    derived("brief_losses", "integer", "Stretches down too short for an outage."),
    derived("grade", "string", "Whether the messages are frozen, or the visibility only."),
    derived("messages", "string", "Where the messages are published."),
    derived("attribution", "string", "The line that the data's terms ask for."),
    derived("terms", "string", "Those terms."),
)


def _rows(dossier: Dossier) -> Iterator[Row]:
    one = dossier.measurement
    if not one:
        return
    seen, told = one.figures, one.provenance
    yield (
        dossier.entry.id,
        utc(seen.since),
        utc(seen.until),
        seen.vantage_points,
        seen.prefixes,
        seen.prefixes_down,
        seen.restored,
        utc(seen.first_start),
        utc(seen.median_start),
        utc(seen.last_restored),
        seen.median_longest_s,
        seen.fewest_visible,
        utc(seen.fewest_visible_at),
        str(seen.extent),
        seen.flaps,
        seen.brief_losses,
        told.grade.value,
        str(told.messages),
        told.attribution,
        str(told.terms),
    )


MEASURED = Table(
    "measured",
    "What routing saw of each incident whose evidence is frozen beside its record.",
    ("incident",),
    _COLUMNS,
    _rows,
    (OF_INCIDENT,),
)
