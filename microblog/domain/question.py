"""Questions as kept: every comment seen, the count of those unseen, and the ones chosen for the script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WEIBO = "weibo"
IMPORTED = "import:"
"""How the source of what our account's back office exported begins: the platform counts those comments too."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment or form entry; (source, platform_id) is unique.

    under: platform id of our status it was written under; empty for other sources.
    late: written after the channel closed; kept, counted apart (A24).
    own: by our own account. prior_texts: earlier wordings of an edited comment, oldest first.
    deleted_at: when a complete sweep no longer found it; the text is kept.
    """

    interview: int
    source: str
    platform_id: str
    user_id: str
    user_name: str
    text: str
    created_at: datetime
    first_seen_at: datetime
    last_seen_at: datetime
    under: str = ""
    likes: int = 0
    reply_to: str | None = None
    late: bool = False
    own: bool = False
    deleted_at: datetime | None = None
    prior_texts: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The name of this comment everywhere outside its source: `weibo:5012…`."""
        return f"{self.source}:{self.platform_id}"


@dataclass(frozen=True, slots=True)
class Sweep:
    """One reading of a comment list. full: walked from the newest to the end, so absence means deleted.

    under: the status read. calls: requests made. total: the platform's own count at that moment.
    """

    interview: int
    source: str
    under: str
    at: datetime
    full: bool
    calls: int
    served: int
    new: int
    total: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what the platform counts we hold; a gap is reported, never hidden.

    total: the platform's count at the last sweep. alive: held and not deleted. imported: of those, what a back
    office's export alone showed. unseen: total less what is alive of the platform's own, at least 0.
    """

    total: int
    stored: int
    alive: int
    deleted: int
    late: int
    unseen: int
    imported: int = 0


@dataclass(frozen=True, slots=True)
class Selection:
    """A representative question chosen for the script: an exact quote of a stored comment.

    group, topic: ids of the grouping it was chosen from. askers: distinct people it speaks for.
    speaks_for: ids of all comments it speaks for, its own included; kept, for groups change as comments arrive.
    chosen_by: the analyst. reason: why this one, in Chinese.
    """

    interview: int
    rank: int
    comment: str
    quote: str
    asker: str
    group: str
    topic: str
    askers: int
    reason: str
    chosen_by: str
    chosen_at: datetime
    speaks_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A group no question was taken from; it keeps a reason and a follow-up date."""

    interview: int
    group: str
    topic: str
    askers: int
    reason: str
    follow_up_by: datetime | None = None


def completeness(comments: tuple[Comment, ...], total: int) -> Completeness:
    """Count what is held against what the platform says; our own comments are in both, other channels in neither."""
    alive = [comment for comment in comments if not comment.deleted_at]
    imported = sum(1 for comment in alive if comment.source.startswith(IMPORTED))
    on_platform = imported + sum(1 for comment in alive if comment.source == WEIBO)
    return Completeness(
        total=total,
        stored=len(comments),
        alive=len(alive),
        deleted=len(comments) - len(alive),
        late=sum(1 for comment in comments if comment.late),
        unseen=max(0, total - on_platform),
        imported=imported,
    )


def twin(comment: Comment) -> tuple[str, str, datetime]:
    """Who said what in which minute: how the same comment is known from two sources that share no id."""
    return comment.user_name, comment.text.strip(), comment.created_at.replace(second=0, microsecond=0)


def distinct(comments: Sequence[Comment]) -> list[Comment]:
    """Each comment once: an imported copy of one that Weibo serves as well is left out."""
    served = [comment for comment in comments if comment.source == WEIBO]
    ids, twins = {comment.platform_id for comment in served}, {twin(comment) for comment in served}
    return [
        comment
        for comment in comments
        if not comment.source.startswith(IMPORTED) or (comment.platform_id not in ids and twin(comment) not in twins)
    ]
