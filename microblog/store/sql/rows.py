"""Rows to entities and back; columns are named as the fields they hold."""

from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, CursorResult, Insert, Select, Table, select

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


def values_of(entity: "DataclassInstance") -> dict[str, Any]:
    """The fields of an entity by name."""
    return {field.name: getattr(entity, field.name) for field in fields(entity)}


def selecting(table: Table, kind: "type[DataclassInstance]") -> Select[Any]:
    """A SELECT of the columns an entity has, and no others."""
    return select(*(table.c[field.name] for field in fields(kind)))


def read(connection: Connection, kind: type[T], statement: Select[Any]) -> list[T]:
    """The entities a statement made by `selecting` finds, whose columns stand in the order of the fields."""
    return [kind(*row) for row in connection.execute(statement)]


def write(connection: Connection, table: Table, entities: "Sequence[DataclassInstance]") -> None:
    """Insert entities as rows, in one go."""
    if entities:
        connection.execute(table.insert(), [values_of(entity) for entity in entities])


def added(connection: Connection, insert: Insert) -> bool:
    """Run an INSERT of one row that does nothing on a conflict. False: it did nothing."""
    return connection.execute(insert, execution_options={"preserve_rowcount": True}).rowcount == 1


def number_of(inserted: CursorResult[Any]) -> int:
    """The number the database gave to an inserted row."""
    return int(inserted.inserted_primary_key[0])  # type: ignore[index]  # None only where no row was inserted
