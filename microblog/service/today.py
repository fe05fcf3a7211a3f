"""What asks for a person today: late, due, unknown, unreviewed, missing; each with where to go."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from microblog.domain.interview import Interview, InterviewState
from microblog.domain.milestone import Status
from microblog.domain.people import Act, Role, User
from microblog.domain.period import shanghai_day
from microblog.domain.post import PostState
from microblog.domain.request import Decision
from microblog.domain.script import ScriptState
from microblog.service.collect import ledger
from microblog.service.dates import bodies_of
from microblog.service.doctor import SILENT_AFTER
from microblog.service.draft import check, latest_script
from microblog.service.duties import Duty, duties
from microblog.service.office import Office
from microblog.service.plan import working_interviews
from microblog.service.review import pending
from microblog.service.roundup import empty_sections
from microblog.service.shown import body_title, post_title
from microblog.service.unit_gaps import UnitGaps

SOON = timedelta(days=14)


class Heap(StrEnum):
    """Where an errand lies, most pressing first."""

    LATE = "late"
    DUE = "due"
    UNKNOWN = "unknown"
    UNREVIEWED = "unreviewed"
    MISSING = "missing"
    SOON = "soon"

    @property
    def chinese(self) -> str:
        """The Chinese name."""
        return _HEAPS[self.value]


_HEAPS = {
    "late": "已逾期",
    "due": "今日到期",
    "unknown": "结果不明、待人决定",
    "unreviewed": "待审核",
    "missing": "缺材料",
    "soon": "两周内到期",
}


@dataclass(frozen=True, slots=True)
class Errand:
    """One line. who: whose turn it is. path: page of the console. act: what one must be allowed to do it there.

    warning: what the unit whose turn it is still lacks (P24). body: the reviewing body whose turn it is, else empty.
    """

    heap: Heap
    interview: Interview
    what: str
    who: str
    path: str
    act: Act
    until: str = ""
    warning: str = ""
    body: str = ""

    def is_for(self, user: User) -> bool:
        """Whether this person can see to it."""
        return self.act is not Act.LOOK and user.may(self.act) and (not self.body or self.body in user.roles)


@dataclass(frozen=True, slots=True)
class Today:
    """Everything of the day. alive: a worker is running; beaten_at: its last sign of life."""

    now: datetime
    errands: tuple[Errand, ...]
    working: int
    alive: bool
    beaten_at: datetime | None

    def of(self, heap: Heap) -> list[Errand]:
        """The errands of a heap."""
        return [one for one in self.errands if one.heap is heap]


def today(office: Office) -> Today:
    """Look at every interview that is worked on."""
    interviews = working_interviews(office)
    now, beats = office.clock.now(), office.store.journal.beats()
    beaten = max((beat.at for beat in beats), default=None)
    errands = [*_dated(duties(office, interviews), now)]
    for interview in interviews:
        for look in (_posts, _reviews, _materials, _questions, _script, _roundup, _requests):
            errands.extend(look(office, interview))
    gaps = UnitGaps(office)
    errands = [replace(one, warning=gaps.of_lead(one.interview)) if _of_the_unit(one) else one for one in errands]
    alive = beaten is not None and now - beaten <= SILENT_AFTER
    return Today(now, tuple(errands), len(interviews), alive, beaten)


def _of_the_unit(errand: Errand) -> bool:
    """Whether it is the lead unit that has to do it."""
    return errand.who in (Role.LEAD_UNIT.chinese, errand.interview.lead)


_LATE = (Status.LATE, Status.OVERDUE_AT_IMPORT)


def _dated(found: list[Duty], now: datetime) -> Iterator[Errand]:
    for duty in found:
        due = duty.milestone.due
        if duty.status in _LATE:
            heap = Heap.LATE
        elif duty.status is Status.DUE_TODAY:
            heap = Heap.DUE
        elif duty.status is Status.AMBER or (
            duty.done_at is None and due is not None and now < due <= now + SOON and not duty.window
        ):
            heap = Heap.SOON
        else:
            continue
        until = duty.milestone.chinese + ("（印发时已过期）" if duty.status is Status.OVERDUE_AT_IMPORT else "")
        path, act = _PAGES.get(duty.milestone.id, ("/console/calendar", Act.LOOK))
        yield Errand(
            heap, duty.interview, duty.milestone.title, duty.milestone.owner_title, path.format(duty.interview.id),
            act, until, duty.warning,
        )  # fmt: skip


_PAGES = {
    "introduction": ("/console/preview/{}", Act.PREPARE),
    "preview": ("/console/preview/{}", Act.PREPARE),
    "draft": ("/console/script/{}", Act.DRAFT),
    "final": ("/console/script/{}", Act.DRAFT),
    "channel-close": ("/console/clusters/{}", Act.CLUSTER),
    "interview": ("/console/live/{}", Act.SEND),
    "roundup": ("/console/roundup/{}", Act.FILE),
    "filing": ("/console/roundup/{}", Act.FILE),
}


def _posts(office: Office, interview: Interview) -> Iterator[Errand]:
    states = (PostState.UNKNOWN, PostState.MISSED, PostState.REFUSED)
    for post in office.store.outbox.posts(interview=interview.id, states=states):
        what = f"{post_title(post.key)}：{post.state.chinese}" + (f"，{post.reason}" if post.reason else "")
        yield Errand(Heap.UNKNOWN, interview, what, "值班员", "/console/outbox", Act.SEND)


def _reviews(office: Office, interview: Interview) -> Iterator[Errand]:
    for body in bodies_of(office, interview):
        waiting = pending(office, interview, body)
        if waiting:
            what = f"{len(waiting)} 处文字待{body_title(body)}盖章"
            page = f"/console/review/{interview.id}"
            yield Errand(Heap.UNREVIEWED, interview, what, body_title(body), page, Act.SEAL, body=body)


def _materials(office: Office, interview: Interview) -> Iterator[Errand]:
    missing = interview.missing_for_preview()
    if interview.state is not InterviewState.PLANNED or not missing or interview.date is None:
        return
    if interview.date - shanghai_day(office.clock.now()) <= timedelta(days=60):
        page = f"/console/preview/{interview.id}"
        what = f"预告还缺：{'、'.join(missing)}"
        yield Errand(Heap.MISSING, interview, what, interview.lead or "主办单位", page, Act.PREPARE)


def _questions(office: Office, interview: Interview) -> Iterator[Errand]:
    if interview.state in (InterviewState.ANNOUNCED, InterviewState.LIVE):
        unseen = ledger(office, interview).unseen
        if unseen:
            what = f"平台显示的留言比读到的多 {unseen} 条，可从后台导出后导入"
            yield Errand(Heap.MISSING, interview, what, "值班员", f"/console/clusters/{interview.id}", Act.LOOK)
    chosen = office.store.questions.selections(interview.id)
    if interview.state is InterviewState.COLLECTED and not chosen:
        page = f"/console/questions/{interview.id}"
        yield Errand(Heap.MISSING, interview, "征集已截止，还没有选定代表性问题", "分析员", page, Act.SELECT)


def _script(office: Office, interview: Interview) -> Iterator[Errand]:
    page, script = f"/console/script/{interview.id}", latest_script(office, interview)
    if interview.state is not InterviewState.COLLECTED:
        return
    if script is None:
        if office.store.questions.selections(interview.id):
            yield Errand(Heap.MISSING, interview, "问题已选定，还没有访谈稿", "第一责任单位", page, Act.DRAFT)
    elif script.state is ScriptState.REJECTED:
        what = f"第{script.version}版访谈稿被退回，须修改"
        yield Errand(Heap.UNREVIEWED, interview, what, "第一责任单位", page, Act.DRAFT)
    elif script.state is ScriptState.DRAFT:
        wrong = check(office, interview, script).chinese()
        what = f"访谈稿有 {len(wrong)} 处未完成" if wrong else "访谈稿写好了，可以送审"
        yield Errand(Heap.MISSING, interview, what, "第一责任单位", page, Act.DRAFT)


def _roundup(office: Office, interview: Interview) -> Iterator[Errand]:
    empty = empty_sections(office, interview) if interview.state is InterviewState.ENDED else ()
    if empty:
        page = f"/console/roundup/{interview.id}"
        yield Errand(Heap.MISSING, interview, f"汇总还没有：{'、'.join(empty)}", "值班员", page, Act.FILE)


def _requests(office: Office, interview: Interview) -> Iterator[Errand]:
    for request in office.store.requests.all(interview.id):
        if request.decision is Decision.WAITING:
            what = f"{request.by} 申请变更{request.subject.chinese}：{request.after}"
            yield Errand(Heap.UNREVIEWED, interview, what, "主办单位", "/console/changes", Act.PLAN)
