"""MRT, the format of the route collectors' archives (RFC 6396, RFC 8050), read as a stream."""

from generator.fetch.mrt.element import Element
from generator.fetch.mrt.reading import elements, select
from generator.fetch.mrt.stream import MrtStream

__all__ = ["Element", "MrtStream", "elements", "select"]
