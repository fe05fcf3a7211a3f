"""Simulated netizens: the measured mixture, a fixed stream, and comments that show as the clock passes."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from microblog.sandbox.moments import DAY, in_china
from microblog.sandbox.netizens import Said, Window, comment_stream
from microblog.sandbox.server import Sandbox
from microblog.sandbox.utterances import QUESTION_LIKE
from microblog.sandbox.voices import VOICES_DIR, find_voices, read_voices
from tests.sandbox.conftest import START, Caller

SAMPLE = Path(__file__).with_name("voices_sample.toml")
OPENS = START.timestamp()
EVENT = OPENS + 21 * DAY
WINDOW = Window(OPENS, 20, EVENT, 2)


@pytest.fixture(scope="module")
def stream() -> list[Said]:
    return comment_stream(read_voices(SAMPLE), WINDOW, seed=3, count=3000)


def share_of(stream: list[Said], pattern: str) -> float:
    return sum(re.search(pattern, said.words.text) is not None for said in stream) / len(stream)


def test_the_same_seed_gives_the_same_stream_and_another_does_not() -> None:
    voices = read_voices(SAMPLE)
    first = comment_stream(voices, WINDOW, seed=3, count=200)
    assert comment_stream(voices, WINDOW, seed=3, count=200) == first
    assert comment_stream(voices, WINDOW, seed=4, count=200) != first


@pytest.mark.parametrize(
    ("pattern", "low", "high"),
    [
        (QUESTION_LIKE.pattern, 0.21, 0.34),
        (r"\[[^\]]+\]", 0.09, 0.20),
        (r"@", 0.03, 0.09),
        (r"^转发微博$", 0.015, 0.035),
        (r"^图片评论", 0.001, 0.01),
        (r"//@", 0.002, 0.012),
        (r"1380000\d{4}", 0.001, 0.012),
    ],
)
def test_marks_of_real_comments_occur_in_the_measured_shares(
    stream: list[Said], pattern: str, low: float, high: float
) -> None:
    assert low <= share_of(stream, pattern) <= high


def test_likes_are_skewed_as_measured(stream: list[Said]) -> None:
    likes = sorted((said.likes for said in stream), reverse=True)
    assert 0.6 <= sum(likes[: len(likes) // 100]) / sum(likes) <= 0.9
    assert likes.count(0) / len(likes) == pytest.approx(0.30, abs=0.01)
    assert likes.count(1) / len(likes) == pytest.approx(0.45, abs=0.01)


def test_some_are_approved_late_filtered_or_deleted(stream: list[Said]) -> None:
    late = [said for said in stream if said.visible > said.created]
    assert 0.02 <= len(late) / len(stream) <= 0.06
    assert any(said.visible - said.created > DAY for said in late)
    assert 0.03 <= sum(said.filtered for said in stream) / len(stream) <= 0.07
    assert 0 < sum(said.deleted < float("inf") for said in stream) / len(stream) <= 0.02


def test_concerns_are_as_popular_as_their_weights_say(stream: list[Said]) -> None:
    counts = Counter(said.words.concern for said in stream if said.words.concern)
    assert [concern for concern, _ in counts.most_common()] == ["lights", "toilets", "dogs"]


def test_people_sleep_and_rush_at_the_opening_and_speak_during_the_event(stream: list[Said]) -> None:
    before = [said.created for said in stream if said.created < EVENT]
    hours = Counter(in_china(moment).hour for moment in before)
    assert sum(hours[hour] for hour in range(1, 6)) < 0.06 * len(before)
    assert sum(moment < OPENS + 3 * DAY for moment in before) > 0.3 * len(before)
    during = [said for said in stream if EVENT <= said.created <= EVENT + 7200]
    assert len(during) == 600
    assert [said.created for said in stream] == sorted(said.created for said in stream)


def test_a_few_talk_often_and_most_speak_once(stream: list[Said]) -> None:
    names = Counter(said.name for said in stream)
    often = sum(count for count in names.values() if count >= 3) / len(stream)
    assert 0.02 <= often <= 0.08
    assert sum(count == 1 for count in names.values()) > 0.8 * len(names)


def test_a_reply_is_prefixed_with_whom_it_answers(stream: list[Said]) -> None:
    replies = [said for said in stream if said.reply_to is not None]
    assert replies
    for said in replies:
        assert said.words.text.startswith(f"回复@{stream[said.reply_to or 0].name}:")


@pytest.mark.parametrize("name", sorted(path.stem for path in VOICES_DIR.glob("*.toml")))
def test_the_bundled_voices_hold_what_a_demo_needs(name: str) -> None:
    voices = read_voices(find_voices(name))
    assert len(voices.concerns) >= 25
    assert sum(len(concern.wordings) for concern in voices.concerns) >= 300
    assert len({concern.id for concern in voices.concerns}) == len(voices.concerns)
    texts = [said.words.text for said in comment_stream(voices, WINDOW, seed=1, count=1500)]
    copies = sum(count - 1 for count in Counter(texts).values()) / len(texts)
    assert 0.04 <= copies <= 0.10
    assert 0.2 <= sum(QUESTION_LIKE.search(text) is not None for text in texts) / len(texts) <= 0.34


def test_an_unknown_or_broken_voices_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="没有名为“nowhere”的网民语料"):
        find_voices("nowhere")
    broken = tmp_path / "broken.toml"
    broken.write_text('topic = "x"\nkeywords = []\n', "utf-8")
    with pytest.raises(ValueError, match=r"broken\.toml 缺少 noise"):
        read_voices(broken)


def test_the_stream_shows_as_the_clock_passes(weibo: Sandbox, me: Caller) -> None:
    status = me.status()
    assert me.control("netizens", status_id=status, voices=str(SAMPLE), seed=1, count=300, days=20) == {
        "comments": 300
    }

    def total() -> int:
        return int(me.get("comments/show", id=status).json()["total_number"])

    assert total() == 0
    weibo.admin.clock(advance=5 * DAY)
    halfway = total()
    weibo.admin.clock(advance=20 * DAY)
    assert 0 < halfway < total() <= 300


def test_calls_in_between_do_not_move_the_stream() -> None:
    def ids(busy: bool) -> list[tuple[int, str]]:
        with Sandbox(start=START) as weibo:
            me = Caller(weibo, weibo.token)
            status = me.status()
            if busy:
                me.post("comments/create", id=status, comment="官方说明")
                weibo.cast.add_status(me.weibo.world.accounts[1_000_000_001].uid, "手动")
            weibo.cast.netizens(status, SAMPLE, seed=1, count=50, start=datetime(2024, 4, 3, tzinfo=UTC))
            return [(c.id, c.text) for c in weibo.world.comments.values() if not c.app]

    assert ids(busy=True) == ids(busy=False)


def test_what_a_netizen_meant_is_kept_and_never_shown(weibo: Sandbox, me: Caller) -> None:
    status = me.status()
    weibo.cast.netizens(status, SAMPLE, seed=1, count=100)
    weibo.admin.clock(advance=timedelta(days=21).total_seconds())
    assert "concern" not in me.get("comments/show", id=status, count=200).text
    state = requests.get(f"{weibo.base_url}/_sandbox/state", timeout=5).json()
    assert {comment["concern"] for comment in state["comments"]} == {"", "lights", "toilets", "dogs"}


def test_the_whole_stream_can_be_walked_page_by_page(weibo: Sandbox, me: Caller) -> None:
    weibo.admin.options({"reserved_share": 0.09})
    status = me.status()
    weibo.cast.netizens(status, SAMPLE, seed=1, count=600)
    weibo.admin.clock(advance=timedelta(days=40).total_seconds())
    seen: list[int] = []
    cursor = 0
    while True:
        body = me.get("comments/show", id=status, count=100, max_id=cursor).json()
        seen += [comment["id"] for comment in body["comments"]]
        cursor = body["next_cursor"]
        if not cursor:
            break
    shown = {c.id for c in weibo.world.comments.values() if not c.filtered and c.deleted > weibo.world.now()}
    assert set(seen) == shown
    assert len(seen) > len(set(seen))
