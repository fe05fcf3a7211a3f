"""Corrections and change requests, in SQL."""

from datetime import datetime

from microblog.domain.request import ChangeRequest, Decision
from microblog.service.ports import StoredCorrection
from microblog.store.missing import no_request
from microblog.store.sql.database import Database
from microblog.store.sql.rows import number_of, read, selecting, values_of
from microblog.store.tables import CORRECTIONS, REQUESTS


class SqlCorrections:
    """`service.ports.Corrections` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, correction: StoredCorrection) -> StoredCorrection:
        """Store under the next number; returns it with that number."""
        values = values_of(correction)
        del values["id"]
        with self._database.writing() as connection:
            number = number_of(connection.execute(CORRECTIONS.insert().values(values)))
            mine = selecting(CORRECTIONS, StoredCorrection).where(CORRECTIONS.c.id == number)
            return read(connection, StoredCorrection, mine)[0]

    def of(self, interview: int) -> list[StoredCorrection]:
        """All of an interview, oldest first, undone ones too."""
        mine = selecting(CORRECTIONS, StoredCorrection).where(CORRECTIONS.c.interview == interview)
        with self._database.reading() as connection:
            return read(connection, StoredCorrection, mine.order_by(CORRECTIONS.c.id))

    def undo(self, number: int, *, by: str, at: datetime) -> bool:
        """Mark as undone; False when it is already."""
        holding = CORRECTIONS.update().where(CORRECTIONS.c.id == number, CORRECTIONS.c.undone_at.is_(None))
        with self._database.writing() as connection:
            return connection.execute(holding.values(undone_by=by, undone_at=at)).rowcount == 1

    def redo(self, number: int) -> bool:
        """Let it hold again; False when it does."""
        undone = CORRECTIONS.update().where(CORRECTIONS.c.id == number, CORRECTIONS.c.undone_at.is_not(None))
        with self._database.writing() as connection:
            return connection.execute(undone.values(undone_by="", undone_at=None)).rowcount == 1


class SqlRequests:
    """`service.ports.Requests` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, request: ChangeRequest) -> ChangeRequest:
        """Store under the next number; returns it with that number."""
        values = values_of(request)
        del values["id"]
        with self._database.writing() as connection:
            number = number_of(connection.execute(REQUESTS.insert().values(values)))
        return self.get(number)

    def get(self, number: int) -> ChangeRequest:
        """Raises NotFound."""
        this = selecting(REQUESTS, ChangeRequest).where(REQUESTS.c.id == number)
        with self._database.reading() as connection:
            found = read(connection, ChangeRequest, this)
        if not found:
            raise no_request(number)
        return found[0]

    def all(self, interview: int | None = None) -> list[ChangeRequest]:
        """Of one interview or of all, newest first."""
        wanted = selecting(REQUESTS, ChangeRequest).order_by(REQUESTS.c.id.desc())
        if interview is not None:
            wanted = wanted.where(REQUESTS.c.interview == interview)
        with self._database.reading() as connection:
            return read(connection, ChangeRequest, wanted)

    def decide(self, request: ChangeRequest) -> bool:
        """Keep the decision; False when the request was decided already."""
        waiting = (REQUESTS.c.id == request.id, REQUESTS.c.decision == Decision.WAITING)
        with self._database.writing() as connection:
            return connection.execute(REQUESTS.update().where(*waiting).values(values_of(request))).rowcount == 1
