"""Values as a database would give them back: moments in UTC, plain data copied through JSON."""

import json
from dataclasses import fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from microblog.store.moments import utc

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


def kept(entity: T) -> T:
    """The entity as it is after a round trip through the database.

    Raises NaiveMoment on a moment without time zone, TypeError on data that is not plain.
    """
    values = {field.name: getattr(entity, field.name) for field in fields(entity) if field.init}
    return replace(entity, **{name: _kept_value(value) for name, value in values.items()})


def _kept_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return utc(value)
    return copied(value) if isinstance(value, dict) else value


def copied(data: dict[str, Any]) -> dict[str, Any]:
    """A copy that shares nothing with the caller's, holding only what JSON can."""
    copy: dict[str, Any] = json.loads(json.dumps(data, ensure_ascii=False))
    return copy
