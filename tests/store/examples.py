"""Values to store, each the plainest of its kind."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from microblog.domain.interview import Interview
from microblog.domain.outbox import Change
from microblog.domain.post import Attempt, Post, PostKind, PostState, Verb
from microblog.domain.question import Comment, LeftOut, Selection, Sweep
from microblog.domain.script import Script, Seal, Section, SectionKind
from microblog.service.ports import Store, StoredPlan

NOW = datetime(2024, 7, 5, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LEASE = timedelta(minutes=2)
ALL_VERBS: Collection[Verb] = tuple(Verb)


def a_post(key: str = "interview 3 · preview", **changes: Any) -> Post:
    """A draft due now, an hour of patience."""
    post = Post(
        key=key,
        interview=3,
        kind=PostKind.PREVIEW,
        verb=Verb.SHARE,
        text="【微访谈预告】消防安全进社区",
        author="小李",
        due_at=NOW,
        latest_at=NOW + timedelta(hours=1),
        bodies=("data centre", "media centre"),
    )
    return post.evolve(**changes)


def due(key: str = "interview 3 · preview", **changes: Any) -> Post:
    """A post that may be claimed."""
    return a_post(key, **{"state": PostState.DUE} | changes)


def claimed(store: Store, key: str = "interview 3 · preview", **changes: Any) -> tuple[Post, Attempt]:
    """Enqueue a due post and claim it."""
    store.outbox.enqueue(due(key, **changes))
    taken = store.outbox.claim(NOW, "worker 1", LEASE, ALL_VERBS)
    assert taken is not None
    return taken


def posted(platform_id: str) -> Change:
    """On the platform with this id."""
    return Change(PostState.POSTED, platform_id, NOW + MINUTE)


def a_comment(platform_id: str = "5010000000000001", **changes: Any) -> Comment:
    """A comment seen now."""
    values: dict[str, Any] = {
        "interview": 3,
        "source": "weibo",
        "platform_id": platform_id,
        "user_id": "7001",
        "user_name": "江边散步",
        "text": "楼道里停电动车找谁管？",
        "created_at": NOW - MINUTE,
        "first_seen_at": NOW,
        "last_seen_at": NOW,
        "under": "5009000000000000",
    }
    return Comment(**values | changes)


def a_sweep(**changes: Any) -> Sweep:
    """A full sweep made now."""
    values: dict[str, Any] = {
        "interview": 3,
        "source": "weibo",
        "under": "5009000000000000",
        "at": NOW,
        "full": True,
        "calls": 2,
        "served": 40,
        "new": 3,
        "total": 41,
    }
    return Sweep(**values | changes)


def a_selection(rank: int = 1, **changes: Any) -> Selection:
    """A chosen question."""
    values: dict[str, Any] = {
        "interview": 3,
        "rank": rank,
        "comment": f"weibo:{rank}",
        "quote": "楼道里停电动车找谁管？",
        "asker": "江边散步",
        "group": f"q{rank}",
        "topic": "t1",
        "askers": 12,
        "reason": "问得最清楚",
        "chosen_by": "小周",
        "chosen_at": NOW,
        "speaks_for": (f"weibo:{rank}", "weibo:77"),
    }
    return Selection(**values | changes)


def left_out(group: str, askers: int) -> LeftOut:
    """A group without a question."""
    return LeftOut(3, group, "t1", askers, "已有公开答复", NOW + timedelta(days=5))


def a_script(version: int = 1, **changes: Any) -> Script:
    """A script of one question."""
    section = Section(
        "question 1", SectionKind.QUESTION, "找谁管？", "请拨打12345。", "消防大队", asker="江边散步", rank=1
    )
    return Script(3, version, (section,), "小李", NOW).evolve(**changes)


def a_seal(subject: str = "interview 3 · preview", **changes: Any) -> Seal:
    """A body's yes."""
    values: dict[str, Any] = {"subject": subject, "hash": "ab12", "body": "data centre", "by": "小王", "at": NOW}
    return Seal(**values | changes)


def a_plan(**changes: Any) -> StoredPlan:
    """An imported plan."""
    values: dict[str, Any] = {
        "id": 0,
        "title": "2024年在线访谈计划",
        "year": 2024,
        "issuer": "区政府办公室",
        "rule_set": "example",
        "state": "draft",
        "imported_at": NOW,
        "content": {"rows": [{"no": 1, "topic": "消防安全"}], "warnings": []},
    }
    return StoredPlan(**values | changes)


def an_interview(**changes: Any) -> Interview:
    """A planned interview."""
    return Interview(1, 7, "消防安全进社区", ("消防大队", "应急局"), "消防大队", "example", 2024).evolve(**changes)
