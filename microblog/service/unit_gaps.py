"""What a unit still owes its record: one leader in charge and one section (P24). It is told on each of its tasks."""

from collections.abc import Mapping

from microblog.domain.interview import Interview
from microblog.domain.people import Unit
from microblog.service.office import Office


class UnitGaps:
    """Warnings by the name under which a plan knows a unit; the registry is read once."""

    def __init__(self, office: Office) -> None:
        self._units: Mapping[str, Unit] = {
            name: unit for unit in office.store.people.units() for name in (unit.name, *unit.aliases)
        }

    def of(self, name: str) -> str:
        """One line of Chinese; empty where nothing is missing. A unit nobody entered has neither (A18)."""
        unit = self._units.get(name)
        if unit is None:
            return f"{name}尚未登记，未明确分管领导和责任科室"
        missing = unit.missing()
        return f"{name}未明确 {'、'.join(missing)}" if missing else ""

    def of_lead(self, interview: Interview) -> str:
        """The warning on what the lead unit has to do; empty while no unit leads."""
        return self.of(interview.lead) if interview.lead else ""
