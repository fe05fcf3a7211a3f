from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from microblog.domain.errors import InvalidInput
from microblog.domain.script import Script, Section, SectionKind
from microblog.papers.script_docx import script_from_docx, script_to_docx
from tests.papers.examples import (
    BACKGROUND,
    CLOSING,
    HELMETS,
    INTERVIEW,
    LIGHTS,
    OPENING,
    PARKING,
    SECTIONS,
    question,
    script,
)

Edit = Callable[[Any], None]


def read(base: Script, edit: Edit = lambda document: None) -> tuple[Section, ...]:
    """The sections after someone edits the exported document."""
    document = docx.Document(BytesIO(script_to_docx(base, INTERVIEW)))
    edit(document)
    out = BytesIO()
    document.save(out)
    return script_from_docx(out.getvalue(), base, author="审稿人")


def para(document: Any, start: str) -> Any:
    return next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith(start))


def after(paragraph: Any, text: str, style: str | None = None) -> Any:
    new = deepcopy(paragraph._p)
    paragraph._p.addnext(new)
    copied = type(paragraph)(new, paragraph._parent)
    copied.text = text
    if style:
        copied.style = style
    return copied


def block(document: Any, slot: str) -> list[Any]:
    """The elements of a section, heading first."""
    paragraphs = document.paragraphs
    headings = [place for place, each in enumerate(paragraphs) if each.style.name == "Heading 2"]
    start = next(place for place in headings if paragraphs[place].text.endswith(f"（{slot}）"))
    end = next((place for place in headings if place > start), len(paragraphs))
    return [each._p for each in paragraphs[start:end]]


def error(edit: Edit, base: Script | None = None) -> str:
    with pytest.raises(InvalidInput) as caught:
        read(base or script(), edit)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_an_untouched_document_gives_identical_sections() -> None:
    assert read(script()) == SECTIONS


def test_an_unanswered_draft_comes_back_as_it_was() -> None:
    empty = (
        Section("opening", SectionKind.OPENING),
        question(1, "问？", ""),
        Section("closing", SectionKind.CLOSING),
    )

    assert read(script(*empty)) == empty


def test_a_lead_unit_writes_its_answer_and_names_who_answers() -> None:
    empty = Section("question 1", SectionKind.QUESTION, question="问？", asker="小鹿", rank=1, unit="区教育局")

    def edit(document: Any) -> None:
        para(document, "[主持人]").text = "[高远]这就答复。"

    (answered,) = read(script(empty), edit)
    assert (answered.speaker, answered.answer, answered.unit) == ("高远", "这就答复。", "区教育局")


@pytest.mark.parametrize(
    "words",
    [
        "前\n\n后",
        "  两头有空格  ",
        "末尾换行\n\n",
        "网友提问\n三、网友提问 1/3（question 1）\n[主持人]冒充\n【网友 甲】冒充",
        "[网友 甲]开头像提问",
        "制表\t符\r\n回车\r换行\x0b控制\x00",
        "※ 像说明的一行\n一、\n1. 编号",
        "\u202e反向\u202c 👨‍👩‍👧 \u200b零宽",
        "=1+1\n<b>粗</b>&amp;",
        "半个\udc00字",
        "字" * 50_000,
    ],
)
def test_hostile_words_survive_the_round_trip(words: str) -> None:
    sections = (OPENING, question(1, words, words, asker="柠檬[不]酸\n[高远]"), question(2, "甲", "乙"))

    assert read(script(*sections)) == sections


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.text(), st.text(), st.text()), min_size=1, max_size=3))
def test_any_words_survive_the_round_trip(rows: list[tuple[str, str, str]]) -> None:
    sections = tuple(
        question(rank, asked, answer, asker=asker) for rank, (asked, answer, asker) in enumerate(rows, start=1)
    )

    assert read(script(*sections)) == sections


def test_a_changed_answer_changes_only_its_own_section() -> None:
    def edit(document: Any) -> None:
        para(document, "[林知夏]周末前").text = "[林知夏]周五前把绿灯延长 10 秒。"

    after_edit = read(script(), edit)

    changed = after_edit[3]
    assert changed.answer == "周五前把绿灯延长 10 秒。\n还不够，请再告诉我们。"
    assert (changed.author, changed.comment, changed.askers) == ("审稿人", LIGHTS.comment, LIGHTS.askers)
    assert [section.hash for section in after_edit if section != changed] == [
        section.hash for section in SECTIONS if section != LIGHTS
    ]
    assert after_edit[2] == PARKING


def test_an_answer_may_grow_by_paragraphs() -> None:
    def edit(document: Any) -> None:
        first = para(document, "[林知夏]要戴")
        second = after(first, "　　电动自行车也一样。")
        after(second, "请互相转告。")

    assert read(script(), edit)[4].answer == "要戴。\n电动自行车也一样。\n请互相转告。"


def test_layout_alone_touches_nothing() -> None:
    def edit(document: Any) -> None:
        bold = para(document, "一是增设护学岗")
        bold.runs[0].bold = True
        bold.runs[0].text = "　　一是增设"
        bold.add_run("护学岗；  ").italic = True
        after(bold, "")
        para(document, "二是错峰").runs[-1].add_break()
        after(para(document, "三、"), "")
        after(para(document, "[主持人]感谢"), "").add_run().add_break(WD_BREAK.PAGE)

    assert read(script(), edit) == SECTIONS


def test_a_line_break_counts_as_a_new_paragraph() -> None:
    def edit(document: Any) -> None:
        first, second = para(document, "[林知夏]周末前"), para(document, "还不够")
        first.runs[-1].add_break()
        first.add_run(second.text)
        second._p.getparent().remove(second._p)

    assert read(script(), edit) == SECTIONS


def test_a_removed_section_is_gone() -> None:
    def edit(document: Any) -> None:
        for element in block(document, "question 2"):
            element.getparent().remove(element)

    assert read(script(), edit) == (OPENING, BACKGROUND, PARKING, HELMETS, CLOSING)


def test_a_moved_section_keeps_its_words_and_seals() -> None:
    def edit(document: Any) -> None:
        target = block(document, "question 1")[0]
        for element in block(document, "question 3"):
            target.addprevious(element)

    assert read(script(), edit) == (OPENING, BACKGROUND, HELMETS, PARKING, LIGHTS, CLOSING)


def test_a_new_section_takes_the_next_free_slot_of_its_kind() -> None:
    def edit(document: Any) -> None:
        last = para(document, "[林知夏]要戴")
        heading = after(last, "主持人提问")
        after(after(heading, "[主持人]家长能做什么？"), "[高远]请配合错峰接送。")

    added = read(script(), edit)[5]

    assert added == Section(
        slot="background 2",
        kind=SectionKind.BACKGROUND,
        question="家长能做什么？",
        answer="请配合错峰接送。",
        unit="区教育局",
        speaker="高远",
        author="审稿人",
    )


def test_a_new_netizens_question_keeps_the_asker_and_the_next_rank() -> None:
    def edit(document: Any) -> None:
        heading = after(para(document, "[林知夏]要戴"), "六、网友提问 4/4")
        after(after(heading, "【网友 早起的人】早高峰呢？"), "【林知夏】一样处理。")

    added = read(script(), edit)[5]

    assert (added.slot, added.rank, added.asker, added.question) == ("question 4", 4, "早起的人", "早高峰呢？")
    assert (added.speaker, added.unit, added.comment) == ("林知夏", "区交警大队", "")


def test_another_speaker_brings_their_unit() -> None:
    def edit(document: Any) -> None:
        para(document, "[林知夏]要戴").text = "[高远]要戴。"

    changed = read(script(), edit)[4]
    assert (changed.speaker, changed.unit) == ("高远", "区教育局")


def test_a_heading_may_be_reworded_as_long_as_its_slot_stays() -> None:
    def edit(document: Any) -> None:
        para(document, "三、").text = "3. 关于停车位 (question 1)"

    assert read(script(), edit) == SECTIONS


def test_sections_found_by_slot_even_when_the_styles_are_lost() -> None:
    def edit(document: Any) -> None:
        for paragraph in document.paragraphs[1:]:
            paragraph.style = "Normal"

    assert read(script(), edit) == SECTIONS


def test_tracked_changes_count_as_accepted() -> None:
    def edit(document: Any) -> None:
        paragraph = para(document, "[林知夏]要戴")
        run = paragraph.runs[-1]._r
        deleted = OxmlElement("w:del")
        run.addprevious(deleted)
        gone = deepcopy(run)
        gone.find(qn("w:t")).tag = qn("w:delText")
        deleted.append(gone)
        inserted = parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>必须戴。</w:t></w:r></w:ins>")
        run.addprevious(inserted)
        run.getparent().remove(run)

    assert read(script(), edit)[4].answer == "必须戴。"


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    def edit(document: Any) -> None:
        properties = para(document, "[林知夏]周末前")._p.get_or_add_pPr()
        properties.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:del/></w:rPr>"))

    assert read(script(), edit)[3].answer == "周末前把绿灯延长 8 秒。还不够，请再告诉我们。"


def test_comments_are_left_aside() -> None:
    def edit(document: Any) -> None:
        document.add_comment(para(document, "[林知夏]要戴").runs, text="这里再具体些", author="审稿人")

    assert read(script(), edit) == SECTIONS


@pytest.mark.parametrize(
    ("at", "text", "named"),
    [
        ("※", "总体意见：第三节再短些", "在第一个小标题之前"),
        ("五、", "这句话没有说话人", "前面没有说话人"),
        ("[林知夏]要戴", "[主持人]谢谢林队长。", "第三个说话人"),
        ("[林知夏]要戴", "[网友 新来的]再问一句？", "第三个说话人"),
        ("[林知夏]要戴", "三、网友提问（question 1）", "出现了两次"),
        ("[林知夏]要戴", "九、网友提问（question 99）", "不在原稿中"),
        ("[林知夏]要戴", "主持人提问", "一问一答"),
    ],
)
def test_what_cannot_be_understood_is_named_with_its_paragraph(at: str, text: str, named: str) -> None:
    message = error(lambda document: after(para(document, at), text, "Normal"))

    assert named in message
    assert "访谈稿第 " in message


def test_a_heading_style_on_unknown_words_is_named() -> None:
    message = error(lambda document: after(para(document, "[林知夏]要戴"), "延伸阅读", "Heading 2"))

    assert "延伸阅读" in message


def test_a_lost_answer_is_named() -> None:
    def edit(document: Any) -> None:
        gone = para(document, "[林知夏]要戴")._p
        gone.getparent().remove(gone)

    assert "五、网友提问 3/3" in error(edit)


def test_automatic_numbers_are_refused_because_they_are_not_in_the_text() -> None:
    def edit(document: Any) -> None:
        para(document, "一是").style = "List Number"

    assert "自动编号" in error(edit)


def test_a_table_or_picture_in_a_section_is_refused() -> None:
    def table(document: Any) -> None:
        para(document, "一是")._p.addnext(document.add_table(1, 1)._tbl)

    def picture(document: Any) -> None:
        para(document, "一是").runs[0]._r.append(OxmlElement("w:drawing"))

    assert "表格" in error(table)
    assert "图片" in error(picture)


def test_a_document_of_another_version_is_refused() -> None:
    data = script_to_docx(script(), INTERVIEW)

    with pytest.raises(InvalidInput, match=r"version 2.*version 3"):
        script_from_docx(data, script().evolve(version=3), author="审稿人")


def test_a_document_that_lost_its_properties_is_still_read() -> None:
    def edit(document: Any) -> None:
        document.core_properties.subject = ""

    assert read(script(), edit) == SECTIONS


def test_a_document_without_headings_is_refused() -> None:
    with pytest.raises(InvalidInput, match="一个小标题也没有"):
        read(script(), lambda document: document.element.body.clear_content())


def zip_of(**members: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"just text",
        zip_of(a="b"),
        script_to_docx(script(), INTERVIEW)[:3000],
    ],
)
def test_bytes_that_are_no_document_give_one_clear_line(data: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"另存为 \.docx"):
        script_from_docx(data, script(), author="审稿人")


def test_an_archive_that_unpacks_to_gigabytes_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("microblog.papers.word_text._LARGEST", 10_000)

    with pytest.raises(InvalidInput, match="解压后超过"):
        script_from_docx(script_to_docx(script(), INTERVIEW), script(), author="审稿人")
