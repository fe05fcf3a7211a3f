"""The two plans the project began with, where they lie beside the checkout."""

import re
from pathlib import Path

import pytest

from microblog.domain.interview import Form
from microblog.domain.plan import Plan
from microblog.plans import plan_as_json, read_plan
from microblog.plans.clean import repaired
from microblog.plans.schedule import load_schedule
from microblog.plans.words import Words

pytestmark = pytest.mark.shared_data
SCHEDULES = Path(__file__).parents[2] / "schedules"


def _seed(seeds: Path, sign: str) -> Plan:
    return next(plan for path in sorted(seeds.glob("*.txt")) if sign in (plan := read_plan(path)).title)


def test_pukou_has_eight_interviews_with_their_leads(seeds: Path) -> None:
    plan = _seed(seeds, "浦口区")
    assert [row.time.month for row in plan.rows] == [4, 5, 6, 7, 8, 9, 10, 11]
    assert [row.lead for row in plan.rows] == [
        "消防大队", "市场监管局", "农业农村局", "文旅局", "高新区", "国资办", "珍珠泉度假区老山林场", "团区委",
    ]  # fmt: skip
    assert all(row.time.day is None for row in plan.rows)


def test_pukou_prescribes_its_rules_in_prose(seeds: Path) -> None:
    plan = _seed(seeds, "浦口区")
    assert plan.rules == {
        "preview_months_before": 1,
        "channel_days": 20,
        "script_min_chars": 8000,
        "final_days_before": 3,
        "reviewers": ("城市数字治理中心", "融媒体中心"),
    }


def test_last_years_number_is_not_counted_against_this_years_rows(seeds: Path) -> None:
    assert _seed(seeds, "浦口区").counts == ()


def test_guangdong_has_no_rows_a_warning_and_twenty_nine_proposals(seeds: Path) -> None:
    plan = _seed(seeds, "广东省")
    assert plan.rows == ()
    assert any("2019年省政府门户网站在线访谈安排表”，但文件里没有这张表" in warning for warning in plan.warnings)
    micro = [one for one in plan.proposed if one.form is Form.MICRO_VIDEO]
    weibo = [one for one in plan.proposed if one.form is Form.WEIBO]
    assert [len(micro), len(weibo), len(plan.proposed)] == [9, 20, 29]
    assert {one.theme for one in micro} == {"打造粤港澳大湾区,建设世界级城市群"}
    assert [micro[0].unit, micro[-1].unit] == ["广州市政府", "肇庆市政府"]
    assert [weibo[0].unit, weibo[-1].unit] == ["省科技厅", "省政务服务数据管理局"]


def test_guangdongs_stated_counts_agree_with_its_lists(seeds: Path) -> None:
    read = plan_as_json(_seed(seeds, "广东省"))
    assert read["counts"] == [
        {"what": "微视频访谈", "stated": 9, "found": 9},
        {"what": "微博访谈", "stated": 20, "found": 20},
    ]
    assert [read["year"], read["issuer"], read["issued"]] == [2019, "广东省人民政府办公厅", "2019-04-29"]


def test_guangdongs_pinyin_is_found_in_124_places_and_removed(seeds: Path, words: Words) -> None:
    plan = _seed(seeds, "广东省")
    damage = {(one.kind, one.repaired): one for one in plan.damage}
    assert damage["bracketed_pinyin", True].count == 124
    assert damage["lost_bytes", True].examples == ("?jǐn)?shù)",)
    left = repaired(plan.original, words)
    assert not re.search(r"[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+[)）]", left)
    assert "(國辦發〔2018〕123號)" in left
    assert "(一)" in left


@pytest.mark.parametrize(("name", "sign"), [("pukou-2024", "浦口区"), ("guangdong-2019", "广东省")])
def test_the_schedule_states_the_facts_of_the_document(seeds: Path, name: str, sign: str) -> None:
    document, schedule = _seed(seeds, sign), load_schedule(SCHEDULES / f"{name}.yaml")
    assert [schedule.year, schedule.issuer, schedule.issued] == [document.year, document.issuer, document.issued]
    assert [_facts(schedule), len(schedule.proposed)] == [_facts(document), len(document.proposed)]
    assert [(one.form, one.unit) for one in schedule.proposed] == [(one.form, one.unit) for one in document.proposed]


def _facts(plan: Plan) -> list[tuple[object, ...]]:
    return [(row.no, row.time.printed, row.topic, row.units, row.lead) for row in plan.rows]
