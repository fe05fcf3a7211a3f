"""What roundups gather, in SQL."""

from microblog.domain.material import Material
from microblog.store.missing import no_material
from microblog.store.sql.database import Database
from microblog.store.sql.rows import number_of, read, selecting, values_of
from microblog.store.tables import MATERIALS


class SqlMaterials:
    """`service.ports.Materials` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, material: Material) -> Material:
        """Store under the next number; returns it with that number."""
        values = values_of(material)
        del values["id"]
        with self._database.writing() as connection:
            number = number_of(connection.execute(MATERIALS.insert().values(values)))
        return self.get(number)

    def get(self, number: int) -> Material:
        """Raises NotFound."""
        this = selecting(MATERIALS, Material).where(MATERIALS.c.id == number)
        with self._database.reading() as connection:
            found = read(connection, Material, this)
        if not found:
            raise no_material(number)
        return found[0]

    def of(self, interview: int) -> list[Material]:
        """All of an interview, in the order they were added."""
        mine = selecting(MATERIALS, Material).where(MATERIALS.c.interview == interview)
        with self._database.reading() as connection:
            return read(connection, Material, mine.order_by(MATERIALS.c.id))

    def save(self, material: Material) -> None:
        """Keep it as it is now. Raises NotFound."""
        this = MATERIALS.update().where(MATERIALS.c.id == material.id)
        with self._database.writing() as connection:
            if not connection.execute(this.values(values_of(material))).rowcount:
                raise no_material(material.id)

    def remove(self, number: int) -> bool:
        """Forget it; False when it is not there."""
        with self._database.writing() as connection:
            return connection.execute(MATERIALS.delete().where(MATERIALS.c.id == number)).rowcount == 1
