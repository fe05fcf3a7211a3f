"""What is refused before it is sent, and what is only risky."""

from dataclasses import replace

import pytest

from microblog.domain.post import Delivery, Verb
from microblog.platforms.weibo_checks import Limits, refusals, risks
from microblog.text.count import weibo_length, weibo_length_undiscounted

LIMITS = Limits(weibo_length, weibo_length_undiscounted, safe_domains=("example.gov.cn",))
LINK = "http://www.example.gov.cn/ft/1.html"


def share(text: str) -> Delivery:
    return Delivery("k", Verb.SHARE, text)


def comment(text: str) -> Delivery:
    return Delivery("k", Verb.COMMENT, text, status_id="1")


def test_a_proper_post_passes() -> None:
    assert refusals(share(f"【访谈预告】欢迎提问 {LINK} "), LIMITS) == ()
    assert refusals(comment("已转办。"), LIMITS) == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (" \n", "空的"),
        ("字" * 141 + LINK, "超过 140 字"),
        (f"#访谈预告# 欢迎 {LINK}", "#访谈预告#"),
        ("没有链接", "安全域名"),
        ("别处 http://example.com/a", "example.gov.cn"),
        ("相似 http://notexample.gov.cn/a", "安全域名"),
        ("坏的 http://[1/a", "安全域名"),
        (f"半个 \ud83d {LINK}", "残缺"),
    ],
)
def test_what_a_share_may_not_be_is_said(text: str, says: str) -> None:
    assert says in "；".join(refusals(share(text), LIMITS))


def test_every_fault_is_said_at_once() -> None:
    assert len(refusals(share("#访谈#" + "字" * 150), LIMITS)) == 3


def test_two_links_with_fragments_are_no_topic() -> None:
    assert refusals(share(f"甲 {LINK}#a 乙 {LINK}#b"), LIMITS) == ()


def test_a_comment_needs_no_link_and_may_name_a_topic() -> None:
    assert refusals(comment("#访谈# 已转办。"), LIMITS) == ()


def test_without_known_domains_any_link_will_do() -> None:
    unknown = replace(LIMITS, safe_domains=())
    assert refusals(share("见 http://anywhere.cn/a"), unknown) == ()
    assert "没有链接" in refusals(share("没有链接"), unknown)[0]


@pytest.mark.parametrize(
    "delivery",
    [
        Delivery("k", Verb.COMMENT, "好"),
        Delivery("k", Verb.REPLY, "好", status_id="1"),
        Delivery("k", Verb.REPLY, "好", status_id="1", comment_id="abc"),
    ],
)
def test_a_comment_without_its_target_is_refused(delivery: Delivery) -> None:
    assert "编号" in refusals(delivery, LIMITS)[0]


def test_a_post_that_fits_only_with_short_links_is_risky_not_refused() -> None:
    delivery = share("字" * 125 + f" {LINK} ")
    assert refusals(delivery, LIMITS) == ()
    assert "140" in risks(delivery, LIMITS)[0]


def test_a_link_with_words_glued_to_it_is_risky() -> None:
    assert "空格" in risks(comment(f"见{LINK}。"), LIMITS)[0]
    assert risks(comment(f"见 {LINK} 。"), LIMITS) == ()
