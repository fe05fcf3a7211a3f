"""Read models: what a page shows, gathered in one call. Nothing here changes anything."""

from dataclasses import dataclass

from microblog.domain.people import Unit
from microblog.service.office import Office


@dataclass(frozen=True, slots=True)
class UnitBoard:
    """Units entered, and the names that plans use and nobody entered (A18)."""

    units: tuple[Unit, ...]
    unknown: tuple[str, ...]


def unit_board(office: Office) -> UnitBoard:
    """All units by name."""
    units = tuple(office.store.people.units())
    known = {name for unit in units for name in (unit.name, *unit.aliases)}
    named = {name for interview in office.store.interviews.all() for name in interview.units}
    return UnitBoard(units, tuple(sorted(named - known)))
