"""Workers in threads and processes of their own, whose calls are written to a file that all of them share."""

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count as numbers
from pathlib import Path

from microblog.domain.post import Attempt, Delivery, Outcome
from microblog.service.dispatch import dispatch
from microblog.store.sql import open_store
from tests.shared import START, Scene, Stage, scene_of

CALL_TAKES = 0.005
"""Real seconds, so that calls of several workers overlap."""


@dataclass
class RecordingStage(Stage):
    """Writes each call to a file and takes its time; first_id: so that no two of them give the same id."""

    record: Path = Path()
    first_id: int = 1

    def __post_init__(self) -> None:
        super().__post_init__()
        self._ids = numbers(self.first_id)

    def deliver(self, delivery: Delivery, history: Sequence[Attempt]) -> Outcome:
        self.watch(delivery)
        with self.record.open("a", encoding="utf-8") as file:
            file.write(f"{delivery.key}\n")
        time.sleep(CALL_TAKES)
        return super().deliver(delivery, history)


def calls(record: Path) -> list[str]:
    """The keys of the posts that were sent, in order."""
    return record.read_text("utf-8").splitlines() if record.exists() else []


def rival(address: str, record: Path, number: int) -> Scene:
    """A worker with its own connection to the database, which sends without a pace."""
    scene = scene_of(open_store(address), start=START, worker=f"worker {number}", pace=timedelta(0))
    platform = RecordingStage(scene.clock, record=record, first_id=number * 5_000_000_000_000_000)
    return Scene(replace(scene.office, platform=platform), scene.clock, platform)


def send_all(address: str, record: Path, number: int) -> int:
    """Dispatch until nothing is due; returns how many posts this worker sent."""
    return dispatch(rival(address, record, number).office).sent


def die_sending(address: str, record: Path, number: int) -> None:
    """Be killed in the middle of a call."""
    scene = rival(address, record, number)
    scene.platform.watch = lambda _: os.kill(os.getpid(), signal.SIGKILL)
    dispatch(scene.office)
