"""Column types that give back exactly what was put in, on every database.

Text comes from strangers. A lone surrogate cannot be written as UTF-8 and PostgreSQL has no NUL, so both are
escaped at the edge as U+001A (SUBSTITUTE) and four hex digits, and U+001A itself likewise. The escape is
one-to-one: nothing is lost, equal words stay equal, and all other text is stored as it is.
"""

import json
import re
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import DateTime, Dialect, Enum, Text
from sqlalchemy.types import TypeDecorator

from microblog.store.moments import utc

ESCAPE = "\x1a"

_UNSTORABLE = re.compile("[\x00\x1a\ud800-\udfff]")
_ESCAPED = re.compile("\x1a([0-9a-f]{4})")


def escaped(text: str) -> str:
    """The text with what a database cannot hold escaped."""
    return _UNSTORABLE.sub(lambda found: f"{ESCAPE}{ord(found[0]):04x}", text)


def unescaped(text: str) -> str:
    """The text as it was before `escaped`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if ESCAPE in text else text


class Words(TypeDecorator[str]):
    """Any Python string; compared and sorted by code point on every database."""

    # PostgreSQL would sort by the rules of its locale; SQLite sorts by code point anyway.
    impl = Text().with_variant(Text(collation="C"), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Escape on the way in."""
        return None if value is None else escaped(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Unescape on the way out."""
        return None if value is None else unescaped(value)


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored and given back in UTC. Raises NaiveMoment on one without time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite keeps the figures only, so they must be those of UTC."""
        return None if value is None else utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Name the zone that SQLite does not keep."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Plain(TypeDecorator[Any]):
    """Plain data (what JSON can hold), as readable JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Write it as JSON."""
        return escaped(json.dumps(value, ensure_ascii=False))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read it from JSON."""
        return json.loads(unescaped(value or "null"))


class Record(TypeDecorator[Any]):
    """A whole value (dataclass, tuple of dataclasses) as JSON text, checked by pydantic when it is read."""

    impl = Text
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Write it as JSON."""
        return escaped(json.dumps(_adapter(self.shape).dump_python(value, mode="json"), ensure_ascii=False))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read it from JSON."""
        return _adapter(self.shape).validate_python(json.loads(unescaped(value or "null")))


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def choice(kind: type[StrEnum]) -> Enum:
    """A column of one enum's values, stored as its words."""
    return Enum(kind, native_enum=False, length=20, values_callable=lambda members: [str(one) for one in members])
