"""Groupings, selections and what was left out, in memory."""

from collections.abc import Sequence
from datetime import datetime
from threading import RLock

from microblog.domain.question import LeftOut, Selection
from microblog.service.ports import StoredGrouping
from microblog.store.kept import kept


class MemoryQuestions:
    """`service.ports.Questions` in memory."""

    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._groupings: dict[int, StoredGrouping] = {}
        self._chosen: dict[int, list[Selection]] = {}
        self._left_out: dict[int, list[LeftOut]] = {}

    def save_grouping(self, grouping: StoredGrouping) -> None:
        """Keep as the latest grouping of its interview."""
        with self._lock:
            self._groupings[grouping.interview] = kept(grouping)

    def grouping(self, interview: int) -> StoredGrouping | None:
        """The latest grouping."""
        with self._lock:
            latest = self._groupings.get(interview)
            return kept(latest) if latest else None

    def grouped(self, interview: int) -> tuple[datetime, int] | None:
        """When the latest grouping was built and of how many remarks."""
        with self._lock:
            latest = self._groupings.get(interview)
            return (latest.built_at, latest.remarks) if latest else None

    def choose(self, interview: int, chosen: Sequence[Selection], left_out: Sequence[LeftOut]) -> None:
        """Replace what was chosen and left out."""
        selections, omissions = [kept(one) for one in chosen], [kept(one) for one in left_out]
        with self._lock:
            self._chosen[interview] = sorted(selections, key=lambda selection: selection.rank)
            self._left_out[interview] = sorted(omissions, key=lambda omission: (-omission.askers, omission.group))

    def selections(self, interview: int) -> list[Selection]:
        """By rank."""
        with self._lock:
            return list(self._chosen.get(interview, ()))

    def left_out(self, interview: int) -> list[LeftOut]:
        """By askers, most first, then group."""
        with self._lock:
            return list(self._left_out.get(interview, ()))
