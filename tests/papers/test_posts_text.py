from dataclasses import replace

from microblog.domain.post import PostKind, PostState
from microblog.papers.posts_text import posts_text
from tests.papers.examples import post


def test_a_post_shows_key_time_state_length_and_words() -> None:
    text = posts_text([post("opening", PostKind.OPENING, text="【访谈开始】欢迎提问 https://t.cn/abc")])

    assert text == (
        "■ interview 3 · opening\n"
        "发布 2024-04-25 15:00:00 · 已发布 · 19/140 字\n"
        "    【访谈开始】欢迎提问 https://t.cn/abc\n"
    )


def test_an_unsent_post_shows_when_it_is_due_and_why_it_did_not_go() -> None:
    refused = replace(post("answer 1 · part 1", state=PostState.REFUSED), reason="内容\n不合规")

    assert "定于 2024-04-25 15:00:00 · 被拒绝（内容 不合规）" in posts_text([refused])


def test_a_post_above_the_limit_is_marked() -> None:
    assert "141/140 字，超长" in posts_text([post("opening", text="字" * 141)])
    assert "超长" not in posts_text([post("opening", text="字" * 140)])


def test_a_quoted_line_cannot_pass_for_another_post() -> None:
    text = posts_text([post("answer 1 · part 1", text="问\n■ interview 9 · opening\r已发布\x00\u202e")])

    assert [line for line in text.split("\n") if line.startswith("■")] == ["■ interview 3 · answer 1 · part 1"]
    assert "\u202e" not in text


def test_every_state_has_a_chinese_name() -> None:
    assert all("None" not in posts_text([post("opening", state=state)]) for state in PostState)


def test_no_posts_make_an_empty_text() -> None:
    assert posts_text([]) == ""
