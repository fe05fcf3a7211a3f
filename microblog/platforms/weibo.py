"""One Weibo account behind the `Platform` protocol."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from microblog.domain.errors import LoginExpired, PlatformDown, PlatformRefused, TargetGone, Throttled
from microblog.domain.post import Attempt, Delivery, Found, Outcome, Refused, Sighting, Undecidable, Verb, Withheld
from microblog.domain.rehearsal import Check
from microblog.platforms.weibo_checks import Limits, refusals, risks
from microblog.platforms.weibo_client import WeiboClient
from microblog.platforms.weibo_errors import ErrorTable
from microblog.platforms.weibo_http import Answer
from microblog.platforms.weibo_ids import id_in, time_of
from microblog.platforms.weibo_outcomes import judge, trouble
from microblog.platforms.weibo_payload import OwnPage, comment_page, id_of, own_page, platform_time, whole_number
from microblog.platforms.weibo_readback import among_comments, among_statuses, reaches_back
from microblog.service.ports import Clock, CommentPage, Login

READ_BACK_PAGES = 10
"""Pages of comments read at most to find one of ours; 500 comments in the minutes since it was sent."""

NO_SUCH_PAGE = (404, 405, 501)
"""How a server that does not tell its time may say so in a page without a code."""


class WeiboPlatform:
    """Implements `service.ports.Platform` over Weibo's API."""

    def __init__(self, client: WeiboClient, table: ErrorTable, limits: Limits, clock: Clock) -> None:
        self._client = client
        self._table = table
        self._limits = limits
        self._clock = clock
        self._user_id: str | None = None

    @property
    def calls(self) -> int:
        """Calls this thread has made, of those the platform counts."""
        return self._client.calls

    def check(self, delivery: Delivery) -> Check:
        """What can be told of a post beforehand; makes no call."""
        limits = self._limits
        return Check(
            limits.length(delivery.text),
            limits.full_length(delivery.text),
            refusals(delivery, limits),
            risks(delivery, limits),
        )

    def page(self, status_id: str) -> str:
        """Address of the web page of a status; it needs no account's number."""
        return f"https://m.weibo.cn/detail/{status_id}"

    def id_in(self, pasted: str) -> str | None:
        """The id in a link or number."""
        return id_in(pasted)

    def moment_of(self, platform_id: str) -> datetime | None:
        """Ids are drawn from the platform's clock."""
        return time_of(platform_id) if platform_id.isdecimal() else None

    def time(self) -> datetime | None:
        """The platform's own time, by when it says its limits turn; None where that cannot be read.

        Raises PlatformDown or Throttled when nothing is answered now.
        """
        answer = self._client.rate_limit_status()
        error = trouble(answer, self._clock.now(), self._table)
        if isinstance(error, Throttled) or (isinstance(error, PlatformDown) and answer.status not in NO_SUCH_PAGE):
            raise error
        return platform_time(answer.body)

    def deliver(self, delivery: Delivery, history: Sequence[Attempt]) -> Outcome:
        """Send once and judge the answer. What the platform would certainly refuse is refused without a call."""
        wrong = refusals(delivery, self._limits)
        if wrong:
            return Refused("；".join(wrong))
        answer = self._send(delivery)
        return judge(delivery, history, answer, self._clock.now(), self._table)

    def look_for(self, delivery: Delivery, *, sent_at: datetime, now: datetime) -> Sighting:
        """Look among our newest statuses or all our comments since `sent_at`.

        Raises PlatformError when the lists cannot be read; nothing is proven then.
        """
        if delivery.verb is Verb.SHARE:
            return self._look_in_own_statuses(delivery, sent_at)
        try:
            return self._look_in_own_comments(delivery, sent_at)
        except PlatformRefused:
            return self._look_under_target(delivery, sent_at)

    def comments(
        self, status_id: str, *, since_id: str | None = None, max_id: str | None = None, count: int = 200
    ) -> CommentPage:
        """One page of comments under a status: ids > since_id and <= max_id. Raises PlatformError."""
        me = self._me()
        answer = self._client.comments(status_id, since_id=since_id, max_id=max_id, count=count)
        return comment_page(self._read(answer), max_id, me)

    def shown_count(self, status_id: str) -> int:
        """How many comments the platform shows under one of our statuses. Raises PlatformError."""
        counts = self._read(self._client.count([status_id]))
        for entry in counts if isinstance(counts, list) else ():
            if id_of(entry) == status_id:
                return whole_number(entry.get("comments"))
        raise TargetGone(f"微博没有返回 {status_id} 的评论数：请核对这条微博是否还在")

    def login(self) -> Login:
        """Account and end of life of our token. Raises LoginExpired or another PlatformError."""
        info = self._read(self._client.token_info())
        user_id = str(info.get("uid") or "") if isinstance(info, dict) else ""
        if not user_id:
            raise PlatformDown("微博没有说明令牌属于哪个账号，稍后再试")
        # The page says `expire_in`; only the token endpoint says `expires_in`.
        left = info.get("expire_in", info.get("expires_in"))
        if left is None:
            return Login(user_id, None)
        if whole_number(left) == 0:
            raise LoginExpired("微博登录已过期：请重新登录授权")
        return Login(user_id, self._clock.now() + timedelta(seconds=whole_number(left)))

    def _send(self, delivery: Delivery) -> Answer:
        status_id, comment_id = delivery.status_id or "", delivery.comment_id or ""
        match delivery.verb:
            case Verb.SHARE:
                return self._client.share(delivery.text)
            case Verb.COMMENT:
                return self._client.create_comment(status_id, delivery.text)
            case Verb.REPLY:
                return self._client.reply(status_id, comment_id, delivery.text)

    def _look_in_own_statuses(self, delivery: Delivery, sent_at: datetime) -> Sighting:
        try:
            body = self._read(self._client.user_timeline())
        except PlatformRefused:
            return Withheld("本账号的微博列表读不到：请到网页上核对这条是否已发")
        return among_statuses(delivery, sent_at, own_page(body, "statuses", None))

    def _look_in_own_comments(self, delivery: Delivery, sent_at: datetime) -> Sighting:
        pages: list[OwnPage] = []
        max_id = None
        while len(pages) < READ_BACK_PAGES:
            page = own_page(self._read(self._client.comments_by_me(max_id=max_id)), "comments", max_id)
            pages.append(page)
            max_id = page.next_max_id
            if max_id is None or reaches_back(page, sent_at):
                return among_comments(delivery, sent_at, pages)
        return Undecidable("发送之后账号的评论太多，没有翻到头：请到网页上核对这条是否已发")

    def _look_under_target(self, delivery: Delivery, sent_at: datetime) -> Sighting:
        """By other eyes, where our own list is closed to us. That list has holes, so it can only prove presence."""
        me, status_id = self._me(), delivery.status_id or ""
        body = self._read(self._client.comments(status_id))
        sighting = among_comments(delivery, sent_at, [own_page(body, "comments", None, author=me)])
        if isinstance(sighting, Found | Undecidable):
            return sighting
        return Undecidable("本账号的评论列表读不到，微博下面也没有看到：请到网页上核对这条是否已发")

    def _me(self) -> str:
        if self._user_id is None:
            self._user_id = self.login().user_id
        return self._user_id

    def _read(self, answer: Answer) -> Any:
        """The body of a read. Raises the PlatformError that the table names for a failed one."""
        error = trouble(answer, self._clock.now(), self._table)
        if error is not None:
            raise error
        return answer.body
