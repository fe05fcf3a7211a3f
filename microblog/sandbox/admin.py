"""The controls of the sandbox itself: clock, switches, fault rules, and the whole state to look at."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from microblog.sandbox.faults.plan import FaultPlan, parse_rule
from microblog.sandbox.faults.registry import FAULTS
from microblog.sandbox.moments import aware, moment_of
from microblog.sandbox.rows import NEVER, Row, Write
from microblog.sandbox.world import World


class Admin:
    """The controls, one method each; safe to call from any thread."""

    def __init__(self, world: World, plan: FaultPlan) -> None:
        self._world = world
        self._plan = plan

    def now(self) -> datetime:
        """The sandbox's time, in UTC."""
        return aware(self._world.now())

    def clock(
        self, *, at: datetime | None = None, advance: float | None = None, speed: float | None = None
    ) -> dict[str, Any]:
        """Jump to a moment, jump by seconds, run at a speed (0 holds the time); tell where the clock stands."""
        world = self._world
        with world.lock:
            if at is not None:
                world.clock.set(moment_of(at))
            if advance is not None:
                world.clock.advance(advance)
            if speed is not None:
                world.clock.run(speed)
            if (at, advance, speed) != (None, None, None):
                world.note_clock()
                world.flush()
            return {"now": aware(world.now()).isoformat(), "unix": world.now(), "speed": world.clock.speed}

    def options(self, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Change switches by name; all switches as they stand."""
        with self._world.lock:
            if changes:
                self._world.set_options(self._world.options.changed(changes))
                self._world.flush()
            return asdict(self._world.options)

    def writes(self) -> list[Write]:
        """Every accepted write in order: the judge of what was posted, and how often."""
        with self._world.lock:
            return list(self._world.writes)

    def state(self) -> dict[str, Any]:
        """Everything: accounts, apps, tokens, statuses, comments, calls, writes, rules."""
        world = self._world
        with world.lock:
            return {
                "clock": self.clock(),
                "accounts": _listed(world.accounts.values()),
                "apps": _listed(world.apps.values()),
                "tokens": _listed(world.tokens.values()),
                "statuses": _listed(world.statuses.values()),
                "comments": _listed(world.comments.values()),
                "calls": _listed(world.calls),
                "writes": _listed(world.writes),
                "rules": self._plan.listing(),
            }

    def faults(self) -> dict[str, Any]:
        """Every fault there is, and the rules in force."""
        table = [
            {"name": f.name, "family": f.family, "says": f.says, "params": dict(f.params)} for f in FAULTS.values()
        ]
        with self._world.lock:
            return {"faults": table, "rules": self._plan.listing()}

    def add_rules(self, rules: Iterable[Mapping[str, Any]]) -> None:
        """Put fault rules in force; keys as in a scenario file's `[[rule]]`."""
        parsed = [parse_rule(values) for values in rules]
        with self._world.lock:
            self._plan.add(parsed)

    def clear_rules(self) -> None:
        """Lift every fault rule."""
        with self._world.lock:
            self._plan.clear()


def _listed(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [row_json(row) for row in rows]


def row_json(row: Row) -> dict[str, Any]:
    """A row as JSON; «never» is null."""
    return {name: None if value == NEVER else value for name, value in asdict(row).items()}
