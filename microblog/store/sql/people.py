"""Users, sessions, units and the record of writes in SQL."""

from sqlalchemy import delete

from microblog.domain.people import Record, Session, Unit, User
from microblog.store.kept import kept
from microblog.store.sql.database import Database
from microblog.store.sql.rows import added, read, selecting, values_of, write
from microblog.store.tables import RECORDS, SESSIONS, UNITS, USERS


class SqlPeople:
    """`service.ports.People` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, user: User) -> bool:
        """False: the name is taken."""
        insert = self._database.insert(USERS).values(values_of(user)).on_conflict_do_nothing()
        with self._database.writing() as connection:
            return added(connection, insert)

    def user(self, name: str) -> User | None:
        """The user of this name, or None."""
        with self._database.reading() as connection:
            found = read(connection, User, selecting(USERS, User).where(USERS.c.name == name))
        return found[0] if found else None

    def users(self) -> list[User]:
        """By name."""
        with self._database.reading() as connection:
            return read(connection, User, selecting(USERS, User).order_by(USERS.c.name))

    def save(self, user: User) -> bool:
        """Store with the next revision unless the revision moved or the user is gone."""
        same = (USERS.c.name == user.name, USERS.c.revision == user.revision)
        values = values_of(user.evolve(revision=user.revision + 1))
        with self._database.writing() as connection:
            return connection.execute(USERS.update().where(*same).values(values)).rowcount == 1

    def open(self, session: Session) -> None:
        """Keep a new session."""
        with self._database.writing() as connection:
            write(connection, SESSIONS, [session])

    def session(self, number: str) -> Session | None:
        """The session of this id, or None."""
        with self._database.reading() as connection:
            found = read(connection, Session, selecting(SESSIONS, Session).where(SESSIONS.c.id == number))
        return found[0] if found else None

    def keep(self, session: Session) -> None:
        """Refresh a session that is there."""
        update = SESSIONS.update().where(SESSIONS.c.id == session.id).values(values_of(session))
        with self._database.writing() as connection:
            connection.execute(update)

    def close(self, number: str) -> None:
        """Forget a session."""
        with self._database.writing() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.id == number))

    def close_all(self, user: str) -> None:
        """Forget every session of a user."""
        with self._database.writing() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.user == user))

    def unit(self, name: str) -> Unit | None:
        """The unit of this name, or None."""
        with self._database.reading() as connection:
            found = read(connection, Unit, selecting(UNITS, Unit).where(UNITS.c.name == name))
        return found[0] if found else None

    def units(self) -> list[Unit]:
        """By name."""
        with self._database.reading() as connection:
            return read(connection, Unit, selecting(UNITS, Unit).order_by(UNITS.c.name))

    def save_unit(self, unit: Unit) -> None:
        """Store under its name."""
        values = values_of(unit)
        save = self._database.insert(UNITS).values(values)
        with self._database.writing() as connection:
            connection.execute(save.on_conflict_do_update(index_elements=["name"], set_=values))

    def record(self, record: Record) -> None:
        """Append."""
        with self._database.writing() as connection:
            write(connection, RECORDS, [kept(record)])

    def records(self, *, limit: int = 200, skip: int = 0, subject: str | None = None) -> list[Record]:
        """Newest first."""
        found = selecting(RECORDS, Record).order_by(RECORDS.c.id.desc()).limit(limit).offset(skip)
        if subject is not None:
            found = found.where(RECORDS.c.subject == subject)
        with self._database.reading() as connection:
            return read(connection, Record, found)
