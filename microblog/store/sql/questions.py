"""Groupings, selections and what was left out, in SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from microblog.domain.question import LeftOut, Selection
from microblog.service.ports import StoredGrouping
from microblog.store.sql.database import Database
from microblog.store.sql.rows import read, selecting, values_of, write
from microblog.store.tables import GROUPINGS, LEFT_OUT, SELECTIONS


class SqlQuestions:
    """`service.ports.Questions` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_grouping(self, grouping: StoredGrouping) -> None:
        """Keep as the latest grouping of its interview."""
        values = values_of(grouping)
        keep = self._database.insert(GROUPINGS).values(values)
        with self._database.writing() as connection:
            connection.execute(keep.on_conflict_do_update(index_elements=["interview"], set_=values))

    def grouping(self, interview: int) -> StoredGrouping | None:
        """The latest grouping."""
        latest = selecting(GROUPINGS, StoredGrouping).where(GROUPINGS.c.interview == interview)
        with self._database.reading() as connection:
            return next(iter(read(connection, StoredGrouping, latest)), None)

    def grouped(self, interview: int) -> tuple[datetime, int] | None:
        """When the latest grouping was built and of how many remarks; its content is not read."""
        latest = select(GROUPINGS.c.built_at, GROUPINGS.c.remarks).where(GROUPINGS.c.interview == interview)
        with self._database.reading() as connection:
            row = connection.execute(latest).one_or_none()
        return (row.built_at, row.remarks) if row else None

    def choose(self, interview: int, chosen: Sequence[Selection], left_out: Sequence[LeftOut]) -> None:
        """Replace what was chosen and left out."""
        with self._database.writing() as connection:
            connection.execute(SELECTIONS.delete().where(SELECTIONS.c.interview == interview))
            connection.execute(LEFT_OUT.delete().where(LEFT_OUT.c.interview == interview))
            write(connection, SELECTIONS, chosen)
            write(connection, LEFT_OUT, left_out)

    def selections(self, interview: int) -> list[Selection]:
        """By rank."""
        mine = selecting(SELECTIONS, Selection).where(SELECTIONS.c.interview == interview)
        with self._database.reading() as connection:
            return read(connection, Selection, mine.order_by(SELECTIONS.c.rank, SELECTIONS.c.id))

    def left_out(self, interview: int) -> list[LeftOut]:
        """By askers, most first, then group."""
        mine = selecting(LEFT_OUT, LeftOut).where(LEFT_OUT.c.interview == interview)
        with self._database.reading() as connection:
            return read(connection, LeftOut, mine.order_by(LEFT_OUT.c.askers.desc(), LEFT_OUT.c.group, LEFT_OUT.c.id))
