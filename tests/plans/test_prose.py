"""Rules, counts and document data in prose."""

from datetime import date

import pytest

from microblog.domain.plan import RuleValue
from microblog.plans.rules import read_rules
from microblog.plans.words import Words
from tests.plans.conftest import Reads


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("（二）发布预告。录制前一个月，第一责任单位提供文字简介。", {"preview_months_before": 1}),
        ("各单位应提前5个工作日发布访谈预告。", {"preview_workdays_before": 5}),
        ("在访谈一周前报送访谈公告和嘉宾名单。", {"announcement_weeks_before": 1}),
        ("访谈公告公示1周。", {"announcement_public_weeks": 1}),
        ("开通为期二十天的网友提问征集通道。", {"channel_days": 20}),
        ("字数不得少于八千字。", {"script_min_chars": 8000}),
        ("访谈稿一万字以上。", {"script_min_chars": 10000}),
        ("录制前3天提交访谈定稿。", {"final_days_before": 3}),
        ("访谈提纲于访谈前10个工作日报送。", {"script_workdays_before": 10}),
        ("每期访谈时间不超过60分钟。", {"duration_max_minutes": 60}),
        ("每期访谈一般为90分钟。", {"duration_minutes": 90}),
        ("未答复的提问在5个工作日内公开答复。", {"unanswered_workdays": 5}),
        ("因故不能参加的，提前3个工作日告知。", {"notice_absent_workdays": 3}),
        ("嘉宾提前20分钟到达访谈室。", {"arrival_minutes_before": 20}),
        (
            "活动前10个工作日报送方案，前5个工作日报送材料。",
            {"proposal_workdays_before": 10, "materials_workdays_before": 5},
        ),
        ("初稿报市府办、融媒体中心审核。", {"reviewers": ("市府办", "融媒体中心")}),
        ("活动前15天，由参加单位制定方案。", {"proposal_days_before": 15}),
    ],
)
def test_a_number_in_prose_gets_its_name(sentence: str, rules: dict[str, RuleValue], words: Words) -> None:
    assert read_rules([sentence], words) == (rules, ())


@pytest.mark.parametrize(
    "sentence",
    [
        "请于2026年2月10日前报送方案。",
        "请于2月10日前报送访谈稿。",
        "活动时长1个小时左右。",
        "需要增加场次的，可于活动开展前1个月联系申报。",
        "要统一思想，提前做好准备。",
        "访谈稿送有关领导审核。",
    ],
)
def test_a_date_an_estimate_or_an_exception_is_no_rule(sentence: str, words: Words) -> None:
    assert read_rules([sentence], words) == ({}, ())


def test_a_rule_stated_twice_differently_keeps_the_first_and_says_so(words: Words) -> None:
    rules, conflicts = read_rules(["字数不少于8000字。", "字数不少于6000字。"], words)
    assert rules == {"script_min_chars": 8000}
    assert conflicts == ("文中“script_min_chars”前后不一：先为 8000，后为 6000，以先写的为准",)


NOTICE = """{title}
各单位：
现将有关事项通知如下。{body}
时间 | 单位 | 主题
4月 | 民政局 | 养老
5月 | 教育局 | 招生
{end}
"""


def _notice(title: str = "2025年在线访谈安排", body: str = "", end: str = "") -> str:
    return NOTICE.format(title=title, body=body, end=end)


def test_a_stated_number_of_interviews_is_checked(reads: Reads) -> None:
    plan = reads(_notice(body="2024年共举办12期访谈，2025年共安排3期，每月至少安排1期。"))
    assert [(one.what, one.stated, one.found) for one in plan.counts] == [("期", 3, 2)]
    assert "文中写明 3 期访谈，实际列出 2 期访谈，请核对" in plan.warnings


@pytest.mark.parametrize(
    ("title", "end", "issuer", "issued"),
    [
        ("云泽市教育局关于2025年在线访谈的通知", "2025年3月1日", "云泽市教育局", date(2025, 3, 1)),
        ("2025年在线访谈安排", "云泽市政务公开办公室\n二〇二五年三月一日", "云泽市政务公开办公室", date(2025, 3, 1)),
        ("2025年在线访谈安排", "云泽市人民政府办公室  2025年3月1日印发", "云泽市人民政府办公室", date(2025, 3, 1)),
        (
            "2025年在线访谈安排",
            "发文机关：云泽市政府办\n发布日期：2025-03-01 08:00",
            "云泽市政府办",
            date(2025, 3, 1),
        ),
        ("云泽市2025年在线访谈安排", "市政府办公室\n二〇二五年元月三日", "云泽市政府办公室", date(2025, 1, 3)),
        (
            "云泽省人民政府办公厅关于2025年访谈的通知",
            "省政府办公厅\n2025年3月1日",
            "云泽省人民政府办公厅",
            date(2025, 3, 1),
        ),
    ],
)
def test_issuer_and_date_are_found_where_officials_put_them(
    title: str, end: str, issuer: str, issued: date, reads: Reads
) -> None:
    plan = reads(_notice(title=title, end=end))
    assert (plan.issuer, plan.issued, plan.year, len(plan.rows)) == (issuer, issued, 2025, 2)


def test_a_wrapped_title_is_one_title(reads: Reads) -> None:
    plan = reads(_notice(title="关于印发《2025年云泽区政府网站\n在线访谈活动实施方案》的通知\n云政办〔2025〕3号"))
    assert plan.title == "关于印发《2025年云泽区政府网站在线访谈活动实施方案》的通知"


def test_without_year_issuer_or_date_a_warning_asks_for_them(reads: Reads) -> None:
    plan = reads(_notice(title="在线访谈安排"))
    assert (plan.year, plan.issuer, plan.issued) == (None, "", None)
    assert {"没有找到年份，请补填", "没有找到发文机关，请补填", "没有找到发文日期，请补填"} <= set(plan.warnings)


def test_months_and_frequency_are_read(reads: Reads) -> None:
    plan = reads("2025年访谈安排\n从2025年11月至2026年2月，每季度不少于安排两期。\n")
    assert plan.months == ((2025, 11), (2026, 2))
    assert plan.frequency is not None
    assert (plan.frequency.count, plan.frequency.at_least, plan.frequency.per) == (2, True, "quarter")


def test_a_weekday_that_does_not_fit_the_date_is_named(reads: Reads) -> None:
    plan = reads("2025年访谈安排\n时间|单位|主题\n4月17日（星期五）|民政局|养老\n")
    assert any("2025-04-17 不是星期五" in warning for warning in plan.warnings)


@pytest.mark.parametrize(
    ("sentence", "units", "stated"),
    [
        ("拟邀请以下3个单位：市教育局、市民政局、市统计局负责人参加。", ["市教育局", "市民政局", "市统计局"], 3),
        ("由市教育局、市民政局等2个部门依次上线。", ["市教育局", "市民政局"], 2),
        ("分别邀请市教育局、市民政局主要负责人在线交流。", ["市教育局", "市民政局"], None),
        ("邀请甲县、乙等2县政府负责同志访谈。", ["甲县政府", "乙县政府"], 2),
    ],
)
def test_units_invited_in_prose_become_proposals(
    sentence: str, units: list[str], stated: int | None, reads: Reads
) -> None:
    plan = reads(f"2025年访谈工作方案\n{sentence}\n")
    assert [one.unit for one in plan.proposed] == units
    assert [one.stated for one in plan.counts] == ([stated] if stated else [])
