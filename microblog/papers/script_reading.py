"""From the paragraphs of an edited script to its sections; what cannot be understood is named, never guessed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from microblog.domain.errors import InvalidInput
from microblog.domain.script import Script, Section, SectionKind
from microblog.papers.characters import printable
from microblog.papers.script_form import (
    HOST,
    NETIZEN,
    Heading,
    answer_label,
    question_label,
    read_heading,
    read_label,
)
from microblog.papers.word_text import Paragraph

NOTE_MARK = "※ "
"""Opens our own notes at the head of the document."""

_FRONT_STYLES = ("Title", "Subtitle")
_HEADING_STYLE = "Heading 2"


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading and what stands under it."""

    heading: Heading
    at: Paragraph
    body: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class _Speech:
    """What one speaker says, over one or more paragraphs."""

    label: str
    text: str
    at: Paragraph


def read_sections(paragraphs: Sequence[Paragraph], base: Script, *, author: str) -> tuple[Section, ...]:
    """The sections in the document's order; `script_docx.script_from_docx` states the promises."""
    blocks = _blocks(paragraphs, frozenset(section.slot for section in base.sections))
    known = {section.slot: section for section in base.sections}
    taken = set(known)
    sections = []
    for block in blocks:
        old = known.pop(block.heading.slot, None) if block.heading.slot else _new_section(block, taken)
        if old is None:
            raise _misread(block.at, "小标题括号里的编号不在原稿中，或出现了两次；新增一节请去掉括号")
        taken.add(old.slot)
        sections.append(_section(block, old, base, author))
    return tuple(sections)


def _blocks(paragraphs: Sequence[Paragraph], slots: Collection[str]) -> list[_Block]:
    starts = [
        (place, heading)
        for place, paragraph in enumerate(paragraphs)
        if not paragraph.obstacle and (heading := read_heading(paragraph.text, slots))
    ]
    if not starts:
        raise InvalidInput(
            "访谈稿里一个小标题也没有找到；小标题要像“三、网友提问（question 3）”，请用导出的 Word 修改"
        )
    _check_front(paragraphs[: starts[0][0]])
    ends = [*(place for place, _ in starts[1:]), len(paragraphs)]
    return [
        _Block(heading, paragraphs[place], tuple(_body(paragraphs[place + 1 : end])))
        for (place, heading), end in zip(starts, ends, strict=True)
    ]


def _check_front(paragraphs: Sequence[Paragraph]) -> None:
    """Title, facts and notes are ours and not read back; anything else there would be lost in silence."""
    for paragraph in paragraphs:
        ours = paragraph.style in _FRONT_STYLES or paragraph.text.startswith(NOTE_MARK.strip())
        if paragraph.text.strip() and not (ours or paragraph.obstacle):
            raise _misread(paragraph, "在第一个小标题之前，不属于任何一节；请移到一节里或删去")


def _body(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for paragraph in paragraphs:
        if paragraph.obstacle:
            raise _misread(paragraph, f"有{paragraph.obstacle}，读不回文字；请改成普通文字或移走")
        if paragraph.style == _HEADING_STYLE and paragraph.text.strip():
            raise _misread(
                paragraph, "是小标题样式但看不懂；请写“主持人提问”“网友提问”“开场”或“结束语”，或改成正文样式"
            )
        yield paragraph


def _section(block: _Block, old: Section, base: Script, author: str) -> Section:
    asked, answered = _asked_and_answered(block, old, _speakers(base))
    question = _kept(asked.text if asked else "", old.question)
    answer = _kept(answered.text, old.answer)
    speaker = old.speaker if answered.label == _name(answer_label(old)) else _speaker(answered.label)
    asker = old.asker
    if asked and old.kind is SectionKind.QUESTION and asked.label != _name(question_label(old)):
        asker = _asker(asked)
    unit = old.unit if speaker == old.speaker else _unit_of(speaker, base, old.unit)
    new = replace(old, question=question, answer=answer, speaker=speaker, asker=asker, unit=unit)
    return old if new == old else replace(new, author=author)


def _asked_and_answered(block: _Block, old: Section, speakers: Collection[str]) -> tuple[_Speech | None, _Speech]:
    speeches = _speeches(block, old, speakers)
    asks = old.kind is SectionKind.QUESTION or bool(old.question)
    if len(speeches) == 2:
        if old.kind is SectionKind.QUESTION and not speeches[0].label.startswith(NETIZEN):
            raise _misread(speeches[0].at, f"是网友提问一节的第一句，段首要写“[{NETIZEN} 昵称]”")
        return speeches[0], speeches[1]
    if asks or not speeches:
        raise _misread(block.at, "这一节要有一问一答，各以“[说话人]”开头；不要这一节，就连小标题一起删去")
    return None, speeches[0]


def _speeches(block: _Block, old: Section, speakers: Collection[str]) -> list[_Speech]:
    """One or two speeches: what is asked, if anything, and what is answered."""
    labels = (printable(question_label(old)), printable(answer_label(old)))
    found: list[tuple[str, list[str], Paragraph]] = []
    for paragraph in block.body:
        opened = _opening(paragraph.text, labels)
        if opened and len(found) < 2:
            found.append((opened[0], [opened[1]], paragraph))
        elif opened and _is_speaker(opened[0], speakers):
            raise _misread(
                paragraph, "是这一节的第三个说话人，一节只有一问一答；请在它前面另起小标题，如“主持人提问”"
            )
        elif found:
            found[-1][1].append(paragraph.text)
        elif paragraph.text.strip():
            raise _misread(paragraph, "前面没有说话人；请在段首写“[主持人]”“[网友 昵称]”或“[姓名]”")
    return [_Speech(label, "\n".join(lines), at) for label, lines, at in found]


def _opening(text: str, labels: tuple[str, str]) -> tuple[str, str] | None:
    """The label without brackets, and the rest. The old labels go first: a nickname may hold brackets itself."""
    for label in labels:
        if text.startswith(label):
            return label[1:-1], text[len(label) :]
    return read_label(text)


def _kept(read: str, old: str) -> str:
    """The old words where only layout differs, else the words as read, each line without its indent."""
    if _layout_free(read) == _layout_free(printable(old)):
        return old
    return "\n".join(line.strip() for line in read.split("\n")).strip()


def _layout_free(text: str) -> tuple[str, ...]:
    return tuple(stripped for line in text.split("\n") if (stripped := line.strip()))


def _name(label: str) -> str:
    return printable(label)[1:-1]


def _speaker(label: str) -> str:
    return "" if label == HOST else label


def _asker(asked: _Speech) -> str:
    return asked.label.removeprefix(NETIZEN).strip()


def _speakers(base: Script) -> frozenset[str]:
    return frozenset(section.speaker for section in base.sections if section.speaker)


def _is_speaker(label: str, speakers: Collection[str]) -> bool:
    return label == HOST or label in speakers or label.startswith(f"{NETIZEN} ")


def _unit_of(speaker: str, base: Script, otherwise: str) -> str:
    return next((section.unit for section in base.sections if section.speaker == speaker), otherwise)


def _new_section(block: _Block, taken: Collection[str]) -> Section:
    """An empty section of the kind the heading names, in the next free slot."""
    kind = block.heading.kind or SectionKind.BACKGROUND
    numbers = [int(slot.rpartition(" ")[2]) for slot in taken if slot.startswith(f"{kind} ") and slot[-1].isdigit()]
    free = max(numbers, default=0) + 1
    single = kind in (SectionKind.OPENING, SectionKind.CLOSING) and kind.value not in taken
    slot = kind.value if single else f"{kind} {free}"
    return Section(slot=slot, kind=kind, rank=free if kind is SectionKind.QUESTION else 0)


def _misread(paragraph: Paragraph, what: str) -> InvalidInput:
    words = " ".join(paragraph.text.split())
    quote = f"{words[:20]}…" if len(words) > 20 else words
    return InvalidInput(f"访谈稿第 {paragraph.number} 段“{quote}”{what}，然后重新导入")
