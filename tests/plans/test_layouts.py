"""Every layout of domain reference section 7, with tables invented here, gives the same rows."""

import pytest

from microblog.domain.plan import Plan
from microblog.plans import plan_as_json, plan_from_document
from microblog.plans.html_file import read_html
from microblog.plans.words import Words
from tests.plans.conftest import Reads

TITLE = "云泽县2025年在线访谈安排表\n"
EXPECTED = [
    (1, (3,), "春耕生产和农资保供", ("县农业农村局", "县供销社"), "县农业农村局"),
    (2, (4, 5, 6), "居民医保怎样报销", ("县医保局",), "县医保局"),
    (3, (11,), "冬季消防安全", ("县教育局", "县消防救援大队"), "县消防救援大队"),
]
LAYOUTS = {
    "tab starts a cell": """\
\t序号
\t时间
\t主题
\t单位

\t1
\t3月
\t春耕生产

和农资保供
\t县农业农村局★
县供销社

\t2
\t第二季度
\t居民医保怎样报销
\t县医保局


\t3
\t11月
\t冬季消防安全
\t县教育局
★县消防救援大队

以上安排如有变动另行通知
\t抄送：
\t县委宣传部
""",
    "cell per line closed by a bar": """\
序号 |
时间 |
主题 |
单位 |
1 |
3月 |
春耕生产
和农资保供 |
县农业农村局 ★
县供销社 |
2 |
第二季度 |
居民医保怎样报销 |
县医保局 |
3 |
11月 |
冬季消防安全 |
县教育局、县消防救援大队★ |
打印本页
""",
    "row per line": """\
时间 | 序号 | 单位 | 主题
3月 | 1 | 县农业农村局★、县供销社 | 春耕生产和农资保供
第二季度 | 2 | 县医保局 | 居民医保怎样报销
11月 | 3 | 县教育局；县消防救援大队★ | 冬季消防安全
注：标★的为第一责任单位。
""",
    "markdown table": """\
| 序号 | 时间 | 主题 | 单位 |
|---|:---:|---|---|
| 1 | 3月 | 春耕生产和农资保供 | 县农业农村局★/县供销社 |
| 2 | 第二季度 | 居民医保怎样报销 | 县医保局 |
| 3 | 11月 | 冬季消防安全 | 县教育局　县消防救援大队★ |
""",
    "cell per paragraph": """\
序号

时间

主题

单位

1

3月

春耕生产和农资保供

县农业农村局★

县供销社

2

第二季度

居民医保怎样报销

县医保局

3

11月

冬季消防安全

县教育局

县消防救援大队★

请各单位按时参加。
""",
    "a lone bar closes a cell": """\
序号
|
时间
|
主题
|
单位
|
1
|
3月
|
春耕生产和农资保供
|
县农业农村局★
县供销社
|
2
|
第二季度
|
居民医保怎样报销
|
县医保局
|
3
|
11月
|
冬季消防安全
|
县教育局
县消防救援大队★
|
""",
    "tabs between cells": """\
序号\t时间\t主题\t单位
1\t3月\t春耕生产和农资保供\t县农业农村局★、县供销社
2\t第二季度\t居民医保怎样报销\t县医保局
3\t11月\t冬季消防安全\t县教育局
县消防救援大队★
""",
    "wide spaces between cells": """\
序号   时间       主题               单位
1      3月        春耕生产和农资保供   县农业农村局★、县供销社
2      第二季度    居民医保怎样报销     县医保局
3      11月       冬季消防安全        县教育局、县消防救援大队★
""",
    "prose list": """\
一、访谈安排
1. 3月，县农业农村局★、县供销社，主题：春耕生产和农资保供；
2. 第二季度，县医保局，主题为“居民医保怎样报销”；
3. 11月：县教育局、县消防救援大队★——冬季消防安全。
""",
    "labelled records": """\
第一期 序号：1
时间：3月
单位：县农业农村局★、县供销社
主题：春耕生产和农资保供
第二期 序号：2
时间：第二季度
单位：县医保局
主题：居民医保怎样报销
第三期 序号：3
时间：11月
单位：县教育局、县消防救援大队★
主题：冬季消防安全
""",
}
PAGE = """<html><body><div>当前位置：首页 &gt; 互动</div><table><tr><td><h1>云泽县2025年在线访谈安排表</h1>
<table><tr><td colspan=4>2025年在线访谈安排表</td></tr>
<tr><th>序号<th>时间<th>主题<th>单位
<tr><td>1<td rowspan="1">3月</td><td><p>春耕生产</p><p>和农资保供</p><td>县农业农村局&#9733;<br/>县供销社
<tr><td>2<td>第二<br>季度<td>居民医保
怎样报销<td>县医保局
<tr><td rowspan=2>3<td rowspan=2>11月<td rowspan=2>冬季消防安全&nbsp;<td>县教育局
<tr><td>县消防救援大队<b>★</b>
</table></td></tr></table><script>var x="<td>4</td>"</script></body></html>"""


def _facts(plan: Plan) -> list[tuple[object, ...]]:
    return [(row.no, row.time.months, row.topic, row.units, row.lead) for row in plan.rows]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_gives_the_same_rows(layout: str, reads: Reads) -> None:
    plan = reads(TITLE + LAYOUTS[layout])
    assert _facts(plan) == EXPECTED
    assert (plan.year, plan.issuer) == (2025, "")


def test_a_web_page_gives_the_same_rows(words: Words) -> None:
    plan = plan_from_document(read_html(PAGE, "页面.html"), words)
    assert _facts(plan) == EXPECTED
    assert plan.title == "云泽县2025年在线访谈安排表"


def test_a_missing_cell_does_not_shift_the_rows_below(reads: Reads) -> None:
    lines = [
        "序号",
        "时间",
        "主题",
        "单位",
        "1",
        "4月",
        "县住建局",
        "2",
        "5月",
        "供热服务",
        "县城管局",
        "3",
        "6月",
        "县水利局",
    ]
    plan = reads(TITLE + "\n\n".join(lines))
    assert [(row.topic, row.units) for row in plan.rows] == [
        ("", ("县住建局",)), ("供热服务", ("县城管局",)), ("", ("县水利局",)),
    ]  # fmt: skip


def test_rows_are_counted_where_no_number_is_printed(reads: Reads) -> None:
    plan = reads(
        "2025年在线访谈安排\n单位 |\n时间 |\n主题 |\n县气象局 |\n4月 |\n避险 |\n县统计局 |\n5月 |\n一季度经济运行 |\n"
    )
    assert [(row.no, row.no_printed, row.topic) for row in plan.rows] == [
        (1, False, "避险"),
        (2, False, "一季度经济运行"),
    ]


def test_the_lead_column_marks_its_unit_and_the_supporting_ones_follow(reads: Reads) -> None:
    plan = reads(
        "2025年访谈安排\n序号|时间|主题|配合单位|牵头单位\n1|4月|养老|县财政局、县残联|县民政局\n2|5月|法治||县司法局\n"
    )
    assert [(row.units, row.lead_marked) for row in plan.rows] == [
        (("县民政局", "县财政局", "县残联"), "县民政局"), (("县司法局",), "县司法局"),
    ]  # fmt: skip


def test_guests_and_remarks_are_kept_and_an_unknown_column_is_named(reads: Reads) -> None:
    plan = reads(
        "2025年访谈安排\n期数|上线时间|受访单位|访谈内容|嘉宾|备注|分值\n第1期|4月|县民政局|养老|局长|视频|2\n"
    )
    assert (plan.rows[0].no, plan.rows[0].guest, plan.rows[0].note) == (1, "局长", "视频")
    assert "表中的“分值”一列未导入" in plan.warnings


def test_two_header_rows_name_lead_and_support(words: Words) -> None:
    page = """<table><tr><th rowspan=2>序号</th><th rowspan=2>时间</th><th rowspan=2>主题</th>
    <th colspan=2>责任单位</th></tr>
    <tr><th>牵头单位</th><th>配合单位</th></tr>
    <tr><td>1</td><td>3月</td><td>春耕</td><td>县农业局</td><td>县供销社</td></tr></table>"""
    plan = plan_from_document(read_html(page, "页面.html"), words)
    assert [(row.units, row.lead) for row in plan.rows] == [(("县农业局", "县供销社"), "县农业局")]


def test_two_tables_of_one_document_are_both_read(reads: Reads) -> None:
    table = "时间 | 单位 | 主题 |\n4月 | 县民政局 | 养老 |\n"
    plan = reads(f"2025年上半年访谈安排\n{table}下半年安排如下。\n{table}")
    assert [row.no for row in plan.rows] == [1, 2]


def test_a_plan_that_crosses_the_year_takes_the_year_from_the_cell(reads: Reads) -> None:
    plan = reads("2024年访谈安排\n时间|单位|主题\n12月20日|县民政局|养老\n2025年1月10日|县教育局|寒假\n")
    rows = plan_as_json(plan)["rows"]
    assert [(row["date"], row.get("year")) for row in rows] == [("2024-12-20", None), ("2025-01-10", 2025)]


def test_prose_around_no_table_proposes_and_warns(reads: Reads) -> None:
    plan = reads(
        "云泽市人民政府办公室关于2026年在线访谈工作的通知\n各单位：\n"
        "(一)微博访谈。围绕“办实事”主题，邀请市民政局、市教育局、市水务局等4家单位负责同志上线。\n"
        "附件：2026年在线访谈安排表\n云泽市人民政府办公室\n2026年1月5日\n"
    )
    assert (plan.proposed[0].theme, plan.proposed[0].unit) == ("办实事", "市民政局")
    assert [(one.stated, one.found, one.agrees) for one in plan.counts] == [(4, 3, False)]
    assert any("2026年在线访谈安排表”，但文件里没有" in warning for warning in plan.warnings)
    assert any("写明微博访谈 4 个，实际列出 3 个" in warning for warning in plan.warnings)
