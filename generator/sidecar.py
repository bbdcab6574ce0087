"""The YAML that the machine writes beside a record, in the one form that the archive reads."""

from __future__ import annotations

from typing import Any, ClassVar

import yaml
from pydantic import BaseModel


class _Plain(yaml.SafeDumper):
    """Writes every scalar as plain text where it can, as the archive reads all YAML as text."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # type: ignore[misc]


def as_yaml(model: BaseModel, head: str) -> bytes:
    """Return a sidecar: a comment that says who wrote it, then every field that has a value."""
    data = model.model_dump(mode="json", exclude_none=True)
    text = yaml.dump(data, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=98)
    return (head + text).encode()
