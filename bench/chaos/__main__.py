"""`python -m bench.chaos --scenarios 10000 --seed 1`: plays, prints the table, exits 1 when a promise was broken."""

import argparse
import sys
import time

from bench.chaos.series import KILLED, play_batch, run

EVERY = 500
"""Scenarios between two lines of progress."""


class Progress:
    """A line on stderr for every so many scenarios played."""

    def __init__(self, scenarios: int) -> None:
        self._scenarios = scenarios
        self._began = time.monotonic()
        self._said = 0

    def __call__(self, played: int, failing: list[str]) -> None:
        """Told after every batch."""
        if played // EVERY > self._said:
            self._said = played // EVERY
            seconds = time.monotonic() - self._began
            names = ", ".join(failing) or "none"
            print(f"{played} of {self._scenarios} scenarios, {seconds:.0f} s; failing: {names}", file=sys.stderr)


def main(arguments: list[str]) -> int:
    """0 when every promise was kept."""
    given = _parser().parse_args(arguments)
    if given.replay:
        return _replay(given.replay)
    began = time.monotonic()
    told = Progress(given.scenarios)
    in_process, killed = run(given.seed, given.scenarios - given.kills, given.kills, minutes=given.minutes, told=told)
    for line in (*in_process.lines(f"seed {given.seed}, in process"), *killed.lines("real processes, SIGKILL")):
        print(line)
    played = in_process.scenarios + killed.scenarios
    print(f"{played} scenarios in {time.monotonic() - began:.0f} s")
    whole = played == given.scenarios
    if not whole:
        print(f"stopped after {given.minutes} minutes: {given.scenarios - played} scenarios were not played")
    return 0 if whole and in_process.kept and killed.kept else 1


def _replay(name: str) -> int:
    seed, _, index = name.removeprefix(KILLED).partition(":")
    killed = name.startswith(KILLED)
    tally = play_batch(int(seed), int(index), int(index) + 1, killed, float("inf"))
    print("\n".join(tally.lines(name)))
    return 0 if tally.kept else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    parser.add_argument("--scenarios", type=int, default=10_000, help="how many in all")
    parser.add_argument("--kills", type=int, default=300, help="how many of them with a real process and SIGKILL")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60.0, help="when to stop, played or not")
    parser.add_argument("--replay", metavar="SEED:INDEX", help="play one scenario, as a failure names it")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
