"""What each incident gives to the exports, made once and kept for as long as the incident stays so.

A piece and the rows for the database lie in one file, one after the other: most merges want the
first alone.
"""

from __future__ import annotations

import io
import pickle  # nosec B403  (reads only what this program put into its own cache)
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.cache import Cache, key_of
from generator.derive.entry import entry_of
from generator.engine import PublishError
from generator.render.data.columns import Dossier, Rows
from generator.render.data.pieces import Piece, piece_of
from generator.render.data.sqlite import rows_of
from generator.studies import Question, recalled


class PieceError(PublishError):
    """A piece is missing or damaged that others are to be put together with."""


@dataclass(frozen=True)
class Wish:
    """A piece that is wanted: of which incident, and on the site with which address."""

    build: Path
    question: Question
    url: str

    @property
    def key(self) -> str:
        """What stands for all that the piece is made from."""
        return key_of(self.question.key, self.url)


class Pieces:
    """The pieces in a build's cache, by key."""

    def __init__(self, build: Path) -> None:
        self._cache = Cache(build / "cache" / "pieces")

    def find(self, key: str) -> Piece | None:
        """Return a piece; None where it was never made, or is damaged."""
        raw = self._cache.get(key)
        return None if raw is None else _load(io.BytesIO(raw))

    def has(self, key: str) -> bool:
        """Say whether there is something under a key; it may be damaged."""
        return self._cache.has(key)

    def all(self, keys: Iterable[str]) -> Iterator[Piece]:
        """Yield the pieces with these keys, one in memory at a time.

        Raises PieceError when one is missing or damaged.
        """
        return (_load(self._stream(key)) for key in keys)

    def rows(self, keys: Iterable[str]) -> Iterator[Rows]:
        """Yield the rows of the pieces with these keys, likewise."""
        for key in keys:
            stream = self._stream(key)
            _load(stream)
            rows: Rows = pickle.load(stream)  # noqa: S301  # nosec B301
            yield rows

    def put(self, wish: Wish, dossier: Dossier) -> None:
        """Make the piece of an incident from all that exports need of it, and keep it."""
        rows = rows_of(dossier)
        made = piece_of(dossier, rows, wish.url)
        self._cache.put(wish.key, pickle.dumps(made, protocol=5) + pickle.dumps(rows, protocol=5))

    def prune(self, keys: Collection[str]) -> None:
        """Remove all pieces but these."""
        self._cache.prune(keys)

    def _stream(self, key: str) -> io.BytesIO:
        raw = self._cache.get(key)
        if raw is None:
            what = f"{self._cache.folder} was changed during the build"
            raise PieceError(f"{what}; nothing was published. Build again.")
        return io.BytesIO(raw)


def _load(stream: io.BytesIO) -> Piece:
    # Our own, and its sum was right.
    found: Piece = pickle.load(stream)  # noqa: S301  # nosec B301
    return found


def keep_piece(wish: Wish, dossier: Dossier) -> None:
    """See that the piece of an incident is kept, where all that it is made from is at hand."""
    pieces = Pieces(wish.build)
    if pieces.find(wish.key) is None:
        pieces.put(wish, dossier)


def mend_piece(wish: Wish) -> None:
    """Make and keep the piece of an incident where none is kept, or a damaged one."""
    pieces = Pieces(wish.build)
    if pieces.find(wish.key) is None:
        whole = recalled(wish.question)
        if whole.record is None:
            raise AssertionError("a broken record gives nothing to the exports")
        entry = entry_of(whole.record, whole.measurement)
        pieces.put(wish, Dossier(entry, whole.record.incident, whole.measurement))
