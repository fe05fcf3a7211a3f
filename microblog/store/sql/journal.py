"""Journal, beats, pauses and calls in SQL."""

from datetime import datetime

from sqlalchemy import func, select

from microblog.service.ports import Beat, Entry, Pause
from microblog.store.sql.database import Database
from microblog.store.sql.rows import read, selecting, values_of, write
from microblog.store.tables import BEATS, CALLS, ENTRIES, PAUSES


class SqlJournal:
    """`service.ports.Journal` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, entry: Entry) -> None:
        """Append."""
        with self._database.writing() as connection:
            write(connection, ENTRIES, [entry])

    def entries(self, subject: str | None = None) -> list[Entry]:
        """In the order written; all, or those of a subject."""
        written = selecting(ENTRIES, Entry).order_by(ENTRIES.c.id)
        if subject is not None:
            written = written.where(ENTRIES.c.subject == subject)
        with self._database.reading() as connection:
            return read(connection, Entry, written)

    def beat(self, beat: Beat) -> None:
        """Keep as the worker's latest."""
        values = values_of(beat)
        keep = self._database.insert(BEATS).values(values)
        with self._database.writing() as connection:
            connection.execute(keep.on_conflict_do_update(index_elements=["worker"], set_=values))

    def beats(self) -> list[Beat]:
        """The latest of each worker, by name."""
        with self._database.reading() as connection:
            return read(connection, Beat, selecting(BEATS, Beat).order_by(BEATS.c.worker))

    def pause(self, pause: Pause) -> None:
        """Keep as the pause of its scope."""
        values = values_of(pause)
        keep = self._database.insert(PAUSES).values(values)
        with self._database.writing() as connection:
            connection.execute(keep.on_conflict_do_update(index_elements=["scope"], set_=values))

    def pauses(self, now: datetime) -> list[Pause]:
        """Those still in force, by scope."""
        in_force = selecting(PAUSES, Pause).where(PAUSES.c.until > now).order_by(PAUSES.c.scope)
        with self._database.reading() as connection:
            return read(connection, Pause, in_force)

    def spend(self, at: datetime, kind: str, calls: int) -> None:
        """Write down platform calls made."""
        with self._database.writing() as connection:
            connection.execute(CALLS.insert().values(at=at, kind=kind, calls=calls))

    def spent(self, since: datetime) -> dict[str, int]:
        """Calls made from `since` on, by kind."""
        total = select(CALLS.c.kind, func.sum(CALLS.c.calls)).where(CALLS.c.at >= since).group_by(CALLS.c.kind)
        with self._database.reading() as connection:
            return {kind: int(calls) for kind, calls in connection.execute(total.order_by(CALLS.c.kind))}
