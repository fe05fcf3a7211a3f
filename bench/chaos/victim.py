"""The process that is killed: the product's services over HTTP and a SQLite file, on the sandbox's clock."""

import sys
from datetime import datetime, timedelta
from typing import Any

import requests

from bench.chaos.stage import office_over
from microblog.clocks import SetClock
from microblog.domain.errors import MicroblogError
from microblog.domain.post import PostState
from microblog.platforms.weibo_http import Http
from microblog.service.dispatch import dispatch
from microblog.service.office import Office
from microblog.service.ports import Store
from microblog.service.read_back import reconcile
from microblog.store.sql import open_store

RESTING = (PostState.POSTED, PostState.CANCELLED, PostState.REFUSED, PostState.MISSED)
ASKING = (PostState.UNKNOWN, PostState.LANDED)
SECOND = timedelta(seconds=1)
MOST_ROUNDS = 2000


def work_until_done(address: str, base_url: str, token: str) -> None:
    """Work until every post rests or asks a person; the process then ends."""
    store = open_store(address)
    clock = SetClock(_moment(base_url, {}))
    office = office_over(Http(base_url, read_timeout=5), clock, store, lambda: token)
    for _ in range(MOST_ROUNDS):
        _round(office)
        ahead = _next_moment(store, clock.now())
        if ahead is None:
            store.close()
            return
        clock.set(_moment(base_url, {"at": ahead.isoformat()}))
    sys.exit(3)


def _round(office: Office) -> None:
    for job in (reconcile, dispatch):
        try:
            job(office)
        except MicroblogError:
            continue  # tried again in the next round


def _next_moment(store: Store, now: datetime) -> datetime | None:
    """When something is next due; None once nothing moves without a person."""
    stuck: set[str] = set()
    moving = []
    for post in store.outbox.posts():
        asks = post.state in ASKING and post.not_before is None
        if asks or post.state in RESTING or post.follows in stuck:
            stuck |= {post.key} if post.platform_id is None else set()
        else:
            moving.append(post)
    if not moving:
        return None
    last = store.outbox.last_sent_at()
    ahead = [at for post in moving for at in (post.due_at, post.not_before, post.lease_until) if at]
    ahead += [pause.until for pause in store.journal.pauses(now)] + ([last + timedelta(minutes=1)] if last else [])
    later = [at for at in ahead if at > now]
    return min(later, default=now + 5 * SECOND)


def _moment(base_url: str, body: dict[str, Any]) -> datetime:
    """Turn the sandbox's clock, if asked to; returns where it stands. It never goes back."""
    answer = requests.request("POST" if body else "GET", f"{base_url}/_sandbox/clock", json=body or None, timeout=10)
    return datetime.fromisoformat(answer.json()["now"])
