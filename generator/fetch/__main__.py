"""Fetch one file and check it: ``python -m generator.fetch ADDRESS FILE``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.fetch.body import WebError
from generator.fetch.http import Limits, Web
from generator.fetch.reach import Reach, RefusedError
from generator.fetch.ripestat import answer
from generator.fetch.writing import write_whole

_LIMITS = Limits(most_bytes=64 << 20, total_s=20.0, read_s=10.0, tries=4, most_wait_s=5.0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write one answer of the RIPEstat Data API into a file and return 0, or say why not.

    The file is written whole or not at all.
    """
    parser = argparse.ArgumentParser(
        prog="python -m generator.fetch",
        description="Fetch one answer of the RIPEstat Data API, check it, write it into a file.",
        epilog="example:\n  python -m generator.fetch "
        '"https://stat.ripe.net/data/ris-peers/data.json?query_time=2014-12-20T00:00" peers.json',
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("address")
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="HOST[:PORT]",
        help="for tests: also ask this host, over plain http and at a private address",
    )
    options = parser.parse_args(arguments)
    web = Web(Reach(allowed=frozenset(options.allow_host)), _LIMITS)
    try:
        raw = web.get(options.address, lambda body: answer(body).raw, accept="gzip").value
        write_whole(options.file, raw)
    except (WebError, RefusedError, OSError) as error:
        cure = "Nothing was written. Check the address and the file, then try again."
        sys.stderr.write(f"{options.address}: {error}\n    {cure}\n")
        return 1
    finally:
        web.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
