"""Where an incident was: places, networks, prefixes, and what has a name but no AS number."""

from __future__ import annotations

from pydantic import Field

from generator.model.claims import Model
from generator.model.resources import Asn, CountryCode, Prefix, RegionCode
from generator.model.vocabulary import Line, Prose, Role, SystemKind


class Network(Model):
    """A network and its part in the incident."""

    asn: Asn | None = Field(
        None, description="AS number, written AS64500; left out where no source gives it."
    )
    name: Line = Field(description="The network's name.")
    role: Role = Field(description="Its part in the incident.")
    note: Prose | None = Field(None, description="What more is known of its part.")


class System(Model):
    """A cable, a satellite, a grid, a service: what has a name but no AS number."""

    name: Line = Field(description="Its name, such as SEA-ME-WE 4.")
    kind: SystemKind = Field(description="What it is.")
    note: Prose | None = Field(None, description="What happened to it.")


class Where(Model):
    """Places, networks and prefixes hit."""

    countries: tuple[CountryCode, ...] = Field((), description="ISO 3166-1 alpha-2 codes.")
    regions: tuple[RegionCode, ...] = Field(
        (), description="ISO 3166-2 codes, when smaller than a country."
    )
    networks: tuple[Network, ...] = Field((), description="Networks involved, with their roles.")
    systems: tuple[System, ...] = Field(
        (), description="Cables, satellites, grids and services that were hit or gave way."
    )
    prefixes: tuple[Prefix, ...] = Field((), description="Prefixes hit, in canonical form.")
    scope: Line | None = Field(None, description="The extent in words, when codes cannot say it.")
