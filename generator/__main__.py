"""The commands: ``python -m generator check``, ``build`` and others. Parses, prints, exits."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from generator import build as building
from generator.flags import allow_documentation_space
from generator.model.problem import BrokenInputError, Problem
from generator.render.problems import as_text, urgent_first

# Commands whose code is slow to load: it is loaded only where the command is named.
APART = {
    "new": ("generator.new", "begin a record, or drafts from a tracker's export or an issue"),
    "check": ("generator.checking", "find every problem in the records and their evidence"),
    "diff": ("generator.comparing", "tell what a change does to the public record"),
    "links": ("generator.links", "ask whether the sources are still there, look for copies"),
    "fetch": ("generator.freeze", "freeze routing messages as an incident's evidence"),
    "offline": ("generator.offline", "build a copy of the site that opens from a folder"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 well, 1 problems found, 2 wrong words."""
    words = sys.argv[1:] if arguments is None else arguments
    options = _parser(words).parse_args(words)
    try:
        code: int = options.run(options)
    except BrokenInputError as broken:
        _report(broken.problems)
        return 1
    except (building.PublishError, building.WorkerLostError) as refused:
        print(refused, file=sys.stderr)
        return 1
    return code


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m generator", description="Gone Dark: records in, a site out."
    )
    parser.add_argument(
        "--project", type=Path, default=Path(), help="the project's folder (default: this one)"
    )
    known = ",".join((*APART, "build", "pages", "serve"))
    commands = parser.add_subparsers(required=True, metavar=f"{{{known}}}")
    for name, run, what in (
        ("build", _build, "check the records and build the site into build/site"),
        ("pages", _pages, "write the site's pages as Markdown into build/pages, and no more"),
        (
            "serve",
            _serve,
            "show the site on this machine; what is saved is shown at its page at once",
        ),
    ):
        command = commands.add_parser(
            name,
            help=what,
            description=f"{what[0].upper()}{what[1:]}.",
            epilog=f"examples:\n  python -m generator {name}\n"
            f"  python -m generator --project ../another-archive {name}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.set_defaults(run=run)
        allow_documentation_space(command)
    _add_apart(commands, words)
    return parser


def _add_apart(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], words: Sequence[str]
) -> None:
    """Add the commands of modules of their own, which have a function ``register``."""
    for name, (module, what) in APART.items():
        if name in words:
            import_module(module).register(commands)
        else:
            commands.add_parser(name, help=what)


def _report(problems: Sequence[Problem]) -> None:
    for problem in urgent_first(problems):
        print(as_text(problem), file=sys.stderr)


def _build(options: argparse.Namespace) -> int:
    site = building.build(options.project, documentation_space=options.documentation_space)
    print(f"The site is in {site.as_posix()}. Look at it with: make serve")
    return 0


def _pages(options: argparse.Namespace) -> int:
    building.write_pages(options.project, documentation_space=options.documentation_space)
    return 0


def _serve(options: argparse.Namespace) -> int:
    from generator import preview  # noqa: PLC0415  (only the preview needs it)

    return preview.serve(options.project, documentation_space=options.documentation_space)


if __name__ == "__main__":
    sys.exit(main())
