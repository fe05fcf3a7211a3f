"""`microblog script …` and `microblog review`: from chosen questions to sealed words."""

from pathlib import Path

import docx

from tests.cli.conftest import Scene


def test_a_script_is_built_once(scene: Scene) -> None:
    questions = scene.draft()
    assert f"第 1 版（草稿），{questions} 个问题待答" in scene.run("script", "build", 1).out
    assert len(scene.office.store.reviews.scripts(1)) == 1


def test_no_script_without_chosen_questions(scene: Scene) -> None:
    scene.collect()
    assert "先选题" in scene.run("script", "build", 1, code=1).err
    for command in ("show", "check"):
        assert "script build 1" in scene.run("script", command, 1, code=1).err


def test_check_names_what_is_wrong_and_exits_1(scene: Scene) -> None:
    scene.draft()
    said = scene.run("script", "check", 1, code=1).out
    assert "规定不少于 8000 字" in said
    assert "“question 1”还没有答复" in said
    assert "“opening”还没有答复" in scene.run("script", "check", 1, "--json", code=1).json["wrong"]


def test_an_answer_is_written_into_its_section(scene: Scene, tmp_path: Path) -> None:
    scene.draft()
    (tmp_path / "answer.txt").write_text("已经清理。\n\n每周巡查。", encoding="utf-8")
    given = ("--text", "@answer.txt", "--unit", "江岸街道", "--speaker", "许宁", "--by", "街道联络员")
    scene.run("script", "answer", 1, "question 1", *given)
    script = scene.run("script", "show", 1, "--json").json
    [section] = [one for one in script["sections"] if one["slot"] == "question 1"]
    assert (section["answer"], section["unit"], section["speaker"]) == (
        "已经清理。\n\n每周巡查。",
        "江岸街道",
        "许宁",
    )
    assert section["author"] == "街道联络员"
    assert "已经清理。 每周巡查。" in scene.run("script", "show", 1).out


def test_a_slot_that_is_not_there_is_named(scene: Scene) -> None:
    scene.draft()
    assert "现有：opening、question 1" in scene.run("script", "answer", 1, "question 99", "--text", "x", code=1).err


def test_a_script_goes_to_word_and_back(scene: Scene, tmp_path: Path) -> None:
    scene.answer()
    scene.run("script", "export", 1, "script.docx")
    document = docx.Document(str(tmp_path / "script.docx"))
    edited = next(one for one in document.paragraphs if "这是“question 1”的答复" in one.text)
    edited.runs[-1].text = "改过的答复：每周巡查一次。"
    document.save(str(tmp_path / "edited.docx"))
    said = scene.run("script", "import", 1, "edited.docx", "--by", "单位领导").out
    assert "改动：question 1；删去：无" in said
    section = scene.office.store.reviews.scripts(1)[-1].section("question 1")
    assert section is not None
    assert (section.answer, section.author) == ("改过的答复：每周巡查一次。", "单位领导")


def test_a_document_that_cannot_be_read_is_named(scene: Scene, tmp_path: Path) -> None:
    scene.draft()
    assert "absent.docx" in scene.run("script", "import", 1, "absent.docx", code=1).err
    (tmp_path / "note.docx").write_text("不是 Word", encoding="utf-8")
    assert "Word" in scene.run("script", "import", 1, "note.docx", code=1).err


def test_a_short_script_needs_a_reason(scene: Scene) -> None:
    scene.answer()
    assert "少于规定的8000字" in scene.run("script", "submit", 1, code=1).err
    said = scene.run("script", "submit", 1, "--override", "演练用短稿").out
    assert "已送审" in said
    assert scene.office.store.reviews.scripts(1)[-1].override == "演练用短稿"
    assert scene.office.store.outbox.find("interview 1 · answer 1 · part 1") is not None


def test_a_reviewer_reads_the_exact_words(scene: Scene) -> None:
    scene.submit()
    listed = scene.run("review", 1, "--as", "data-centre").out
    script = scene.office.store.reviews.scripts(1)[-1]
    assert all(section.printed() in listed for section in script.sections)
    assert all(post.text in listed for post in scene.office.store.outbox.posts() if post.state == "draft")
    waiting = scene.run("review", 1, "--as", "区城市数字治理中心", "--json").json
    assert f"共 {len(waiting)} 项待审" in listed


def test_both_seals_make_the_script_final(scene: Scene) -> None:
    scene.submit()
    scene.seal()
    assert scene.office.store.reviews.scripts(1)[-1].state == "final"
    assert "没有待审的文字" in scene.run("review", 1, "--as", "data-centre").out
    assert {post.state.value for post in scene.office.store.outbox.posts()} == {"posted", "sealed"}


def test_one_item_can_be_sealed_alone(scene: Scene) -> None:
    scene.submit()
    alone = ("review", 1, "--as", "media-centre", "--only", "1/opening")
    assert len(scene.run(*alone, "--json").json) == 1
    assert "已盖章 1 项" in scene.run(*alone, "--by", "乙审核", "--approve").out
    assert "没有待审的文字" in scene.run(*alone, code=1).err


def test_a_rejected_script_goes_back_with_the_note(scene: Scene) -> None:
    scene.submit()
    said = scene.run("review", 1, "--as", "media-centre", "--by", "乙审核", "--reject", "结束语请写明期限").out
    assert "已退回" in said
    assert scene.office.store.reviews.scripts(1)[-1].state == "rejected"
    [rejection] = scene.office.store.reviews.rejections(["interview 1 · script"])
    assert (rejection.by, rejection.note) == ("乙审核", "结束语请写明期限")


def test_nobody_seals_their_own_words(scene: Scene) -> None:
    scene.submit()
    assert "本人撰写" in scene.run("review", 1, "--as", "data-centre", "--by", "撰稿人", "--approve", code=1).err


def test_a_body_that_is_no_reviewer_is_told_who_is(scene: Scene) -> None:
    scene.plan()
    said = scene.run("review", 1, "--as", "lead-unit", code=1).err
    assert "data-centre（区城市数字治理中心）" in said
    assert "media-centre（区融媒体中心）" in said


def test_a_section_is_named_by_its_subject(scene: Scene) -> None:
    scene.submit()
    subject = "interview 1 · script · closing"
    [item] = scene.run("review", 1, "--as", "data-centre", "--only", subject, "--json").json
    assert item["subject"] == subject
    assert "没有待审的文字" in scene.run("review", 1, "--as", "data-centre", "--only", "开场白", code=1).err
