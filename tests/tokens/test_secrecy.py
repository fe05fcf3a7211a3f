"""The token is in nothing that a run leaves behind or says."""

import json
import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from microblog.bootstrap import open_office
from microblog.domain.interview import Interview, InterviewState
from microblog.domain.post import PostState
from microblog.domain.script import Seal
from microblog.sandbox.server import APP_SECRET, Sandbox
from microblog.service.dispatch import dispatch
from microblog.service.polling import poll
from microblog.service.read_back import reconcile
from microblog.settings import load_settings
from tests.shared import BODIES, DAY, a_post
from tests.tokens.conftest import Browser

FAULTS = (
    {"fault": "bad-gateway-after-commit", "endpoint": "statuses/share", "nth": 1},
    {"fault": "drop-before-commit", "endpoint": "statuses/share", "nth": 2},
)


def test_a_run_with_faults_and_a_dying_token_leaves_the_token_nowhere(
    run: Callable[..., str],
    browser: Browser,
    weibo: Sandbox,
    home: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    said = [run("auth", "login", "--by", "值班员")]
    office = open_office()
    interview = office.store.interviews.add(
        Interview(1, 1, "消防安全", ("消防大队",), "消防大队", "pukou", 2024, state=InterviewState.ANNOUNCED)
    )
    now = office.clock.now()
    weibo.admin.add_rules(FAULTS)
    for number in range(4):
        if number == 3:
            dispatch(office)
            weibo.cast.kill_token(weibo.token, 21327)
        post = a_post(f"interview {interview.id} · notice {number}", due_at=now, latest_at=now + DAY)
        for body in BODIES:
            office.store.reviews.seal(Seal(post.key, post.hash, body, body, now))
        office.store.outbox.enqueue(post.evolve(state=PostState.SEALED))
    dispatch(office)
    reconcile(office)
    assert {post.state.value for post in office.store.outbox.posts()} == {"posted", "unknown", "due"}
    poll(office)
    for arguments in (("auth", "status"), ("auth", "status", "--json"), ("doctor",), ("doctor", "--json")):
        said.append(run(*arguments, code=1))
    key = f"interview {interview.id} · notice 0"
    for listing in (
        ["outbox", "list", "--json"],
        ["interview", "list", "--json"],
        ["interview", "show", "1", "--json"],
    ):
        said.append(run(*listing))
    said.append(json.dumps([str(attempt) for attempt in office.store.outbox.attempts(key)]))
    said += [repr(load_settings()), repr(office.store.journal.entries()), repr(browser.threads), caplog.text]
    _assert_absent(weibo.token, said, home)
    _assert_absent(APP_SECRET, said, home)


def _assert_absent(secret: str, said: list[str], home: Path) -> None:
    assert len(secret) > 10
    assert [text for text in said if secret in text] == []
    written = [file for file in home.rglob("*") if file.is_file()]
    assert any(file.name == "microblog.db" for file in written)
    assert [file for file in written if secret.encode() in file.read_bytes()] == []
