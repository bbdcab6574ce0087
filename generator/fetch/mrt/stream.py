"""A file as a stream of records, in bounded memory, with an account of what is wrong with it."""

from __future__ import annotations

import struct
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from sys import maxsize

from generator.fetch.mrt.element import Element, MalformedError
from generator.fetch.mrt.inflate import BLOCK_BYTES, PIECE_BYTES, UnsoundError, inflated
from generator.fetch.mrt.kinds import Decoders
from generator.fetch.mrt.search import Find
from generator.model.problem import Problem

MAX_RECORD_BYTES = 1 << 21  # thirty times the largest seen, a table entry of 69,700 bytes

_HEAD_BYTES = 12
_SECOND = struct.Struct(">I").unpack_from
_KIND_AND_LENGTH = struct.Struct(">4xII").unpack_from  # type and subtype in one, bytes of the body
_PAGES = (b"<!doctype", b"<html", b"<head", b"<?xml")
_UNREADABLE = (MalformedError, IndexError, struct.error)
_Walk = Generator[Iterable[Element], None, tuple[int, int]]


@dataclass(frozen=True)
class Fault:
    """What is wrong with a record: its number from 1, and its first byte, inflated, from 0."""

    record: int
    byte: int
    what: str

    @property
    def place(self) -> str:
        """Where it is, in words."""
        return f"record {self.record} at byte {self.byte}"


class MrtStream:
    """An MRT file, from a path or as chunks of bytes; gzip, bzip2 or plain. It is read once.

    ``elements`` and ``select`` yield all that is sound, and never raise because of the bytes; see
    ``problem`` afterwards. What an iterable of chunks raises passes through.
    """

    def __init__(self, source: Path | Iterable[bytes], name: str = "") -> None:
        """Take a path, or chunks of any size; problems call the file by ``name``."""
        self.name = name or (source.as_posix() if isinstance(source, Path) else "MRT stream")
        self.records = 0
        """How many whole records have gone by, those that tell nothing included."""
        self.last_s: int | None = None
        """The Unix second of the last of them: how far a file is sound that ends too early."""
        self.passed_over: Mapping[str, int] = {}
        """How many records were of a kind that is not read, by type or type/subtype: ``13/3``."""
        self._source = source
        self._blocks: Generator[bytes, None, None] | None = None
        self._why_ended = ""  # where it is not that the file is at its end
        self._end: Fault | None = None
        self._first_unread: Fault | None = None
        self._unread = 0

    @property
    def problem(self) -> Problem | None:
        """All that is wrong with what has been read, as one problem; None where nothing is.

        The records before the place where a file breaks were yielded, and those on both sides of
        one that contradicts its own format.
        """
        fault = self._end or self._first_unread
        if not fault:
            return None
        what, cure = fault.what, "Fetch the file again."
        if self._end and self._first_unread:
            first = self._first_unread
            what += f"; {self._unread} before cannot be read, first {first.place}: {first.what}"
        elif self._unread > 1:
            what += f"; {self._unread} records cannot be read, of which this is the first"
        if sound := self.records - self._unread:
            cure += f" What {sound} sound records tell was taken."
        return Problem(self.name, 0, fault.place, what, cure)

    def told(self, decoders: Decoders, find: Find | None = None) -> Iterator[Element]:
        """Yield the elements of all records in order, or of those in which ``find`` sees a place.

        Records that matter not only for their prefixes are always among them.
        """
        return chain.from_iterable(self._told(decoders, find))

    def _told(self, decoders: Decoders, find: Find | None) -> Iterator[Iterable[Element]]:
        """Yield what each record tells, as one: its elements pass through no code of Python's."""
        if self._blocks:
            raise RuntimeError("a stream can be read only once")
        self._blocks = self._inflated()
        self.passed_over = decoders.passed_over
        start, at, needed, stretch = 0, 0, _HEAD_BYTES, b""
        try:
            while len(stretch := self._filled(stretch[at:], needed)) >= needed:
                start += at
                at, needed = yield from self._walk(stretch, start, decoders, find)
                if not needed:
                    self._end = Fault(self.records + 1, start + at, _senseless(stretch[at:]))
                    return
            start += at
            if why := self._why_not_whole(stretch, start, needed):
                self._end = Fault(self.records + 1, start, why)
        finally:
            self._blocks.close()

    def _walk(self, stretch: bytes, start: int, decoders: Decoders, find: Find | None) -> _Walk:
        """Yield what a stretch's records tell; return where it stopped, and what it needs there.

        That is the bytes of the next record as far as they are known, 0 where it is none. This loop
        is the only code that runs for each record of a file when some prefixes are selected.
        """
        skippable = decoders.routes if find else frozenset()
        places = find(stretch) if find else iter(())
        place = next(places, maxsize)
        first, _ = _KIND_AND_LENGTH(stretch, 0)
        usual = first if first in skippable else None  # to compare is faster than to look up
        at, last, size, count = 0, 0, len(stretch), self.records
        last_head, stop = size - _HEAD_BYTES, min(place, size)
        while at <= last_head:
            kind, length = _KIND_AND_LENGTH(stretch, at)
            end = at + _HEAD_BYTES + length
            if end > stop or (kind != usual and kind not in skippable):
                self.records = count
                decode = decoders[kind]
                if end > size or not decode:
                    needed = _record_bytes(length) if decode else 0
                    break
                try:
                    told = decode(_SECOND(stretch, at)[0], stretch[at + _HEAD_BYTES : end])
                except _UNREADABLE as error:
                    self._note(start + at, error)
                    told = getattr(error, "sound", ())
                yield told
                while place < end:
                    place = next(places, maxsize)
                    stop = min(place, size)
            count += 1
            last, at = at, end
        else:
            needed = _HEAD_BYTES
        self.records = count
        if at:
            (self.last_s,) = _SECOND(stretch, last)
        return at, needed

    def _filled(self, left: bytes, needed: int) -> bytes:
        parts, size = [left], len(left)
        most = max(needed, BLOCK_BYTES)
        for block in self._blocks or ():
            parts.append(block)
            size += len(block)
            if size >= most:
                break
        return b"".join(parts)

    def _inflated(self) -> Generator[bytes, None, None]:
        try:
            if isinstance(self._source, Path):
                with self._source.open("rb") as file:
                    yield from inflated(iter(lambda: file.read(PIECE_BYTES), b""))
            else:
                yield from inflated(self._source)
        except UnsoundError as error:
            self._why_ended = str(error)
        except OSError as error:
            if not isinstance(self._source, Path):
                raise
            self._why_ended = error.strerror or "it cannot be read"

    def _why_not_whole(self, left: bytes, start: int, needed: int) -> str:
        if self._why_ended:
            return self._why_ended + (f", {len(left)} bytes into this record" if left else "")
        if left:
            part = "head" if needed == _HEAD_BYTES else "record"
            return f"the file breaks off after {len(left)} of the {needed} bytes of its {part}"
        return "" if start else "the file is empty"

    def _note(self, byte: int, error: Exception) -> None:
        self._unread += 1
        if not self._first_unread:
            self._first_unread = Fault(self.records + 1, byte, _reason(error))


def _record_bytes(length: int) -> int:
    return _HEAD_BYTES + length if length <= MAX_RECORD_BYTES else 0


def _senseless(head: bytes) -> str:
    if head[:64].lstrip().lower().startswith(_PAGES):
        return "a web page stands here: this is not MRT"
    kind, length = _KIND_AND_LENGTH(head)
    return f"a record of type {kind >> 16} and {length} bytes, which cannot be: this is not MRT"


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, MalformedError) else "it is shorter than it says"
