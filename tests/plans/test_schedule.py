"""Schedules: plans as editable data, wrong ones refused with file, line and field."""

from pathlib import Path

import pytest

from microblog.domain.errors import InvalidInput, NotFound
from microblog.domain.interview import Form
from microblog.plans import read_plan
from microblog.plans.schedule import dump_schedule, load_schedule

ROOT = Path(__file__).parents[2]
SAMPLES = Path(__file__).parent / "samples"
GOOD = """\
year: 2025
issuer: 云泽区政府办
issued: 2025-02-20
rules: pukou

rows:
  - no: 1
    when: 4月25日 15:00-17:00
    topic: 森林防火
    units: [应急局, 林业站]
    lead: 应急局
  - no: 2
    when: 待定
    units: [教育局]
"""


def _written(folder: Path, text: str) -> Path:
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _refusal(folder: Path, text: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        load_schedule(_written(folder, text))
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(folder / "plan.yaml"))
    return message.removeprefix(str(folder / "plan.yaml"))


def test_a_schedule_is_a_plan(tmp_path: Path) -> None:
    plan = load_schedule(_written(tmp_path, GOOD))
    assert (plan.year, plan.rule_set, str(plan.issued)) == (2025, "pukou", "2025-02-20")
    assert [(row.no, row.units, row.lead, str(row.time.day)) for row in plan.rows] == [
        (1, ("应急局", "林业站"), "应急局", "2025-04-25"), (2, ("教育局",), "教育局", "None"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("when: 待定", "when: 过几天", " 第 13 行 rows[1].when：看不懂的时间“过几天”"),
        ("lead: 应急局", "lead: 水务局", " 第 11 行 rows[0].lead：“水务局”不在本期 units 中"),
        ("topic: 森林防火", "topik: 森林防火", " 第 9 行 rows[0].topik：没有这一项"),
        ("    units: [教育局]\n", "", " 第 12 行 rows[1].units：缺少这一项"),
        ("year: 2025", "year: 今年", " 第 1 行 year：应为整数"),
        ("year: 2025", "year: 1999", " 第 1 行 year：数值过小"),
        ("issued: 2025-02-20", "issued: 2025-02-30", " 第 3 行 issued：应为日期"),
        ("no: 2", "no: 1", " 第 6 行 rows：期号 1 写了不止一次"),
        ("units: [教育局]", "units: 教育局", " 第 14 行 rows[1].units：应为列表"),
        ("rules: pukou", "rules: ../pukou", " 第 4 行 rules：应为规则集的名称"),
        ("rules: pukou", "rules: pukou\nrules: guangdong", " 第 5 行 rules：同一项写了两次"),
        ("units: [教育局]", "units: [教育局", " 第 15 行：YAML 写法有误"),
        ("units: [教育局]", "units: &a [*a]", " 第 14 行：不支持引用"),
        ("rows:\n", "rows: 无\nold:\n", " 第 6 行 rows：应为列表"),
    ],
)
def test_an_error_names_line_and_field(old: str, new: str, says: str, tmp_path: Path) -> None:
    assert old in GOOD
    assert _refusal(tmp_path, GOOD.replace(old, new)).startswith(says)


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "- a\n", "text", "a: [", "\x00", "a: b: c", "? [a]\n: b", "[" * 3000]
)
def test_what_is_no_schedule_is_refused_in_one_line(text: str, tmp_path: Path) -> None:
    assert _refusal(tmp_path, text)


def test_a_missing_or_undecodable_schedule_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="找不到计划文件"):
        load_schedule(tmp_path / "没有.yaml")
    path = tmp_path / "gbk.yaml"
    path.write_bytes("year: 云".encode("gb18030"))
    with pytest.raises(InvalidInput, match="不是 UTF-8"):
        load_schedule(path)


def test_the_shipped_schedules_load(tmp_path: Path) -> None:
    pukou = read_plan(ROOT / "schedules" / "pukou-2024.yaml")
    guangdong = read_plan(ROOT / "schedules" / "guangdong-2019.yaml")
    assert [row.lead for row in pukou.rows] == [
        "消防大队", "市场监管局", "农业农村局", "文旅局", "高新区", "国资办", "珍珠泉度假区老山林场", "团区委",
    ]  # fmt: skip
    forms = [one.form for one in guangdong.proposed]
    assert (forms.count(Form.MICRO_VIDEO), forms.count(Form.WEIBO), guangdong.rows) == (9, 20, ())
    assert (pukou.rule_set, guangdong.rule_set) == ("pukou", "guangdong")


@pytest.mark.parametrize(
    "source", sorted(path for path in SAMPLES.iterdir() if path.suffix != ".json"), ids=lambda path: path.name
)
def test_an_import_saved_as_a_schedule_loads_as_the_same_plan(source: Path, tmp_path: Path) -> None:
    plan = read_plan(source)
    saved = load_schedule(_written(tmp_path, dump_schedule(plan, rules="pukou")))
    assert [(row.no, row.time, row.topic, row.units, row.leads_marked, row.note) for row in saved.rows] == [
        (row.no, row.time, row.topic, row.units, row.leads_marked, row.note) for row in plan.rows
    ]
    assert (saved.year, saved.issuer, saved.issued, saved.title) == (plan.year, plan.issuer, plan.issued, plan.title)
    assert (saved.rules, saved.proposed, saved.rule_set) == (plan.rules, plan.proposed, "pukou")


def test_a_plan_without_year_cannot_be_saved() -> None:
    plan = load_schedule(ROOT / "schedules" / "pukou-2024.yaml")
    with pytest.raises(InvalidInput, match="没有年份"):
        dump_schedule(type(plan)(year=None))
