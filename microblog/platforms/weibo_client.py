"""Weibo's API, one method an endpoint; each returns an `Answer` and judges nothing.

Paths and parameters: open.weibo.com/wiki, by the endpoint's name. Ids are strings throughout.
"""

import threading
from collections.abc import Callable, Iterable
from typing import Any

from microblog.platforms.weibo_http import Answer, Failure, Http

API_BASE = "https://api.weibo.com"


class WeiboClient:
    """The endpoints an ordinary app may call, for one account.

    token: asked before every call, so that a new login reaches a running worker; travels in a header, never in a URL.
    rip: the office's own public IPv4 address, which the platform wants with every write; empty leaves it out.
    """

    def __init__(self, http: Http, token: Callable[[], str], *, rip: str = "") -> None:
        self._http = http
        self._token = token
        self._rip = rip
        self._local = threading.local()

    @property
    def calls(self) -> int:
        """Calls of this thread that the platform counts: all that may have reached it, but for those it lets free."""
        made: int = getattr(self._local, "calls", 0)
        return made

    def share(self, status: str) -> Answer:
        """Post a status of its own: <= 140 字, with a link to the app's secure domain, without `#…#`."""
        return self._post("statuses/share", status=status)

    def repost(self, status_id: str, status: str) -> Answer:
        """Repost a status with our words."""
        return self._post("statuses/repost", id=status_id, status=status, is_comment=0)

    def destroy_status(self, status_id: str) -> Answer:
        """Delete an own status."""
        return self._post("statuses/destroy", id=status_id)

    def user_timeline(self) -> Answer:
        """Our own statuses, newest first. The platform shows five whatever it is asked."""
        return self._get("statuses/user_timeline", count=5)

    def show(self, status_id: str) -> Answer:
        """One own status."""
        return self._get("statuses/show", id=status_id)

    def count(self, status_ids: Iterable[str]) -> Answer:
        """Shown counts of up to 100 statuses: a bare array."""
        return self._get("statuses/count", ids=",".join(status_ids))

    def mentions(self, *, since_id: str | None = None, max_id: str | None = None, count: int = 200) -> Answer:
        """Statuses that mention us."""
        return self._get("statuses/mentions", since_id=since_id, max_id=max_id, count=count)

    def create_comment(self, status_id: str, comment: str) -> Answer:
        """Comment under a status."""
        return self._post("comments/create", id=status_id, comment=comment)

    def reply(self, status_id: str, comment_id: str, comment: str) -> Answer:
        """Reply to a comment, in exactly these words: the platform's `回复@昵称:` is switched off.

        A bad comment_id makes a plain comment without any error: look for `reply_comment` in the answer.
        """
        return self._post("comments/reply", id=status_id, cid=comment_id, comment=comment, without_mention=1)

    def destroy_comment(self, comment_id: str) -> Answer:
        """Delete an own comment."""
        return self._post("comments/destroy", cid=comment_id)

    def comments(
        self, status_id: str, *, since_id: str | None = None, max_id: str | None = None, count: int = 200
    ) -> Answer:
        """Comments under a status, newest first: ids > since_id and <= max_id. Short pages are not the end."""
        return self._get("comments/show", id=status_id, since_id=since_id, max_id=max_id, count=count)

    def comments_by_me(self, *, max_id: str | None = None, count: int = 50) -> Answer:
        """Our own comments, newest first: complete, unlike lists of other people's."""
        return self._get("comments/by_me", max_id=max_id, count=count)

    def comments_to_me(self, *, since_id: str | None = None, max_id: str | None = None, count: int = 50) -> Answer:
        """Comments others wrote under our statuses and comments."""
        return self._get("comments/to_me", since_id=since_id, max_id=max_id, count=count)

    def comments_batch(self, comment_ids: Iterable[str]) -> Answer:
        """Up to 50 comments by id: a bare array."""
        return self._get("comments/show_batch", cids=",".join(comment_ids))

    def rate_limit_status(self) -> Answer:
        """What is left of our limits; not counted against them.

        A hint only: it has been seen to say 150 while every call was refused.
        """
        return self._http.get("2/account/rate_limit_status.json", {}, self._token())

    def get_uid(self) -> Answer:
        """The account the token stands for."""
        return self._get("account/get_uid")

    def token_info(self) -> Answer:
        """Account and remaining life (`expire_in`, seconds) of our token; not an API call by the platform's count."""
        return self._http.post("oauth2/get_token_info", {"access_token": self._token()}, token=self._token())

    def _get(self, endpoint: str, **params: Any) -> Answer:
        given = {name: value for name, value in params.items() if value is not None}
        return self._counted(self._http.get(f"2/{endpoint}.json", given, self._token()))

    def _post(self, endpoint: str, **form: Any) -> Answer:
        given = form | ({"rip": self._rip} if self._rip else {})
        return self._counted(self._http.post(f"2/{endpoint}.json", given, self._token()))

    def _counted(self, answer: Answer) -> Answer:
        if answer.failure is not Failure.NOT_SENT:
            self._local.calls = self.calls + 1
        return answer
