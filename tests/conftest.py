"""What several tests share: the fictional archive, and short ways to read and to check a text."""

import fcntl
import os
from pathlib import Path

import coverage
import pytest

from generator.check.rules import check_record
from generator.model.incident import Incident
from generator.model.problem import BrokenInputError
from generator.read.archive import Record
from generator.read.record import load
from tests.exported import dossiers_of, exported

HERE = Path(__file__).parent
# By which coverage counts in the processes that a test starts.
BEGINS_COUNTING = "COVERAGE_PROCESS_CONFIG"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Leave what is marked ``large`` out of coverage: counting would take longer than all it does.

    Whatever it runs is run, and counted, by smaller tests.
    """
    if not (item.get_closest_marker("large") and (counting := coverage.Coverage.current())):
        return (yield)
    begin = os.environ.pop(BEGINS_COUNTING, "")
    counting.stop()
    try:
        return (yield)
    finally:
        counting.start()
        os.environ[BEGINS_COUNTING] = begin


@pytest.fixture(scope="session")
def archive():
    """The folder of the fictional archive."""
    return HERE / "archive"


@pytest.fixture(scope="session")
def common(tmp_path_factory):
    """A folder that all processes of one run of the tests have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def made_once(common):
    """A function from a name to the folder of that name, filled by whoever asks for it first."""

    def folder_of(name, fill):
        with (common / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (common / f"{name}.done").exists():
                fill(common / name)
                (common / f"{name}.done").touch()
        return common / name

    return folder_of


@pytest.fixture(scope="session")
def charts(common):
    """A folder that keeps drawn charts from one test to the next, as a build's cache does."""
    folder = common / "charts"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def dossiers(archive):
    """Every incident of the fictional archive, newest first, as the exports need it."""
    return dossiers_of(archive)


@pytest.fixture(scope="session")
def files(dossiers):
    """The fictional archive as data, by path."""
    return exported(dossiers)


@pytest.fixture(scope="session")
def record(archive):
    """The text of a record that uses nearly every field."""
    file = archive / "incidents/2030/2030-01-31-ross-sea/incident.yaml"
    return file.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def refusals():
    """A function from text or bytes to the problems that reading them finds, as printed."""

    def refusals_of(text, model=Incident):
        raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        try:
            load(model, raw, "r.yaml")
        except BrokenInputError as error:
            return [str(problem) for problem in error.problems]
        return []

    return refusals_of


@pytest.fixture(scope="session")
def checked():
    """A function from a sound text to the problems that the rules find in it."""

    def problems_of(text, identifier="2030-01-31-ross-sea"):
        incident, document = load(Incident, text.encode(), "r.yaml")
        subject = Record(identifier, HERE, "r.yaml", incident, document)
        return check_record(subject, documentation_space=True)

    return problems_of


@pytest.fixture(scope="session")
def findings(checked):
    """A function from a text to what one rule finds in it: ``field: what`` for each."""

    def findings_of(text, rule, identifier="2030-01-31-ross-sea"):
        problems = checked(text, identifier)
        return [f"{p.field}: {p.what}" for p in problems if p.rule == rule]

    return findings_of


@pytest.fixture(scope="session")
def edited():
    """A function that replaces one passage of a text, which must be there exactly once."""

    def edit(text, *changes):
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
            text = text.replace(old, new)
        return text

    return edit
