"""Damage is removed where that is safe, kept and reported where it is not."""

import pytest

from microblog.plans.clean import cleaned, damage_of, damage_sentence, repaired
from microblog.plans.words import Words
from tests.plans.conftest import Reads


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("網(wǎng)站", "網站"),
        ("辦(ban)公", "辦公"),
        ("政(zheng)(zheng)府", "政府"),
        ("訪談（zhi）稿", "訪談稿"),
        ("旅(lǚ)游", "旅游"),
        ("二(èr)期", "二期"),
        ("好，，的", "好，的"),
        ("好,,的", "好,的"),
        ("好，,的", "好，的"),
        ("在@@線@@訪談", "在線訪談"),
        ("指標分?jǐn)?shù)。", "指標分數。"),
    ],
)
def test_safe_damage_is_removed(printed: str, clean: str, words: Words) -> None:
    assert repaired(printed, words) == clean


@pytest.mark.parametrize(
    "printed",
    [
        "(一)訪談",
        "意見》(國辦發〔2018〕123號)",
        "辦法(試行)",
        "客戶端(APP)",
        "维生素(a)",
        "甲类(app)",
        "疫苗(hpv)",
        "公众号(gov)",
        "……",
        "——",
    ],
)
def test_real_brackets_and_marks_stay(printed: str, words: Words) -> None:
    assert repaired(printed, words) == printed


def test_values_are_simplified_and_marks_stay_as_printed(words: Words) -> None:
    assert cleaned("爲了誰,臺灣\u200b後\xa0續(xù)", words) == "为了谁,台湾后 续"


def test_every_kind_of_damage_is_counted_with_examples(words: Words) -> None:
    text = "網(wǎng)站、網(wǎng)友,,請\n確?;顒訄A滿@@\n扫一扫在手机打开当前页\n分?jǐn)?shù)"
    met = {(one.kind, one.repaired): (one.count, one.examples) for one in damage_of(text, words)}
    assert met["bracketed_pinyin", True] == (2, ("網(wǎng)",))
    assert met["doubled_marks", True] == (1, (",,",))
    assert met["lost_bytes", True] == (1, ("?jǐn)?shù)",))
    assert met["lost_bytes", False][0] == 1
    assert met["at_signs", True] == (1, ("@@",))
    assert met["furniture", True] == (1, ("扫一扫在手机打开当前页",))
    assert met["traditional_script", True][0] > 3


def test_every_kind_of_damage_has_a_sentence(words: Words) -> None:
    text = "網(wǎng)站、友,，請,是\n確?;顒@@\n打印本页\n分?jǐn)?shù)"
    sentences = [damage_sentence(one) for one in damage_of(text, words)]
    assert len(sentences) == 8
    assert all("处" in sentence or "行" in sentence or "个" in sentence for sentence in sentences)


def test_a_clean_text_reports_no_damage(words: Words) -> None:
    assert damage_of("现将有关事项通知如下：怎么办？请提问。\n(一)工作(试行)", words) == ()


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 互动交流 > 在线访谈",
        "当前位置：首页",
        "【打印】【关闭】",
        "字体：[大 中 小]",
        "分享到：",
        "浏览次数：12",
        "上一篇：无",
    ],
)
def test_page_furniture_is_no_part_of_a_cell(line: str, reads: Reads) -> None:
    plan = reads(f"2025年访谈安排\n时间 |\n主题 |\n单位 |\n4月 |\n养老 |\n{line}\n县民政局 |\n{line}\n")
    assert [(row.topic, row.units) for row in plan.rows] == [("养老", ("县民政局",))]
    assert any("网页杂项" in warning for warning in plan.warnings)
