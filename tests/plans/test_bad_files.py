"""A file that cannot be imported gets one clear Chinese line."""

import io
import os
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from microblog.domain.errors import InvalidInput
from microblog.domain.plan import Plan
from microblog.plans import plan_as_json, plan_from_document, read_plan
from microblog.plans.html_file import read_html
from microblog.plans.text_file import read_text
from microblog.plans.words import shipped_words

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def _refusal(path: Path) -> str:
    with pytest.raises(InvalidInput) as caught:
        read_plan(path)
    message = str(caught.value)
    assert "\n" not in message
    return message


def _zip(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "是空的"),
        (b"\xef\xbb\xbf \r\n\t", "是空的"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "设有打开密码"),
        (OLE + "WordDocument".encode("utf-16-le"), "旧版 Word（.doc）"),
        (OLE + "Workbook".encode("utf-16-le"), "旧版 Excel（.xls）"),
        (OLE, "旧版 Office"),
        (b"%PDF-1.7 ...", "是PDF"),
        (b"{\\rtf1 ...}", "是RTF"),
        (b"\x89PNG\r\n\x1a\n....", "是图片"),
        (b"PK\x03\x04 not really a zip", "已损坏"),
        (bytes(range(256)) * 20, "编码无法识别"),
    ],
)
def test_a_file_that_is_no_plan_says_what_it_is(data: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "计划.docx"
    path.write_bytes(data)
    assert says in _refusal(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert "找不到文件" in _refusal(tmp_path / "没有.txt")
    assert "是文件夹" in _refusal(tmp_path)


def test_a_file_over_twenty_megabytes_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    assert "超过 20 MB" in _refusal(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_one_may_not_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "计划.txt"
    path.write_text("2025年", encoding="utf-8")
    path.chmod(0)
    assert "无法读取" in _refusal(path)


def test_a_text_no_plan_can_have_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "长.txt"
    path.write_text("访谈安排\n" * 100_000, encoding="utf-8")
    assert "不像访谈计划" in _refusal(path)


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    assert "不能导入" in _refusal(_zip(tmp_path / "a.zip", {"a.txt": b"x"}))


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.docx", {"word/document.xml": b"<x/>"})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    assert "设有密码" in _refusal(path)


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(101):
            part.write(b"\x00" * 1024 * 1024)
    assert path.stat().st_size < 200_000
    assert "展开后过大" in _refusal(path)


def test_an_xml_document_type_is_refused(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert "不允许的 XML 声明" in _refusal(_zip(tmp_path / "a.docx", {"word/document.xml": bomb}))


@pytest.mark.parametrize(("suffix", "name"), [("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")])
def test_a_damaged_office_file_is_refused(suffix: str, name: str, tmp_path: Path) -> None:
    assert "已损坏" in _refusal(_zip(tmp_path / f"a.{suffix}", {name: b"<unclosed"}))


def test_an_office_file_cut_or_altered_anywhere_is_refused_or_read(tmp_path: Path) -> None:
    document, sheet = io.BytesIO(), io.BytesIO()
    docx.Document().save(document)
    workbook = openpyxl.Workbook()
    workbook.save(sheet)
    for data in (document.getvalue(), sheet.getvalue()):
        for place in range(10, len(data), max(1, len(data) // 25)):
            for broken in (data[:place], data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]):
                path = tmp_path / "a.bin"
                path.write_bytes(broken)
                try:
                    read_plan(path)
                except InvalidInput as error:
                    assert "\n" not in str(error)  # noqa: PT017 - both outcomes are right, one has a promise


def test_a_sheet_with_more_rows_than_any_plan_is_refused(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.create_sheet("长")["A6000"] = "末行"
    workbook.save(tmp_path / "a.xlsx")
    assert "超过 5000 行" in _refusal(tmp_path / "a.xlsx")


def test_a_page_nested_beyond_reason_ends_in_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html>" + "<div>" * 20_000 + "2025年访谈", encoding="utf-8")
    try:
        assert read_plan(path).rows == ()
    except InvalidInput as error:
        assert "嵌套过深" in str(error)  # noqa: PT017 - the parser may also cut the nesting itself


SIGNS = [
    "序号",
    "时间",
    "主题",
    "单位",
    "备注",
    "|",
    "★",
    "☆",
    "、",
    "；",
    "（",
    ")",
    "：",
    "1",
    "２",
    "4月",
    "2025年",
    "第一季度",
    "待定",
    "9:00",
    "县教育局",
    "(wǎng)",
    "@@",
    "?,F",
    "前",
    "一个月",
    "预告",
    "邀请",
    "等",
    "家单位",
    "附件：",
    "<td>",
    "<table>",
    "rowspan=0",
    "<tr>",
    "</",
    "&#9733;",
    "年",
    "月",
    "日",
    "至",
    "-",
]
PIECES = st.one_of(
    st.sampled_from([*SIGNS, "\ud800", "\x00", "\t", "\n", "\n\n", " | ", "\u3000"]), st.text(max_size=8)
)
WORDS = shipped_words


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_text_crashes_the_reader(text: str) -> None:
    for document in (read_text(text), read_html("<html>" + text, "x.html")):
        plan = plan_from_document(document, WORDS())
        assert isinstance(plan, Plan)
        assert {"year", "rules", "rows", "proposed", "counts", "warnings"} <= set(plan_as_json(plan))


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300), start=st.sampled_from([b"", b"PK\x03\x04", OLE, b"<html>", b"\xff\xfe"]))
def test_no_bytes_crash_the_reader(data: bytes, start: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.bin"
    path.write_bytes(start + data)
    try:
        read_plan(path)
    except InvalidInput as error:
        assert "\n" not in str(error)  # noqa: PT017 - both outcomes are right, one has a promise
