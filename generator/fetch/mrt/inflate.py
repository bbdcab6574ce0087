"""From the bytes of a file to its content: gzip, bzip2 or neither, a piece at a time."""

from __future__ import annotations

import bz2
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from itertools import chain

PIECE_BYTES = 1 << 16  # taken in at once
BLOCK_BYTES = 1 << 18  # given out at once, however much a piece would inflate to
_BZIP2_PIECE_BYTES = 1 << 12

_GZIP = b"\x1f\x8b\x08"
# What bzip2 writes before its first block, or before its end. A plain file of one morning in
# April 2005 begins with BZh too, but does not go on like this.
_BZIP2 = tuple(
    b"BZh%d%b" % (level, magic) for level in range(1, 10) for magic in (b"1AY&SY", b"\x17rE8P\x90")
)
_LONGEST_MAGIC = 10


class UnsoundError(Exception):
    """Compressed data that are damaged or end too early; the text says how."""


def inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the content of a file given in chunks of any size, in blocks of at most 256 KiB.

    Yields all that is sound, then raises UnsoundError where compressed data are damaged, end too
    early, or have something else behind them. Compressed members may follow one another.
    """
    pieces = _pieces(chunks, PIECE_BYTES)
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= _LONGEST_MAGIC:
            break
    whole = chain([head], pieces)
    if head.startswith(_GZIP):
        return _members(_Gzip, whole)
    if head.startswith(_BZIP2):
        return _members(_Bzip2, whole)
    return whole


def _pieces(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    for chunk in chunks:
        for at in range(0, len(chunk), size):
            yield chunk[at : at + size]


class _Member(ABC):
    """One of the compressed members that a file consists of. ``rest`` is what follows its end."""

    name: str

    def __init__(self) -> None:
        self.ended = False
        self.rest = b""
        self.gave = False

    def blocks(self, piece: bytes) -> Iterator[bytes]:
        """Yield what a piece inflates to, up to damage, which raises UnsoundError."""
        for block in self._blocks(piece):
            if block:
                self.gave = True
                yield block

    @abstractmethod
    def _blocks(self, piece: bytes) -> Iterator[bytes]: ...


def _members(kind: type[_Member], pieces: Iterable[bytes]) -> Iterator[bytes]:
    member = kind()
    first = True
    for piece in pieces:
        rest = piece
        while rest:
            if member.ended:
                # Zeros are what tapes and some tools fill up with.
                rest = rest.lstrip(b"\0")
                if not rest:
                    break
                member, first = kind(), False
            try:
                yield from member.blocks(rest)
            except UnsoundError:
                if first or member.gave:
                    raise
                raise UnsoundError(f"something else follows the {kind.name} data") from None
            rest = member.rest
    if not member.ended:
        raise UnsoundError(f"the {kind.name} data break off before their end")


class _Gzip(_Member):
    name = "gzip"

    def __init__(self) -> None:
        super().__init__()
        self._inner = zlib.decompressobj(31)

    def _blocks(self, piece: bytes) -> Iterator[bytes]:
        full = True
        while full and not self._inner.eof:
            before = self._inner.copy()
            try:
                block = self._inner.decompress(piece, BLOCK_BYTES)
            except zlib.error as error:
                yield _before_damage(before, piece)
                reason = str(error).rpartition(": ")[2]
                raise UnsoundError(f"the gzip data are damaged ({reason})") from None
            yield block
            full = len(block) == BLOCK_BYTES
            piece = self._inner.unconsumed_tail
        self.ended, self.rest = self._inner.eof, self._inner.unused_data


class _Bzip2(_Member):
    name = "bzip2"

    def __init__(self) -> None:
        super().__init__()
        self._inner = bz2.BZ2Decompressor()

    def _blocks(self, piece: bytes) -> Iterator[bytes]:
        # An error loses the output of its own call, so little is put in at once.
        for at in range(0, len(piece), _BZIP2_PIECE_BYTES):
            yield from self._inflated(piece[at : at + _BZIP2_PIECE_BYTES])
            if self._inner.eof:
                self.ended = True
                self.rest = self._inner.unused_data + piece[at + _BZIP2_PIECE_BYTES :]
                return

    def _inflated(self, piece: bytes) -> Iterator[bytes]:
        full = True
        while full and not self._inner.eof:
            try:
                block = self._inner.decompress(piece, BLOCK_BYTES)
            except OSError:
                raise UnsoundError("the bzip2 data are damaged") from None
            yield block
            full = len(block) == BLOCK_BYTES
            piece = b""


def _before_damage(inner: zlib._Decompress, piece: bytes) -> bytes:
    """Return what comes out before the byte that is at fault: zlib keeps it when all goes in."""
    out = []
    for at in range(len(piece)):
        try:
            out.append(inner.decompress(piece[at : at + 1]))
        except zlib.error:
            break
    return b"".join(out)
