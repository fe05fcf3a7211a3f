"""Plans in SQL."""

from dataclasses import replace

from microblog.service.ports import StoredPlan
from microblog.store.missing import no_plan
from microblog.store.sql.database import Database
from microblog.store.sql.rows import number_of, read, selecting, values_of
from microblog.store.tables import PLANS


class SqlPlans:
    """`service.ports.Plans` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, plan: StoredPlan) -> StoredPlan:
        """Store under the next number."""
        values = values_of(plan)
        del values["id"]
        with self._database.writing() as connection:
            number = number_of(connection.execute(PLANS.insert().values(values)))
        return replace(plan, id=number)

    def get(self, number: int) -> StoredPlan:
        """Raises NotFound."""
        with self._database.reading() as connection:
            found = read(connection, StoredPlan, selecting(PLANS, StoredPlan).where(PLANS.c.id == number))
        if not found:
            raise no_plan(number)
        return found[0]

    def all(self) -> list[StoredPlan]:
        """By number."""
        with self._database.reading() as connection:
            return read(connection, StoredPlan, selecting(PLANS, StoredPlan).order_by(PLANS.c.id))

    def set_state(self, number: int, state: str) -> None:
        """Raises NotFound."""
        with self._database.writing() as connection:
            changed = connection.execute(PLANS.update().where(PLANS.c.id == number).values(state=state))
            if not changed.rowcount:
                raise no_plan(number)
