"""What an interview needs before it may be announced, and its names."""

import pytest

from microblog.domain.interview import Form, Guest, Interview, InterviewState
from tests.shared import END, START, TOPIC

READY = Interview(
    plan=1,
    no=4,
    topic=TOPIC,
    units=("消防大队",),
    lead="消防大队",
    rule_set="pukou",
    year=2024,
    id=9,
    date=START.date(),
    start=START.time(),
    end=END.time(),
    introduction="简介",
    guests=(Guest("张三", "大队长", "消防大队"),),
    host="小浦",
)


def test_nothing_is_missing_from_a_full_preview() -> None:
    assert READY.missing_for_preview() == ()


@pytest.mark.parametrize(
    ("field", "empty", "title"),
    [
        ("topic", "", "访谈主题"),
        ("lead", None, "第一责任单位"),
        ("date", None, "访谈日期"),
        ("start", None, "访谈时段"),
        ("end", None, "访谈时段"),
        ("introduction", "", "文字简介"),
        ("guests", (), "嘉宾"),
        ("host", "", "主持人"),
    ],
)
def test_what_a_preview_lacks_is_named(field: str, empty: object, title: str) -> None:
    assert READY.evolve(**{field: empty}).missing_for_preview() == (title,)


def test_everything_that_is_missing_is_named_at_once() -> None:
    bare = READY.evolve(date=None, introduction="", guests=(), host="")
    assert bare.missing_for_preview() == ("访谈日期", "文字简介", "嘉宾", "主持人")


def test_keys_name_the_interview_by_its_number_in_the_store() -> None:
    assert READY.name == "interview 9"


@pytest.mark.parametrize("state", InterviewState)
def test_every_state_has_a_chinese_name(state: InterviewState) -> None:
    assert not state.chinese.isascii()


@pytest.mark.parametrize("form", Form)
def test_every_form_has_a_chinese_name(form: Form) -> None:
    assert form.chinese.endswith("访谈")
