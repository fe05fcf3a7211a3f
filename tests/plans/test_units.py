"""Unit cells: where they split, and who leads."""

import pytest

from microblog.plans.units import read_units
from microblog.plans.words import Words


@pytest.mark.parametrize(
    ("cell", "names", "leads"),
    [
        ("甲局★\n乙街道", ("甲局", "乙街道"), ("甲局",)),
        ("甲局\n★乙局", ("甲局", "乙局"), ("乙局",)),
        ("甲局 ★、乙局", ("甲局", "乙局"), ("甲局",)),
        ("甲局；乙局;丙局/丁局", ("甲局", "乙局", "丙局", "丁局"), ()),
        ("甲局　乙局   丙局", ("甲局", "乙局", "丙局"), ()),
        ("甲局★乙局", ("甲局", "乙局"), ("甲局",)),
        ("★甲局★乙局", ("甲局", "乙局"), ("甲局", "乙局")),
        ("甲局\n★\n乙局", ("甲局", "乙局"), ("甲局",)),
        ("人力资源和社会保障局、文化与旅游局", ("人力资源和社会保障局", "文化与旅游局"), ()),
        ("甲局，乙局", ("甲局", "乙局"), ()),
        ("国网供电，城东片", ("国网供电，城东片",), ()),
        ("甲委（乙局、丙局）、丁局", ("甲委（乙局、丙局）", "丁局"), ()),
        ("甲局（牵头）、乙局（配合）", ("甲局", "乙局"), ("甲局",)),
        ("牵头单位：甲局\n配合单位：乙局、丙局", ("甲局", "乙局", "丙局"), ("甲局",)),
        ("珍珠湖度假区林场★", ("珍珠湖度假区林场",), ("珍珠湖度假区林场",)),
        ("", (), ()),
    ],
)
def test_a_unit_cell_is_split_and_its_marks_read(
    cell: str, names: tuple[str, ...], leads: tuple[str, ...], words: Words
) -> None:
    units = read_units(cell, words)
    assert (units.names, units.leads, units.remarks) == (names, leads, ())


@pytest.mark.parametrize("sign", ["☆", "*", "＊"])
def test_another_sign_than_the_star_marks_with_a_remark(sign: str, words: Words) -> None:
    units = read_units(f"甲局{sign}、乙局", words)
    assert (units.names, units.leads) == (("甲局", "乙局"), ("甲局",))
    assert len(units.remarks) == 1
    assert sign in units.remarks[0]


def test_a_wrapped_name_is_joined_with_a_remark(words: Words) -> None:
    units = read_units("市城市管理综合\n执法局★\n市水务局", words)
    assert (units.names, units.leads) == (("市城市管理综合执法局", "市水务局"), ("市城市管理综合执法局",))
    assert "市城市管理综合执法局" in units.remarks[0]
