"""Who may come in, and the record of what they wrote, as a protocol."""

from typing import Protocol

from microblog.domain.people import Record, Session, Unit, User


class People(Protocol):
    """Users, their sessions, units, and the append-only record of writes."""

    def add(self, user: User) -> bool:
        """False: the name is taken."""

    def user(self, name: str) -> User | None:
        """The user of this name, or None."""

    def users(self) -> list[User]:
        """By name."""

    def save(self, user: User) -> bool:
        """Store with the next revision unless the revision moved (or the user is gone); False then."""

    def open(self, session: Session) -> None:
        """Keep a new session."""

    def session(self, number: str) -> Session | None:
        """The session of this id, or None."""

    def keep(self, session: Session) -> None:
        """Refresh a session that is there; one closed in between stays closed."""

    def close(self, number: str) -> None:
        """Forget a session."""

    def close_all(self, user: str) -> None:
        """Forget every session of a user."""

    def unit(self, name: str) -> Unit | None:
        """The unit of this name, or None."""

    def units(self) -> list[Unit]:
        """By name."""

    def save_unit(self, unit: Unit) -> None:
        """Store under its name."""

    def record(self, record: Record) -> None:
        """Append; what is recorded can be neither changed nor removed."""

    def records(self, *, limit: int = 200, skip: int = 0, subject: str | None = None) -> list[Record]:
        """Newest first."""
