"""Choosing representative questions: exact quotes of stored comments, with reasons and the askers behind them."""

from collections.abc import Mapping
from datetime import datetime

from microblog.domain.errors import InvalidInput, NotFound
from microblog.domain.interview import Interview
from microblog.domain.question import Comment, LeftOut, Selection
from microblog.service.dates import unanswered_due
from microblog.service.group import asking_comments, grouping_of, propose, regroup
from microblog.service.office import Office
from microblog.text.grouping import Grouping
from microblog.text.shortlist import Candidate, Shortlist


def select(
    office: Office,
    interview: Interview,
    *,
    by: str,
    drop: Mapping[str, str] | None = None,
    quotes: Mapping[str, str] | None = None,
) -> list[Selection]:
    """Choose the offered candidates, but for those dropped, and keep the ledger of what was left out.

    drop: question group → reason. quotes: comment id → the part to quote, an exact part of the comment's words.
    Raises InvalidInput when a quote is not in its comment, NotFound when a comment is not stored.
    """
    dropped, quotes = drop or {}, quotes or {}
    grouping = grouping_of(office, interview) or regroup(office, interview)
    offered = propose(office, interview)
    comments = {comment.id: comment for comment in office.store.comments.of(interview.id)}
    taken = [candidate for candidate in offered.candidates if candidate.question not in dropped]
    chosen = [
        Selection(
            interview=interview.id,
            rank=rank,
            comment=candidate.remark_id,
            quote=exact_quote(_stored(comments, candidate.remark_id), quotes),
            asker=comments[candidate.remark_id].user_name,
            group=candidate.question,
            topic=candidate.topic,
            askers=candidate.askers,
            reason=candidate.reason,
            chosen_by=by,
            chosen_at=office.clock.now(),
            speaks_for=spoken_for(grouping, candidate),
        )
        for rank, candidate in enumerate(taken, 1)
    ]
    left_out = _left_out(offered, dropped, interview.id, unanswered_due(office, interview))
    office.store.questions.choose(interview.id, chosen, left_out)
    office.note(by, "select", interview.name, chosen=len(chosen), left_out=len(left_out))
    return chosen


def _stored(comments: Mapping[str, Comment], remark_id: str) -> Comment:
    if remark_id not in comments:
        raise NotFound(f"评论 {remark_id} 不在库中，请重新归类后再选")
    return comments[remark_id]


def exact_quote(comment: Comment, quotes: Mapping[str, str]) -> str:
    """The words to quote: the whole comment or the part given. Raises InvalidInput when they are not in it."""
    quote = quotes.get(comment.id, comment.text)
    if quote not in comment.text:
        raise InvalidInput(f"引用的问题与网友“{comment.user_name}”的原话不一致，请逐字引用")
    return quote


def spoken_for(grouping: Grouping, candidate: Candidate) -> tuple[str, ...]:
    """Ids of the remarks in the candidate's topic: all that a question put for this topic answers."""
    return tuple(placement.id for placement in grouping.placements if placement.topic == candidate.topic)


def share_spoken_for(office: Office, interview: Interview) -> float:
    """Share of all people who asked, suggested or complained for whom a chosen question speaks, 0 to 1."""
    asking = asking_comments(office, interview)
    everyone = {comment.user_id for comment in asking}
    covered = {name for selection in office.store.questions.selections(interview.id) for name in selection.speaks_for}
    return len({comment.user_id for comment in asking if comment.id in covered}) / len(everyone) if everyone else 0.0


def _left_out(offered: Shortlist, dropped: Mapping[str, str], interview: int, due: datetime | None) -> list[LeftOut]:
    """Groups dropped by the analyst with the analyst's reason, then those never offered with the shortlist's."""
    by_hand = [
        LeftOut(interview, item.question, item.topic, item.askers, dropped[item.question], due)
        for item in offered.candidates
        if item.question in dropped
    ]
    never = [
        LeftOut(interview, item.question, item.topic, item.askers, item.reason, due) for item in offered.left_out
    ]
    return by_hand + never
