"""What a rebuild changed, told by remarks: who moved, from where to where, and why."""

from collections import Counter
from dataclasses import dataclass

from microblog.text.groups import Grouping


@dataclass(frozen=True, slots=True)
class Moved:
    """A remark whose topic is another than before. before, after: topic names, empty for none; why: in Chinese."""

    remark: str
    before: str
    after: str
    why: str


def changes(before: Grouping, after: Grouping) -> tuple[Moved, ...]:
    """The remarks in both groupings whose topic changed, in the order of the later one.

    A topic that only got another id is the same one: most of its remarks are there now, and most there are its own.
    """
    was = {place.id: place.topic for place in before.placements}
    old, new = ({topic.id: topic.name for topic in grouping.topics} for grouping in (before, after))
    followed = _followed(was, after)
    return tuple(
        Moved(place.id, old.get(was[place.id] or "", ""), new.get(place.topic or "", ""), place.reason)
        for place in after.placements
        if place.id in was and place.topic != followed.get(was[place.id] or "")
    )


def _followed(was: dict[str, str | None], after: Grouping) -> dict[str, str]:
    """For each old topic the new one that is the same: each holds most of the other's remarks."""
    votes = Counter((was[place.id], place.topic) for place in after.placements if was.get(place.id) and place.topic)
    ranked = sorted(votes.items(), key=lambda vote: (vote[1], str(vote[0])))
    forward = {str(old): str(new) for (old, new), _ in ranked}
    backward = {str(new): str(old) for (old, new), _ in ranked}
    return {old: new for old, new in forward.items() if backward[new] == old}
