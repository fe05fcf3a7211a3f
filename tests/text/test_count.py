"""Counting 字: the vectors of the domain reference and of Weibo's own composer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microblog.text.count import (
    non_space_count,
    strict_count,
    weibo_length,
    weibo_length_undiscounted,
    word_count,
)

_UNLINKED = st.text(alphabet=st.characters(exclude_characters="\r\n:"))


@pytest.mark.parametrize(
    ("text", "strict", "word_like", "non_space"),
    [
        ("浦口区2024年GDP增长5.2%。", 6, 10, 18),
        ("[主持人]各位网友，大家好！", 10, 12, 14),
        ("訪談（zhi）稿", 3, 6, 8),
        ("", 0, 0, 0),
        (" \u3000\t\n", 0, 0, 0),
        ("二〇二四年", 5, 5, 5),
        ("𠮷野家", 3, 3, 3),
        ("——……“好”", 1, 7, 7),
        ("window@example.gov.cn", 0, 1, 21),
        ("上午9:30-11:00", 2, 3, 12),
        ("A, B", 0, 2, 3),
        ("😀[哈哈]", 2, 2, 5),
        ("２０２４", 0, 4, 4),
    ],
)
def test_script_counts_follow_the_word_processor(text: str, strict: int, word_like: int, non_space: int) -> None:
    assert (strict_count(text), word_count(text), non_space_count(text)) == (strict, word_like, non_space)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("微访谈", 3),
        ("abc", 2),
        ("abc微", 3),
        ("【预告】", 4),
        ("“引号”", 4),
        ("12:30", 3),
        ("😀", 2),
        ("é", 1),
        ("←", 1),
        ("http://t.cn/A6abcdEF", 10),
        ("微访谈 http://example.gov.cn/ft/2025/0103.html ", 14),
        ("https://example.gov.cn/" + "a" * 140, 22),
        ("字" * 140, 140),
        ("", 0),
        ("\r\n\r\n", 1),
        ("http://weibo.com/1000000001/JoYct509r", 19),
        ("http://weibo.com/" + "a" * 24, 21),
        ("http://weibo.com/" + "a" * 25, 10),
    ],
)
def test_a_post_is_as_long_as_the_composer_says(text: str, length: int) -> None:
    assert weibo_length(text) == length


def test_a_link_ends_where_chinese_begins() -> None:
    assert weibo_length("https://example.gov.cn/a提问") == 12


def test_the_undiscounted_length_counts_every_letter_of_a_link() -> None:
    text = "见https://example.gov.cn/" + "a" * 77
    assert (weibo_length(text), weibo_length_undiscounted(text)) == (11, 51)


def test_a_lone_surrogate_is_one_unit() -> None:
    assert weibo_length("\ud83d") == 1


@given(st.text())
def test_counts_are_never_negative_and_ordered(text: str) -> None:
    assert 0 <= strict_count(text) <= word_count(text) <= non_space_count(text)


@given(
    st.text(alphabet=st.characters(exclude_characters="\r\n:")),
    st.text(alphabet=st.characters(exclude_characters="\r\n:")),
)
def test_two_halves_are_at_most_one_longer_than_the_whole(left: str, right: str) -> None:
    whole = weibo_length(left + right)
    assert whole <= weibo_length(left) + weibo_length(right) <= whole + 1
