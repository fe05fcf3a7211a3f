"""Collecting, grouping and choosing from the command line."""

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.conftest import QUESTIONS, Scene


def test_collect_reports_what_is_held_against_what_the_platform_counts(scene: Scene) -> None:
    scene.ask()
    said = scene.run("collect", 1)
    assert "平台计数 8，已存 8（现存 8、已删 0、迟到 0），看不到 0" in said.out
    assert len(scene.office.store.comments.of(1)) == len(QUESTIONS)


def test_collect_in_its_long_form_gives_json(scene: Scene) -> None:
    scene.ask()
    answer = scene.run("collect", "run", 1, "--full", "--json").json
    assert [(sweep["full"], sweep["new"]) for sweep in answer["sweeps"]] == [(True, 8)]
    assert answer["ledger"]["unseen"] == 0
    assert scene.run("collect", 1, "--json").json["sweeps"][0]["new"] == 0


def test_options_may_stand_before_the_number(scene: Scene) -> None:
    scene.ask()
    assert scene.run("collect", "--full", 1, "--json").json["sweeps"][0]["full"] is True


def test_collect_before_the_preview_says_there_is_nothing_to_read(scene: Scene) -> None:
    scene.plan()
    assert "还没有发出" in scene.run("collect", 1).out


def test_topics_need_a_grouping_first(scene: Scene) -> None:
    scene.ask()
    scene.run("collect", 1)
    assert "microblog group 1" in scene.run("topics", 1, code=1).err
    numbers = scene.run("group", 1, "--json").json
    assert numbers["remarks"] == 8
    assert "8 条留言" in scene.run("group", 1).out


def test_topics_are_listed_with_those_asked_most_first(scene: Scene) -> None:
    scene.collect()
    topics = scene.run("topics", 1, "--json").json
    assert [topic["askers"] for topic in topics] == sorted((topic["askers"] for topic in topics), reverse=True)
    assert topics[0]["name"] in scene.run("topics", 1).out


def test_the_shortlist_quotes_real_words_and_gives_reasons(scene: Scene) -> None:
    scene.collect()
    offered = scene.run("shortlist", 1, "--json").json
    assert {one["quote"] for one in offered["candidates"]} <= {text for _, text in QUESTIONS}
    shown = scene.run("shortlist", 1).out
    assert offered["coverage_line"] in shown
    assert offered["candidates"][0]["quote"] in shown


def test_what_is_dropped_keeps_its_reason(scene: Scene) -> None:
    scene.collect()
    offered = scene.run("shortlist", 1, "--json").json["candidates"]
    group = offered[0]["question"]
    chosen = scene.run("select", 1, "--by", "分析员", "--drop", f"{group}=不属本区职责", "--json").json
    assert len(chosen) == len(offered) - 1
    assert {one["chosen_by"] for one in chosen} == {"分析员"}
    left = {one.group: one.reason for one in scene.office.store.questions.left_out(1)}
    assert left[group] == "不属本区职责"


def test_a_group_that_was_not_offered_cannot_be_dropped(scene: Scene) -> None:
    scene.collect()
    assert "nosuch" in scene.run("select", 1, "--by", "分析员", "--drop", "nosuch=没有", code=1).err
    assert scene.office.store.questions.selections(1) == []


def test_select_shows_what_was_chosen_and_what_comes_next(scene: Scene) -> None:
    scene.collect()
    said = scene.run("select", 1, "--by", "分析员").out
    assert "script build 1" in said
    assert scene.office.store.questions.selections(1)[0].quote in said


def test_the_clusters_are_exported_as_a_workbook(scene: Scene, tmp_path: Path) -> None:
    scene.collect()
    scene.run("export", 1, "clusters", "out.xlsx")
    book = load_workbook(tmp_path / "out.xlsx", read_only=True)
    texts = {row[3] for row in book["问题明细"].iter_rows(min_row=2, values_only=True)}
    book.close()
    assert {text for _, text in QUESTIONS} <= texts


def test_there_is_nothing_to_export_before_grouping(scene: Scene, tmp_path: Path) -> None:
    scene.plan()
    assert "microblog group 1" in scene.run("export", 1, "clusters", "out.xlsx", code=1).err
    assert not (tmp_path / "out.xlsx").exists()
