"""Interviews in SQL: each a whole document beside the columns it is found and guarded by."""

from typing import Any

from sqlalchemy import Row, exists, select

from microblog.domain.interview import Interview
from microblog.store.kept import kept
from microblog.store.missing import no_interview
from microblog.store.sql.database import Database
from microblog.store.sql.rows import number_of
from microblog.store.tables import INTERVIEWS

_SELECT = select(INTERVIEWS.c.id, INTERVIEWS.c.document)


class SqlInterviews:
    """`service.ports.Interviews` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, interview: Interview) -> Interview:
        """Store under the next number."""
        interview = kept(interview)
        with self._database.writing() as connection:
            return interview.evolve(id=number_of(connection.execute(INTERVIEWS.insert().values(_values(interview)))))

    def get(self, number: int) -> Interview:
        """Raises NotFound."""
        with self._database.reading() as connection:
            row = connection.execute(_SELECT.where(INTERVIEWS.c.id == number)).one_or_none()
        if row is None:
            raise no_interview(number)
        return _interview(row)

    def all(self) -> list[Interview]:
        """By number."""
        with self._database.reading() as connection:
            return [_interview(row) for row in connection.execute(_SELECT.order_by(INTERVIEWS.c.id))]

    def save(self, interview: Interview) -> bool:
        """Store with the next revision, unless the revision moved. Raises NotFound."""
        same = INTERVIEWS.c.id == interview.id
        after = kept(interview.evolve(revision=interview.revision + 1))
        update = INTERVIEWS.update().where(same, INTERVIEWS.c.revision == interview.revision).values(_values(after))
        with self._database.writing() as connection:
            if connection.execute(update).rowcount:
                return True
            if not connection.execute(select(exists().where(same))).scalar_one():
                raise no_interview(interview.id)
            return False


def _values(interview: Interview) -> dict[str, Any]:
    return {
        "plan": interview.plan,
        "state": interview.state,
        "revision": interview.revision,
        "document": interview,
    }


def _interview(row: Row[Any]) -> Interview:
    document: Interview = row.document
    return kept(document.evolve(id=row.id))
