"""The house itself: its layers, its limits, its locks, and the words that describe it."""

import ast
import re
from pathlib import Path

import pytest

from generator.check.rules import check_record
from generator.read.archive import read_one

PROJECT = Path(__file__).parent.parent
GENERATOR = PROJECT / "generator"

LAYERS = ("model", "read", "check", "derive", "render")
# What each part may import beside itself; files directly in generator/ may import everything.
ALLOWED = {layer: set(LAYERS[:height]) for height, layer in enumerate(LAYERS)} | {
    "fetch": {"model", "read"}
}
LONGEST_FUNCTION, LONGEST_FILE = 40, 250
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "misc", "common"}

EXAMPLE = Path("tests/archive/incidents/2032/2032-02-29-heard-island/incident.yaml")
LOCKS = ("requirements.txt", "requirements-test.txt")


def modules():
    return sorted(GENERATOR.rglob("*.py"))


def imported(source, package):
    """Every module a text imports, wherever in it the import stands, as dotted names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else ()
            whole = ".".join((*base, *filter(None, [node.module])))
            yield from (f"{whole}.{alias.name}" for alias in node.names)


def climbs(source, part, package):
    """The imports in a text by which one part of the house reaches where it may not."""
    reached = [name.split(".") for name in imported(source, package)]
    own = [name for name in reached if name[0] == "generator"]
    return [
        ".".join(name) for name in own if len(name) < 2 or name[1] not in {*ALLOWED[part], part}
    ]


def place_of(file):
    """The part of the house a file is in, and its package."""
    return file.relative_to(GENERATOR).parts[0], file.parent.relative_to(PROJECT).parts


def functions(file):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [one for one in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(one, kinds)]


def pins(lock):
    text = (PROJECT / lock).read_text("utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", text, re.MULTILINE))


def commands(text):
    """The make commands that a text names, in code or at the beginning of a line."""
    return set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE))


def made_by_make():
    text = (PROJECT / "Makefile").read_text("utf-8")
    return set(re.findall(r"^([a-z]+):", text, re.MULTILINE))


def test_imports_only_go_down():
    inside = [file for file in modules() if file.parent != GENERATOR]

    found = {
        file.relative_to(PROJECT).as_posix(): climbs(file.read_text("utf-8"), *place_of(file))
        for file in inside
    }

    assert {name: up for name, up in found.items() if up} == {}
    assert {place_of(file)[0] for file in inside} == set(ALLOWED)


@pytest.mark.parametrize(
    ("source", "part", "up"),
    [
        ("from generator.derive import timing", "check", ["generator.derive.timing"]),
        ("from generator import derive", "check", ["generator.derive"]),
        ("import generator.render.words", "model", ["generator.render.words"]),
        ("import generator", "model", ["generator"]),
        ("from ..derive.timing import span", "check", ["generator.derive.timing.span"]),
        ("def late():\n    from generator import render", "read", ["generator.render"]),
        ("if TYPE_CHECKING:\n    import generator.site", "render", ["generator.site"]),
        ("from generator.check import times", "fetch", ["generator.check.times"]),
        ("from generator.model import claims\nimport json\nfrom . import times", "check", []),
        ("from generator.read.evidence import Evidence", "fetch", []),
    ],
)
def test_an_import_that_climbs_is_found_wherever_it_stands(source, part, up):
    package = ("generator", part)

    assert climbs(source, part, package) == up


def test_no_function_is_longer_than_forty_lines():
    lengths = {
        f"{file.relative_to(PROJECT).as_posix()}:{one.name}": one.end_lineno - one.lineno + 1
        for file in modules()
        for one in functions(file)
    }

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}
    assert lengths


def test_no_file_is_longer_than_two_hundred_and_fifty_lines():
    lengths = {
        file.relative_to(PROJECT).as_posix(): len(file.read_text("utf-8").splitlines())
        for file in modules()
    }

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}
    assert lengths


def test_no_group_of_a_regular_expression_is_possessive():
    # Python 3.11.2, which Debian 12 has, goes on behind what such a group began and did not match.
    found = [
        f"{file.relative_to(PROJECT).as_posix()}: {group}"
        for file in modules()
        for group in re.findall(r"r[bf]?\".*?(?:\)[*+?]\+|\}\+|\(\?>).*", file.read_text("utf-8"))
    ]

    assert found == []


def test_every_module_is_named_for_what_is_in_it():
    names = {
        word
        for file in modules()
        for part in file.relative_to(GENERATOR).with_suffix("").parts
        for word in part.split("_")
    }

    assert names & EMPTY_NAMES == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_holds_a_hash_for_every_package_and_no_address(lock):
    text = (PROJECT / lock).read_text("utf-8")
    plain = re.sub(r"#.*", "", text).replace("\\\n", " ")
    lines = [line.split() for line in plain.splitlines() if line.strip()]

    unpinned = [words[0] for words in lines if not re.fullmatch(r"[\w.-]+==[^\s;]+", words[0])]
    unhashed = [words[0] for words in lines if "--hash=sha256:" not in " ".join(words)]

    assert (unpinned, unhashed) == ([], [])
    assert lines
    assert "://" not in text


def test_the_tests_run_with_the_versions_that_the_site_is_built_with():
    site, test = (pins(lock) for lock in LOCKS)

    assert {name: test.get(name) for name in site} == site
    assert site


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "docs/contributing.md", ".github/workflows/check.yml"]
)
def test_every_make_command_that_is_named_exists(page):
    text = (PROJECT / page).read_text("utf-8").replace("run: make", "make")
    named = commands(re.sub(r"^ +make", "make", text, flags=re.MULTILINE))

    assert named - made_by_make() == set()
    assert named


def test_the_record_in_the_guide_is_the_one_the_tests_read():
    guide = (PROJECT / "docs/contributing.md").read_text("utf-8")

    blocks = re.findall(r"^```yaml\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)

    assert blocks == [(PROJECT / EXAMPLE).read_text("utf-8")]


def test_the_record_in_the_guide_breaks_no_rule():
    record, problems = read_one(PROJECT / EXAMPLE)

    errors = [one for one in check_record(record) if one.severity == "error"]

    assert (problems, errors) == ([], [])


def test_every_link_in_the_readme_and_the_short_guide_leads_somewhere():
    pages = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md"]
    links = {
        link.partition("#")[0]
        for page in pages
        for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
    }

    lost = {link for link in links if "://" not in link and not (PROJECT / link).exists()}

    assert lost == set()
    assert links
