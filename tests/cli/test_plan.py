"""`microblog plan …` on real files and a real database."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import PLAN, Run, Scene

DOCUMENT = """\
澜溪区人民政府办公室关于印发2024年在线访谈计划的通知
序号 | 时间 | 访谈主题 | 责任单位
1 | 4月 | 居民楼消防安全 | ★区消防大队、江岸街道
2 | 5月 | 老旧小区改造 | 区住建局
澜溪区人民政府办公室
2024年3月23日
"""
SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


@pytest.fixture
def schedule(tmp_path: Path) -> Path:
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN, encoding="utf-8")
    return file


def test_a_document_is_shown_without_storing_anything(run: Run, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(DOCUMENT, encoding="utf-8")
    shown = run("plan", "import", file).out
    assert "★区消防大队、江岸街道" in shown
    assert "★区住建局" in shown, "the only unit leads"
    assert "共 2 期" in shown
    assert not (home / "data").exists(), "no database was opened"


def test_json_is_the_plan_itself(run: Run, schedule: Path) -> None:
    plan = run("plan", "import", schedule, "--json").json
    assert (plan["year"], plan["issuer"], plan["issued"]) == (2024, "澜溪区政府办公室", "2024-03-23")
    assert [(row["no"], row["month"], row["units"], row["lead_marked"]) for row in plan["rows"]] == [
        (1, 4, ["区消防大队", "江岸街道"], "区消防大队"),
        (2, 5, ["区住建局"], None),
    ]
    assert {"rules", "proposed", "counts", "warnings"} <= set(plan)


def test_several_files_give_a_list(run: Run, schedule: Path) -> None:
    plans = run("plan", "import", schedule, schedule, "--json").json
    assert [plan["year"] for plan in plans] == [2024, 2024]


def test_one_unreadable_file_keeps_all_from_being_stored(run: Run, schedule: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("year: soon\n", encoding="utf-8")
    said = run("plan", "import", schedule, broken, "--save", code=1)
    assert "broken.yaml" in said.err
    assert "还没有计划" in run("plan", "list").out


def test_a_saved_plan_is_a_draft_with_its_interviews(run: Run, schedule: Path) -> None:
    run("plan", "import", schedule, "--save", "--form", "video")
    [plan] = run("plan", "list", "--json").json
    assert (plan["id"], plan["state"], plan["rule_set"]) == (1, "draft", "pukou")
    assert "content" not in plan
    interviews = run("interview", "list", "--json").json
    assert [(one["no"], one["lead"], one["form"]) for one in interviews] == [
        (1, "区消防大队", "video"),
        (2, "区住建局", "video"),
    ]


def test_the_same_plan_is_not_stored_twice(run: Run, schedule: Path) -> None:
    run("plan", "import", schedule, "--save")
    assert "已导入" in run("plan", "import", schedule, "--save", code=1).err
    assert len(run("interview", "list", "--json").json) == 2


def test_rules_named_on_the_command_line_win(run: Run, schedule: Path) -> None:
    run("plan", "import", schedule, "--save", "--rules", "guangdong")
    assert run("plan", "list", "--json").json[0]["rule_set"] == "guangdong"


def test_unknown_rules_are_refused_before_anything_is_stored(run: Run, schedule: Path) -> None:
    assert "pukou" in run("plan", "import", schedule, "--save", "--rules", "mars", code=1).err
    assert run("plan", "list", "--json").json == []


def test_a_plan_walks_its_way_step_by_step(run: Run, schedule: Path) -> None:
    run("plan", "import", schedule, "--save")
    for step, state in (("submit", "已报送"), ("approve", "已批准"), ("publish", "已公布")):
        assert state in run("plan", step, 1).out
    assert "已公布" in run("plan", "list").out


@pytest.mark.parametrize("step", ["approve", "publish"])
def test_no_step_is_skipped(run: Run, schedule: Path, step: str) -> None:
    run("plan", "import", schedule, "--save")
    assert "现在是“草稿”" in run("plan", step, 1, code=1).err
    assert run("plan", "list", "--json").json[0]["state"] == "draft"


def test_a_stored_plan_is_shown_with_its_rows(run: Run, schedule: Path) -> None:
    run("plan", "import", schedule, "--save")
    assert "老旧小区改造" in run("plan", "show", 1).out
    assert run("plan", "show", 1, "--json").json["content"]["rows"][1]["topic"] == "老旧小区改造"


def test_a_document_becomes_an_editable_schedule(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(DOCUMENT, encoding="utf-8")
    run("plan", "import", file, "--yaml", tmp_path / "out.yaml", "--rules", "pukou")
    again = run("plan", "import", tmp_path / "out.yaml", "--json").json
    assert [row["topic"] for row in again["rows"]] == ["居民楼消防安全", "老旧小区改造"]


def test_one_yaml_cannot_hold_two_plans(run: Run, schedule: Path) -> None:
    assert "--yaml" in run("plan", "import", schedule, schedule, "--yaml", "x.yaml", code=1).err


def test_who_imported_is_in_the_journal(scene: Scene) -> None:
    scene.plan()
    [first, *_] = scene.office.store.journal.entries("plan 1")
    assert (first.who, first.verb) == ("办公室", "import")


@pytest.mark.shared_data
def test_both_real_plans_are_read_as_they_should(run: Run) -> None:
    if not SEEDS.is_dir():
        pytest.skip(f"no measuring data at {SEEDS}")
    plans = run("plan", "import", *sorted(SEEDS.glob("*.txt")), "--json").json
    assert sum(len(plan["rows"]) for plan in plans) == 8
    assert sum(len(plan["proposed"]) for plan in plans) == 29


def test_what_only_the_prose_names_is_shown_with_rules_and_counts(run: Run, tmp_path: Path) -> None:
    prose = (
        "title: 拟办\nyear: 2024\nstated: {preview_days_before: 25, reviewers: [甲中心, 乙中心]}\n"
        "rows:\n  - {no: 1, when: 4月, topic: 甲, units: [乙局, 丙局]}\n"
        "proposed:\n  - {form: 微博访谈, theme: 重点工作, units: [市民政局]}\n"
    )
    (tmp_path / "plan.yaml").write_text(prose, encoding="utf-8")
    shown = run("plan", "import", "plan.yaml").out
    assert re.search(r"微博访谈\s+市民政局\s+重点工作", shown)
    assert "共 1 期，另有 1 期拟办" in shown
    assert "规定：预告提前25天" in shown
    assert "规定：审核单位：甲中心、乙中心" in shown
    assert "★" not in shown.split("责任单位（★ 为第一责任单位）")[1], "no lead is invented"


def test_stated_numbers_are_held_against_what_was_found(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(DOCUMENT.replace("序号 |", "全年共安排3期访谈。\n序号 |"), encoding="utf-8")
    plan = run("plan", "import", file, "--json").json
    assert [(one["stated"], one["found"]) for one in plan["counts"]] == [(3, 2)]
    assert "文中写明 3，实际 2，不一致" in run("plan", "import", file).out
