"""What git knows of an archive at a revision. Reads objects only: nothing there is ever run."""

from __future__ import annotations

import os
import subprocess  # nosec B404  (git runs apart)
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.model.problem import BrokenInputError, Problem

# More than the evidence of a record can have.
MOST_BYTES = 80 << 20
_LINK, _FILES = "120000", ("100644", "100755")
# No question to anybody, nothing written, nothing replaced, and messages in one language.
_QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
}


@dataclass(frozen=True)
class _Blob:
    """A file of a tree."""

    mode: str
    name: str
    size: int
    path: str


def commit_at(project: Path, revision: str) -> str:
    """Return the id of the commit that a revision names; raises BrokenInputError if it is none."""
    words = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    done = _run(project, words)
    if done.returncode:
        cure = "Name a commit, branch or tag that is here; `git fetch origin main` brings one."
        raise BrokenInputError(Problem(revision, 0, "", "no revision of this repository", cure))
    return done.stdout.decode().strip()


def changed_paths(project: Path, base: str, head: str | None) -> list[str]:
    """Return the paths that differ between a commit and another, or the working tree, in order.

    Paths are relative to the project. Of the working tree, files that git does not know yet are
    among them, unless git is told to ignore them.
    """
    words = ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv"]
    found = _names(project, [*words, "--relative", base, *([head] if head else []), "--"])
    if head is None:
        found += _names(project, ["ls-files", "--others", "--exclude-standard", "-z"])
    return sorted(set(found))


def folders_at(project: Path, commit: str, below: str) -> list[str]:
    """Return every folder below one of a commit, as paths; none where the commit has not got it."""
    return _names(project, ["ls-tree", "-d", "-r", "-z", "--name-only", commit, "--", f"{below}/"])


def extract(project: Path, commit: str, folders: Collection[str], target: Path) -> None:
    """Write folders of a commit below ``target``, file by file, as git holds them.

    No attribute, filter or hook of the commit takes part. A symbolic link becomes one that leads
    nowhere, to be found and reported; what leads out of ``target`` or is too large is refused.
    """
    blobs = _blobs(project, commit, folders)
    for blob in blobs:
        _refuse(blob)
    contents = _contents(project, [blob.name for blob in blobs if blob.mode in _FILES])
    for blob in blobs:
        path = target / blob.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if blob.mode in _FILES:
            path.write_bytes(contents[blob.name])
        elif blob.mode == _LINK:
            path.symlink_to("nowhere")


def _blobs(project: Path, commit: str, folders: Collection[str]) -> list[_Blob]:
    if not folders:
        return []
    words = ["ls-tree", "-r", "-l", "-z", commit, "--", *(f"{one}/" for one in sorted(folders))]
    found = []
    for line in _names(project, words):
        about, _, path = line.partition("\t")
        mode, _, name, size = about.split()
        found.append(_Blob(mode, name, int(size) if size.isdigit() else 0, path))
    return found


def _refuse(blob: _Blob) -> None:
    parts = PurePosixPath(blob.path).parts
    if blob.path.startswith("/") or ".." in parts or ".git" in parts:
        cure = "No ordinary tool makes such a commit: do not check it out."
        raise BrokenInputError(Problem(blob.path, 0, "", "a path that leads elsewhere", cure))
    if blob.size > MOST_BYTES:
        what = f"{blob.size:,} bytes in the history, {MOST_BYTES:,} are read at most"
        raise BrokenInputError(Problem(blob.path, 0, "", what, "Compare with another revision."))


def _contents(project: Path, names: Sequence[str]) -> dict[str, bytes]:
    asked = "".join(f"{name}\n" for name in names).encode()
    told = _run(project, ["cat-file", "--batch"], asked).stdout
    found, at = {}, 0
    for name in names:
        head, _, _ = told[at : at + 200].partition(b"\n")
        size = int(head.split()[2]) if head.count(b" ") == 2 else -1
        if size < 0:
            cure = "Fetch the whole history: git fetch --unshallow"
            raise BrokenInputError(Problem(name, 0, "", "a file of the history is missing", cure))
        begin = at + len(head) + 1
        found[name] = told[begin : begin + size]
        at = begin + size + 1
    return found


def _names(project: Path, words: Sequence[str]) -> list[str]:
    done = _run(project, words)
    if done.returncode:
        what = done.stderr.decode(errors="replace").strip().partition("\n")[0] or "git failed"
        raise BrokenInputError(Problem(str(project), 0, "", what, "Is this a git repository?"))
    return [name for name in os.fsdecode(done.stdout).split("\0") if name]


def _run(
    project: Path, words: Sequence[str], given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(project), "-c", "core.fsmonitor=false", *words]
    environment = {**os.environ, **_QUIET}
    try:
        return subprocess.run(  # noqa: S603  # nosec B603  (our own words)
            command, input=given, capture_output=True, check=False, env=environment
        )
    except OSError as error:
        what = f"git cannot be run: {error.strerror}"
        raise BrokenInputError(Problem("git", 0, "", what, "Install git.")) from None
