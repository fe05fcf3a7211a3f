"""What a script is as printed words, and whose seals stand on it."""

from dataclasses import replace

import pytest

from microblog.domain.script import Script, ScriptState, Seal, Section, SectionKind, sealed
from tests.shared import START

QUESTION = Section(
    "question 1", SectionKind.QUESTION, "归谁管？", "请找物业。", "消防大队", "张三", asker="网友甲", rank=1
)
SCRIPT = Script(
    1,
    1,
    (
        Section("opening", SectionKind.OPENING, answer="大家好。"),
        Section("background 1", SectionKind.BACKGROUND, "情况如何？", "总体平稳。", speaker="张三"),
        QUESTION,
        Section("closing", SectionKind.CLOSING, answer="再见。"),
    ),
    "联络员",
    START,
)
BODIES = ("data-centre", "media-centre")


def test_the_script_is_printed_as_it_is_spoken() -> None:
    assert SCRIPT.printed().split("\n\n") == [
        "[主持人]大家好。",
        "[主持人]情况如何？\n[张三]总体平稳。",
        "[网友 网友甲]归谁管？\n[张三]请找物业。",
        "[主持人]再见。",
    ]


@pytest.mark.parametrize(
    "change", [{"question": "谁管？"}, {"answer": "请找街道。"}, {"asker": "网友乙"}, {"speaker": ""}]
)
def test_any_printed_word_changes_what_is_sealed(change: dict[str, str]) -> None:
    assert replace(QUESTION, **change).hash != QUESTION.hash  # type: ignore[arg-type]  # replace checks the names


def test_who_wrote_it_is_not_sealed() -> None:
    assert replace(QUESTION, author="另一位").hash == QUESTION.hash


def test_a_section_keeps_its_subject_over_versions() -> None:
    assert SCRIPT.subject(QUESTION) == SCRIPT.evolve(version=2, state=ScriptState.SUBMITTED).subject(QUESTION)


def test_sections_are_found_by_slot_and_questions_by_kind() -> None:
    assert SCRIPT.section("question 1") is QUESTION
    assert SCRIPT.section("question 2") is None
    assert SCRIPT.questions() == (QUESTION,)


def seal(body: str, subject: str = "post", words: str = "ab") -> Seal:
    return Seal(subject, words, body, "审核员", START)


@pytest.mark.parametrize(
    ("seals", "bodies", "expected"),
    [
        ((seal("data-centre"), seal("media-centre")), BODIES, True),
        ((seal("media-centre"), seal("data-centre"), seal("organiser")), BODIES, True),
        ((seal("data-centre"), seal("data-centre")), BODIES, False),
        ((seal("data-centre"), seal("media-centre", words="cd")), BODIES, False),
        ((seal("data-centre"), seal("media-centre", subject="other")), BODIES, False),
        ((), BODIES, False),
        ((seal("data-centre"),), (), False),
    ],
)
def test_words_are_sealed_when_every_body_sealed_exactly_them(
    seals: tuple[Seal, ...], bodies: tuple[str, ...], expected: bool
) -> None:
    assert sealed("post", "ab", bodies, seals) is expected


@pytest.mark.parametrize("kind", SectionKind)
def test_every_kind_of_section_has_a_chinese_name(kind: SectionKind) -> None:
    assert kind.chinese.isalpha()
    assert not kind.chinese.isascii()


@pytest.mark.parametrize("state", ScriptState)
def test_every_state_of_a_script_has_a_chinese_name(state: ScriptState) -> None:
    assert not state.chinese.isascii()
