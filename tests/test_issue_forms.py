"""The forms for issues and the templates for proposals: sound, and read by what reads them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.model.questions import QUESTIONS
from generator.read.form import BOXES

GITHUB = Path(__file__).parent.parent / ".github"
FORMS = sorted(
    path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml"
)
TEMPLATES = [GITHUB / "pull_request_template.md", *sorted(GITHUB.glob("PULL_REQUEST_TEMPLATE/*"))]


def read(path):
    """A form as data; every value as written, so that `on` and `no` stay words."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  (builds only text)


def fields(form):
    return [element for element in form["body"] if element["type"] != "markdown"]


def named(path):
    return path.relative_to(GITHUB).as_posix()


def test_there_is_a_form_for_each_reason_to_write():
    assert [path.stem for path in FORMS] == ["bug", "correct", "dispute", "report"]
    assert read(GITHUB / "ISSUE_TEMPLATE/config.yml")["blank_issues_enabled"] == "true"


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [GITHUB / "ISSUE_TEMPLATE/config.yml"]),
    ],
)
def test_the_forms_fit_the_schema_that_github_has_of_them(schema, files):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]

    said = subprocess.run([*command, *files], capture_output=True, text=True, check=False)

    assert (said.returncode, said.stdout) == (0, "ok -- validation done\n")


@pytest.mark.parametrize("path", FORMS, ids=named)
def test_no_two_fields_of_a_form_have_one_name_and_one_at_least_is_needed(path):
    asked = fields(read(path))

    labels = [one["attributes"]["label"] for one in asked]
    assert len(set(labels)) == len({one["id"] for one in asked}) == len(asked)
    assert any(one.get("validations", {}).get("required") == "true" for one in asked)


def test_the_report_asks_the_questions_of_new_in_their_words_and_order():
    asked = fields(read(GITHUB / "ISSUE_TEMPLATE/report.yml"))

    assert [
        (
            one["id"],
            one["attributes"]["label"],
            one["type"],
            one["validations"]["required"] == "true",
            one["attributes"]["description"],
            tuple(one["attributes"].get("options", ())),
            one["attributes"].get("placeholder"),
        )
        for one in asked[:-1]
    ] == [
        (
            question.id,
            question.label,
            question.kind,
            question.needed,
            question.ask,
            question.options,
            None if question.options else question.example,
        )
        for question in QUESTIONS
    ]
    assert (asked[-1]["type"], asked[-1]["attributes"]["label"]) == ("checkboxes", BOXES)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_for_a_proposal_is_a_short_list_to_tick(path):
    text = path.read_text("utf-8")

    assert text.count("- [ ] ") >= 3
    assert len(text.splitlines()) < 25
    for command in re.findall(r"`make ([a-z]+)`", text):
        assert f"\n{command}:" in (GITHUB.parent / "Makefile").read_text("utf-8")


def test_a_proposal_is_asked_for_records_unless_it_chooses_otherwise():
    default, record = (
        path.read_text("utf-8").partition("\n")[2]
        for path in (
            GITHUB / "pull_request_template.md",
            GITHUB / "PULL_REQUEST_TEMPLATE/record.md",
        )
    )

    assert default == record


def test_every_link_leads_into_the_site_and_to_a_heading_there():
    [site] = re.findall(
        r"^site_url: (\S+)", (GITHUB.parent / "mkdocs.yml").read_text("utf-8"), re.M
    )
    links = {
        link
        for path in (*FORMS, GITHUB / "ISSUE_TEMPLATE/config.yml")
        for link in re.findall(r"\]\((https?:[^)]+)\)|url: (https?:\S+)", path.read_text("utf-8"))
        for link in link
        if link
    }

    assert links
    for link in links:
        assert link.startswith(site)
        page, _, heading = link.removeprefix(site).partition("#")
        text = (GITHUB.parent / "docs" / f"{page.strip('/')}.md").read_text("utf-8")
        assert not heading or f"#{heading} " in text
