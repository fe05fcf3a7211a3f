"""Users, sessions, units and the record of writes in memory."""

from threading import RLock

from microblog.domain.people import Record, Session, Unit, User
from microblog.store.kept import kept


class MemoryPeople:
    """`service.ports.People` in memory."""

    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._users: dict[str, User] = {}
        self._sessions: dict[str, Session] = {}
        self._units: dict[str, Unit] = {}
        self._records: list[Record] = []

    def add(self, user: User) -> bool:
        """False: the name is taken."""
        with self._lock:
            if user.name in self._users:
                return False
            self._users[user.name] = kept(user)
            return True

    def user(self, name: str) -> User | None:
        """The user of this name, or None."""
        with self._lock:
            return self._users.get(name)

    def users(self) -> list[User]:
        """By name."""
        with self._lock:
            return [user for _, user in sorted(self._users.items())]

    def save(self, user: User) -> bool:
        """Store with the next revision unless the revision moved or the user is gone."""
        with self._lock:
            before = self._users.get(user.name)
            if before is None or before.revision != user.revision:
                return False
            self._users[user.name] = kept(user.evolve(revision=user.revision + 1))
            return True

    def open(self, session: Session) -> None:
        """Keep a new session."""
        with self._lock:
            self._sessions[session.id] = kept(session)

    def session(self, number: str) -> Session | None:
        """The session of this id, or None."""
        with self._lock:
            return self._sessions.get(number)

    def keep(self, session: Session) -> None:
        """Refresh a session that is there."""
        with self._lock:
            if session.id in self._sessions:
                self._sessions[session.id] = kept(session)

    def close(self, number: str) -> None:
        """Forget a session."""
        with self._lock:
            self._sessions.pop(number, None)

    def close_all(self, user: str) -> None:
        """Forget every session of a user."""
        with self._lock:
            self._sessions = {key: one for key, one in self._sessions.items() if one.user != user}

    def unit(self, name: str) -> Unit | None:
        """The unit of this name, or None."""
        with self._lock:
            return self._units.get(name)

    def units(self) -> list[Unit]:
        """By name."""
        with self._lock:
            return [unit for _, unit in sorted(self._units.items())]

    def save_unit(self, unit: Unit) -> None:
        """Store under its name."""
        with self._lock:
            self._units[unit.name] = kept(unit)

    def record(self, record: Record) -> None:
        """Append."""
        with self._lock:
            self._records.append(kept(record))

    def records(self, *, limit: int = 200, skip: int = 0, subject: str | None = None) -> list[Record]:
        """Newest first."""
        with self._lock:
            found = [kept(one) for one in reversed(self._records) if subject in (None, one.subject)]
        return found[skip : skip + limit]
