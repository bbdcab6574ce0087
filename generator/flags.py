"""Flags that several commands have."""

from __future__ import annotations

import argparse


def allow_documentation_space(command: argparse.ArgumentParser) -> None:
    """Add the flag by which documentation addresses and AS numbers pass."""
    command.add_argument(
        "--documentation-space",
        action="store_true",
        help="allow documentation addresses and AS numbers, for examples and tests",
    )
