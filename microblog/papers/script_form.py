"""How a script stands on paper: headings that carry a section's slot, and paragraphs that open with a speaker.

Writer and reader share this module, so that what one prints the other recognises.
The slot stands in the heading's visible text (`三、网友提问 3/18（question 3）`): bookmarks and hidden text are lost
when a reviewer moves a section by cut and paste or saves from another word processor; visible words are not.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from microblog.domain.script import Script, Section, SectionKind

HOST = "主持人"
NETIZEN = "网友"

_DIGITS = "〇一二三四五六七八九"
_KINDS = {kind.chinese: kind for kind in SectionKind}
_SLOT = re.compile(r"[（(]\s*((?:opening|background|question|closing)(?:\s+\d+)?)\s*[)）]\s*$")
_UNSLOTTED = re.compile(
    rf"(?:(?:[〇零一二三四五六七八九十百]+|\d+)[、.．])?\s*({'|'.join(_KINDS)})\s*(?:\d+\s*/\s*\d+)?\s*(?:·.*)?[:：]?"
)
_LABEL = re.compile(r"\s*[\[【]([^\[\]【】\n]{1,40})[\]】]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as read. slot: empty on a section a reviewer added. kind: None where only the slot is given."""

    slot: str
    kind: SectionKind | None


def heading_parts(script: Script, section: Section, number: int) -> tuple[str, str]:
    """`三、网友提问 3/18 · 32 人问到 · 区教育局` and `（question 3）`; `number` is the place in the script."""
    title = section.kind.chinese
    if section.kind is SectionKind.QUESTION:
        questions = script.questions()
        title += f" {questions.index(section) + 1}/{len(questions)}"
        title += f" · {section.askers} 人问到" if section.askers else ""
    unit = f" · {' '.join(section.unit.split())}" if section.unit.strip() else ""
    return f"{chinese_number(number)}、{title}{unit}", f"（{section.slot}）"


def read_heading(text: str, slots: Collection[str]) -> Heading | None:
    """The heading a paragraph is, or None. slots: those of the script the document was written from."""
    line = text.strip()
    if "\n" in line:
        return None
    named = next((slot for slot in slots if line.endswith((f"（{slot}）", f"({slot})"))), None)
    if named is not None:
        return Heading(named, None)
    if found := _SLOT.search(line):
        return Heading(" ".join(found[1].split()), None)
    bare = _UNSLOTTED.fullmatch(line)
    return Heading("", _KINDS[bare[1]]) if bare else None


def question_label(section: Section) -> str:
    """Who asks, as `Section.printed` has it."""
    return f"[{NETIZEN} {section.asker}]" if section.kind is SectionKind.QUESTION else f"[{HOST}]"


def answer_label(section: Section) -> str:
    """Who answers, as `Section.printed` has it."""
    return f"[{section.speaker or HOST}]"


def read_label(text: str) -> tuple[str, str] | None:
    """The speaker a paragraph opens with and the words after the label, or None."""
    found = _LABEL.match(text)
    return (found[1].strip(), text[found.end() :]) if found else None


def chinese_number(number: int) -> str:
    """一 … 九十九; beyond that in digits, which headings use as well."""
    tens, ones = divmod(number, 10)
    if tens > 9 or number < 1:
        return str(number)
    front = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return front + (_DIGITS[ones] if ones else "")
