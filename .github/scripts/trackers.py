"""Fetch what public trackers of outages recorded lately.

`trackers.py FOLDER` puts their files there, as they came. The addresses are fixed. Cloudflare Radar
wants a token (CLOUDFLARE_RADAR_TOKEN); without one it is left out, with a note. What KeepItOn
records comes once a year, as a sheet, and is drafted from by hand.
"""

from __future__ import annotations

import os
import sys
import time
import urllib.request
from pathlib import Path

from hub import Stay

DAYS = 9  # a week, and some for what was entered late
MOST_BYTES = 20_000_000
TIMEOUT_S = 60
IODA = "https://api.ioda.inetintel.cc.gatech.edu/v2/outages/events"
RADAR = "https://api.cloudflare.com/client/v4/radar/annotations/outages"
TOKEN = "CLOUDFLARE_RADAR_TOKEN"  # noqa: S105  (its name)


def main(arguments: list[str]) -> int:
    """Fetch each tracker's file; return 1 only if none could be had."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    now_s = int(time.time())
    window = f"from={now_s - DAYS * 86_400}&until={now_s}"
    came = [_kept(folder / "ioda.json", f"{IODA}?entityType=country&{window}", {})]
    if token := os.environ.get(TOKEN):
        address = f"{RADAR}?dateRange=14d&limit=500&format=json"
        bearer = {"Authorization": f"Bearer {token}"}
        came.append(_kept(folder / "cloudflare-radar.json", address, bearer))
    else:
        print(f"::notice::Cloudflare Radar is left out: the secret {TOKEN} is not set.")
    return 0 if any(came) else 1


def _kept(file: Path, address: str, headers: dict[str, str]) -> bool:
    request = urllib.request.Request(  # noqa: S310  (fixed above, https)
        address, headers={"User-Agent": "gone-dark (open archive of outages)", **headers}
    )
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=TIMEOUT_S) as answer:
            content = answer.read(MOST_BYTES + 1)
    except OSError as error:
        print(f"::warning::{file.stem} could not be asked: {error}")
        return False
    if len(content) > MOST_BYTES:
        print(f"::warning::{file.stem} sent more than {MOST_BYTES:,} bytes")
        return False
    file.write_bytes(content)
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
