"""The analyst's choice of representative questions: what is offered, what was chosen, whom it speaks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from microblog.domain.interview import Interview
from microblog.domain.question import Comment, LeftOut, Selection
from microblog.service.group import asking_comments, grouping_of, propose
from microblog.service.office import Office
from microblog.service.select import ordered, select, voices_of, with_added
from microblog.service.skipped import Skipped, skipped_questions
from microblog.text.shortlist import Candidate, Shortlist

LEFT_MOST = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """What an analyst decided. All by question group.

    order: as they are to be asked. dropped: why not. joined: dropped, its answer covered by another. added: left out
    by the machine, and why it is chosen all the same. quotes: comment → the part to be quoted.
    """

    order: tuple[str, ...] = ()
    dropped: Mapping[str, str] = field(default_factory=dict)
    joined: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[str, str] = field(default_factory=dict)
    quotes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """A candidate as the form shows it. reason: why it was dropped; joined: the group whose answer covers it."""

    candidate: Candidate
    comment: Comment
    quote: str
    taken: bool = True
    reason: str = ""
    joined: str = ""


@dataclass(frozen=True, slots=True)
class LeftLine:
    """A group nobody chose, with a comment of it."""

    group: str
    comment: Comment
    askers: int
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """For how many of the people who asked, suggested or complained somebody speaks."""

    questions: int
    spoken: int
    everyone: int

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.spoken / self.everyone if self.everyone else 0.0

    @property
    def chinese(self) -> str:
        """`18 个问题代表了 83% 的提问网友（415/500 人）`."""
        return f"{self.questions} 个问题代表了 {self.share:.0%} 的提问网友（{self.spoken}/{self.everyone} 人）"


@dataclass(frozen=True, slots=True)
class ChoiceBoard:
    """Candidates as they would be chosen now; the rest; what is kept as chosen. left_count: of all left out.

    skipped: chosen, and left out at the event.
    """

    interview: Interview
    lines: tuple[ChoiceLine, ...]
    left: tuple[LeftLine, ...]
    left_count: int
    coverage: Coverage
    selections: tuple[Selection, ...]
    left_out: tuple[LeftOut, ...]
    skipped: tuple[Skipped, ...]


def choice_board(office: Office, interview: Interview, *, sought: str = "") -> ChoiceBoard:
    """Everything the page shows. sought: a word that the left-out groups listed must hold."""
    offered = propose(office, interview)
    selections = tuple(office.store.questions.selections(interview.id))
    left_out = tuple(office.store.questions.left_out(interview.id))
    choice = _kept_choice(offered, selections, left_out)
    offered = with_added(office, interview, offered, choice.added)
    comments = {comment.id: comment for comment in office.store.comments.of(interview.id)}
    left = _left_lines(office, interview, offered, comments, sought)
    return ChoiceBoard(
        interview=interview,
        lines=tuple(_lines(offered, choice, comments)),
        left=tuple(left),
        left_count=len(offered.left_out),
        coverage=coverage_of(office, interview, choice),
        selections=selections,
        left_out=left_out,
        skipped=skipped_questions(office, interview),
    )


def coverage_of(office: Office, interview: Interview, choice: Choice) -> Coverage:
    """Whom a choice would speak for, questions skipped at the event left out; nothing is kept."""
    offered = with_added(office, interview, propose(office, interview), choice.added)
    voices = voices_of(office, interview, offered, choice.joined)
    asking = {comment.id: comment.user_id for comment in asking_comments(office, interview)}
    skipped = {one.comment for one in skipped_questions(office, interview)}
    candidates = [one for one in offered.candidates if one.remark_id not in skipped]
    taken = [one.question for one in candidates if one.question not in choice.dropped]
    spoken = {asking[name] for question in taken for name in voices[question] if name in asking}
    return Coverage(len(taken), len(spoken), len(set(asking.values())))


def choose(office: Office, interview: Interview, choice: Choice, *, by: str) -> list[Selection]:
    """Keep the choice. Raises InvalidInput as `select` does."""
    return select(
        office,
        interview,
        by=by,
        drop=choice.dropped,
        joined=choice.joined,
        quotes=choice.quotes,
        added=choice.added,
        order=choice.order,
    )


def _kept_choice(offered: Shortlist, selections: Sequence[Selection], left_out: Sequence[LeftOut]) -> Choice:
    """What was chosen last, as far as its groups are still there; nothing dropped before the first choice."""
    if not selections:
        return Choice()
    known = {one.question for one in offered.candidates}
    left = {one.question for one in offered.left_out}
    chosen = {one.group: one for one in selections}
    why = {one.group: one.reason for one in left_out}
    dropped = {name: why.get(name, "") for name in known if name not in chosen}
    remarks = {one.question: one.remark_id for one in offered.candidates}
    joined = {
        name: kept.group
        for name in dropped
        for kept in selections
        if remarks[name] in kept.speaks_for and kept.group in known
    }
    return Choice(
        order=tuple(one.group for one in selections),
        dropped=dropped,
        joined=joined,
        added={name: one.reason.removeprefix("分析员加入：") for name, one in chosen.items() if name in left},
        quotes={one.comment: one.quote for one in selections},
    )


def _lines(offered: Shortlist, choice: Choice, comments: Mapping[str, Comment]) -> list[ChoiceLine]:
    lines = []
    for rank, candidate in enumerate(ordered(offered.candidates, choice.order), 1):
        comment, name = comments[candidate.remark_id], candidate.question
        lines.append(
            ChoiceLine(
                candidate=replace(candidate, rank=rank),
                comment=comment,
                quote=choice.quotes.get(comment.id, comment.text),
                taken=name not in choice.dropped,
                reason=choice.dropped.get(name, ""),
                joined=choice.joined.get(name, ""),
            )
        )
    return lines


def _left_lines(
    office: Office, interview: Interview, offered: Shortlist, comments: Mapping[str, Comment], sought: str
) -> list[LeftLine]:
    grouping = grouping_of(office, interview)
    best = {group.id: group.best for topic in grouping.topics for group in topic.questions} if grouping else {}
    found = (
        LeftLine(item.question, comments[best[item.question]], item.askers, item.reason)
        for item in sorted(offered.left_out, key=lambda item: (-item.askers, item.question))
        if item.question in best
    )
    return [line for line in found if sought in line.comment.text][:LEFT_MOST]
