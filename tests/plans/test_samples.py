"""The six sample documents come out as a careful reader takes them."""

import json
from pathlib import Path
from typing import Any

import pytest

from microblog.plans import plan_as_json, read_plan

SAMPLES = Path(__file__).parent / "samples"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in SAMPLES.glob("*.expected.json"))
PRINTED = {"topic_as_printed", "units_as_printed"}
# One word of ours for each warning of the expected file, in its order.
COUNTERPARTS = {
    "01_pipe_cell_per_line": ["网页杂项"],
    "02_pipe_row_per_line": ["第 3 期：有 3 个单位而未标明", "汉字数字", "人力资源和社会保障局”含“和”"],
    "03_flattened_star": [
        "第 3 期：第一责任单位“水务局”不是列在最前",
        "第 5 期：有 2 个单位而未标明",
        "第 6 期：“环湖度假区湿地管理站”可能是两个单位",
        "第 7 期：有 2 个单位标为牵头",
        "表格到备注为止",
    ],
    "04_traditional_pinyin": ["3 月有 2 期", "疑似缺损的字（動?,F", "已转为简体"],
    "05_prose_missing_table": ["2026年“民生在线”活动安排表", "拟出 10 期访谈"],
    "06_table": ["第 5 期只有一个单位且未标★", "第 7 期：主题为空", "不是日期"],
}  # fmt: skip


def _both(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    source = next(path for path in SAMPLES.glob(f"{name}.*") if path.suffix != ".json")
    expected: dict[str, Any] = json.loads((SAMPLES / f"{name}.expected.json").read_text(encoding="utf-8"))
    return expected, plan_as_json(read_plan(source))


def test_there_are_six_samples() -> None:
    assert len(NAMES) == len(COUNTERPARTS) == 6


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_reproduces_its_expected_values(name: str) -> None:
    expected, read = _both(name)
    exact = expected.keys() - {"layout", "warnings", "script"}
    assert {key: _without_printed(read.get(key)) for key in exact} == {key: expected[key] for key in exact}


@pytest.mark.parametrize("name", NAMES)
def test_every_warning_of_a_sample_has_its_chinese_counterpart(name: str) -> None:
    expected, read = _both(name)
    for sign in COUNTERPARTS[name]:
        assert any(sign in warning for warning in read["warnings"]), sign
    assert len(COUNTERPARTS[name]) >= len(expected["warnings"]) - (name == "06_table") - (
        name == "02_pipe_row_per_line"
    )


def test_the_printed_cells_stand_beside_the_cleaned_values() -> None:
    _, read = _both("04_traditional_pinyin")
    assert read["rows"][0]["topic"] == "优待证怎样申领"
    assert read["rows"][0]["topic_as_printed"] == "優待證怎樣申領(lǐng)"
    assert read["rows"][0]["units_as_printed"] == "縣退役軍人事務(wù)局"


def test_the_lead_is_the_only_unit_where_nothing_is_marked() -> None:
    plan = read_plan(SAMPLES / "06_table.html")
    assert plan.rows[4].lead_marked is None
    assert plan.rows[4].lead == "区应急管理局"


def test_no_lead_but_a_proposal_where_several_units_are_unmarked_or_marked() -> None:
    plan = read_plan(SAMPLES / "03_flattened_star.txt")
    assert [plan.rows[4].lead, plan.rows[4].lead_proposed] == [None, "人社局"]
    assert [plan.rows[6].lead, plan.rows[6].leads_marked] == [None, ("城管局", "热力公司")]


def test_the_original_text_is_kept() -> None:
    source = SAMPLES / "04_traditional_pinyin.txt"
    assert read_plan(source).original == source.read_text(encoding="utf-8")


def _without_printed(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(row, dict) for row in value):
        return [{key: field for key, field in row.items() if key not in PRINTED} for row in value]
    return value
