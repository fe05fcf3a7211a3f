"""Word and Excel files made here, merged cells and oddities included."""

import datetime as dt
import io
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from microblog.plans import read_plan


def _word(path: Path, rows: list[list[str]], merges: list[tuple[int, int, int, int]] | None = None) -> Path:
    document = docx.Document()
    document.add_paragraph("云泽县人民政府办公室关于印发2025年在线访谈计划的通知")
    document.add_paragraph("录制前一个月发布预告，开通为期15天的提问通道。")
    document.add_paragraph("云泽县人民政府办公室")
    document.add_paragraph("2025年1月6日")
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    for top, left, bottom, right in merges or []:
        text = table.cell(top, left).text
        table.cell(top, left).merge(table.cell(bottom, right)).text = text
    document.save(str(path))
    return path


def test_a_word_table_with_merged_cells_is_read(tmp_path: Path) -> None:
    rows = [
        ["2025年计划表", "", "", ""],
        ["序号", "时间", "主题", "责任单位"],
        ["1", "第一季度", "春节市场保供", "县商务局★\n县市场监管局"],
        ["2", "", "招聘服务", "县人社局"],
        ["3", "5月8日 9:00-11:00", "中考招生", "县教育局"],
    ]
    plan = read_plan(_word(tmp_path / "计划.docx", rows, [(0, 0, 0, 3), (2, 1, 3, 1)]))
    assert [(row.no, row.time.months, row.topic, row.units, row.lead) for row in plan.rows] == [
        (1, (1, 2, 3), "春节市场保供", ("县商务局", "县市场监管局"), "县商务局"),
        (2, (1, 2, 3), "招聘服务", ("县人社局",), "县人社局"),
        (3, (5,), "中考招生", ("县教育局",), "县教育局"),
    ]
    assert (plan.year, plan.issuer, plan.issued) == (2025, "云泽县人民政府办公室", dt.date(2025, 1, 6))
    assert plan.rules == {"preview_months_before": 1, "channel_days": 15}


def test_rows_under_one_merged_number_are_one_interview(tmp_path: Path) -> None:
    rows = [
        ["序号", "时间", "主题", "单位"],
        ["1", "4月", "森林防火", "县应急局★"],
        ["", "", "", "县林业局"],
        ["2", "5月", "招生", "县教育局"],
    ]
    plan = read_plan(_word(tmp_path / "计划.docx", rows, [(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2)]))
    assert [(row.no, row.units) for row in plan.rows] == [(1, ("县应急局", "县林业局")), (2, ("县教育局",))]


def test_automatic_numbers_tracked_insertions_and_content_controls_are_read(tmp_path: Path) -> None:
    path = _word(
        tmp_path / "计划.docx",
        [["序号", "时间", "主题", "单位"], ["", "4月", "旧题", "县教育局"], ["", "5月", "乙题", "县民政局"]],
    )
    document = docx.Document(str(path))
    table = document.tables[0]
    for row in (1, 2):
        properties = table.cell(row, 0).paragraphs[0]._p.get_or_add_pPr()
        numbering = OxmlElement("w:numPr")
        identifier = OxmlElement("w:numId")
        identifier.set(qn("w:val"), "3")
        numbering.append(identifier)
        properties.append(numbering)
    paragraph = table.cell(1, 2).paragraphs[0]
    run = paragraph.runs[0]._r
    deleted, inserted = OxmlElement("w:del"), OxmlElement("w:ins")
    run.addprevious(deleted)
    deleted.append(run)
    added = docx.Document().add_paragraph("新题").runs[0]._r
    inserted.append(added)
    deleted.addnext(inserted)
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    table._tbl.addprevious(control)
    control.append(content)
    content.append(table._tbl)
    document.save(str(path))
    plan = read_plan(path)
    assert [(row.no, row.no_printed, row.topic) for row in plan.rows] == [(1, True, "新题"), (2, True, "乙题")]


def test_an_excel_sheet_with_merged_cells_and_date_cells_is_read(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"] = "2025年在线访谈计划表"
    sheet.merge_cells("A1:E1")
    for row in (
        ["序号", "访谈时间", "访谈主题", "承办单位", "备注"],
        [1, "上半年", "甲题", "县民政局★\r\n县财政局", None],
        [2, None, "乙题", "县司法局", "视频"],
        [3.0, dt.datetime(2024, 9, 1), "丙题", "县教育局", None],  # noqa: DTZ001 - a sheet has no zone
        [4, dt.datetime(2025, 10, 16, 15, 0), "丁题", "县水利局", None],  # noqa: DTZ001 - a sheet has no zone
    ):
        sheet.append(row)
    sheet.merge_cells("B3:B4")
    sheet["B5"].number_format = 'm"月"'
    sheet["B6"].number_format = 'yyyy"年"m"月"d"日" h:mm'
    path = tmp_path / "计划.xlsx"
    workbook.save(path)
    plan = read_plan(path)
    assert [(row.no, row.time.months, row.time.day, row.units) for row in plan.rows] == [
        (1, (1, 2, 3, 4, 5, 6), None, ("县民政局", "县财政局")),
        (2, (1, 2, 3, 4, 5, 6), None, ("县司法局",)),
        (3, (9,), None, ("县教育局",)),
        (4, (10,), dt.date(2025, 10, 16), ("县水利局",)),
    ]
    assert plan.rows[3].time.start == dt.time(15)
    assert (plan.title, plan.rows[1].note) == ("2025年在线访谈计划表", "视频")


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (["时间", "主题", "单位"], ["4月", "甲题", "县民政局"]):
        sheet.append(row)
    old = workbook.create_sheet("去年")
    for row in (["时间", "主题", "单位"], ["3月", "旧题", "县民政局"]):
        old.append(row)
    old.sheet_state = "hidden"
    workbook.save(tmp_path / "计划.xlsx")
    assert [row.topic for row in read_plan(tmp_path / "计划.xlsx").rows] == ["甲题"]


def test_the_content_decides_not_the_suffix(tmp_path: Path) -> None:
    path = _word(tmp_path / "计划.docx", [["时间", "主题", "单位"], ["4月", "甲题", "县民政局"]])
    renamed = path.rename(tmp_path / "计划.txt")
    assert [row.topic for row in read_plan(renamed).rows] == ["甲题"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_text_encodings_of_chinese_offices_are_accepted(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "计划.txt"
    path.write_bytes("2025年在线访谈安排\n时间|单位|主题\n4月|县民政局|养老服务\n".encode(encoding))
    assert [row.topic for row in read_plan(path).rows] == ["养老服务"]


def test_a_page_in_a_declared_legacy_encoding_is_read(tmp_path: Path) -> None:
    page = '<html><meta charset="{}"><table><tr><td>時間<td>主題<td>單位<tr><td>4月<td>養老服務<td>縣民政局</table>'
    for encoding in ("big5", "gb18030"):
        path = tmp_path / f"{encoding}.html"
        path.write_bytes(page.format(encoding).encode(encoding))
        assert [(row.topic, row.units) for row in read_plan(path).rows] == [("养老服务", ("县民政局",))]


def test_a_word_file_is_read_from_memory_alone(tmp_path: Path) -> None:
    path = _word(tmp_path / "计划.docx", [["时间", "主题", "单位"], ["4月", "甲题", "县民政局"]])
    before = path.read_bytes()
    read_plan(path)
    assert io.BytesIO(path.read_bytes()).getvalue() == before
