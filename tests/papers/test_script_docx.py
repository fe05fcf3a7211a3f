from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from microblog.papers.script_docx import script_to_docx
from microblog.text.count import word_count
from tests.papers.examples import INTERVIEW, PARKING, question, script


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs]


def facts_of(data: bytes) -> dict[str, str]:
    return {row.cells[0].text: row.cells[1].text for row in docx.Document(BytesIO(data)).tables[0].rows}


def test_sections_stand_in_order_with_speakers_and_slots() -> None:
    lines = paragraphs(script_to_docx(script(), INTERVIEW))

    assert lines[0] == "《校门口的路与孩子的安全》访谈稿"
    assert lines[2:9] == [
        "一、开场（opening）",
        "[主持人]各位网友，下午好！欢迎关注本期访谈。",
        "二、主持人提问 · 区教育局（background 1）",
        "[主持人]先请高局长介绍一下背景。",
        "[高远]好的，主要有三件事：",
        "一是增设护学岗；",
        "二是错峰放学；",
    ]
    assert "三、网友提问 1/3 · 32 人问到 · 区交警大队（question 1）" in lines
    assert f"[网友 柠檬不酸]{PARKING.question}" in lines


def test_the_head_names_the_facts_of_the_plan_and_the_length() -> None:
    facts = facts_of(script_to_docx(script(), INTERVIEW))

    assert facts["访谈时间"] == "2024年4月25日（星期四）15:00—16:00"
    assert facts["访谈嘉宾"] == "区教育局副局长 高远"
    assert facts["特邀专家"] == "交通学院教授 苏问"
    assert facts["责任单位"] == "区教育局（第一责任单位）、区交警大队"
    assert facts["主持人"] == "何安"
    assert facts["稿件版本"].startswith("第 2 版")
    assert facts["字　　数"] == f"{word_count(script().printed())} 字（文字处理软件口径），其中汉字 167 个"


def test_the_same_script_gives_the_same_bytes() -> None:
    assert script_to_docx(script(), INTERVIEW) == script_to_docx(script(), INTERVIEW)


def test_chinese_text_is_set_in_chinese_fonts_with_fallbacks() -> None:
    data = script_to_docx(script(), INTERVIEW)
    document = docx.Document(BytesIO(data))

    def east_asian(style: str) -> str:
        return str(document.styles[style].element.rPr.rFonts.get(qn("w:eastAsia")))

    assert (east_asian("Normal"), east_asian("Title"), east_asian("Heading 2")) == ("仿宋", "黑体", "黑体")
    fonts = ZipFile(BytesIO(data)).read("word/fontTable.xml").decode()
    assert 'w:altName w:val="FangSong,仿宋_GB2312' in fonts


def test_every_page_says_which_version_it_belongs_to() -> None:
    section = docx.Document(BytesIO(script_to_docx(script(), INTERVIEW))).sections[0]

    assert section.header.paragraphs[0].text.startswith("在线访谈稿 · 第 3 期 · 第 2 版")
    assert "PAGE" in section.footer.paragraphs[0]._element.xml


@pytest.mark.parametrize("hostile", ["响铃\x07换页\x0c", "半个\ud83d字", "\ufffe", "</w:t><w:br/>&amp;"])
def test_characters_a_word_file_cannot_hold_are_shown_not_fatal(hostile: str) -> None:
    lines = paragraphs(script_to_docx(script(question(1, hostile, "好。")), INTERVIEW))

    asked = next(line for line in lines if line.startswith("[网友"))
    assert len(asked.removeprefix("[网友 柠檬不酸]")) == len(hostile)
