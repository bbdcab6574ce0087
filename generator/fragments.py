"""What a search index keeps of each page, taken over from the index before it.

Pagefind names such a fragment by its content and writes it only where no file has that name. To
pack and write 2,600 of them takes two thirds of the time that an index takes, so those of the last
index are laid where the next is to be made. What comes out is the same, file for file, as without:
a name is but 28 bits of a hash, and where it cannot be told that none stands for two contents, the
index has to be made from nothing.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Set
from pathlib import Path

_FRAGMENT = "fragment"
_END = ".pf_fragment"
_NAME = re.compile(rb"en_[0-9a-f]{7,}")  # in what an index says of itself, fragments among others
_NAME_LENGTH = len("en_1f47789")  # of a name that no other begins like


def take_over(last: Path, index: Path) -> frozenset[str]:
    """Move the fragments of one index to where another shall be made; return their names."""
    index.mkdir(parents=True)
    (last / _FRAGMENT).rename(index / _FRAGMENT)
    return _fragments(index)


def settle(index: Path, taken: Set[str], changed: int, pages: int) -> bool:
    """Remove the fragments that are of no page of an index; say whether the others are right.

    They are when as many were written as pages ``changed`` since the index they were taken over
    from, so that none of another page was taken for one; when there is one for each of ``pages``;
    and when no name had to be made longer, because there was one like it already.
    """
    present, named = _fragments(index), _named(index)
    for name in present - named:
        (index / _FRAGMENT / f"{name}{_END}").unlink()
    used = present & named
    short = all(len(name) == _NAME_LENGTH for name in used)
    return short and len(used) == pages and len(present - taken) == changed


def _fragments(index: Path) -> frozenset[str]:
    return frozenset(path.stem for path in (index / _FRAGMENT).iterdir())


def _named(index: Path) -> frozenset[str]:
    told = (gzip.decompress(path.read_bytes()) for path in index.glob("*.pf_meta"))
    return frozenset(name.decode() for text in told for name in _NAME.findall(text))
