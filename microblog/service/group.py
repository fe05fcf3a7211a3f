"""Grouping an interview's questions, and offering representative ones."""

from microblog.domain.interview import Interview
from microblog.domain.question import Comment, distinct
from microblog.service.office import Office
from microblog.service.ports import StoredGrouping
from microblog.text.grouping import Grouping, group
from microblog.text.remark import Remark
from microblog.text.shortlist import Shortlist, shortlist


def remarks_of(office: Office, interview: Interview) -> list[Remark]:
    """What netizens wrote and did not take back, as the text pipeline reads it; our own comments are left out."""
    comments = distinct(office.store.comments.of(interview.id))
    return [remark(comment) for comment in comments if not comment.own and comment.deleted_at is None]


def remark(comment: Comment) -> Remark:
    """A stored comment as the text pipeline reads it."""
    return Remark(comment.id, comment.text, comment.user_id, comment.likes, comment.created_at)


def regroup(office: Office, interview: Interview) -> Grouping:
    """Group all remarks afresh and keep the result as the interview's latest grouping."""
    remarks = remarks_of(office, interview)
    grouping = group(remarks, segmenter=office.segmenter, lexicon=office.lexicon)
    office.store.questions.save_grouping(
        StoredGrouping(interview.id, office.clock.now(), len(remarks), grouping.as_json())
    )
    return grouping


def grouping_of(office: Office, interview: Interview) -> Grouping | None:
    """The latest grouping kept, or None before the first."""
    stored = office.store.questions.grouping(interview.id)
    return Grouping.from_json(stored.content) if stored else None


def propose(office: Office, interview: Interview) -> Shortlist:
    """Representative questions offered to the analyst, from the latest grouping.

    It is made now if there is none, and made again when a comment in it was taken back meanwhile.
    """
    remarks, grouping = remarks_of(office, interview), grouping_of(office, interview)
    held = {remark.id for remark in remarks}
    if grouping is None or any(placement.id not in held for placement in grouping.placements):
        grouping = regroup(office, interview)
    return shortlist(grouping, remarks, count=office.practice.shortlist_count)


def asking_comments(office: Office, interview: Interview) -> list[Comment]:
    """The comments that ask, suggest or complain, by the latest grouping; none before the first."""
    grouping = grouping_of(office, interview)
    if grouping is None:
        return []
    asking = {placement.id for placement in grouping.placements if placement.kind.wants_answer}
    return [comment for comment in office.store.comments.of(interview.id) if comment.id in asking]
