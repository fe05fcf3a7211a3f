"""The people of the demo: each looks at what is waiting for them and does it, on office days, as people do.

They act through the same service functions as the console and the command line. Every act asks the store whether
it is still to be done, so a demo killed anywhere goes on where it stopped.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time

from microblog.demo.texts import Texts
from microblog.domain.interview import DateState, Form, Interview, InterviewState
from microblog.domain.period import SHANGHAI
from microblog.domain.plan import Plan
from microblog.domain.script import Script, ScriptState, Section, SectionKind
from microblog.service.announce import prepare, set_date
from microblog.service.draft import build, latest_script, submit, write
from microblog.service.group import propose
from microblog.service.office import Office
from microblog.service.plan import adopt, advance_plan
from microblog.service.review import approve, pending, reject
from microblog.service.select import select
from microblog.text.shortlist import Candidate

OFFICE, LEAD, ANALYST = "区政府办", "消防大队联络员", "数据中心分析员"
REVIEWERS = {"data-centre": "数据中心审核员", "media-centre": "融媒体中心审核员"}
EVENT_DAY, EVENT_START, EVENT_END = datetime(2024, 4, 25, tzinfo=SHANGHAI).date(), time(15), time(17)
NOTE = "结束语请补上未能当场答复的提问由谁、在什么时候答复"
PROMISE = "没有来得及答复的提问，由消防大队会同江浦街道在七个工作日内逐条书面答复，并在访谈页面公布。"

MOST_ANSWERS = 18
"""More would not fit the day's calls of an ordinary app: about four parts each, and room to read."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person did. who, what: Chinese."""

    who: str
    what: str


def act(office: Office, plan: Plan, texts: Texts) -> Iterator[Act]:
    """What everyone does now, in the order of the work."""
    if [kept.state for kept in office.store.plans.all()] != ["published"]:
        yield _import(office, plan)
    interview = office.store.interviews.all()[0]
    for waiting in WAITING:
        done = waiting(office, interview, texts)
        if done is not None:
            yield done
            interview = office.store.interviews.get(interview.id)


def _at(office: Office, month: int, day: int, hour: int) -> bool:
    """Whether the person's appointed hour in 2024 has come."""
    return office.clock.now() >= datetime(2024, month, day, hour, tzinfo=SHANGHAI)


def _import(office: Office, plan: Plan) -> Act:
    if len(office.store.interviews.all()) < len(plan.rows):
        adopt(office, plan, rule_set="pukou", form=Form.WEIBO, by=OFFICE)
    [kept] = office.store.plans.all()
    while office.store.plans.get(kept.id).state != "published":
        advance_plan(office, kept.id, by=OFFICE)
    return Act(OFFICE, f"导入并审定{plan.year}年访谈计划，共 {len(plan.rows)} 期")


def _date(office: Office, interview: Interview, _: Texts) -> Act | None:
    if interview.date_state is not DateState.NONE:
        return None
    moves = set_date(
        office, interview.id, day=EVENT_DAY, start=EVENT_START, end=EVENT_END, confirmed=False, by=OFFICE
    )
    return Act(OFFICE, f"暂定 4月25日 15:00，{len(moves)} 项节点随之排定")


def _prepare(office: Office, interview: Interview, texts: Texts) -> Act | None:
    if interview.introduction or not _at(office, 3, 24, 10):
        return None
    prepare(office, interview.id, by=LEAD, introduction=texts.introduction, guests=texts.guests, host=texts.host)
    return Act(LEAD, "提交访谈简介与嘉宾名单")


def _confirm(office: Office, interview: Interview, _: Texts) -> Act | None:
    if interview.date_state is DateState.CONFIRMED or not _at(office, 4, 12, 10):
        return None
    set_date(office, interview.id, day=EVENT_DAY, start=EVENT_START, end=EVENT_END, confirmed=True, by=OFFICE)
    return Act(OFFICE, "三方确认访谈日期")


def _select(office: Office, interview: Interview, texts: Texts) -> Act | None:
    if interview.state is not InterviewState.COLLECTED or office.store.questions.selections(interview.id):
        return None
    if not _at(office, 4, 15, 10):
        return None
    dropped, joined = _struck_out(office, interview, texts)
    chosen = select(office, interview, by=ANALYST, drop=dropped, joined=joined)
    return Act(ANALYST, f"从归类结果中选定 {len(chosen)} 个代表性问题")


def _struck_out(office: Office, interview: Interview, texts: Texts) -> tuple[dict[str, str], dict[str, str]]:
    """What an analyst does with the candidates: those struck out with the reason, and those joined to another.

    One about something another one asks already is joined to it; one about nothing the unit can answer, and those
    beyond what two hours hold, are struck out.
    """
    comments = {comment.id: comment.text for comment in office.store.comments.of(interview.id)}
    dropped: dict[str, str] = {}
    joined: dict[str, str] = {}
    kept: dict[str, Candidate] = {}
    for candidate in propose(office, interview).candidates:
        concern = texts.concern_of(comments[candidate.remark_id])
        if concern in kept:
            joined[candidate.question] = kept[concern].question
            dropped[candidate.question] = f"与第 {kept[concern].rank} 个候选问的是同一件事，合并答复"
        elif concern is None:
            dropped[candidate.question] = "不属于本期主题，会后转有关单位"
        elif len(kept) == MOST_ANSWERS:
            dropped[candidate.question] = "两小时内答不完，会后书面答复"
        else:
            kept[concern] = candidate
    return dropped, joined


def _draft(office: Office, interview: Interview, texts: Texts) -> Act | None:
    written = latest_script(office, interview)
    if written is not None and any(section.answer for section in written.sections):
        return None
    if not office.store.questions.selections(interview.id) or not _at(office, 4, 16, 9):
        return None
    blank = build(office, interview, by=LEAD)
    script = write(office, interview, _answered(blank, texts), by=LEAD)
    return Act(LEAD, f"撰写访谈稿初稿，{len(script.questions())} 问")


def _answered(script: Script, texts: Texts) -> Iterator[Section]:
    for section in script.sections:
        if section.kind is SectionKind.OPENING:
            yield _with(section, answer=texts.opening)
            yield from (_background(number, *pair, texts) for number, pair in enumerate(texts.background, 1))
        elif section.kind is SectionKind.CLOSING:
            yield _with(section, answer=texts.closing)
        else:
            prepared = texts.answers[texts.concern_of(section.question) or ""]
            yield _with(section, answer=prepared.text, unit=prepared.unit, speaker=prepared.speaker)


def _background(number: int, question: str, answer: str, texts: Texts) -> Section:
    guest = texts.guests[(number - 1) % len(texts.guests)]
    return Section(
        f"background {number}",
        SectionKind.BACKGROUND,
        question=question,
        answer=answer,
        unit=guest.unit,
        speaker=guest.name,
        author=LEAD,
    )


def _with(section: Section, **changes: str) -> Section:
    return Section(**{**{name: getattr(section, name) for name in Section.__slots__}, **changes})


def _submit(office: Office, interview: Interview, _: Texts) -> Act | None:
    script = latest_script(office, interview)
    if script is None or script.state is not ScriptState.DRAFT or not _at(office, 4, 17, 9):
        return None
    submitted = submit(office, interview, by=LEAD)
    return Act(LEAD, f"第 {submitted.version} 版访谈稿送审")


def _reject(office: Office, interview: Interview, _: Texts) -> Act | None:
    script = latest_script(office, interview)
    if script is None or script.state is not ScriptState.SUBMITTED or script.version > 1 or not _at(office, 4, 18, 9):
        return None
    body = "media-centre"
    reject(office, interview, body=body, by=REVIEWERS[body], note=NOTE)
    return Act(REVIEWERS[body], f"退回第 1 版：{NOTE}")


def _revise(office: Office, interview: Interview, _: Texts) -> Act | None:
    script = latest_script(office, interview)
    if script is None or script.state is not ScriptState.REJECTED or not _at(office, 4, 19, 9):
        return None
    sections = [
        _with(section, answer=section.answer + PROMISE) if section.kind is SectionKind.CLOSING else section
        for section in script.sections
    ]
    written = write(office, interview, sections, by=LEAD)
    return Act(LEAD, f"按意见修改，形成第 {written.version} 版")


def _seal_as(body: str) -> Callable[[Office, Interview, Texts], Act | None]:
    def seal(office: Office, interview: Interview, _: Texts) -> Act | None:
        script = latest_script(office, interview)
        first_reading = script is not None and script.state is ScriptState.SUBMITTED and script.version == 1
        if first_reading and not _at(office, 4, 18, 9):
            return None
        waiting = pending(office, interview, body)
        if not waiting:
            return None
        count = approve(office, interview, body=body, by=REVIEWERS[body])
        return Act(REVIEWERS[body], f"逐字核对并盖章 {count} 处")

    return seal


WAITING: tuple[Callable[[Office, Interview, Texts], Act | None], ...] = (
    _date,
    _prepare,
    _confirm,
    _select,
    _draft,
    _submit,
    _reject,
    _revise,
    *(_seal_as(body) for body in REVIEWERS),
)
APPOINTMENTS = tuple(
    datetime(2024, month, day, hour, tzinfo=SHANGHAI)
    for month, day, hour in ((3, 24, 10), (4, 12, 10), (4, 15, 10), (4, 16, 9), (4, 17, 9), (4, 18, 9), (4, 19, 9))
)
"""When a person of the demo comes to the desk; the clock stops there."""
