"""The ``offline`` command: a copy of the site that opens from a folder, without a server."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.build import build
from generator.flags import allow_documentation_space
from generator.render.offline import offline
from generator.swap import aside, one_at_a_time, put_in_place
from generator.writing import link

ABOUT = (
    "Build the site, and beside it a copy in build/offline that opens from a folder, on a machine "
    "without a server or a network. It has no scripts and says all that the site says."
)
_SCRIPTS = ("pagefind",)  # what only a script can use


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command; its ``run`` takes the parsed arguments, returns the exit code."""
    command = commands.add_parser(
        "offline",
        help="build a copy of the site that opens from a folder",
        description=ABOUT,
        epilog="examples:\n  python -m generator offline\n  xdg-open build/offline/index.html",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    allow_documentation_space(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Build both and say where the copy is; returns 0, or raises what a build raises."""
    build_folder = (options.project / "build").resolve()
    with one_at_a_time(build_folder):
        site = build(options.project, documentation_space=options.documentation_space)
        copy(site, build_folder / "offline")
    sys.stdout.write(f"Open {build_folder.as_posix()}/offline/index.html\n")
    return 0


def copy(site: Path, target: Path) -> None:
    """Make ``target`` the site's copy, all at once; call under the build's lock."""
    with aside(target) as work:
        made = work / "new"
        for path in sorted(site.rglob("*")):
            name = path.relative_to(site)
            if path.is_file() and name.parts[0] not in _SCRIPTS:
                _copy(path, made / name)
        put_in_place(made, target)


def _copy(path: Path, target: Path) -> None:
    if path.suffix != ".html":
        link(path, target)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(offline(path.read_text("utf-8")), encoding="utf-8")
