"""What a search index holds of pages (fragments) and of words (chunks), taken over from the last.

Pagefind names either by its content and writes it only where no file has that name; to pack and
write all of them is half of the work of an index. So those of the last index are
laid where the next is to be made: what comes out is the same, file for file, as without.

A name is only 28 bits of a hash. That one stands for two contents is found out by counting pages
and by the words that a chunk goes from and to; but not of a chunk that changed between the same two
words, and is called as it was. That is one in 270 million, and then such a chunk would stay wrong
in the browser of a reader who has it already, however the index was made.
"""

from __future__ import annotations

import gzip
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import cbor2

_FRAGMENTS, _CHUNKS = "fragment", "index"
_MAGIC = b"pagefind_dcd"
_NAME_LENGTH = len("en_1f47789")  # of a name that no other begins like


@dataclass(frozen=True)
class Names:
    """The names of an index's fragments; those of its chunks with their first and last words."""

    fragments: Collection[str]
    chunks: Mapping[str, tuple[str, str]]


def take_over(last: Path, index: Path) -> Names:
    """Move the fragments and chunks of one index to where another shall be made."""
    taken = _names(last)
    index.mkdir(parents=True)
    for folder in (_FRAGMENTS, _CHUNKS):
        (last / folder).rename(index / folder)
    return taken


def settle(index: Path, taken: Names, changed: int, pages: int) -> bool:
    """Remove what is not of an index; say whether what was taken over and stays is right.

    It is when each of ``pages`` has a fragment, and as many were written as pages ``changed``, so
    that none of another page was taken for one; when chunks are of the words they were of; and when
    no name had to be made longer, because there was one like it already.
    """
    named = _names(index)
    there = {path.stem for path in (index / _FRAGMENTS).iterdir()}
    for folder, names in ((_FRAGMENTS, named.fragments), (_CHUNKS, named.chunks)):
        for path in (index / folder).iterdir():
            if path.stem not in names:
                path.unlink()
    return (
        len(there.intersection(named.fragments)) == pages
        and len(there.difference(taken.fragments)) == changed
        and all(taken.chunks.get(name, words) == words for name, words in named.chunks.items())
        and all(len(name) == _NAME_LENGTH for name in (*named.fragments, *named.chunks))
    )


def _names(index: Path) -> Names:
    (told,) = index.glob("*.pf_meta")
    raw = gzip.decompress(told.read_bytes()).removeprefix(_MAGIC)
    _version, pages, chunks, *_ = cbor2.loads(raw)
    return Names(
        frozenset(name for name, _words in pages),
        {name: (first, last) for first, last, name in chunks},
    )
