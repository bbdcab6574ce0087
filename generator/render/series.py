"""What was measured, as tables for other programs and for those who read rather than look."""

from __future__ import annotations

from datetime import datetime, timedelta

from generator.derive.measurement import Measurement
from generator.render import words
from generator.render.data.times import utc
from generator.render.exports import table_csv
from generator.render.pictures import CHART_FILES, Table
from generator.render.sight import MOST_STRIPS

_STEP = timedelta(minutes=5)
_MOST_ROWS = 48


def files(one: Measurement) -> dict[str, str]:
    """Return the tables of a measurement as CSV, by file name; only those with something in."""
    found = {
        "visible.csv": _visible_csv(one),
        "slash24.csv": _slash24_csv(one),
        "outages.csv": _outages_csv(one),
    }
    return found | ({"upstreams.csv": _upstreams_csv(one)} if one.upstreams else {})


def downloads(one: Measurement) -> list[dict[str, str]]:
    """Return the links to all that can be taken from the chart."""
    names = {
        "visible.csv": "prefixes visible over time (CSV)",
        "outages.csv": "each prefix's outages (CSV)",
        "slash24.csv": "/24 blocks visible (CSV)",
        "upstreams.csv": "share of each upstream (CSV)",
        f"routing/{one.provenance.table.file}": "frozen evidence (CSV, gzip)",
        "routing/provenance.yaml": "its provenance (YAML)",
    }
    if not one.upstreams:
        del names["upstreams.csv"]
    return [*CHART_FILES, *({"href": href, "name": name} for href, name in names.items())]


def _time(at: datetime | None) -> str:
    return utc(at) or ""


def _visible_csv(one: Measurement) -> str:
    """Return the number of visible prefixes at each change."""
    rows = [[_time(at), number, one.figures.prefixes - number] for at, number in one.steps]
    return table_csv(["time", "visible", "not_visible"], rows)


def _slash24_csv(one: Measurement) -> str:
    """Return the /24 blocks visible in bins of five minutes, as IODA gives them."""
    return table_csv(["time", "visible_slash24s"], [[_time(at), n] for at, n in one.slash24s])


def _upstreams_csv(one: Measurement) -> str:
    """Return each upstream's share from a time on, in the order of time."""
    rows = sorted((at, via.asn, share) for via in one.upstreams for at, share in via.steps)
    table = [[_time(at), asn, f"{share:.4f}"] for at, asn, share in rows]
    return table_csv(["time", "upstream", "share"], table)


def _outages_csv(one: Measurement) -> str:
    """Return each prefix's outages with their convergence; a time not observed is empty."""
    heads = ["prefix", "start", "end", "length_s", "onset", "dark_at", "first_back", "full_at",
             "withdrawal_s", "announcement_s"]  # fmt: skip
    out = one.outages
    ends = [_time(None if end != end else end) for end in out["end"]]  # noqa: PLR0124  (NaT)
    rows = [
        [seen.prefix, _time(seen.start), end, length_s if end else None, _time(seen.onset),
         _time(seen.dark_at), _time(seen.first_back), _time(seen.full_at), seen.withdrawal_s,
         seen.announcement_s]
        for seen, end, length_s in zip(one.convergence, ends, out["length_s"], strict=True)
    ]  # fmt: skip
    return table_csv(heads, rows)


def table(one: Measurement) -> Table:
    """Return the chart as a table: changes where these are few, else samples."""
    return _changes(one) or _steps(one) or _samples(one)


def _changes(one: Measurement) -> Table | None:
    """Return each prefix's changes of state, where prefixes and changes are few."""
    out = one.outages
    ended = out[out["end"].notna()]
    changes = [(at, prefix, "down") for at, prefix in zip(out["start"], out["prefix"], strict=True)]
    changes += [
        (at, prefix, "up") for at, prefix in zip(ended["end"], ended["prefix"], strict=True)
    ]
    few = one.rows["prefix"].nunique() <= MOST_STRIPS and len(changes) < _MOST_ROWS
    if not few or not changes:
        return None
    rows: list[list[object]] = [
        [_when(one, at.to_pydatetime()), prefix, became] for at, prefix, became in sorted(changes)
    ]
    caption = "When each prefix went down and came back, losses of under 60 s left out"
    return Table(caption, ["Time (UTC)", "Prefix", "Became"], rows)


def _steps(one: Measurement) -> Table | None:
    if len(one.steps) > _MOST_ROWS:
        return None
    return Table("Prefixes visible, at each change", _HEADS, [_row(one, at) for at, _ in one.steps])


_HEADS = ["Time (UTC)", "Visible", "Not visible"]


def _samples(one: Measurement) -> Table:
    figures = one.figures
    step = max(_STEP, (figures.until - figures.since) / _MOST_ROWS)
    number = int((figures.until - figures.since) / step)
    rows = [_row(one, figures.since + step * place) for place in range(number + 1)]
    every = words.duration(int(step.total_seconds()))
    return Table(f"Prefixes visible, every {every}", _HEADS, rows)


def _row(one: Measurement, at: datetime) -> list[object]:
    past = [number for when, number in one.steps if when <= at]
    visible = past[-1] if past else one.steps[0][1]
    return [_when(one, at), f"{visible:,}", f"{one.figures.prefixes - visible:,}"]


def _when(one: Measurement, at: datetime) -> str:
    several = one.figures.since.date() != one.figures.until.date()
    return f"{words.short_day(at)}, {at:%H:%M:%S}" if several else f"{at:%H:%M:%S}"
