"""One interview's misfortunes, drawn from its seed and number alone: the same for ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bench.chaos.times import DAY, HOUR, MINUTE, PREVIEW, START

LOST = (
    "drop-after-commit",
    "stall-after-commit",
    "bad-gateway-after-commit",
    "error-after-commit",
    "review-after-commit",
    "delay-after-commit",
    "drop-before-commit",
    "stall-before-commit",
    "bad-gateway-before-commit",
    "error-before-commit",
    "slow-answer",
)
WIRE = (
    "code-as-string",
    "numbers-swapped",
    "sparse-users",
    "no-user",
    "odd-verified-type",
    "geo-point",
    "encoded-text",
    "error-status",
    "front-page",
    "truncated-json",
    "blank-body",
)
WORDS = ("illegal-content", "illegal-website", "advertising", "forbidden-words", "repeat-content", "similar-content")
LIMITS = ("user-limit", "endpoint-limit", "ip-limit", "too-fast", "day-spent", "limits-lie")
DOORS = ("door-closed", "door-removed", "permission-denied")
TARGETS = ("comment-gone", "illegal-comment", "user-gone", "privacy-forbids", "blacklisted")
HOLES = (
    "deleted-comments",
    "filtered-comments",
    "late-approval",
    "growing-list",
    "served-again",
    "short-page",
    "authorised-only",
)
STANDING = (
    "captcha",
    "account-illegal",
    "comment-ban",
    "token-expired",
    "token-unknown",
    "token-revoked",
    "token-rejected",
    "accessor-revoked",
    "auth-failed",
    "source-missing",
    "app-unaudited",
)
WRITES = ("statuses/share", "comments/create", "comments/reply")
READ_BACKS = ("statuses/user_timeline", "comments/by_me")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens at a moment. what: a method of `play.Happenings`; with: its arguments."""

    at: datetime
    what: str
    given: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """One interview and everything that will go wrong in it.

    parts: how many parts each answer takes. rules: faults of the sandbox. kill, stall, forgets, refused, late: shares
    (see `Fate` and `Line`). patience: until a person acts on what asks them.
    """

    seed: int
    index: int
    strategy: str
    parts: tuple[int, ...]
    workers: int
    options: dict[str, Any]
    rules: tuple[dict[str, Any], ...]
    events: tuple[Event, ...]
    kill: float
    stall: float
    forgets: float
    refused: float
    late: float
    patience: timedelta

    def random(self, purpose: str) -> Random:
        """Luck of its own for every purpose, so that one draw never moves another's."""
        return Random(f"{self.seed}/{self.index}/{purpose}")


def draw(seed: int, index: int) -> Scenario:
    """The scenario of this number."""
    random = Random(f"{seed}/{index}")
    events = (*_machine(random), *_people(random))
    return Scenario(
        seed=seed,
        index=index,
        strategy=random.choice(("thread", "reply")),
        parts=tuple(random.randint(1, 6) for _ in range(random.randint(1, 4))),
        workers=random.choice((1, 1, 2)),
        options=_options(random),
        rules=tuple(_rules(random)),
        events=tuple(sorted(events, key=lambda event: (event.at, event.what))),
        kill=_rarely(random, 0.4, (0.0005, 0.004)),
        stall=_rarely(random, 0.3, (0.0005, 0.002)),
        forgets=_rarely(random, 0.2, (0.0005, 0.002)),
        refused=_rarely(random, 0.2, (0.01, 0.2)),
        late=_rarely(random, 0.2, (0.005, 0.05)),
        patience=random.choice((MINUTE, 10 * MINUTE, 45 * MINUTE)),
    )


def _rarely(random: Random, chance: float, between: tuple[float, float]) -> float:
    return random.uniform(*between) if random.random() < chance else 0.0


def _options(random: Random) -> dict[str, Any]:
    """How the platform is minded; the repeat rule's window is not known, so it is anything from none to hours."""
    options: dict[str, Any] = {"repeat_window": random.choice((0.0, 60.0, 3600.0, 3600.0, 86_400.0))}
    if random.random() < 0.15:
        options["calls_per_day"] = random.choice((30, 60, 100))
    if random.random() < 0.1:
        options["comments_per_hour"] = random.choice((5, 15))
    if random.random() < 0.1:
        options["post_gap"] = random.choice((30.0, 300.0))
    if random.random() < 0.05:
        options |= {"comment_burst": 3, "burst_window": 150.0, "burst_ban": 1800.0}
    if random.random() < 0.1:
        options |= {"reserved_share": 0.3, "page_max": 3}
    if random.random() < 0.1:
        options["authorised_only"] = True
    return options


def _rules(random: Random) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = []
    if random.random() < 0.7:
        rules.append(_rule(random, random.sample(LOST, 4), random.choice((*WRITES, "*")), (0.02, 0.12)))
    if random.random() < 0.4:
        rules.append(_rule(random, random.sample(WIRE, 3), random.choice((*WRITES, *READ_BACKS, "*")), (0.02, 0.3)))
    if random.random() < 0.25:
        rules.append(_rule(random, LOST[:9], random.choice(READ_BACKS), (0.05, 0.4)))
    if random.random() < 0.2:
        rules.append(_rule(random, ["misplaced"], "comments/reply", (0.05, 0.3)))
    if random.random() < 0.15:
        rules.append(_rule(random, random.sample(TARGETS, 2), random.choice(WRITES[1:]), (0.02, 0.1), times=1))
    if random.random() < 0.15:
        rules.append(_rule(random, random.sample(WORDS, 2), random.choice(WRITES), (0.02, 0.15), times=2))
    if random.random() < 0.2:
        rules.append(_rule(random, random.sample(LIMITS, 2), random.choice((*WRITES, "*")), (0.02, 0.15), times=3))
    if random.random() < 0.15:
        rules.append(_closed(random))
    if random.random() < 0.3:
        rules.append(_rule(random, random.sample(HOLES, 3), "comments/show", (0.1, 0.6)))
    if random.random() < 0.2:
        rules.append(_rule(random, random.sample(STANDING, 1), random.choice(WRITES), (0.03, 0.2), times=1))
    if random.random() < 0.04:
        rules.append(_rule(random, ["pushed-out"], "statuses/user_timeline", (0.3, 1.0), times=1))
    if random.random() < 0.03:
        rules.append(_rule(random, ["status-gone", "status-illegal"], "comments/*", (0.02, 0.1), times=1))
    return rules


def _rule(
    random: Random, faults: Sequence[str], endpoint: str, chance: tuple[float, float], times: int = 0
) -> dict[str, Any]:
    return {
        "fault": list(faults),
        "endpoint": endpoint,
        "probability": random.uniform(*chance),
        "seed": random.randrange(10**6),
        "times": times,
    }


def _closed(random: Random) -> dict[str, Any]:
    """A door shut for some hours of the event; the platform's clock stays readable (docs/reliability.md)."""
    since = START + random.uniform(-1, 1.5) * HOUR
    rule = _rule(random, [random.choice(DOORS)], random.choice((*WRITES, "comments/show", "comments/by_me")), (1, 1))
    until = since + random.uniform(0.2, 2) * HOUR
    return rule | {"since": since.timestamp(), "until": until.timestamp()}


def _busy(random: Random) -> datetime:
    """A moment when something is going on: around the preview, or during the event."""
    chance = random.random()
    if chance < 0.15:
        return PREVIEW + random.uniform(-0.1, 0.5) * HOUR
    if chance < 0.45:
        return START + random.uniform(-4, 12) * MINUTE
    return START + random.uniform(-0.2, 1.2) * HOUR


def _machine(random: Random) -> list[Event]:
    """What befalls the machine and its network."""
    events = []
    for _ in range(random.choice((1, 2)) if random.random() < 0.3 else 0):
        at, by = _busy(random), random.choice((HOUR, -HOUR, DAY, -DAY))
        worker = random.randrange(2)
        events += [
            Event(at, "jump", (worker, by)),
            Event(at + random.choice((5, 60, 240)) * random.random() * MINUTE, "jump", (worker, timedelta(0))),
        ]
    if random.random() < 0.25:
        events.append(Event(_busy(random), "database_gone", (random.uniform(20, 90),)))
    if random.random() < 0.2:
        events.append(Event(_busy(random), "network_gone", (random.uniform(10, 1200),)))
    if random.random() < 0.1:
        gone = random.choice((5 * MINUTE, HOUR, 3 * HOUR, 7 * DAY))
        events.append(Event(_busy(random), "everything_off", (gone,)))
    return events


def _people(random: Random) -> list[Event]:
    """What people do by hand, in a hurry."""
    events = []
    if random.random() < 0.3:
        events.append(Event(_busy(random), "posts_by_hand", (random.randint(1, 3),)))
    if random.random() < 0.02:
        events.append(Event(_busy(random), "posts_by_hand", (6,)))
    if random.random() < 0.25:
        events.append(Event(_busy(random), "edits", (random.randrange(1000),)))
    if random.random() < 0.15:
        events.append(Event(_busy(random), "question_deleted", (random.randrange(1000),)))
    if random.random() < 0.05:
        events.append(Event(START + random.uniform(0, 1) * HOUR, "cancels", (random.randrange(1000),)))
    return events
