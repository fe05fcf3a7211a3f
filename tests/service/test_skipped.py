"""A question skipped at the event is listed everywhere and counted nowhere."""

import json
from io import BytesIO

import pytest
from openpyxl import load_workbook

from microblog.service.choice import Choice, choice_board, coverage_of
from microblog.service.filing import clusters_paper, transcript_of, write_folder
from microblog.service.follow_up import answered_threads
from microblog.service.live import skip
from microblog.service.outbox import cancel
from microblog.service.select import share_spoken_for
from microblog.service.skipped import skipped_questions
from tests.shared import MINUTE, OPERATOR, START, Scene, play, sealed

REASON = "与另一问重复"
FIRST = "interview 1 · answer 1"


@pytest.fixture
def skipping(scene: Scene) -> Scene:
    """The first of the chosen questions is left out as the event begins."""
    sealed(scene)
    scene.at(START)
    skip(scene.office, scene.interview, FIRST, by=OPERATOR, reason=REASON)
    return scene


def test_before_anything_is_skipped_nothing_is_listed(scene: Scene) -> None:
    assert skipped_questions(scene.office, sealed(scene)) == ()
    assert share_spoken_for(scene.office, scene.interview) == 1.0


def test_a_skipped_question_is_listed_with_its_reason(skipping: Scene) -> None:
    (one,) = skipped_questions(skipping.office, skipping.interview)
    section = skipping.store.reviews.scripts(1)[-1].questions()[0]
    assert (one.rank, one.question, one.asker, one.askers) == (1, section.question, section.asker, section.askers)
    assert (one.comment, one.reason) == (section.comment, REASON)


def test_nobody_is_spoken_for_by_a_skipped_question(skipping: Scene) -> None:
    first, *rest = skipping.store.questions.selections(1)
    everyone = first.askers + sum(one.askers for one in rest)
    assert share_spoken_for(skipping.office, skipping.interview) == pytest.approx(1 - first.askers / everyone)
    coverage = coverage_of(skipping.office, skipping.interview, Choice())
    assert (coverage.questions, coverage.spoken, coverage.everyone) == (len(rest), everyone - first.askers, everyone)
    assert choice_board(skipping.office, skipping.interview).skipped[0].reason == REASON


def test_an_answer_cancelled_part_by_part_is_skipped_as_well_and_half_a_one_is_not(scene: Scene) -> None:
    sealed(scene, 300)
    parts = [post.key for post in scene.store.outbox.posts(interview=1) if post.key.startswith(f"{FIRST} ")]
    assert len(parts) > 1
    cancel(scene.office, parts[0], by=OPERATOR, reason="不发了")
    assert skipped_questions(scene.office, scene.interview) == ()
    for key in parts[1:]:
        cancel(scene.office, key, by=OPERATOR, reason="不发了")
    assert [one.reason for one in skipped_questions(scene.office, scene.interview)] == ["不发了"]


def test_the_closing_post_and_the_record_count_it_as_open(skipping: Scene) -> None:
    first, *rest = skipping.store.questions.selections(1)
    play(skipping, START + 15 * MINUTE)
    assert len(answered_threads(skipping.office, skipping.interview)) == len(rest)
    counts = transcript_of(skipping.office, skipping.interview).counts
    assert (counts.answered, counts.pending) == (len(rest), len(first.speaks_for))


def test_the_filing_folder_lists_it(skipping: Scene) -> None:
    first = skipping.store.questions.selections(1)[0]
    folder = write_folder(skipping.office, skipping.interview)
    evidence = json.loads((folder / "evidence.json").read_text("utf-8"))
    assert [(one["comment"], one["reason"]) for one in evidence["skipped"]] == [(first.comment, REASON)]
    book = load_workbook(BytesIO(clusters_paper(skipping.office, skipping.interview)))
    left_out = [[str(cell.value) for cell in row] for row in book["未入选"]]
    assert [first.quote, str(first.askers), f"现场跳过：{REASON}"] in [row[:3] for row in left_out]
    chosen = [str(row[6].value) for row in book["归类总览"]]
    assert f"（现场跳过）{first.quote}" in chosen
