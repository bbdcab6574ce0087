"""What the archive holds and where, for programs that read text (llms.txt)."""

from __future__ import annotations

from generator.render.data.edition import LICENCE, NAME, Edition

_ABOUT = (
    "The open archive of Internet outages: what was reported, what the routing table saw, and who "
    "explained it how."
)
_HOW = (
    "Every time, length and cause is a claim with its source. Sources may disagree, and both then "
    "stand. An explanation has a standing (proposed, supported, disputed, refuted, established) "
    "that follows by rule from the evidence on record; where nobody knows, the record says so. "
    "Repeat a figure with whoever claims it. Figures called measured were computed by the archive "
    "from frozen routing data; all others are reported."
)
_SECTIONS = (
    ("Read", (
        ("How to read a page", "reading/", "what claims, origins, standing and measured mean"),
        ("Method", "method/", "the definitions behind every figure"),
        ("All incidents", "incidents/", "one list, newest first"),
    )),
    ("Data", (
        ("Every incident in brief", "api/v1/incidents.json", "with the address of each record"),
        ("Every record whole", "data/incidents.ndjson", "one JSON document on each line"),
        ("One record", "api/openapi.json", "at incidents/{id}/incident.json; all paths described"),
        ("Database", "data/gone-dark.sqlite", "every table, with full-text search"),
        ("Tables", "data/datapackage.json", "the CSV files, column by column"),
        ("Schema", "schema/incident.schema.json", "JSON Schema of a record"),
        ("New and changed", "feed.json", "JSON Feed; by country and cause in their folders"),
    )),
    ("Optional", (
        ("About", "about/", "what the archive is not, its licences and privacy"),
        ("The archive as data", "data/", "every file explained, with examples"),
    )),
)  # fmt: skip


def llms_txt(edition: Edition, incidents: int) -> str:
    """Return the text: title, summary, how to use it, and lists of links."""
    terms = (
        f"{incidents:,} incidents. Licence: CC BY 4.0, {LICENCE}; name {NAME} and link to the "
        f"page. Made from commit {edition.commit}."
    )
    parts = [f"# {NAME}", f"> {_ABOUT}", _HOW, terms, *edition.providers]
    for title, links in _SECTIONS:
        listed = (f"- [{name}]({edition.url}{path}): {what}" for name, path, what in links)
        parts += [f"## {title}", "\n".join(listed)]
    return "\n\n".join(parts) + "\n"
