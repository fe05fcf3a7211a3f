"""What a person decides about one post, by the service that carries it out; each gives the post and a notice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from microblog.domain.errors import InvalidInput
from microblog.domain.post import Post
from microblog.service.answer import thread_of
from microblog.service.cards import cards_of, give_back
from microblog.service.live import hold, let_go, look_again
from microblog.service.office import Office
from microblog.service.outbox import (
    answer_openly,
    cancel,
    change_words,
    number_in,
    send_again,
    send_late,
    settle_absent,
    settle_posted,
)
from microblog.service.post_view import Deed


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form said. by: who decides. absent: the person made sure that the post is not on the platform."""

    key: str
    by: str
    link: str = ""
    absent: bool = False
    reason: str = ""
    text: str = ""


def _settle(office: Office, filled: Filled) -> tuple[Post, str]:
    if filled.absent == bool(filled.link):
        raise InvalidInput("请粘贴微博链接或编号；确认没有发出的，请点“确认没有发出”")
    if not filled.absent:
        found = settle_posted(office, filled.key, number_in(office, filled.link), by=filled.by)
        return found, "已登记为已发布"
    post = settle_absent(office, filled.key, by=filled.by)
    return post, f"已登记为没有发出，现在是“{post.state.chinese}”"


def _hold(office: Office, filled: Filled) -> tuple[Post, str]:
    post = office.store.outbox.get(filled.key)
    interview = office.store.interviews.get(post.interview)
    hold(office, interview, thread_of(post.key), by=filled.by, reason=filled.reason)
    return office.store.outbox.get(post.key), "已暂缓"


def _let_go(office: Office, filled: Filled) -> tuple[Post, str]:
    post = office.store.outbox.get(filled.key)
    let_go(office, office.store.interviews.get(post.interview), thread_of(post.key), by=filled.by)
    return office.store.outbox.get(post.key), "已恢复，到点即发"


def _reword(office: Office, filled: Filled) -> tuple[Post, str]:
    # A form sends its lines with CR LF; the words that are sealed and sent have LF.
    text = filled.text.replace("\r\n", "\n").strip()
    return change_words(office, filled.key, text, by=filled.by), "文字已改，须重新盖章后才会发送"


def _cancel(office: Office, filled: Filled) -> tuple[Post, str]:
    if not filled.reason:
        raise InvalidInput("请写明取消的原因，备案要用")
    return cancel(office, filled.key, by=filled.by, reason=filled.reason), "已取消，不会再发送"


def _card(office: Office, filled: Filled) -> tuple[Post, str]:
    cards_of(office, [office.store.outbox.get(filled.key)], by=filled.by)
    return office.store.outbox.get(filled.key), "已转人工发布，请到“卡片”页复制原文"


DEEDS: Mapping[Deed, Callable[[Office, Filled], tuple[Post, str]]] = {
    Deed.HOLD: _hold,
    Deed.LET_GO: _let_go,
    Deed.REWORD: _reword,
    Deed.LATE: lambda office, filled: (send_late(office, filled.key, by=filled.by), "已同意补发，一小时内发出"),
    Deed.AGAIN: lambda office, filled: (send_again(office, filled.key, by=filled.by), "已同意原文再发"),
    Deed.OPENLY: lambda office, filled: (answer_openly(office, filled.key, by=filled.by), "将作为单独评论发出"),
    Deed.SETTLE: _settle,
    Deed.LOOK: lambda office, filled: (look_again(office, filled.key, by=filled.by), "已安排再查一次"),
    Deed.CARD: _card,
    Deed.GIVE_BACK: lambda office, filled: (give_back(office, filled.key, by=filled.by), "已收回，恢复自动发布"),
    Deed.CANCEL: _cancel,
}
