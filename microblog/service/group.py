"""Grouping an interview's questions, and offering representative ones."""

from microblog.domain.interview import Interview
from microblog.domain.question import Comment, distinct
from microblog.service.corrections import maker, standing
from microblog.service.office import Office
from microblog.service.ports import StoredGrouping
from microblog.text.corrections import replay
from microblog.text.grouping import Grouping
from microblog.text.remark import Remark
from microblog.text.shortlist import Shortlist, shortlist

CORRECTIONS = "corrections"
"""Where a stored grouping says which corrections it was made with."""


def remarks_of(office: Office, interview: Interview) -> list[Remark]:
    """What netizens wrote and did not take back, as the text pipeline reads it; our own comments are left out."""
    comments = distinct(office.store.comments.of(interview.id))
    return [remark(comment) for comment in comments if not comment.own and comment.deleted_at is None]


def remark(comment: Comment) -> Remark:
    """A stored comment as the text pipeline reads it."""
    return Remark(comment.id, comment.text, comment.user_id, comment.likes, comment.created_at)


def regroup(office: Office, interview: Interview) -> Grouping:
    """Group all remarks, replay what analysts corrected, and keep the result as the interview's latest grouping.

    The tree is grown anew only when other words are stored than it was grown from.
    """
    stand, held = office.trees.make(interview.id, maker(office, interview)), standing(office, interview)
    grouping = replay(stand.grown, held.rules, cuts=held.cuts).grouping
    content = grouping.as_json() | {CORRECTIONS: list(held.ids)}
    office.store.questions.save_grouping(
        StoredGrouping(interview.id, office.clock.now(), len(grouping.placements), content)
    )
    return grouping


def grouping_of(office: Office, interview: Interview) -> Grouping | None:
    """The latest grouping kept, or None before the first."""
    stored = office.store.questions.grouping(interview.id)
    return Grouping.from_json(stored.content) if stored else None


def propose(office: Office, interview: Interview) -> Shortlist:
    """Representative questions offered to the analyst, from the latest grouping.

    It is made now if there is none, and made again when a comment in it was taken back or an analyst corrected
    something meanwhile.
    """
    remarks, grouping = remarks_of(office, interview), _as_corrected(office, interview)
    held = {remark.id for remark in remarks}
    if grouping is None or any(placement.id not in held for placement in grouping.placements):
        grouping = regroup(office, interview)
    return shortlist(grouping, remarks, count=office.practice.shortlist_count)


def _as_corrected(office: Office, interview: Interview) -> Grouping | None:
    """The latest grouping; None when other corrections hold now than it was made with."""
    stored = office.store.questions.grouping(interview.id)
    if stored is None or stored.content.get(CORRECTIONS, []) != list(standing(office, interview).ids):
        return None
    return Grouping.from_json(stored.content)


def asking_comments(office: Office, interview: Interview) -> list[Comment]:
    """The comments that ask, suggest or complain, by the latest grouping, but for those an analyst excluded; none
    before the first."""
    grouping = grouping_of(office, interview)
    if grouping is None:
        return []
    asking = {place.id for place in grouping.placements if place.kind.wants_answer and place.question}
    return [comment for comment in office.store.comments.of(interview.id) if comment.id in asking]
