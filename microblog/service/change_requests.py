"""Changing topic, time or units that are locked: asked for by one person, decided by another (G11, G12)."""

from collections.abc import Sequence
from datetime import date, datetime, time

from microblog.domain.errors import InvalidInput, NotAllowed
from microblog.domain.interview import DateState, Interview, InterviewState
from microblog.domain.request import ChangeRequest, Decision, Subject
from microblog.domain.script import ScriptState
from microblog.papers.facts import unit_line
from microblog.service.announce import keep, prepare, set_date
from microblog.service.draft import latest_script
from microblog.service.office import Office
from microblog.service.shown import day as printed

CHANGEABLE = (InterviewState.PLANNED, InterviewState.ANNOUNCED, InterviewState.COLLECTED)
_TOPIC_MOST = 60
_UNIT_MOST = 60


def request_topic(office: Office, interview: Interview, topic: str, *, reason: str, by: str) -> ChangeRequest:
    """Ask for another topic. Raises InvalidInput when it is empty, too long or the same."""
    topic = " ".join(topic.split())
    if not 0 < len(topic) <= _TOPIC_MOST:
        raise InvalidInput(f"新主题须为 1 到 {_TOPIC_MOST} 个字，请重新填写")
    if topic == interview.topic:
        raise InvalidInput("新主题与现在的主题相同，无须变更")
    return _asked(office, interview, Subject.TOPIC, (interview.topic, topic, topic), reason=reason, by=by)


def request_date(
    office: Office, interview: Interview, day: date, start: time, end: time, *, reason: str, by: str
) -> ChangeRequest:
    """Ask for another day or hours. Raises InvalidInput on hours the wrong way round or what has passed."""
    if end <= start:
        raise InvalidInput(f"结束时间 {end:%H:%M} 不晚于开始时间 {start:%H:%M}，请改正后重试")
    if (day, start, end) == (interview.date, interview.start, interview.end):
        raise InvalidInput("新时间与现在的时间相同，无须变更")
    value = f"{day.isoformat()} {start:%H:%M}-{end:%H:%M}"
    values = (held_at(interview), _slot(day, start, end), value)
    return _asked(office, interview, Subject.DATE, values, reason=reason, by=by)


def request_units(
    office: Office, interview: Interview, units: Sequence[str], *, reason: str, by: str
) -> ChangeRequest:
    """Ask for other units, the lead first. Raises InvalidInput when there are none, one twice, or the same."""
    named = tuple(" ".join(unit.split()) for unit in units)
    if not named or not all(0 < len(unit) <= _UNIT_MOST for unit in named) or len(set(named)) != len(named):
        raise InvalidInput(f"请写明各单位全称（每个不超过 {_UNIT_MOST} 个字，不重复），第一责任单位写在最前")
    if (named[0], set(named)) == (interview.lead, set(interview.units)):
        raise InvalidInput("新的责任单位与现在的相同，无须变更")
    changed = interview.evolve(units=named, lead=named[0])
    values = (units_of(interview), units_of(changed), "、".join(named))
    return _asked(office, interview, Subject.UNITS, values, reason=reason, by=by)


def _asked(
    office: Office, interview: Interview, subject: Subject, values: tuple[str, str, str], *, reason: str, by: str
) -> ChangeRequest:
    before, after, value = values
    if interview.state not in CHANGEABLE:
        raise NotAllowed(f"第{interview.no}期现在是“{interview.state.chinese}”，主题、时间和单位不能再变更")
    if not reason.strip():
        raise InvalidInput("请写明变更原因")
    waiting = [one for one in office.store.requests.all(interview.id) if one.decision is Decision.WAITING]
    if any(one.subject is subject for one in waiting):
        raise NotAllowed(f"第{interview.no}期已有一份{subject.chinese}变更申请待批准，请等待批准后再申请")
    made = ChangeRequest(interview.id, subject, before, after, value, reason.strip(), by, office.clock.now())
    stored = office.store.requests.add(made)
    office.note(by, "request-change", interview.name, request=stored.id, what=subject.value, after=after)
    return stored


def approve_change(office: Office, number: int, *, by: str, note: str = "") -> ChangeRequest:
    """Grant a request and carry it out. Raises NotAllowed on one's own, on a decided one, and while posts of the
    event are before the bodies or sealed."""
    request = _waiting(office, number, by)
    _apply(office, request, by)
    return _decided(office, request, Decision.APPROVED, by, note)


def refuse_change(office: Office, number: int, *, by: str, note: str) -> ChangeRequest:
    """Refuse a request. Raises InvalidInput without a reason."""
    if not note.strip():
        raise InvalidInput("请写明不批准的原因")
    return _decided(office, _waiting(office, number, by), Decision.REFUSED, by, note)


def _waiting(office: Office, number: int, by: str) -> ChangeRequest:
    request = office.store.requests.get(number)
    if request.decision is not Decision.WAITING:
        raise NotAllowed(f"这份申请{request.decision.chinese}（{request.decided_by}），请刷新页面查看")
    if request.by == by:
        raise NotAllowed("不能批准自己的申请，请换一位主办单位人员")
    return request


def _apply(office: Office, request: ChangeRequest, by: str) -> None:
    interview = office.store.interviews.get(request.interview)
    script = latest_script(office, interview)
    if script is not None and script.state in (ScriptState.SUBMITTED, ScriptState.FINAL):
        raise NotAllowed(f"第{interview.no}期访谈稿已送审，微博已按原时间排好；请审核单位先退回访谈稿，再批准变更")
    if request.subject is Subject.TOPIC:
        keep(office, interview.evolve(topic=request.value), by, "topic")
        prepare(office, interview.id, by=by)  # a preview that waits is reworded
        return
    if request.subject is Subject.UNITS:
        units = tuple(request.value.split("、"))
        keep(office, interview.evolve(units=units, lead=units[0]), by, "units")
        return
    day, start, end = slot_of(request.value)
    if interview.state is InterviewState.PLANNED:
        confirmed = interview.date_state is DateState.CONFIRMED
        set_date(office, interview.id, day=day, start=start, end=end, confirmed=confirmed, by=by)
    else:
        keep(office, interview.evolve(date=day, start=start, end=end), by, "date")


def _decided(office: Office, request: ChangeRequest, decision: Decision, by: str, note: str) -> ChangeRequest:
    decided = request.evolve(decision=decision, decided_by=by, decided_at=office.clock.now(), note=note.strip())
    if not office.store.requests.decide(decided):
        raise NotAllowed("这份申请刚被他人处理，请刷新页面查看")
    interview = office.store.interviews.get(request.interview)
    office.note(by, f"{decision.value}-change", interview.name, request=request.id)
    return decided


def held_at(interview: Interview) -> str:
    """When an interview is held, as people read it."""
    if interview.date and interview.start and interview.end:
        return _slot(interview.date, interview.start, interview.end)
    return printed(interview.date) if interview.date else interview.when or "时间待定"


def units_of(interview: Interview) -> str:
    """The units of an interview, as people read them."""
    return "、".join(unit_line(interview, unit) for unit in interview.units) or "未定"


def _slot(day: date, start: time, end: time) -> str:
    return f"{printed(day)}{start:%H:%M}—{end:%H:%M}"


def slot_of(value: str) -> tuple[date, time, time]:
    """The inverse of what a request for another time holds."""
    day, _, hours = value.partition(" ")
    start, _, end = hours.partition("-")
    return date.fromisoformat(day), time.fromisoformat(start), time.fromisoformat(end)


def moment_of(day: str, start: str, end: str) -> tuple[date, time, time]:
    """What a form's fields say. Raises InvalidInput."""
    try:
        return datetime.strptime(day, "%Y-%m-%d").date(), time.fromisoformat(start), time.fromisoformat(end)  # noqa: DTZ007  # only its date is used
    except ValueError as error:
        raise InvalidInput("请填写日期和起止时间") from error
