"""The judge: what one answer of Weibo means for a post, given what was tried before. Pure.

Whatever is not proven to have failed may have landed: an unlisted code, a page of HTML or a body without an id is
`Unknown`, which is read back, never sent again unseen.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from microblog.domain.errors import (
    LoginExpired,
    PlatformDown,
    PlatformError,
    PlatformRefused,
    TargetGone,
    Throttled,
)
from microblog.domain.outbox import sent_attempts
from microblog.domain.post import (
    Attempt,
    Delivery,
    Landed,
    LoginNeeded,
    Outcome,
    Posted,
    Refused,
    RetryAt,
    Unknown,
    Verb,
    WaitUntil,
)
from microblog.platforms.weibo_errors import TIMED, ErrorTable, Reaction, Rule
from microblog.platforms.weibo_http import Answer, Failure
from microblog.platforms.weibo_ids import parse_time
from microblog.platforms.weibo_match import same_words
from microblog.platforms.weibo_payload import id_of

LOOK_AFTER = timedelta(seconds=10)
"""How long a post that got no answer is given to appear."""

_BACKOFF = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 60, 300))


def judge(
    delivery: Delivery, history: Sequence[Attempt], answer: Answer, now: datetime, table: ErrorTable
) -> Outcome:
    """What `answer`, got at `now`, makes of this post.

    history: the attempts before this one, oldest first. Any of them not proven to have failed may have landed.
    """
    if answer.error_code is not None:
        return _of_code(answer.error_code, answer.error_text, history, now, table)
    if answer.failure is Failure.NOT_SENT:
        wait = _BACKOFF[min(_trailing(history, RetryAt), len(_BACKOFF) - 1)]
        return RetryAt(now + wait, f"连不上微博（{answer.error_text}），没有发出，稍后自动重试")
    if answer.failure is Failure.NO_ANSWER:
        return Unknown(now + LOOK_AFTER, f"发送后没有收到微博的回应（{answer.error_text}），稍后自动核实")
    identifier = id_of(answer.body) if answer.ok else None
    if identifier is None:
        return Unknown(
            now + LOOK_AFTER, f"微博的回应看不懂（HTTP {answer.status} {answer.error_text}），稍后自动核实"
        )
    return _posted(delivery, identifier, answer.body, now)


def trouble(answer: Answer, now: datetime, table: ErrorTable) -> PlatformError | None:
    """The error to raise for a read that failed; None where the answer can be used."""
    if answer.ok:
        return None
    if answer.error_code is None:
        return PlatformDown(f"读取微博失败（{answer.error_text or f'HTTP {answer.status}'}），稍后自动重试")
    rule = table.find(answer.error_code, answer.error_text)
    if rule is None:
        return PlatformDown(_unlisted(answer.error_code, answer.error_text) + "，稍后自动重试")
    why = _line(rule, answer.error_code)
    if rule.read is Reaction.WAIT:
        return Throttled(why, retry_at=rule.wait(0, now))
    return _READ_ERRORS.get(rule.read, PlatformDown)(why)


_READ_ERRORS: dict[Reaction, type[PlatformError]] = {
    Reaction.REAUTH: LoginExpired,
    Reaction.GONE: TargetGone,
    Reaction.FIX: PlatformRefused,
    Reaction.STOP: PlatformRefused,
}


def _of_code(code: int, text: str, history: Sequence[Attempt], now: datetime, table: ErrorTable) -> Outcome:
    rule = table.find(code, text)
    if rule is None:
        return Unknown(now + LOOK_AFTER, _unlisted(code, text) + "，稍后自动核实")
    reaction = rule.write
    if rule.after_unknown and sent_attempts(history):
        reaction = rule.after_unknown
    used = _trailing(history, RetryAt if reaction is Reaction.RETRY else WaitUntil)
    if rule.then and used >= len(rule.waits):
        reaction = rule.then
    return _outcome(reaction, rule, _line(rule, code), used, now)


def _outcome(reaction: Reaction, rule: Rule, why: str, used: int, now: datetime) -> Outcome:
    if reaction in TIMED:
        return _later(reaction, rule, why, used, now)
    if reaction is Reaction.REAUTH or (reaction is Reaction.STOP and rule.scope != "endpoint"):
        return LoginNeeded(why)
    return Refused(why, gone=reaction is Reaction.GONE)


def _later(reaction: Reaction, rule: Rule, why: str, used: int, now: datetime) -> Outcome:
    match reaction:
        case Reaction.RETRY:
            return RetryAt(rule.wait(used, now), why)
        case Reaction.WAIT:
            return WaitUntil(rule.wait(used, now), rule.scope, why)
        case Reaction.LANDED:
            return Landed(rule.wait(0, now), why)
        case _:
            return Unknown(rule.wait(0, now), why)


def _posted(delivery: Delivery, identifier: str, body: dict[str, Any], now: datetime) -> Posted:
    at = parse_time(body.get("created_at")) or now
    if delivery.verb is Verb.REPLY and id_of(body.get("reply_comment")) != delivery.comment_id:
        why = "回复没有挂到提问下面，成了普通评论：请删除后由人工处理"
        return Posted(identifier, at, misplaced=True, why=why)
    shown = body.get("text")
    altered = isinstance(shown, str) and not same_words(delivery.text, shown)
    return Posted(identifier, at, why="微博显示的文字与送审的不同：请到网页上核对" if altered else "")


def _trailing(history: Sequence[Attempt], kind: type) -> int:
    """How many attempts in a row, up to the last one, ended like this."""
    count = 0
    for attempt in reversed(history):
        if attempt.outcome != kind.__name__:
            break
        count += 1
    return count


def _line(rule: Rule, code: int) -> str:
    return f"{rule.message}（错误码 {code}）"


def _unlisted(code: int, text: str) -> str:
    return f"微博返回了未收录的错误（{code} {' '.join(text.split())[:80]}）"
