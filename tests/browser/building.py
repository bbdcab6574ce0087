"""The fictional archive as the command builds it."""

import os
import shutil
import subprocess
import sys

from tests.site_project import REPOSITORY


def laid_out(folder):
    """Make a project of the fictional archive in ``folder``, to build."""
    folder.mkdir(parents=True)
    shutil.copytree(REPOSITORY / "tests/archive/incidents", folder / "incidents")
    shutil.copytree(REPOSITORY / "docs", folder / "docs")
    shutil.copy(REPOSITORY / "mkdocs.yml", folder)


def built(folder, **environment):
    """Build the fictional archive in ``folder`` with the command, and return its site."""
    laid_out(folder)
    command = [sys.executable, "-m", "generator", "--project", str(folder)]
    subprocess.run(
        [*command, "build", "--documentation-space"],
        cwd=REPOSITORY,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000", **environment},
        check=True,
        capture_output=True,
    )
    return folder / "build" / "site"
