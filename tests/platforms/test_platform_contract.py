"""What every platform must do, shown of the one in memory and of Weibo's client against the sandbox over HTTP."""

import socket
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from microblog.domain.errors import TargetGone
from microblog.domain.post import (
    Absent,
    Attempt,
    Delivery,
    Found,
    Landed,
    Posted,
    Refused,
    RetryAt,
    Undecidable,
    Unknown,
    Verb,
)
from microblog.platforms.memory import MemoryPlatform, Mishap
from microblog.platforms.weibo import WeiboPlatform
from microblog.platforms.weibo_checks import Limits
from microblog.platforms.weibo_client import WeiboClient
from microblog.platforms.weibo_errors import ErrorTable
from microblog.platforms.weibo_http import Http
from microblog.sandbox.options import OPEN
from microblog.sandbox.server import UID, Sandbox
from microblog.service.ports import Platform
from microblog.text.count import weibo_length, weibo_length_undiscounted
from tests.platforms.conftest import NOW, HandClock

PREVIEW = Delivery("interview 1 · preview", Verb.SHARE, "【访谈预告】欢迎提问 http://www.example.gov.cn/ft/1.html ")


class Stage(ABC):
    """A platform with hands behind the scenes."""

    platform: Platform

    @abstractmethod
    def now(self) -> datetime:
        """The platform's time."""

    @abstractmethod
    def advance(self, seconds: float) -> None:
        """Let time pass."""

    @abstractmethod
    def ask(self, status_id: str, text: str) -> str:
        """A netizen comments; the comment's id."""

    @abstractmethod
    def by_hand(self, text: str) -> None:
        """An operator posts on the web as our account."""

    @abstractmethod
    def remove_comment(self, comment_id: str) -> None:
        """Somebody deletes a comment."""

    @abstractmethod
    def remove_status(self, status_id: str) -> None:
        """Somebody deletes a status."""

    @abstractmethod
    def suffer(self, mishap: Mishap) -> None:
        """Let the next delivery go wrong."""

    @abstractmethod
    def unreachable(self) -> AbstractContextManager[None]:
        """Nothing reaches the platform within the block, for one delivery."""

    @abstractmethod
    def texts(self) -> list[str]:
        """What our account really posted through the platform, oldest first."""


class MemoryStage(Stage):
    def __init__(self) -> None:
        self.clock = HandClock()
        self.memory = MemoryPlatform(self.clock)
        self.platform = self.memory

    def now(self) -> datetime:
        return self.clock.now()

    def advance(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    def ask(self, status_id: str, text: str) -> str:
        return self.memory.netizen(status_id, text)

    def by_hand(self, text: str) -> None:
        self.memory.by_hand(text)

    def remove_comment(self, comment_id: str) -> None:
        self.memory.remove(comment_id)

    def remove_status(self, status_id: str) -> None:
        self.memory.remove(status_id)

    def suffer(self, mishap: Mishap) -> None:
        self.memory.suffer(mishap)

    @contextmanager
    def unreachable(self) -> Iterator[None]:
        self.memory.suffer(Mishap.NOT_SENT)
        yield

    def texts(self) -> list[str]:
        return [entry.text for entry in self.memory.posted()]


FAULTS = {
    Mishap.LOST_BEFORE: "drop-before-commit",
    Mishap.LOST_AFTER: "drop-after-commit",
    Mishap.HIDDEN: "review-after-commit",
    Mishap.MISPLACED: "misplaced",
}


class _SandboxClock:
    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def now(self) -> datetime:
        return self._sandbox.admin.now()


class SandboxStage(Stage):
    def __init__(self, sandbox: Sandbox, table: ErrorTable) -> None:
        self.sandbox = sandbox
        self.http = Http(sandbox.base_url, connect_timeout=2, read_timeout=5)
        client = WeiboClient(self.http, lambda: sandbox.token, rip="211.156.0.1")
        limits = Limits(weibo_length, weibo_length_undiscounted, safe_domains=("example.gov.cn",))
        self.platform = WeiboPlatform(client, table, limits, _SandboxClock(sandbox))

    def now(self) -> datetime:
        return self.sandbox.admin.now()

    def advance(self, seconds: float) -> None:
        self.sandbox.admin.clock(advance=seconds)

    def ask(self, status_id: str, text: str) -> str:
        return str(self.sandbox.cast.add_comment(int(status_id), "阳光路居民", text).id)

    def by_hand(self, text: str) -> None:
        self.sandbox.cast.add_status(UID, text)

    def remove_comment(self, comment_id: str) -> None:
        self.sandbox.cast.change_comment(int(comment_id), deleted=True)

    def remove_status(self, status_id: str) -> None:
        self.sandbox.cast.change_status(int(status_id), deleted=True)

    def suffer(self, mishap: Mishap) -> None:
        self.sandbox.admin.add_rules([{"fault": FAULTS[mishap], "times": 1}])

    @contextmanager
    def unreachable(self) -> Iterator[None]:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            self.http.base_url = f"http://127.0.0.1:{unused.getsockname()[1]}"
            yield
        self.http.base_url = self.sandbox.base_url

    def texts(self) -> list[str]:
        return [write.sent for write in self.sandbox.admin.writes()]


@pytest.fixture(params=["memory", "sandbox"])
def stage(request: pytest.FixtureRequest, table: ErrorTable) -> Iterator[Stage]:
    if request.param == "memory":
        yield MemoryStage()
        return
    with Sandbox(start=NOW, options=replace(OPEN, calls_per_day=0)) as sandbox:
        weibo = SandboxStage(sandbox, table)
        yield weibo
        weibo.http.close()


def share(stage: Stage, number: int = 1) -> str:
    """A preview on the platform; its id."""
    text = f"【访谈预告】第{number}期欢迎提问 http://www.example.gov.cn/ft/{number}.html "
    outcome = stage.platform.deliver(Delivery(f"preview {number}", Verb.SHARE, text), ())
    assert isinstance(outcome, Posted)
    return outcome.platform_id


def comment(status_id: str, text: str = "【答】已转住建部门核实。(1/2)") -> Delivery:
    return Delivery("answer 1 · part 1", Verb.COMMENT, text, status_id=status_id)


def reply(status_id: str, comment_id: str, text: str = "【答】六月开工。(2/2)") -> Delivery:
    return Delivery("answer 1 · part 2", Verb.REPLY, text, status_id=status_id, comment_id=comment_id)


def unknown_attempt(delivery: Delivery, at: datetime) -> Attempt:
    return Attempt(delivery.key, 1, "hash", at, "worker", outcome="Unknown")


def test_a_post_its_comment_and_its_reply_are_posted_and_found(stage: Stage) -> None:
    sent_at = stage.now()
    status_id = share(stage)
    first = stage.platform.deliver(comment(status_id), ())
    assert isinstance(first, Posted)
    second = stage.platform.deliver(reply(status_id, first.platform_id), ())
    assert isinstance(second, Posted)
    assert not second.misplaced
    assert [outcome.why for outcome in (first, second)] == ["", ""]
    look_for = stage.platform.look_for
    found = look_for(reply(status_id, first.platform_id), sent_at=sent_at, now=stage.now())
    assert isinstance(found, Found)
    assert found.platform_id == second.platform_id
    assert found.at.tzinfo is not None


@pytest.mark.parametrize("verb", list(Verb))
def test_a_post_whose_answer_was_lost_is_found(stage: Stage, verb: Verb) -> None:
    status_id = share(stage, 2)
    asked = stage.ask(status_id, "什么时候修路？")
    delivery = {Verb.SHARE: PREVIEW, Verb.COMMENT: comment(status_id), Verb.REPLY: reply(status_id, asked)}[verb]
    stage.suffer(Mishap.LOST_AFTER)
    sent_at = stage.now()
    outcome = stage.platform.deliver(delivery, ())
    assert isinstance(outcome, Unknown)
    stage.advance((outcome.look_at - stage.now()).total_seconds())
    assert isinstance(stage.platform.look_for(delivery, sent_at=sent_at, now=stage.now()), Found)
    assert stage.texts().count(delivery.text) == 1


@pytest.mark.parametrize("verb", list(Verb))
def test_a_post_lost_on_the_way_is_proven_absent_and_may_go_again(stage: Stage, verb: Verb) -> None:
    status_id = share(stage, 2)
    asked = stage.ask(status_id, "什么时候修路？")
    delivery = {Verb.SHARE: PREVIEW, Verb.COMMENT: comment(status_id), Verb.REPLY: reply(status_id, asked)}[verb]
    stage.suffer(Mishap.LOST_BEFORE)
    sent_at = stage.now()
    assert isinstance(stage.platform.deliver(delivery, ()), Unknown)
    stage.advance(10)
    assert stage.platform.look_for(delivery, sent_at=sent_at, now=stage.now()) == Absent()
    again = stage.platform.deliver(delivery, [unknown_attempt(delivery, sent_at)])
    assert isinstance(again, Posted)
    assert stage.texts().count(delivery.text) == 1


def test_what_cannot_be_reached_was_not_sent(stage: Stage) -> None:
    with stage.unreachable():
        assert isinstance(stage.platform.deliver(PREVIEW, ()), RetryAt)
    assert stage.texts() == []
    assert isinstance(stage.platform.deliver(PREVIEW, ()), Posted)


def test_a_post_under_review_has_landed_and_is_found_once_visible(stage: Stage) -> None:
    share(stage, 2)
    stage.advance(600)
    stage.suffer(Mishap.HIDDEN)
    sent_at = stage.now()
    outcome = stage.platform.deliver(PREVIEW, ())
    assert isinstance(outcome, Landed)
    assert stage.platform.look_for(PREVIEW, sent_at=sent_at, now=stage.now()) == Absent()
    stage.advance((outcome.look_at - stage.now()).total_seconds())
    assert isinstance(stage.platform.look_for(PREVIEW, sent_at=sent_at, now=stage.now()), Found)


def test_the_same_words_again_are_refused_unless_they_may_be_ours(stage: Stage) -> None:
    sent_at = stage.now()
    assert isinstance(stage.platform.deliver(PREVIEW, ()), Posted)
    assert isinstance(stage.platform.deliver(PREVIEW, ()), Refused)
    assert isinstance(stage.platform.deliver(PREVIEW, [unknown_attempt(PREVIEW, sent_at)]), Landed)
    assert stage.texts() == [PREVIEW.text]


def test_a_reply_to_a_vanished_comment_is_refused_or_told_as_misplaced(stage: Stage) -> None:
    status_id = share(stage)
    asked = stage.ask(status_id, "什么时候修路？")
    stage.suffer(Mishap.MISPLACED)
    outcome = stage.platform.deliver(reply(status_id, asked), ())
    assert isinstance(outcome, Posted)
    assert outcome.misplaced


def test_a_comment_under_a_deleted_post_is_refused_as_gone(stage: Stage) -> None:
    status_id = share(stage)
    stage.remove_status(status_id)
    outcome = stage.platform.deliver(comment(status_id), ())
    assert isinstance(outcome, Refused)
    assert outcome.gone


def test_five_posts_by_hand_hide_ours_and_make_it_undecidable(stage: Stage) -> None:
    stage.suffer(Mishap.LOST_AFTER)
    sent_at = stage.now()
    stage.platform.deliver(PREVIEW, ())
    for number in range(5):
        stage.advance(5)
        stage.by_hand(f"手工发布{number}")
    assert isinstance(stage.platform.look_for(PREVIEW, sent_at=sent_at, now=stage.now()), Undecidable)


def test_the_same_words_by_hand_make_it_undecidable(stage: Stage) -> None:
    stage.suffer(Mishap.LOST_AFTER)
    sent_at = stage.now()
    stage.platform.deliver(PREVIEW, ())
    stage.by_hand(PREVIEW.text)
    assert isinstance(stage.platform.look_for(PREVIEW, sent_at=sent_at, now=stage.now()), Undecidable)


def test_every_comment_is_served_once_newest_first_over_short_pages(stage: Stage) -> None:
    status_id = share(stage)
    asked = []
    for number in range(7):
        stage.advance(1)
        asked.append(stage.ask(status_id, f"问题{number}"))
    served: list[str] = []
    cursor: str | None = None
    while True:
        page = stage.platform.comments(status_id, max_id=cursor, count=3)
        served += [seen.platform_id for seen in page.comments]
        cursor = page.next_max_id
        if cursor is None:
            break
    assert served == asked[::-1]
    assert page.total == stage.platform.shown_count(status_id) == 7


def test_only_comments_newer_than_the_last_one_seen_are_asked_for(stage: Stage) -> None:
    status_id = share(stage)
    asked = []
    for number in range(3):
        stage.advance(1)
        asked.append(stage.ask(status_id, f"问题{number}"))
    page = stage.platform.comments(status_id, since_id=asked[0])
    assert [seen.platform_id for seen in page.comments] == [asked[2], asked[1]]
    assert page.next_max_id is None


def test_a_comment_tells_who_what_when_and_whether_it_is_ours(stage: Stage) -> None:
    status_id = share(stage)
    asked = stage.ask(status_id, "什么时候修路？")
    stage.advance(60)
    ours = stage.platform.deliver(reply(status_id, asked), ())
    assert isinstance(ours, Posted)
    answer, question = stage.platform.comments(status_id).comments
    assert (question.text, question.own, question.reply_to) == ("什么时候修路？", False, None)
    assert question.user_id
    assert question.user_name
    assert abs(question.created_at - NOW) < timedelta(minutes=5)
    assert (answer.platform_id, answer.own, answer.reply_to) == (ours.platform_id, True, asked)


def test_a_deleted_comment_is_no_longer_served(stage: Stage) -> None:
    status_id = share(stage)
    asked = stage.ask(status_id, "什么时候修路？")
    stage.remove_comment(asked)
    assert stage.platform.comments(status_id).comments == ()


def test_the_comments_of_a_deleted_post_are_gone(stage: Stage) -> None:
    status_id = share(stage)
    stage.remove_status(status_id)
    with pytest.raises(TargetGone):
        stage.platform.comments(status_id)


def test_the_login_names_the_account(stage: Stage) -> None:
    assert stage.platform.login().user_id == str(UID)
