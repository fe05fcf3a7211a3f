"""Rules of a plan are shown in words an operator reads."""

import pytest

from microblog.cli.rule_titles import rule_title


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("preview_months_before", 1, "预告提前1个月"),
        ("final_days_before", 3, "定稿提前3天"),
        ("script_workdays_before", 10, "访谈稿提前10个工作日"),
        ("channel_days", 20, "提问征集20天"),
        ("script_min_chars", 8000, "访谈稿不少于8000字"),
        ("reviewers", ["数据中心", "融媒体中心"], "审核单位：数据中心、融媒体中心"),
        ("notice_absent_workdays", 3, "不能参加须提前3个工作日告知"),
    ],
)
def test_a_rule_is_a_chinese_phrase(name: str, value: object, said: str) -> None:
    assert rule_title(name, value) == said


def test_a_rule_without_a_phrase_is_shown_rather_than_hidden() -> None:
    assert rule_title("studio_count", 2) == "studio_count = 2"
