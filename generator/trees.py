"""A tree of files as it shall be, each file the same as one that lies elsewhere.

A tree that nobody looks at is made so by changing only what differs, however it came to differ: a
file is right when it is the file it shall be, the same inode, and not when it looks like it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from generator.writing import link

_ELSEWHERE = 0  # stands for the inode of a file on another device: it can be copied, not linked
_NOTHING = (-1, "")


@dataclass
class Tree:
    """The files of a folder by name, each with its inode and where it lies; and its folders."""

    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    folders: dict[str, Tree] = field(default_factory=dict)

    def put(self, name: str, inode: int, place: str) -> None:
        """Let a file be in the tree, under a name with the folders it is in."""
        *folders, last = name.split("/")
        home = self
        for folder in folders:
            home = home.folders.setdefault(folder, Tree())
        home.files[last] = (inode, place)

    def add(self, other: Tree) -> None:
        """Let all files of another tree be in this one."""
        self.files |= other.files
        for name, folder in other.folders.items():
            self.folders.setdefault(name, Tree()).add(folder)


def _everything(_name: str) -> bool:
    return True


def tree_of(folder: Path, near: Path, wanted: Callable[[str], bool] = _everything) -> Tree:
    """Return what lies in a folder, of files and folders those with a wanted name.

    ``near`` is a folder that exists on the device where such a tree shall be.
    """
    same = folder.stat().st_dev == near.stat().st_dev
    return _tree_of(os.fspath(folder), wanted, same_device=same)


def _tree_of(folder: str, wanted: Callable[[str], bool], *, same_device: bool) -> Tree:
    tree = Tree()
    with os.scandir(folder) as entries:
        for entry in entries:
            if not wanted(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                below = _tree_of(entry.path, wanted, same_device=same_device)
                if below.files or below.folders:
                    tree.folders[entry.name] = below
            else:
                tree.files[entry.name] = (entry.inode() if same_device else _ELSEWHERE, entry.path)
    return tree


def is_tree(folder: Path, tree: Tree, but: str = "") -> bool:
    """Say whether a folder holds just the files of a tree, ``but`` one folder in it aside."""
    return folder.is_dir() and _is_tree(os.fspath(folder), tree, but)


def _is_tree(folder: str, tree: Tree, but: str = "") -> bool:
    files, folders = _inodes(folder, but)
    if set(folders) != set(tree.folders) or not _same(files, tree):
        return False
    return all(_is_tree(f"{folder}/{name}", below) for name, below in tree.folders.items())


def _same(files: dict[str, int], tree: Tree) -> bool:
    return files == {name: inode for name, (inode, _) in tree.files.items()}


def make_tree(folder: Path, tree: Tree, but: str = "") -> None:
    """Make a folder hold just the files of a tree, whatever it holds, and be it not there yet.

    ``but`` one folder in it, which is left as it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _make_tree(os.fspath(folder), tree, but)


def _make_tree(folder: str, tree: Tree, but: str = "") -> None:
    files, folders = _inodes(folder, but)
    if set(folders) != set(tree.folders) or not _same(files, tree):
        _clear(folder, files, folders, tree)
        _fill(folder, files, folders, tree)
    for name, below in tree.folders.items():
        _make_tree(f"{folder}/{name}", below)


def _clear(folder: str, files: dict[str, int], folders: list[str], tree: Tree) -> None:
    for name in folders:
        if name not in tree.folders:
            shutil.rmtree(f"{folder}/{name}")
    for name, inode in files.items():
        if inode != tree.files.get(name, _NOTHING)[0]:
            Path(folder, name).unlink()


def _fill(folder: str, files: dict[str, int], folders: list[str], tree: Tree) -> None:
    for name, (inode, place) in tree.files.items():
        if inode == _ELSEWHERE or inode != files.get(name):
            link(place, f"{folder}/{name}")
    for name in tree.folders.keys() - folders:
        Path(folder, name).mkdir()


def _inodes(folder: str, but: str) -> tuple[dict[str, int], list[str]]:
    """Return the inode of each file in a folder, and the names of its folders but one."""
    files, folders = {}, []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders += [entry.name] if entry.name != but else []
            else:
                files[entry.name] = entry.inode()
    return files, folders
