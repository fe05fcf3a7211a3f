"""The roundup's three sections: entered by hand, sealed, changed, and written into the document."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document

from microblog.domain.errors import InvalidInput, NotAllowed, NotFound
from microblog.domain.interview import InterviewState
from microblog.domain.material import Material, MaterialKind
from microblog.service.filing import roundup_paper, write_folder
from microblog.service.review import approve, pending
from microblog.service.roundup import (
    Wanted,
    add_material,
    change_material,
    public_roundup,
    remove_material,
    roundup_board,
)
from tests.shared import END, MINUTE, OPERATOR, START, Scene, adopted, play, seal_all, sealed

LINK = "https://www.example.gov.cn/policy/7"
POLICY = Wanted("policy", "消防安全责任制实施办法", LINK, "区政府办", "2024-04-01")
PRESS = Wanted("press", "访谈回应楼道充电", "https://news.example.cn/a?id=1&p=2")


def entered(scene: Scene, wanted: Wanted = POLICY) -> Material:
    return add_material(scene.office, scene.interview, wanted, by=OPERATOR)


def shown(scene: Scene) -> dict[str, list[str]]:
    """What the public sees, by section."""
    sections = public_roundup(scene.office, scene.interview)
    return {name: [one.title for one in found] for name, found in sections.items()}


def test_an_entry_is_public_once_both_bodies_sealed_it(scene: Scene) -> None:
    adopted(scene)
    made = entered(scene)
    empty: dict[str, list[str]] = {"政策文件": [], "工作动态": [], "媒体报道": []}
    assert shown(scene) == empty
    approve(scene.office, scene.interview, body="data-centre", by="王审核")
    assert shown(scene) == empty
    (line,) = roundup_board(scene.office, scene.interview)[MaterialKind.POLICY]
    assert (line.material, line.missing) == (made, ("media-centre",))
    seal_all(scene)
    assert shown(scene) == empty | {"政策文件": ["消防安全责任制实施办法"]}


def test_the_bodies_seal_title_source_day_and_link(scene: Scene) -> None:
    adopted(scene)
    entered(scene)
    (words,) = pending(scene.office, scene.interview, "data-centre")
    assert words.text == f"政策文件：消防安全责任制实施办法（区政府办，2024-04-01）\n{LINK}"
    assert words.author == OPERATOR


@pytest.mark.parametrize("change", [{"title": "另一份办法"}, {"link": LINK + "8"}, {"kind": "press"}, {"day": ""}])
def test_a_changed_entry_is_hidden_until_it_is_sealed_again(scene: Scene, change: dict[str, str]) -> None:
    adopted(scene)
    made = entered(scene)
    seal_all(scene)
    fields: dict[str, Any] = {name: getattr(POLICY, name) for name in ("kind", "title", "link", "source", "day")}
    change_material(scene.office, scene.interview, made.id, Wanted(**fields | change), by=OPERATOR)
    assert not any(shown(scene).values())
    seal_all(scene)
    assert sum(map(len, shown(scene).values())) == 1


def test_saving_the_same_words_again_breaks_no_seal(scene: Scene) -> None:
    adopted(scene)
    made = entered(scene)
    seal_all(scene)
    change_material(scene.office, scene.interview, made.id, POLICY, by="别人")
    assert shown(scene)["政策文件"] == ["消防安全责任制实施办法"]
    assert scene.store.materials.get(made.id).by == OPERATOR


def test_nobody_seals_an_entry_of_their_own(scene: Scene) -> None:
    adopted(scene)
    add_material(scene.office, scene.interview, POLICY, by="王审核")
    with pytest.raises(NotAllowed, match="本人撰写"):
        approve(scene.office, scene.interview, body="data-centre", by="王审核")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "x"},
        {"title": "  "},
        {"title": "长" * 141},
        {"source": "长" * 61},
        {"day": "2024-13-01"},
        {"link": ""},
        {"link": "javascript:alert(1)"},
        {"link": "www.example.gov.cn/a"},
        {"link": "https://"},
        {"link": "https://[x"},
        {"link": "https://user@example.gov.cn/"},
        {"link": 'https://example.gov.cn/"><script>'},
        {"link": "https://example.gov.cn/" + "a" * 500},
    ],
)
def test_an_entry_that_makes_no_sense_is_not_taken(scene: Scene, wrong: dict[str, str]) -> None:
    adopted(scene)
    fields: dict[str, Any] = {"kind": "policy", "title": "办法", "link": LINK}
    with pytest.raises(InvalidInput):
        entered(scene, Wanted(**fields | wrong))
    assert scene.store.materials.of(1) == []


def test_an_entry_is_removed_and_belongs_to_one_interview(scene: Scene) -> None:
    adopted(scene, rows=2)
    made = entered(scene)
    with pytest.raises(NotFound):
        remove_material(scene.office, scene.store.interviews.get(2), made.id, by=OPERATOR)
    remove_material(scene.office, scene.interview, made.id, by=OPERATOR)
    assert scene.store.materials.of(1) == []
    with pytest.raises(NotFound):
        change_material(scene.office, scene.interview, made.id, POLICY, by=OPERATOR)


def test_a_cancelled_interview_has_no_roundup(scene: Scene) -> None:
    adopted(scene)
    scene.store.interviews.save(scene.interview.evolve(state=InterviewState.CANCELLED))
    with pytest.raises(NotAllowed):
        entered(scene)


def words_of(document: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(document)).paragraphs]


def test_the_document_holds_the_answers_and_the_sealed_entries_and_names_empty_sections(scene: Scene) -> None:
    sealed(scene)
    scene.at(START)
    play(scene, START + 15 * MINUTE)
    entered(scene)
    seal_all(scene)
    entered(scene, PRESS)
    words = words_of(roundup_paper(scene.office, scene.interview))
    for section in scene.store.reviews.scripts(1)[-1].questions():
        assert any(section.question in line for line in words)
    assert "1．消防安全责任制实施办法（区政府办，2024年4月1日（星期一））" in words
    assert LINK in words
    assert "本期暂无工作动态。" in words
    assert "本期暂无媒体报道。" in words


def test_the_same_roundup_gives_the_same_bytes(scene: Scene) -> None:
    sealed(scene)
    entered(scene)
    assert roundup_paper(scene.office, scene.interview) == roundup_paper(scene.office, scene.interview)


def test_the_document_stars_numbers_of_persons(scene: Scene) -> None:
    adopted(scene)
    entered(scene, Wanted("update", "请联系13812345678", LINK))
    seal_all(scene)
    words = "".join(words_of(roundup_paper(scene.office, scene.interview)))
    assert "138********" in words
    assert "13812345678" not in words


def test_the_folder_holds_the_roundup_with_the_evidence_of_its_seals(scene: Scene) -> None:
    sealed(scene)
    scene.at(END)
    made = entered(scene)
    seal_all(scene)
    folder = write_folder(scene.office, scene.interview)
    assert (folder / "roundup.docx").read_bytes() == roundup_paper(scene.office, scene.interview)
    evidence = (folder / "evidence.json").read_text("utf-8")
    assert made.subject in evidence
    assert LINK in evidence
