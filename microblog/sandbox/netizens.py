"""A stream of simulated netizens' comments: who says what when, when it is approved, and what becomes of it.

Everything is drawn from the seed before the first comment shows, so no call in between can change it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, exp, floor, log
from random import Random

from microblog.sandbox.moments import DAY, HOUR, in_china
from microblog.sandbox.rows import NEVER
from microblog.sandbox.utterances import Speaker, Words, nickname
from microblog.sandbox.voices import Voices

EVENT_SHARE = 0.2
LATE, FILTERED, DELETED, REPLIES = 0.04, 0.05, 0.01, 0.003
REPEAT_AUTHORS, SECOND_TIME = 0.025, 0.04

_LIKES = ((0.0, 0), (0.30, 0), (0.75, 1), (0.90, 7), (0.99, 682), (1.0, 21_868))
_HOURS = (4, 2, 1, 1, 1, 2, 4, 8, 11, 12, 12, 11, 13, 11, 10, 10, 10, 11, 12, 13, 15, 15, 12, 8)


@dataclass(frozen=True, slots=True)
class Window:
    """When people may speak. opens, event: moments; event is None where nobody comments during one."""

    opens: float
    days: float
    event: float | None = None
    event_hours: float = 2.0


@dataclass(frozen=True, slots=True)
class Said:
    """One scheduled comment. reply_to: its place in the stream; visible, deleted: moments."""

    name: str
    words: Words
    created: float
    visible: float
    likes: int
    filtered: bool = False
    deleted: float = NEVER
    reply_to: int | None = None


def comment_stream(voices: Voices, window: Window, *, seed: int, count: int) -> list[Said]:
    """`count` comments by rising time; the same for the same arguments."""
    random = Random(f"netizens/{voices.topic}/{seed}")  # noqa: S311 - a play, not a secret
    speaker = Speaker(voices, random)
    times = _times(window, count, random)
    names = _names(voices, count, random)
    likes = _likes(count, random)
    stream: list[Said] = []
    for created, name, liked in zip(times, names, likes, strict=True):
        said = Said(name, speaker.say(), created, visible=created, likes=liked)
        stream.append(_answering(stream, _fated(said, random), random))
    return stream


def _fated(said: Said, random: Random) -> Said:
    """The same comment, perhaps approved late, filtered, or deleted after a while."""
    if random.random() < LATE:
        hold = exp(random.uniform(log(0.5 * HOUR), log(5 * DAY)))
        said = replace(said, visible=float(floor(said.created + hold)))
    if random.random() < FILTERED:
        said = replace(said, filtered=True)
    if random.random() < DELETED:
        said = replace(said, deleted=float(floor(said.created + random.uniform(0.2, 48) * HOUR)))
    return said


def _answering(stream: Sequence[Said], said: Said, random: Random) -> Said:
    """The same comment, perhaps as a reply to one of the thirty before it."""
    if not stream or random.random() >= REPLIES:
        return said
    place = max(0, len(stream) - 1 - random.randrange(30))
    if stream[place].filtered:
        return said
    return replace(
        said, words=replace(said.words, text=f"回复@{stream[place].name}:{said.words.text}"), reply_to=place
    )


def _times(window: Window, count: int, random: Random) -> list[float]:
    """Moments in order: a rush at the opening, a smaller one at the end, days and nights; then the event."""
    during = round(count * EVENT_SHARE) if window.event is not None else 0
    hours = max(1, round(window.days * 24))
    weights = [_hour_weight(window, hour) for hour in range(hours)]
    starts = random.choices(range(hours), weights, k=count - during)
    length = window.days * DAY / hours
    moments = [window.opens + hour * length + random.random() * length for hour in starts]
    if window.event is not None:
        moments += [window.event + random.random() * window.event_hours * HOUR for _ in range(during)]
    return sorted(float(floor(moment)) for moment in moments)


def _hour_weight(window: Window, hour: int) -> float:
    day = hour / 24
    rush = 1 + 6 * exp(-day / 1.5) + 2 * exp(-(window.days - day))
    return rush * _HOURS[in_china(window.opens + hour * HOUR).hour]


def _names(voices: Voices, count: int, random: Random) -> list[str]:
    """An author each: mostly new ones, some for the second time, a few who keep talking."""
    names: list[str] = []
    taken: set[str] = set()
    talkers = [nickname(voices, random) for _ in range(max(1, round(count * REPEAT_AUTHORS / 4)))]
    for _ in range(count):
        draw = random.random()
        if draw < REPEAT_AUTHORS:
            names.append(random.choice(talkers))
        elif names and draw < REPEAT_AUTHORS + SECOND_TIME:
            names.append(random.choice(names))
        else:
            names.append(_new_name(voices, taken, random))
    return names


def _new_name(voices: Voices, taken: set[str], random: Random) -> str:
    name = nickname(voices, random)
    while name in taken:
        name = f"{nickname(voices, random)}{random.randrange(100)}"
    taken.add(name)
    return name


def _likes(count: int, random: Random) -> list[int]:
    """Likes in the measured distribution (the top 1 % hold about three quarters), spread at random."""
    likes = [_likes_at((place + 0.5) / count) for place in range(count)]
    random.shuffle(likes)
    return likes


def _likes_at(quantile: float) -> int:
    for (low, few), (high, many) in pairwise(_LIKES):
        if quantile <= high:
            part = (quantile - low) / (high - low)
            return ceil(exp(log(few + 1) + part * (log(many + 1) - log(few + 1))) - 1 - 1e-9)
    return _LIKES[-1][1]
