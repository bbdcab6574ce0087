"""The static API: lists of incidents by what they can be found by, and what describes it all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from generator.derive import facets
from generator.derive.entry import Entry
from generator.derive.facets import Facet, Value
from generator.model.incident import Incident
from generator.render.data.columns import Column
from generator.render.data.documents import BETWEEN, frame, lined
from generator.render.data.edition import Edition
from generator.render.data.tables import INCIDENTS

ROOT = "api/v1"
Groups: TypeAlias = Mapping[str, Mapping[Value, Sequence[str]]]
"""For each list, the ids of the incidents of each value, newest first."""

LISTS: Mapping[str, tuple[Facet, str]] = {
    "countries": (facets.COUNTRY, "Countries hit"),
    "regions": (facets.REGION, "Regions of the world hit"),
    "networks": (facets.NETWORK, "Networks hit"),
    "causes": (facets.CAUSE_PUT_FORWARD, "Kinds of cause that were put forward"),
    "years": (facets.YEAR, "Years in which an incident began"),
    "measured-by": (facets.MEASURER, "Whose measurements the archive follows"),
}
_REFERENCE = "#/components/schemas/{model}"
_TYPES = {"datetime": {"type": "string", "format": "date-time"}}


def groups_of(entries: Iterable[Entry]) -> Groups:
    """Return the ids of the incidents that each list of the API holds, in order of the entries."""
    held = tuple(entries)
    return {
        folder: {
            value: [one.id for one in found]
            for value, found in facets.grouped(facet, held).items()
        }
        for folder, (facet, _) in LISTS.items()
    }  # fmt: skip


def api_files(
    briefs: Mapping[str, str], groups: Groups, edition: Edition
) -> Iterator[tuple[str, str]]:
    """Yield every list of the API by path; ``briefs`` are all incidents by id, newest first."""
    yield f"{ROOT}/incidents.json", _incidents({"meta": edition.meta}, briefs.values())
    for folder, (_, title) in LISTS.items():
        told = {
            value: _value(edition, folder, value, len(ids))
            for value, ids in groups[folder].items()
        }  # fmt: skip
        yield (
            f"{ROOT}/{folder}.json",
            lined({"meta": edition.meta, "title": title, "values": list(told.values())}),
        )
        for value, ids in groups[folder].items():
            document = {"meta": edition.meta, **told[value]}
            listed = _incidents(document, [briefs[one] for one in ids])
            yield f"{ROOT}/{folder}/{value.key}.json", listed


def _incidents(document: Mapping[str, Any], briefs: Collection[str]) -> str:
    head, tail = frame({**document, "incidents": []}, filled=bool(briefs))
    return head + BETWEEN.join(briefs) + tail


def _value(edition: Edition, folder: str, value: Value, count: int) -> dict[str, Any]:
    return {
        "key": value.key,
        "label": value.label,
        "count": count,
        "url": f"{edition.url}{folder}/{value.key}/",
        "json": f"{edition.url}{ROOT}/{folder}/{value.key}.json",
    }


def openapi(edition: Edition) -> dict[str, Any]:
    """Return the description of the API."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Gone Dark",
            "version": "1",
            "summary": "The open archive of Internet outages, as files of JSON.",
            "description": "Nothing but files: no key, no limit, no parameter but the path. "
            f"Made from commit {edition.commit}.",
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": edition.url.rstrip("/") or "/"}],
        "paths": dict(_paths()),
        "components": {"schemas": _schemas()},
    }


def _paths() -> Iterator[tuple[str, Any]]:
    yield f"/{ROOT}/incidents.json", _get("listIncidents", "Every incident in brief", "Incidents")
    yield (
        "/incidents/{id}/incident.json",
        _get(
            "getIncident", "One incident, its whole record", "Record", _parameter("id", "Its id.")
        ),
    )
    yield "/data/incidents.json", _get("getArchive", "Every record", "Archive")
    for folder, (_, title) in LISTS.items():
        name = folder.title().replace("-", "")
        yield f"/{ROOT}/{folder}.json", _get(f"list{name}", title, "Values")
        yield (
            f"/{ROOT}/{folder}/{{key}}.json",
            _get(f"get{name}", f"{title}: incidents of one", "Value",
                 _parameter("key", "A `key` of the list.")),
        )  # fmt: skip


def _parameter(name: str, description: str) -> dict[str, Any]:
    told = {"name": name, "in": "path", "required": True, "description": description}
    return {**told, "schema": {"type": "string"}}


def _get(operation: str, summary: str, schema: str, *parameters: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": _REFERENCE.format(model=schema)}}}
    responses: dict[str, Any] = {"200": {"description": "As asked for.", "content": content}}
    if parameters:
        responses["404"] = {"description": "There is no such thing."}
    told = {"operationId": operation, "summary": summary, "responses": responses}
    return {"get": {**told, "parameters": list(parameters)} if parameters else told}


def _schemas() -> dict[str, Any]:
    incident = Incident.model_json_schema(ref_template=_REFERENCE)
    schemas: dict[str, Any] = incident.pop("$defs")
    shown = {one.name: _schema(one) for one in INCIDENTS.columns}
    derived = {one.name: shown[one.name] for one in INCIDENTS.columns if one.derived}
    more = {"id": _text("Its id."), "derived": _object(derived, required=list(derived))}
    fields = {**incident["properties"], **more}
    links = {"url": _text("Its page."), "json": _text("The same as JSON.")}
    brief_names = [name for name in shown if name not in ("summary", "scope", "withdrawn")]
    number = {"type": "integer", "description": "How many incidents."}
    value = {"key": _text("For addresses."), "label": _text("For people."), "count": number}
    value |= links
    needed = [*incident["required"], "id", "derived"]
    schemas["Meta"] = _object(
        {**{name: _text(what) for name, what in _META.items()}, "data_providers": _list(_text(""))}
    )
    schemas["Fields"] = {**incident, "properties": fields, "required": needed}
    meta = {"meta": _ref("Meta")}
    schemas["Record"] = {
        **incident, "properties": {**fields, **meta}, "required": [*needed, "meta"],
    }  # fmt: skip
    schemas["Brief"] = _object({**{name: shown[name] for name in brief_names}, **links})
    schemas["Archive"] = _object({**meta, "incidents": _list(_ref("Fields"))})
    schemas["Incidents"] = _object({**meta, "incidents": _list(_ref("Brief"))})
    schemas["Values"] = _object({**meta, "title": _text("What they are."),
                                 "values": _list(_object(value))})  # fmt: skip
    schemas["Value"] = _object({**meta, **value, "incidents": _list(_ref("Brief"))})
    return schemas


_META = {
    "archive": "The archive's name.",
    "url": "Its address.",
    "licence": "The address of its licence.",
    "attribution": "Whom to name.",
    "commit": "The commit that this was made from.",
}


def _schema(column: Column) -> dict[str, Any]:
    if column.name in ("countries", "networks"):
        return {**_list({"type": "string"}), "description": column.description}
    kind = _TYPES.get(column.kind, {"type": column.kind})
    empty = {"description": column.description, "anyOf": [kind, {"type": "null"}]}
    needed = column.name in ("id", "title", "added", "standing", "measured", "sources")
    return {**kind, "description": column.description} if needed else empty


def _text(description: str) -> dict[str, Any]:
    return {"type": "string", "description": description}


def _ref(model: str) -> dict[str, Any]:
    return {"$ref": _REFERENCE.format(model=model)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _object(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    needed = list(properties) if required is None else required
    return {
        "type": "object",
        "properties": properties,
        "required": needed,
        "additionalProperties": False,
    }
