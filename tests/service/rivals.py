"""Workers in threads and processes of their own, whose calls are written to a file that all of them share."""

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from microblog.domain.post import Attempt, Delivery, Outcome
from microblog.service.dispatch import dispatch
from microblog.store.sql import open_store
from tests.shared import START, Scene, Stage, scene_of

CALL_TAKES = 0.005
"""Real seconds, so that calls of several workers overlap."""


@dataclass
class RecordingStage(Stage):
    """Writes each call to a file before it posts."""

    record: Path = Path()

    def deliver(self, delivery: Delivery, history: Sequence[Attempt]) -> Outcome:
        with self.record.open("a", encoding="utf-8") as file:
            file.write(f"{delivery.key}\n")
        time.sleep(CALL_TAKES)
        return super().deliver(delivery, history)


def calls(record: Path) -> list[str]:
    """The keys of the posts that were sent, in order."""
    return record.read_text("utf-8").splitlines() if record.exists() else []


def rival(address: str, record: Path, worker: str) -> Scene:
    """A worker with its own connection to the database, which sends without a pace."""
    scene = scene_of(open_store(address), start=START, worker=worker, pace=timedelta(0))
    scene.platform = RecordingStage(scene.clock, record=record)
    scene.office = type(scene.office)(**{**scene.office.__dict__, "platform": scene.platform})
    return scene


def send_all(address: str, record: Path, worker: str) -> int:
    """Dispatch until nothing is due; returns how many posts this worker sent."""
    return dispatch(rival(address, record, worker).office).sent


def die_sending(address: str, record: Path, worker: str) -> None:
    """Be killed in the middle of a call."""
    scene = rival(address, record, worker)
    scene.platform.watch = lambda _: os.kill(os.getpid(), signal.SIGKILL)
    dispatch(scene.office)
