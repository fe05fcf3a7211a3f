"""Choosing representative questions: exact quotes of stored comments, with reasons and the askers behind them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from microblog.domain.errors import InvalidInput, NotFound
from microblog.domain.interview import Interview
from microblog.domain.question import Comment, LeftOut, Selection
from microblog.service.dates import unanswered_due
from microblog.service.group import asking_comments, grouping_of, propose, regroup
from microblog.service.office import Office
from microblog.service.skipped import spoken_for
from microblog.text.shortlist import Candidate, Shortlist


def select(
    office: Office,
    interview: Interview,
    *,
    by: str,
    drop: Mapping[str, str] | None = None,
    joined: Mapping[str, str] | None = None,
    quotes: Mapping[str, str] | None = None,
    added: Mapping[str, str] | None = None,
    order: Sequence[str] = (),
) -> list[Selection]:
    """Choose the offered candidates, but for those dropped, and keep the ledger of what was left out.

    drop: question group → reason. joined: dropped question group → the one chosen whose answer covers it; that one
    then speaks for its people too. added: a group left out → why it is chosen all the same. order: groups as they are
    to be asked, those not named after them as offered. quotes: comment id → the part to quote, an exact part of the
    comment's words. Raises InvalidInput when a quote is not in its comment or a group was not offered, NotFound when
    a comment is not stored.
    """
    dropped, quotes = drop or {}, quotes or {}
    offered = with_added(office, interview, propose(office, interview), added or {})
    _check_offered(offered, [*dropped, *(joined or {}), *(joined or {}).values()])
    comments = {comment.id: comment for comment in office.store.comments.of(interview.id)}
    taken = ordered([one for one in offered.candidates if one.question not in dropped], order)
    voices = voices_of(office, interview, offered, joined or {})
    chosen = [
        Selection(
            interview=interview.id,
            rank=rank,
            comment=candidate.remark_id,
            quote=exact_quote(_stored(comments, candidate.remark_id), quotes),
            asker=comments[candidate.remark_id].user_name,
            group=candidate.question,
            topic=candidate.topic,
            askers=len({comments[name].user_id for name in voices[candidate.question]}),
            reason=candidate.reason,
            chosen_by=by,
            chosen_at=office.clock.now(),
            speaks_for=voices[candidate.question],
        )
        for rank, candidate in enumerate(taken, 1)
    ]
    left_out = _left_out(offered, dropped, interview.id, unanswered_due(office, interview))
    office.store.questions.choose(interview.id, chosen, left_out)
    office.note(by, "select", interview.name, chosen=len(chosen), left_out=len(left_out))
    return chosen


def _check_offered(offered: Shortlist, groups: Iterable[str]) -> None:
    known = {candidate.question for candidate in offered.candidates}
    unknown = next((group for group in groups if group not in known), None)
    if unknown is not None:
        raise InvalidInput(f"“{unknown}”不在本期的候选问题中，请重新查看候选后再选")


def _stored(comments: Mapping[str, Comment], remark_id: str) -> Comment:
    if remark_id not in comments:
        raise NotFound(f"评论 {remark_id} 不在库中，请重新归类后再选")
    return comments[remark_id]


def exact_quote(comment: Comment, quotes: Mapping[str, str]) -> str:
    """The words to quote: the whole comment or the part given. Raises InvalidInput when they are not in it."""
    quote = quotes.get(comment.id, comment.text)
    if not quote.strip() or quote not in comment.text:
        raise InvalidInput(f"引用的问题与网友“{comment.user_name}”的原话不一致，请逐字引用")
    return quote


def with_added(office: Office, interview: Interview, offered: Shortlist, added: Mapping[str, str]) -> Shortlist:
    """The shortlist with groups an analyst adds as further candidates. Raises InvalidInput on one not left out."""
    if not added:
        return offered
    left = {item.question: item for item in offered.left_out}
    unknown = next((name for name in added if name not in left), None)
    if unknown is not None:
        raise InvalidInput(f"“{unknown}”不在未入选的问题中，请刷新后重选")
    grouping = grouping_of(office, interview) or regroup(office, interview)
    best = {group.id: group.best for topic in grouping.topics for group in topic.questions}
    more = [
        Candidate(rank, best[name], name, left[name].topic, left[name].askers, f"分析员加入：{why or '未写原因'}")
        for rank, (name, why) in enumerate(added.items(), len(offered.candidates) + 1)
    ]
    rest = tuple(item for item in offered.left_out if item.question not in added)
    return replace(offered, candidates=(*offered.candidates, *more), left_out=rest)


def ordered(candidates: Sequence[Candidate], order: Sequence[str]) -> list[Candidate]:
    """The candidates in the order of their groups; those not named come after, as offered."""
    place = {name: at for at, name in enumerate(order)}
    return sorted(candidates, key=lambda one: place.get(one.question, len(place)))


def voices_of(
    office: Office, interview: Interview, offered: Shortlist, joined: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """By question group: the asking comments a question put for it speaks for, its topic's and those joined to it."""
    grouping = grouping_of(office, interview) or regroup(office, interview)
    topics: dict[str, set[str]] = {item.question: {item.topic} for item in offered.candidates}
    for dropped, kept in joined.items():
        topics[kept] |= topics[dropped]
    asking = [place for place in grouping.placements if place.kind.wants_answer]
    return {question: tuple(place.id for place in asking if place.topic in own) for question, own in topics.items()}


def share_spoken_for(office: Office, interview: Interview) -> float:
    """Share of the people who asked, suggested or complained while the channel was open for whom a chosen question
    speaks that was not skipped at the event, 0 to 1. Later ones are not part of the channel's counts (A24)."""
    closed = interview.closes_at
    asking = [item for item in asking_comments(office, interview) if closed is None or item.created_at < closed]
    everyone = {comment.user_id for comment in asking}
    covered = {name for selection in spoken_for(office, interview) for name in selection.speaks_for}
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
