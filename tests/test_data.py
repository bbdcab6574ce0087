"""The archive as data: each export is taken up by a program that knows nothing of this one."""

import csv
import io
import json
import posixpath
import re
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing, redirect_stdout

import duckdb
import pandas as pd
import pytest
import yaml
from frictionless import Package, system
from jsonschema import Draft7Validator, Draft202012Validator
from llms_txt import parse_llms_file
from openapi_spec_validator import OpenAPIV31SpecValidator

from generator.model.incident import Incident
from generator.model.trackers import elsewhere
from generator.model.vocabulary import Category
from generator.render.data.columns import Dossier
from generator.render.data.sqlite import database, rows_of
from generator.render.data.tables import TABLES
from tests.exported import COMMIT, ROSS, URL, edition_of, exported
from tests.site_project import REPOSITORY

FORMATS = REPOSITORY / "tests/formats"


@pytest.fixture(scope="module")
def folder(files, tmp_path_factory):
    """The files as they lie on the site."""
    root = tmp_path_factory.mktemp("site")
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


@pytest.fixture
def base(folder):
    with closing(sqlite3.connect(folder / "data/gone-dark.sqlite")) as opened:
        yield opened


def table(files, name):
    return list(csv.DictReader(io.StringIO(files[f"data/{name}.csv"])))


def test_the_data_package_is_valid_to_its_last_row_and_foreign_key(folder):
    with system.use_context(trusted=True):
        report = Package(str(folder / "data/datapackage.json")).validate()

    assert report.flatten(["title", "message"]) == []
    assert report.stats["tasks"] == len(TABLES)


def test_a_foreign_key_that_leads_nowhere_would_be_told(folder, tmp_path):
    for path in (folder / "data").iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    claims = tmp_path / "claims.csv"
    claims.write_text(claims.read_text("utf-8").replace(ROSS, "2030-01-31-elsewhere"), "utf-8")

    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()

    assert "ForeignKey Error" in {title for (title,) in report.flatten(["title"])}


def test_the_database_is_sound_and_each_link_leads_somewhere(base):
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert len(base.execute("SELECT * FROM pragma_foreign_key_list('claims')").fetchall()) == 7


def test_every_table_of_the_database_holds_what_its_csv_holds(base, files):
    for one in TABLES:
        told = [
            tuple("" if cell is None else str(cell) for cell in row)
            for row in base.execute(f'SELECT * FROM "{one.name}"')  # noqa: S608  (our own names)
        ]
        rows = [tuple(row.values()) for row in table(files, one.name)]
        assert sorted(told) == sorted(rows), one.name


def test_search_finds_an_incident_by_a_person_a_network_and_a_publisher(base, dossiers):
    ross = next(one.incident for one in dossiers if one.entry.id == ROSS)
    words = (
        ross.statements[0].who,
        str(ross.where.networks[0].asn),
        next(iter(ross.sources.values())).publisher,
    )

    for word in words:
        found = base.execute("SELECT id FROM search WHERE search MATCH ?", (f'"{word}"',))
        assert (ROSS,) in found.fetchall(), word


def test_two_builds_of_the_database_are_the_same_bytes(dossiers, files):
    again = database(map(rows_of, dossiers), edition_of(dossiers))

    assert again == files["data/gone-dark.sqlite"]


def test_datasette_opens_the_database_and_searches_its_incidents(folder):
    def answer(question):
        # A process of its own: it leaves connections open, of which Python 3.13 warns at any time.
        opened = [sys.executable, "-m", "datasette", "gone-dark.sqlite", "-m", "metadata.json"]
        return subprocess.run(
            [*opened, "--get", question],
            cwd=folder / "data", capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip

    found = json.loads(answer("/gone-dark/incidents.json?_search=ross&_shape=array"))

    assert ROSS in [one["id"] for one in found]
    assert f'href="/gone-dark/incidents/{ROSS}"' in answer("/gone-dark/claims")
    assert "CC BY 4.0" in answer("/")


def test_the_description_of_the_api_is_sound_openapi(files):
    OpenAPIV31SpecValidator(json.loads(files["api/openapi.json"])).validate()


def test_every_file_of_the_api_is_what_the_description_says(files, dossiers):
    described = json.loads(files["api/openapi.json"])
    schemas = {"$defs": described["components"]["schemas"]}
    text = json.dumps(schemas).replace("#/components/schemas/", "#/$defs/")
    patterns = {
        re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path.lstrip("/")))): told["get"]
        for path, told in described["paths"].items()
    }
    seen = set()

    for name, content in files.items():
        for pattern, told in patterns.items():
            if pattern.fullmatch(name):
                schema = told["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
                kind = schema.rpartition("/")[2]
                wanted = {"$ref": f"#/$defs/{kind}", **json.loads(text)}
                Draft202012Validator(wanted).validate(json.loads(content))
                seen.add(kind)

    assert seen == {"Incidents", "Archive", "Values", "Value", "Record"}
    assert [name for name in files if name.startswith("api/v1/") and not any(
        pattern.fullmatch(name) for pattern in patterns)] == []  # fmt: skip


def test_a_record_comes_back_whole_from_each_form_of_json(files, dossiers):
    together = json.loads(files["data/incidents.json"])["incidents"]
    lines = [json.loads(line) for line in files["data/incidents.ndjson"].splitlines()]

    for one, line, dossier in zip(together, lines, dossiers, strict=True):
        assert one == {key: value for key, value in line.items() if key != "meta"}
        fields = {key: value for key, value in one.items() if key not in ("id", "derived")}
        assert Incident.model_validate(fields) == dossier.incident


def test_every_document_says_its_licence_its_commit_and_whom_to_name(files):
    for name in ("data/incidents.json", "api/v1/incidents.json", "api/v1/countries.json"):
        meta = json.loads(files[name])["meta"]
        assert (meta["licence"], meta["commit"]) == (
            "https://creativecommons.org/licenses/by/4.0/", COMMIT,
        )  # fmt: skip
        assert meta["data_providers"]
    assert COMMIT in files["data/README.txt"]
    assert json.loads(files["data/datapackage.json"])["version"] == COMMIT


def test_columns_that_are_not_derived_bear_the_names_of_the_schema(files):
    schema = Incident.model_json_schema()
    names = {name for one in schema["$defs"].values() for name in one.get("properties", {})}
    names |= set(schema["properties"])
    ours = {"incident", "number", "explanation", "evidence", "bearing", "statement", "key",
            "table", "row", "claim", "figure", "episode", "country", "region", "prefix", "archive",
            "id"}  # fmt: skip

    told = {c.name for one in TABLES for c in one.columns if not c.derived}

    assert told - names <= ours


def test_text_that_a_spreadsheet_would_run_is_text_in_the_csv(dossiers):
    ross = dossiers[-1]
    title = '=HYPERLINK("https://example.org")'
    poisoned = [Dossier(ross.entry, ross.incident.model_copy(update={"title": title}), None)]

    made = exported(poisoned)

    assert table(made, "incidents")[0]["title"] == f"'{title}"
    assert json.loads(made["data/incidents.json"])["incidents"][0]["title"] == title


def test_an_empty_archive_has_every_file_too():
    made = exported([], "unknown")

    assert table(made, "incidents") == []
    assert json.loads(made["data/incidents.json"])["incidents"] == []


def test_every_kind_of_cause_has_its_line_in_the_table_of_other_trackers():
    assert [len(elsewhere(category)) for category in Category] == [3] * len(Category)


def blocks(files):
    """(heading, language, code) of each example of the data page."""
    page = files["data/index.md"]
    found = re.findall(r"^### ([^\n]+)\n(.*?)^```(\w+)\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return {heading: (language, code) for heading, _, language, code in found}


def test_the_data_page_shows_five_ways_to_open_it(files):
    assert {heading: language for heading, (language, _) in blocks(files).items()} == {
        "pandas": "python",
        "DuckDB": "sql",
        "SQLite": "sql",
        "Datasette": "console",
        "A spreadsheet": "text",
    }


def test_the_example_for_pandas_runs(files, folder):
    code = blocks(files)["pandas"][1].replace(URL, f"{folder.as_posix()}/")
    printed = io.StringIO()

    with redirect_stdout(printed):
        exec(code, {})  # noqa: S102  (what the page tells readers to run)

    assert ROSS in printed.getvalue()
    assert pd.read_csv(folder / "data/incidents.csv")["id"].is_unique


def test_the_example_for_duckdb_runs(files, folder):
    code = blocks(files)["DuckDB"][1].replace(URL, f"{folder.as_posix()}/")

    rows = duckdb.sql(code).fetchall()

    assert sum(number for *_, number in rows) == len(table(files, "explanations"))


def test_the_examples_for_sqlite_run(files, base):
    statements = blocks(files)["SQLite"][1].split(";")[:-1]

    found = [base.execute(one).fetchall() for one in statements]

    assert len(found) == 2
    assert all(found)


def test_the_example_for_datasette_runs(files, folder):
    words = shlex.split(blocks(files)["Datasette"][1])
    question = "/gone-dark/incidents.json?_search=ross&_shape=array"

    done = subprocess.run(
        [sys.executable, "-m", *words, "--get", question],
        cwd=folder / "data", capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert ROSS in [one["id"] for one in json.loads(done.stdout)]


def test_the_example_for_a_spreadsheet_names_a_table_that_opens_as_one(files):
    cell = blocks(files)["A spreadsheet"][1]
    path = re.fullmatch(rf'=IMPORTDATA\("{URL}(.*)"\)\n', cell)[1]

    rows = list(csv.reader(io.StringIO(files[path])))

    assert len(rows) == 5
    assert {len(row) for row in rows} == {len(rows[0])}


def test_every_file_that_the_data_page_lists_is_there(files):
    page = files["data/index.md"]
    listed = {
        posixpath.normpath(f"data/{path}")
        for path in re.findall(r'<th scope="row"><a href="([^"]+)"', page)
    }

    # The engine makes the sitemap; test_site.py reads it.
    assert listed - set(files) == {"sitemap.xml"}
    assert {"feed.xml", "llms.txt", "data/incidents.ics", "data/claims.csv"} <= listed


def test_the_whole_can_be_cited_as_the_citation_file_format_wants_it(files):
    schema = json.loads((FORMATS / "citation-file-format-1.2.0.json").read_text("utf-8"))
    ours, built = (REPOSITORY / "CITATION.cff").read_text("utf-8"), files["data/CITATION.cff"]
    cited, cited_here = yaml.safe_load(built), yaml.safe_load(ours)

    for one in (cited, cited_here):
        Draft7Validator(schema).validate(one)

    assert cited == {**cited_here, "commit": COMMIT, "date-released": "2030-01-01"}


def test_a_program_that_reads_llms_txt_finds_each_file_it_names(files):
    found = parse_llms_file(files["llms.txt"])
    named = [link["url"] for links in found["sections"].values() for link in links]

    assert found["title"] == "Gone Dark"
    assert COMMIT in found["info"]
    assert list(found["sections"]) == ["Read", "Data", "Optional"]
    ends = {url.removeprefix(URL) for url in named if not url.endswith("/")}
    assert ends - set(files) == set()
