"""Scripts, seals and rejections in SQL."""

from collections.abc import Collection

from microblog.domain.script import Rejection, Script, Seal
from microblog.store.missing import no_script
from microblog.store.sql.database import Database
from microblog.store.sql.rows import added, read, selecting, values_of, write
from microblog.store.tables import REJECTIONS, SCRIPTS, SEALS


class SqlReviews:
    """`service.ports.Reviews` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_script(self, script: Script) -> bool:
        """Store a new version; False when that version is there already."""
        insert = self._database.insert(SCRIPTS).values(values_of(script)).on_conflict_do_nothing()
        with self._database.writing() as connection:
            return added(connection, insert)

    def save_script(self, script: Script) -> None:
        """Change state or words of a stored version. Raises NotFound."""
        this = (SCRIPTS.c.interview == script.interview, SCRIPTS.c.version == script.version)
        with self._database.writing() as connection:
            changed = connection.execute(SCRIPTS.update().where(*this).values(values_of(script)))
            if not changed.rowcount:
                raise no_script(script.interview, script.version)

    def scripts(self, interview: int) -> list[Script]:
        """By version."""
        mine = selecting(SCRIPTS, Script).where(SCRIPTS.c.interview == interview)
        with self._database.reading() as connection:
            return read(connection, Script, mine.order_by(SCRIPTS.c.version))

    def seal(self, seal: Seal) -> bool:
        """False: this body has sealed these words already."""
        insert = self._database.insert(SEALS).values(values_of(seal)).on_conflict_do_nothing()
        with self._database.writing() as connection:
            return added(connection, insert)

    def seals(self, subjects: Collection[str]) -> list[Seal]:
        """All seals of the subjects, by time."""
        given = selecting(SEALS, Seal).where(SEALS.c.subject.in_(list(subjects)))
        with self._database.reading() as connection:
            return read(connection, Seal, given.order_by(SEALS.c.at, SEALS.c.id))

    def reject(self, rejection: Rejection) -> None:
        """Keep a no."""
        with self._database.writing() as connection:
            write(connection, REJECTIONS, [rejection])

    def rejections(self, subjects: Collection[str]) -> list[Rejection]:
        """By time."""
        given = selecting(REJECTIONS, Rejection).where(REJECTIONS.c.subject.in_(list(subjects)))
        with self._database.reading() as connection:
            return read(connection, Rejection, given.order_by(REJECTIONS.c.at, REJECTIONS.c.id))
