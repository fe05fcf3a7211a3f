"""Who is on stage: accounts, apps, tokens, and what netizens say or do outside the API.

Moments are given as aware datetimes. What is not there raises ValueError with one line of Chinese.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from microblog.sandbox.bystanders import post_by_hand, say
from microblog.sandbox.moments import moment_of
from microblog.sandbox.netizens import Said, Window, comment_stream
from microblog.sandbox.oauth import issue
from microblog.sandbox.rows import NEVER, Account, App, Comment, Row, Status, Token
from microblog.sandbox.utterances import Words
from microblog.sandbox.voices import read_voices
from microblog.sandbox.world import World

Key = TypeVar("Key", int, str)
Kept = TypeVar("Kept", bound=Row)


class Cast:
    """Sets up and steers the people of the sandbox; safe to call from any thread."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add_account(self, uid: int, name: str, **fields: Any) -> Account:
        """Open or replace an account; fields as in `rows.Account`."""
        with self._world.lock:
            return self._kept(self._world.put(Account(uid=uid, name=name, **fields)))

    def clear_account(self, uid: int) -> Account:
        """A person has solved the captcha or had the account released: lift its block."""
        with self._world.lock:
            account = _known(self._world.accounts, uid, "账号")
            return self._kept(self._world.change(account, blocked=0, blocked_until=NEVER))

    def add_app(self, key: str, secret: str, name: str, owner: int, **fields: Any) -> App:
        """Register or replace an app; fields as in `rows.App`."""
        given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()}
        with self._world.lock:
            return self._kept(self._world.put(App(key=key, secret=secret, name=name, owner=owner, **given)))

    def add_token(self, uid: int, app: str, life: float | None = None) -> Token:
        """Authorise an app without the browser. life: seconds, by default as the platform gives."""
        with self._world.lock:
            owner = _known(self._world.accounts, uid, "账号")
            known = _known(self._world.apps, app, "应用")
            return self._kept(issue(self._world, owner.uid, known, self._world.now(), life))

    def kill_token(self, token: str, code: int) -> Token:
        """Let calls with the token answer this code from now on."""
        with self._world.lock:
            return self._kept(self._world.change(_known(self._world.tokens, token, "令牌"), dead=code))

    def add_comment(
        self,
        status: int,
        user: str,
        text: str,
        *,
        created: datetime | None = None,
        visible: datetime | None = None,
        reply_to: int = 0,
        filtered: bool = False,
        likes: int = 0,
    ) -> Comment:
        """A netizen comments. visible: when it is approved, its id staying as old as `created`.

        reply_to: a comment's id; the platform's `回复@昵称:` is put in front.
        """
        world = self._world
        with world.lock:
            _known(world.statuses, status, "微博")
            at = world.now() if created is None else moment_of(created)
            if reply_to:
                answered = _known(world.comments, reply_to, "评论")
                text = f"回复@{world.accounts[answered.uid].name}:{text}"
            shows = at if visible is None else moment_of(visible)
            said = Said(user, Words(text), at, visible=shows, likes=likes, filtered=filtered)
            return self._kept(say(world, status, said, reply_to=reply_to))

    def add_status(self, uid: int, text: str) -> Status:
        """Somebody of the office posts by hand on the web; no entry in the ledger of writes."""
        with self._world.lock:
            _known(self._world.accounts, uid, "账号")
            return self._kept(post_by_hand(self._world, uid, text, self._world.now()))

    def change_comment(self, identifier: int, **changes: Any) -> Comment:
        """Edit, filter or delete a comment: `text`, `likes`, `filtered`, `visible`, `deleted` (True: now)."""
        with self._world.lock:
            comment = _known(self._world.comments, identifier, "评论")
            return self._kept(self._world.change(comment, **self._moments(changes)))

    def change_status(self, identifier: int, **changes: Any) -> Status:
        """Delete a status (`deleted`), take it down (`illegal`), hide it until `visible`."""
        with self._world.lock:
            status = _known(self._world.statuses, identifier, "微博")
            return self._kept(self._world.change(status, **self._moments(changes)))

    def netizens(
        self,
        status: int,
        voices: Path,
        *,
        seed: int,
        count: int = 1500,
        days: float = 20,
        start: datetime | None = None,
        event: datetime | None = None,
        event_hours: float = 2,
    ) -> int:
        """Let netizens comment on a status from `start` for `days`, and during the event; how many will.

        start: the status's own moment by default. The whole stream is fixed now and shows as the clock passes.
        """
        world = self._world
        with world.lock:
            under = _known(world.statuses, status, "微博")
            opens = under.created if start is None else moment_of(start)
            event_at = None if event is None else moment_of(event)
            window = Window(opens, days, event_at, event_hours)
            ids: list[int] = []
            for said in comment_stream(read_voices(voices), window, seed=seed, count=count):
                reply_to = 0 if said.reply_to is None else ids[said.reply_to]
                ids.append(say(world, status, said, reply_to=reply_to).id)
            world.flush()
            return len(ids)

    def _kept(self, row: Kept) -> Kept:
        self._world.flush()
        return row

    def _moments(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Field changes with datetimes as moments; `deleted: True` means now."""
        now = self._world.now()
        at = {name: moment_of(value) for name, value in changes.items() if isinstance(value, datetime)}
        gone = {"deleted": now if changes["deleted"] else NEVER} if isinstance(changes.get("deleted"), bool) else {}
        return {**changes, **at, **gone}


def _known(table: Mapping[Key, Kept], key: Key, what: str) -> Kept:
    if key not in table:
        raise ValueError(f"沙箱里没有编号为 {key} 的{what}")
    return table[key]
