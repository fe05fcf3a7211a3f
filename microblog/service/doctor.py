"""What is wrong right now, in plain words: database, clock, worker, token, and every post that needs a person."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from microblog.domain.errors import LoginExpired, MicroblogError, PlatformError
from microblog.domain.milestone import Status, status_on
from microblog.domain.outbox import MISPLACED
from microblog.domain.period import SHANGHAI
from microblog.domain.post import Post, PostState
from microblog.service.dates import milestones_of
from microblog.service.logins import WARN_BEFORE, ends_before
from microblog.service.office import Office
from microblog.service.plan import working_interviews

SILENT_AFTER = timedelta(minutes=2)
HELD = "有人暂缓，请在工作台的现场页恢复，或跳过"
LOG_IN = "请运行 microblog auth login 重新登录"
CLOCK_SLACK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. ok: nothing to do. what, next_step: Chinese."""

    check: str
    ok: bool
    what: str
    next_step: str = ""


def examine(office: Office) -> list[Finding]:
    """Every check, in the order a person should read them; a check that itself fails is a finding."""
    findings: list[Finding] = []
    for name, check in CHECKS.items():
        try:
            findings.extend(check(office))
        except MicroblogError as error:
            findings.append(Finding(name, False, str(error)))
    return findings


def _database(office: Office) -> Iterator[Finding]:
    plans, interviews = len(office.store.plans.all()), len(office.store.interviews.all())
    yield Finding("数据库", True, f"可用，{plans} 个计划，{interviews} 期访谈")


def _clock(office: Office) -> Iterator[Finding]:
    now = office.clock.now()
    written = max((beat.at for beat in office.store.journal.beats()), default=None)
    if written is not None and written > now + CLOCK_SLACK:
        yield Finding("时钟", False, f"本机时间早于数据库中的记录（{_local(written)}）", "请校准本机时间后再启动")
    else:
        yield Finding("时钟", True, f"北京时间 {_local(now)}")


def _worker(office: Office) -> Iterator[Finding]:
    now = office.clock.now()
    beats = office.store.journal.beats()
    alive = [beat for beat in beats if now - beat.at <= SILENT_AFTER]
    if alive:
        yield Finding("值守进程", True, "、".join(f"{beat.worker}（{_local(beat.at)}）" for beat in alive))
    else:
        last = max((beat.at for beat in beats), default=None)
        seen = f"上次心跳 {_local(last)}" if last else "从未启动"
        yield Finding("值守进程", False, f"没有运行（{seen}）", "请启动 python worker.py")


def _token(office: Office) -> Iterator[Finding]:
    now = office.clock.now()
    try:
        login = office.platform.login()
    except PlatformError as error:
        yield Finding("微博授权", False, str(error), LOG_IN if isinstance(error, LoginExpired) else "")
        return
    for short in ends_before(office, working_interviews(office), login.expires_at):
        yield Finding("微博授权", False, short, LOG_IN)
    if login.expires_at is None:
        yield Finding("微博授权", True, "有效，平台未告知到期时间")
    elif login.expires_at <= now + max(WARN_BEFORE):
        days = (login.expires_at - now).days
        yield Finding("微博授权", False, f"{_local(login.expires_at)} 到期，还剩 {days} 天", LOG_IN)
    else:
        yield Finding("微博授权", True, f"有效至 {_local(login.expires_at)}")


def _posts(office: Office) -> Iterator[Finding]:
    now = office.clock.now()
    for check, states, advice in POST_CHECKS:
        posts = [post for post in office.store.outbox.posts(states=states) if _needs_person(post, now)]
        if not posts:
            yield Finding(check, True, "没有")
        for post in posts:
            why = post.held or post.reason or post.state.chinese
            yield Finding(check, False, f"{post.key}：{why}", HELD if post.held else advice)


def _needs_person(post: Post, now: datetime) -> bool:
    if post.state in (PostState.SEALED, PostState.DUE, PostState.DRAFT):
        return post.due_at <= now
    if post.state is PostState.SENDING:
        return post.lease_until is None or post.lease_until <= now
    return True


def _misplaced(office: Office) -> Iterator[Finding]:
    """Replies that became plain comments: the asker was not told, and only a person can move them."""
    posts = [
        post
        for interview in working_interviews(office)
        for post in office.store.outbox.posts(interview=interview.id, states=[PostState.POSTED])
        if post.reason == MISPLACED
    ]
    if not posts:
        yield Finding("回复位置", True, "没有落错的")
    for post in posts:
        yield Finding("回复位置", False, f"{post.key}：{post.reason}", "请到网页上核对，必要时删除后由人工回复")


def _late(office: Office) -> Iterator[Finding]:
    now = office.clock.now()
    late = [
        (interview, duty)
        for interview in working_interviews(office)
        if interview.opened_at is None
        for duty in milestones_of(office, interview)
        if duty.id == "preview" and status_on(duty, now) in (Status.LATE, Status.OVERDUE_AT_IMPORT)
    ]
    if not late:
        yield Finding("逾期", True, "没有")
    for interview, duty in late:
        yield Finding("逾期", False, f"第{interview.no}期{duty.title}应在{duty.chinese}", "请补办或申请变更时间")


def _calendar(office: Office) -> Iterator[Finding]:
    warnings = office.workdays.warnings
    if not warnings:
        yield Finding("节假日历", True, "本年度可用")
    for warning in warnings:
        yield Finding("节假日历", False, warning)


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


POST_CHECKS: tuple[tuple[str, tuple[PostState, ...], str], ...] = (
    ("未发出", (PostState.SEALED, PostState.DUE), "值守进程没有发出，请检查授权与限额"),
    ("未盖章", (PostState.DRAFT,), "已到发布时间，请审核单位尽快盖章"),
    ("结果不明", (PostState.UNKNOWN, PostState.LANDED, PostState.SENDING), "请核实后用 microblog outbox settle 登记"),
    ("已错过", (PostState.MISSED,), "请决定是否补发：microblog outbox late KEY"),
    (
        "被拒绝",
        (PostState.REFUSED,),
        "请改字后再送审；障碍已排除则原文重发：microblog outbox again KEY",
    ),
)

CHECKS: dict[str, Callable[[Office], Iterator[Finding]]] = {
    "数据库": _database,
    "时钟": _clock,
    "值守进程": _worker,
    "微博授权": _token,
    "发布": _posts,
    "回复位置": _misplaced,
    "逾期": _late,
    "节假日历": _calendar,
}
