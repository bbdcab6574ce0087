"""The axes of a panel of the chart of what routing saw."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt

from generator.render.charts import blank


@dataclass(frozen=True)
class Axes:
    """The axes of a panel as the looks of its layers have them, with blanks for where they end.

    ``clock`` is the expression of the labels of time, ``told`` how numbers are written that stand
    beside the panel's own scale: not at all where it is empty.
    """

    clock: str
    labelled: bool
    grid: bool
    told: str

    def x(self, field: str) -> alt.X:
        """Return the time axis that all panels share; only some have it labelled."""
        scale = alt.Scale(type="utc", domain=blank("window"), nice=False)
        shown = self.labelled
        axis = alt.Axis(
            title=None, values=blank("every"), labelExpr=self.clock,
            labels=shown, ticks=shown, domain=shown, grid=self.grid,
        )  # fmt: skip
        return alt.X(f"{field}:T", scale=scale, axis=axis)

    def y(self, field: str) -> alt.Y:
        """Return the panel's own scale."""
        scale = alt.Scale(domain=blank("edges"), nice=False, zero=False)
        axis = alt.Axis(title=None, values=blank("numbers"), format=self.told, grid=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=axis if self.told else None)
