"""Cutting an answer into posts: nothing lost, nothing broken, nothing over the platform's count."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microblog.domain.errors import InvalidInput
from microblog.text.count import weibo_length
from microblog.text.thread import TINY, Part, quote, split

HEAD = "【网友提问 3/18】@阳光路居民：“什么时候修路？” 【答】区建设局，李某："

ANSWER = (
    "您好，感谢您对道路建设的关注。阳光路（江水街至文德路段）改造工程已列入2024年城建计划，全长1.8公里，"
    "总投资约3,600万元。目前施工图审查已经完成，计划6月15日进场施工，12月底前建成通车；施工期间将保留双向两车道，"
    "并在早晚高峰安排人员疏导。详情请查看https://www.example.gov.cn/road/2024/0520.html，"
    "也可以拨打12345政务服务便民热线咨询。"
)


def joined(parts: tuple[Part, ...]) -> str:
    return "".join(part.body for part in parts)


def test_a_short_answer_is_one_post_without_a_mark() -> None:
    parts = split("已经修好了。", head=HEAD)
    assert [part.text for part in parts] == [HEAD + "已经修好了。"]


def test_a_long_answer_begins_with_the_question_and_is_numbered() -> None:
    parts = split(ANSWER, head=HEAD, next_head="【答3】")
    assert parts[0].text.startswith(HEAD)
    assert [part.text[-5:] for part in parts] == [f"({i}/{len(parts)})" for i in range(1, len(parts) + 1)]
    assert all(part.text.startswith("【答3】") for part in parts[1:])


def test_an_answer_of_900_characters_is_posted_whole() -> None:
    body = (ANSWER * 8)[:899] + "。"
    parts = split(body, head=HEAD)
    assert joined(parts) == body
    assert max(weibo_length(part.text) for part in parts) <= 140
    assert len(parts) <= 12


def test_more_than_nine_parts_still_fit_their_longer_marks() -> None:
    body = "这是一句用来撑满篇幅的完整的话，共二十个字。" * 80
    parts = split(body, head=HEAD)
    assert len(parts) > 9
    assert parts[9].text.endswith(f"(10/{len(parts)})")
    assert max(weibo_length(part.text) for part in parts) <= 140
    assert joined(parts) == body


def test_parts_end_with_sentences_where_there_are_any() -> None:
    body = "这一段共有二十个字并且在这里结束了。" * 30
    assert all(part.body.endswith("。") for part in split(body, head=HEAD))


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    body = "他说：“今年一定修好这条路。”" * 30
    assert all(part.body.endswith("”") for part in split(body, head=""))


def test_without_sentences_parts_end_at_commas() -> None:
    body = "，".join(["这一小段没有句号"] * 60)
    assert all(part.body.endswith("，") for part in split(body, head=HEAD)[:-1])


def test_without_any_mark_the_words_are_cut_anywhere() -> None:
    parts = split("字" * 500, head="")
    assert joined(parts) == "字" * 500
    assert max(weibo_length(part.text) for part in parts) <= 140


def test_no_tiny_tail_is_left() -> None:
    body = "这句话正好写满了十五个字吧。" * 9 + "不足一百三十七个字符的最后。" + "谢谢！"
    parts = split(body, head="", limit=138)
    assert len(parts) == 2
    assert weibo_length(parts[-1].body) >= TINY


def test_a_tiny_tail_stays_where_nothing_else_can_be_cut() -> None:
    assert [part.body for part in split("A" * 270 + "好。谢谢您。")] == ["A" * 270 + "好。", "谢谢您。"]


def test_a_link_at_the_end_of_a_part_does_not_swallow_the_mark() -> None:
    body = "字" * 100 + "https://example.gov.cn/a " + "字" * 100 + "https://example.gov.cn/b"
    for part in split(body, head="", limit=126):
        assert re.search(r"[a-z]\(", part.text) is None


def test_a_question_that_fills_the_first_part_stands_alone() -> None:
    head = "【网友提问】@某某：“" + "问" * 118 + "”"
    parts = split(ANSWER, head=head)
    assert parts[0].body == ""
    assert parts[0].text == f"{head}(1/{len(parts)})"
    assert joined(parts) == ANSWER


def test_a_head_longer_than_a_post_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"开头.*缩短引用"):
        split(ANSWER, head="【网友提问】" + "问" * 140)


def test_a_word_longer_than_a_post_is_named() -> None:
    with pytest.raises(InvalidInput, match="不能拆开"):
        split("https://example.gov.cn/" + "a" * 400 + "字" * 200, head="")


def test_an_empty_answer_is_refused() -> None:
    with pytest.raises(InvalidInput, match="空的"):
        split(" \n", head=HEAD)


def test_family_emoji_and_flags_are_never_cut() -> None:
    family, flag, keycap = "👨‍👩‍👧‍👦", "🇨🇳", "1️⃣"
    body = (family + flag + keycap) * 40
    for part in split(body, head="", limit=60):
        assert re.fullmatch(f"(?:{family}|{flag}|{keycap})+", part.body)


def test_a_surrogate_pair_that_came_apart_is_not_cut_either() -> None:
    for part in split("\ud83d\ude00" * 100, head="", limit=20):
        assert part.body.count("\ud83d") == part.body.count("\ude00")
        assert part.body.startswith("\ud83d")


def test_another_platform_brings_its_own_measure() -> None:
    parts = split("abcd " * 100, head="", limit=50, measure=len)
    assert max(len(part.text) for part in parts) <= 50


WORDS = st.sampled_from(
    [
        "https://example.gov.cn/ft/2025/0103.html",
        "http://t.cn/A6abcdEF",
        "3,600.5%",
        "GDP",
        "covid-19",
        "@浦口发布 ",
        "[哈哈]",
        "👩🏽‍🚒",
        "道路",
        "。",
        "，",
        "！”",
        "“",
        "\n",
        " ",
        "预计年底前完成全部施工任务",
    ]
)
LINKS_AND_RUNS = re.compile(r"https?://[\w./-]+|3,600\.5%|GDP|covid-19|\[哈哈\]|👩🏽‍🚒", re.ASCII)


@given(st.lists(WORDS, min_size=1, max_size=120), st.sampled_from(["", HEAD, "【答】"]), st.integers(90, 140))
def test_nothing_is_lost_too_long_or_broken(words: list[str], head: str, limit: int) -> None:
    body = "".join(f"{word} " if word[0].isascii() and word.strip() else word for word in words)
    if not body.strip():
        return
    parts = split(body, head=head, limit=limit)
    assert joined(parts) == body.strip()
    assert all(weibo_length(part.text) <= limit for part in parts)
    whole = LINKS_AND_RUNS.findall(body)
    assert [word for part in parts for word in LINKS_AND_RUNS.findall(part.body)] == whole


# Without letters, digits and combining marks nothing is long and uncuttable.
CUTTABLE = st.text(alphabet=st.characters(exclude_categories=("Ll", "Lu", "Nd", "Mn", "Me")), max_size=600)


@given(CUTTABLE, st.integers(100, 140))
def test_any_text_is_posted_whole(body: str, limit: int) -> None:
    answer = f"答{body}。"
    parts = split(answer, head=HEAD, limit=limit)
    assert joined(parts) == answer
    assert all(weibo_length(part.text) <= limit for part in parts)


def test_a_question_that_fits_is_quoted_whole() -> None:
    assert quote(" 什么时候修路？ ", 20) == "什么时候修路？"


def test_a_long_question_is_quoted_exactly_as_far_as_it_fits() -> None:
    comment = "请问阳光路什么时候修？坑太多了，下雨天根本没法走，孩子上学要绕很远的路。"
    words = quote(comment, 20)
    assert words == "请问阳光路什么时候修？…"
    assert words.removesuffix("…") in comment


def test_no_room_for_a_quotation_is_named() -> None:
    with pytest.raises(InvalidInput, match="缩短昵称"):
        quote("什么时候修路？", 1)


@given(st.text(min_size=1, max_size=200), st.integers(40, 60))
def test_a_quotation_is_never_invented(comment: str, most: int) -> None:
    try:
        words = quote(comment, most)
    except InvalidInput:
        return
    assert weibo_length(words) <= most
    assert words == comment.strip() or words.removesuffix("…") in comment
