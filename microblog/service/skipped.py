"""Chosen questions that were left out at the event: listed, never counted as answered or spoken for."""

from dataclasses import dataclass

from microblog.domain.interview import Interview
from microblog.domain.post import Post, PostKind, PostState
from microblog.domain.question import Selection
from microblog.service.answer import thread_of
from microblog.service.office import Office

SKIPPED = "跳过："
"""How the reason begins on the posts of an answer that was left out."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A question of the script of whose answer no part will be sent. comment: its id. reason: as it was written."""

    rank: int
    comment: str
    question: str
    asker: str
    askers: int
    reason: str


def skipped_questions(office: Office, interview: Interview) -> tuple[Skipped, ...]:
    """In the order of the script; none before its answers have posts."""
    scripts = office.store.reviews.scripts(interview.id)
    threads: dict[str, list[Post]] = {}
    for post in office.store.outbox.posts(interview=interview.id):
        if post.kind is PostKind.ANSWER:
            threads.setdefault(thread_of(post.key), []).append(post)
    given_up = {name: parts for name, parts in threads.items() if all(_cancelled(part) for part in parts)}
    found = []
    for section in scripts[-1].questions() if scripts else ():
        parts = given_up.get(f"{interview.name} · answer {section.rank}")
        if parts:
            reason = parts[0].reason.removeprefix(SKIPPED)
            found.append(
                Skipped(section.rank, section.comment, section.question, section.asker, section.askers, reason)
            )
    return tuple(found)


def spoken_for(office: Office, interview: Interview) -> list[Selection]:
    """The chosen questions but for those left out at the event."""
    gone = {one.comment for one in skipped_questions(office, interview)}
    return [one for one in office.store.questions.selections(interview.id) if one.comment not in gone]


def _cancelled(post: Post) -> bool:
    return post.state is PostState.CANCELLED
