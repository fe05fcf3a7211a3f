"""The filing folder: everything an inspection asks for, made anew each time."""

import json
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from microblog.service.draft import latest_script, submit, write
from microblog.service.filing import PAPERS, folder_of, write_folder
from tests.shared import CONCERNS, END, LEAD, MINUTE, START, Scene, announced, drafted, play, seal_all, sealed, work


@pytest.fixture
def filed(scene: Scene) -> Scene:
    """An interview whose roundup is out."""
    sealed(scene)
    scene.at(START)
    work(scene)
    play(scene, START + 15 * MINUTE)
    scene.at(END)
    play(scene, END + 5 * MINUTE)
    seal_all(scene)
    scene.at(scene.post("roundup").due_at)
    work(scene)
    return scene


def paper(scene: Scene, name: str) -> bytes:
    return (folder_of(scene.office, scene.interview) / PAPERS[name]).read_bytes()


def evidence(scene: Scene) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(paper(scene, "evidence"))
    return found


def test_the_folder_is_named_for_year_and_number_and_holds_every_paper(filed: Scene) -> None:
    folder = folder_of(filed.office, filed.interview)
    assert folder == filed.office.practice.files / "2024-01"
    assert {path.name for path in folder.iterdir()} == set(PAPERS.values())


def test_the_transcript_holds_every_question_and_answer_in_both_forms(filed: Scene) -> None:
    script = latest_script(filed.office, filed.interview)
    assert script is not None
    page, text = paper(filed, "transcript").decode(), paper(filed, "transcript_text").decode()
    for section in script.questions():
        for words in (section.question, section.answer, section.asker):
            assert words in text
        assert section.question in page


def test_the_script_is_a_word_document_with_every_answer(filed: Scene) -> None:
    document = Document(BytesIO(paper(filed, "script")))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    words += "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    script = latest_script(filed.office, filed.interview)
    assert script is not None
    assert all(section.answer in words for section in script.sections)


def test_the_workbook_lists_every_comment_with_its_topic(filed: Scene) -> None:
    book = load_workbook(BytesIO(paper(filed, "clusters")))
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None]
    for wordings in CONCERNS.values():
        assert set(wordings) <= set(cells)


def test_the_post_texts_are_those_that_went_out(filed: Scene) -> None:
    texts = paper(filed, "posts").decode()
    assert all(text in texts for text in filed.platform.texts())


def test_the_evidence_leads_from_each_question_to_its_comments_seals_and_attempts(filed: Scene) -> None:
    found = evidence(filed)
    stored = {comment.id for comment in filed.store.comments.of(1)}
    assert len(found["selections"]) == len(CONCERNS)
    assert all(set(item["speaks_for"]) <= stored for item in found["selections"])
    posts = {post["key"]: post for post in found["posts"]}
    for post in filed.store.outbox.posts():
        kept = posts[post.key]
        assert (kept["platform_id"], kept["text"], kept["hash"]) == (post.platform_id, post.text, post.hash)
        assert [attempt["outcome"] for attempt in kept["attempts"]] == ["Posted"]
        bodies = {
            seal["body"] for seal in found["seals"] if seal["subject"] == post.key and seal["hash"] == post.hash
        }
        assert bodies == {"data-centre", "media-centre"}


def test_the_evidence_says_what_was_due_and_how_complete_the_questions_are(filed: Scene) -> None:
    found = evidence(filed)
    duties = {duty["id"] for duty in found["duties"]}
    assert {"preview", "channel-close", "interview", "unanswered"} <= duties
    assert found["completeness"]["stored"] == len(filed.store.comments.of(1))
    assert found["interview"]["topic"] == filed.interview.topic


def test_before_there_is_a_script_the_folder_holds_what_there_is(scene: Scene) -> None:
    announced(scene)
    folder = write_folder(scene.office, scene.interview)
    assert {path.name for path in folder.iterdir()} == {"evidence.json", "posts.txt", "clusters.xlsx"}


def test_writing_the_folder_again_changes_nothing(filed: Scene) -> None:
    folder = folder_of(filed.office, filed.interview)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    write_folder(filed.office, filed.interview)
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {name for name in before if before[name] != after[name]} <= {"evidence.json"}


def test_numbers_of_people_are_masked_in_the_transcript(scene: Scene) -> None:
    script = drafted(scene)
    told = [
        replace(section, answer=f"请联系网格员，电话13812345678，{section.answer}")
        if section.slot == "question 1"
        else section
        for section in script.sections
    ]
    write(scene.office, scene.interview, told, by=LEAD)
    submit(scene.office, scene.interview, by=LEAD, override="专题短访谈")
    seal_all(scene)
    scene.at(START)
    work(scene)
    play(scene, START + 15 * MINUTE)
    folder = write_folder(scene.office, scene.interview)
    for name in ("transcript", "transcript_text"):
        text = (folder / PAPERS[name]).read_text("utf-8")
        assert "请联系网格员" in text
        assert "13812345678" not in text
