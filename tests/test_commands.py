"""What the commands say of themselves."""

import pytest

from generator.__main__ import APART, main


@pytest.mark.parametrize("command", ["check", "build", "pages", "serve", *APART])
def test_every_command_says_what_it_does_with_an_example(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])

    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert "example" in told
    assert f"python -m generator {command}" in told


def test_no_command_is_told_which_there_are(capsys):
    with pytest.raises(SystemExit) as ended:
        main([])

    assert ended.value.code == 2
    assert "check" in capsys.readouterr().err
