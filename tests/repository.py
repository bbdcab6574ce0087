"""A folder as a git repository, and edits in it."""

import subprocess


def git(folder, *words):
    """Run git in a folder as somebody, and return what it said."""
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *words], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def commit(folder):
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "a change")


def as_repository(folder):
    """Make a folder a repository that holds all that is in it."""
    git(folder, "init", "-q")
    git(folder, "config", "core.autocrlf", "false")
    commit(folder)
    return folder


def replace(path, old, new):
    """Replace the first passage of a file, which must be there."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
