import datetime as dt
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from microblog.domain.errors import InvalidInput
from microblog.domain.script import Section
from microblog.papers.transcript import Counts, Transcript, transcript_entries
from microblog.papers.transcript_html import transcript_html
from microblog.text.clean import mask
from tests.papers.examples import INTERVIEW, SECTIONS, post, question

TEMPLATE = (Path(__file__).parents[2] / "config" / "templates" / "transcript.html.j2").read_text("utf-8")
POSTS = (post("answer 1 · part 1", order=1, seconds=700), post("answer 2 · part 1", order=2, seconds=90_000))


def page(*sections: Section, address: str = "https://weibo.example/1/Abc") -> BeautifulSoup:
    entries = transcript_entries(sections or SECTIONS, POSTS, link=lambda _: address)
    counts = Counts(received=573, answered=2, pending=571, share=0.83, rest_by=dt.date(2024, 5, 8))
    html = transcript_html(Transcript(INTERVIEW, entries, counts, "望州发布"), template=TEMPLATE, mask=mask)
    return BeautifulSoup(html, "html.parser")


def test_the_head_says_topic_date_people_and_units() -> None:
    soup = page()
    facts = dict(zip((dt.text for dt in soup.select("dt")), (dd.text for dd in soup.select("dd")), strict=True))

    assert soup.html is not None
    assert soup.html["lang"] == "zh-CN"
    assert [h1.text for h1 in soup.select("h1")] == ["校门口的路与孩子的安全"]
    assert facts["访谈时间"] == "2024年4月25日（星期四）15:00—16:00"
    assert facts["主持人"] == "何安"
    assert facts["责任单位"] == "区教育局（第一责任单位）、区交警大队"
    assert facts["答复账号"] == "@望州发布"


def test_the_counts_stand_in_figures_and_words() -> None:
    soup = page()

    assert [strong.text for strong in soup.select(".counts strong")] == ["573", "2", "571"]
    assert "其余571条将于2024年5月8日（星期三）前答复" in soup.text


def test_a_question_says_who_asked_how_many_and_what_was_answered() -> None:
    article = page().select("article")[2]

    heading = article.select_one("h3")
    assert heading is not None
    assert heading.text.split() == ["问题", "1", "网友“柠檬不酸”", "32", "位网友问到"]
    answer = article.select_one(".answer")
    assert answer is not None
    assert answer.text.split() == [
        "林知夏",
        "区交警大队",
        "15:11:40",
        "原帖",
        "已划出",
        "16",
        "个，可停",
        "20",
        "分钟。",
    ]
    link = answer.select_one("a")
    assert link is not None
    assert link["href"] == "https://weibo.example/1/Abc"


def test_a_time_is_machine_readable_and_dated_when_it_is_not_of_the_day() -> None:
    times = page().select("time")

    assert [(time["datetime"], time.text) for time in times] == [
        ("2024-04-25T15:11:40+08:00", "15:11:40"),
        ("2024-04-26T16:00:00+08:00", "2024-04-26 16:00:00"),
    ]


def test_an_open_question_is_shown_as_pending() -> None:
    article = page().select("article")[4]

    assert "待答复" in article.text
    assert "要戴。" not in article.text


def test_no_word_becomes_markup() -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
    clean, soup = page(), page(question(1, evil, evil, asker=evil), question(2, evil, evil))

    assert not soup.select("script, img")
    assert soup.text.count("<script>alert(1)</script>") == 5
    assert soup.text.count("{{ 7*7 }}") == 5
    assert {tag.name for tag in soup.find_all()} <= {tag.name for tag in clean.find_all()}


def test_only_web_addresses_become_links() -> None:
    assert not page(address="javascript:alert(1)").select("a")


def test_numbers_of_persons_are_masked_everywhere() -> None:
    soup = page(question(1, "打我电话13812345678", "已联系 13812345678", asker="13812345678"))

    assert "12345678" not in str(soup)


def test_very_long_and_strange_words_stand_whole() -> None:
    words = "👨‍👩‍👧" * 10 + "字" * 50_000 + "\x00\u202e"
    soup = page(question(1, words, "好"))

    assert "字" * 50_000 in soup.text
    assert "\u202e" not in soup.text
    assert "\x00" not in str(soup)


def test_the_page_needs_nothing_from_outside() -> None:
    assert not page().select("link, script, img, iframe, [src]")
    assert "@import" not in TEMPLATE
    assert "url(" not in TEMPLATE


def test_a_template_that_does_not_fit_is_named() -> None:
    empty = Transcript(INTERVIEW, (), Counts(0, 0, 0), "")

    with pytest.raises(InvalidInput, match=r"transcript\.html\.j2"):
        transcript_html(empty, template="{{ nothing_like_this }}", mask=mask)
