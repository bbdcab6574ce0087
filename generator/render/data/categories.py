"""The columns that give a kind of cause in the words of other trackers."""

from __future__ import annotations

from generator.render.data.columns import Column, derived

COLUMNS: tuple[Column, ...] = (
    derived("cloudflare_radar", "string", "The category as Cloudflare Radar would call it."),
    derived("ioda", "string", "The category as IODA's curated list would call it."),
    derived("keepiton", "string", "The category as Access Now's STOP list would call it."),
)
