"""Many scenarios, two processes at a time, bounded in number and time."""

import time
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from bench.chaos.killing import play_killed
from bench.chaos.play import play_one
from bench.chaos.tally import Tally

BATCH = 25
PROCESSES = 2
KILLED = "kill"
"""In front of the name of a scenario with real kills."""


Told = Callable[[int, list[str]], None]
"""Hears how many scenarios have been played and which are failing."""


def run(
    seed: int, scenarios: int, kills: int, *, minutes: float = 60.0, told: Told = lambda *_: None
) -> tuple[Tally, Tally]:
    """Play so many scenarios in process and so many with real kills, two at a time, until the time is up.

    told: called after every batch.
    """
    end = time.monotonic() + minutes * 60
    jobs = [(seed, first, min(first + BATCH, scenarios), False) for first in range(0, scenarios, BATCH)]
    jobs += [(seed, first, min(first + BATCH, kills), True) for first in range(0, kills, BATCH)]
    in_process, killed = Tally(), Tally()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(play_batch, *job, end): job[3] for job in jobs}
        for future in as_completed(waiting):
            (killed if waiting[future] else in_process).add(future.result())
            told(in_process.scenarios + killed.scenarios, sorted(in_process.failing | killed.failing))
    return in_process, killed


def play_batch(seed: int, first: int, after: int, killed: bool, end: float) -> Tally:
    """Play the scenarios from `first` up to, not including, `after`; those that come too late are left out."""
    tally = Tally()
    for index in range(first, after):
        if time.monotonic() > end:
            break
        name = f"{KILLED if killed else ''}{seed}:{index}"
        try:
            if killed:
                verdict, kills = play_killed(seed, index)
                tally.take(name, verdict, kills)
            else:
                tally.take(name, play_one(seed, index))
        except Exception:
            tally.fail(name, traceback.format_exc())
    return tally
