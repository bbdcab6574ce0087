"""What the commands say of themselves."""

import subprocess
import sys

import pytest

from generator.__main__ import main
from tests.site_project import REPOSITORY


@pytest.mark.parametrize("command", ["check", "build", "pages", "serve", "fetch"])
def test_every_command_says_what_it_does_with_an_example(command):
    told = subprocess.run(
        [sys.executable, "-m", "generator", command, "--help"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert "example" in told
    assert f"python -m generator {command}" in told


def test_no_command_is_told_which_there_are(capsys):
    with pytest.raises(SystemExit) as ended:
        main([])

    assert ended.value.code == 2
    assert "check" in capsys.readouterr().err
