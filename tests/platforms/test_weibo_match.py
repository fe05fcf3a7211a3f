"""Whether what the platform shows is what we sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microblog.platforms.weibo_match import normalise, same_words


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("预告 http://example.gov.cn/ft/1.html 欢迎提问", "预告 http://t.cn/A6abcdEF 欢迎提问"),
        ("预告 http://example.gov.cn/ft/1.html", "预告 http://t.cn/A6abcdEF "),
        ("见http://example.gov.cn/1。谢谢", "见http://t.cn/A6abcdEF。谢谢"),
        ("见http://example.gov.cn/1。谢谢", "见http://t.cn/A6abcdEF"),
        ("#访谈# 开始", "访谈 开始"),
        ("已转办。(1/3)", "回复@阳光路居民:已转办。(1/3)"),
        ("已转办。", "回复 @阳光路居民： 已转办。"),
        ("回复@甲:已转办。", "已转办。"),
        ("a<b & c", "a&lt;b &amp; c"),
        ("第一行\n第二行  完", " 第一行 第二行 完"),
    ],
)
def test_what_the_platform_does_to_words_does_not_hide_them(sent: str, shown: str) -> None:
    assert same_words(sent, shown)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("已转办。(1/3)", "已转办。(2/3)"),
        ("【网友提问 3/18】好", "【网友提问 4/18】好"),
        ("好", "好的"),
        ("http://example.gov.cn/1 甲", "http://t.cn/A6abcdEF 乙"),
        ("好。回复@甲:已办", "好。已办"),
    ],
)
def test_other_words_are_not_ours(sent: str, shown: str) -> None:
    assert not same_words(sent, shown)


@given(st.text(max_size=80))
def test_any_text_is_its_own(text: str) -> None:
    assert same_words(text, text)


@given(st.text(max_size=80))
def test_the_words_alone_hold_no_space_and_no_hash(text: str) -> None:
    words = normalise(text)
    assert "#" not in words
    assert not any(char.isspace() for char in words)
