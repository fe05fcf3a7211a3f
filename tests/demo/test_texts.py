"""What the lead unit says in the demo: complete, real, and long enough for the script's gate."""

import re
import tomllib
from importlib.resources import files
from itertools import combinations
from typing import Any

import pytest

from microblog.text.count import word_count

ANSWER_LENGTHS = {"fire-safety": range(240, 331), "heritage-tourism": range(200, 301)}
TOPICS = sorted(ANSWER_LENGTHS)
LONG_ANSWER = range(900, 961)
SCRIPT_MINIMUM = 8000
COPIED = 15  # this many equal characters in a row are a repeated sentence, not a coincidence
BESIDE_CHINESE = re.compile(r"[\u3400-\u9fff][,;:!?()\"'.]|[,;:!?()\"'.][\u3400-\u9fff]")


def load(folder: str, name: str) -> dict[str, Any]:
    path = files("microblog").joinpath(*folder.split("/")) / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def texts(name: str) -> dict[str, Any]:
    return load("demo/texts", name)


def said(value: object) -> list[str]:
    """Every string of a document, addresses apart."""
    if isinstance(value, str):
        return [] if value.startswith("https://") else [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in said(part)]


def shared_run(one: str, other: str) -> str:
    """A run of COPIED characters that stands in both texts, or nothing."""
    runs = (one[i : i + COPIED] for i in range(len(one) - COPIED + 1))
    return next((run for run in runs if run in other), "")


def remarks_length(written: dict[str, Any]) -> int:
    background = [text for pair in written["background"] for text in (pair["question"], pair["answer"])]
    return sum(map(word_count, [written["opening_remarks"], *background, written["closing_remarks"]]))


@pytest.mark.parametrize("name", TOPICS)
def test_every_concern_has_exactly_one_answer(name: str) -> None:
    asked = sorted(concern["id"] for concern in load("sandbox/voices", name)["concern"])
    assert sorted(answer["concern"] for answer in texts(name)["answer"]) == asked


@pytest.mark.parametrize("name", TOPICS)
def test_answers_are_neither_a_word_nor_an_essay(name: str) -> None:
    lengths = {answer["concern"]: word_count(answer["text"]) for answer in texts(name)["answer"]}
    lengths.pop("e-bike-charging", None)
    assert {concern: n for concern, n in lengths.items() if n not in ANSWER_LENGTHS[name]} == {}


def test_one_answer_is_long_enough_to_need_many_parts() -> None:
    [answer] = [one for one in texts("fire-safety")["answer"] if one["concern"] == "e-bike-charging"]
    assert word_count(answer["text"]) in LONG_ANSWER


@pytest.mark.parametrize("name", TOPICS)
def test_no_sentence_is_said_twice(name: str) -> None:
    written = texts(name)
    spoken = [answer["text"] for answer in written["answer"]]
    spoken += [pair["answer"] for pair in written["background"]]
    spoken += [written["opening_remarks"], written["closing_remarks"]]
    assert [run for pair in combinations(spoken, 2) if (run := shared_run(*pair))] == []


@pytest.mark.parametrize("name", TOPICS)
def test_who_answers_is_a_guest_and_speaks_for_the_guests_unit(name: str) -> None:
    written = texts(name)
    unit_of = {guest["name"]: guest["unit"] for guest in written["guest"]}
    assert all(unit_of[answer["speaker"]] == answer["unit"] for answer in written["answer"])
    assert {answer["speaker"] for answer in written["answer"]} == set(unit_of)


@pytest.mark.parametrize("name", TOPICS)
def test_host_and_guests_are_introduced_in_the_opening(name: str) -> None:
    written = texts(name)
    people = [written["host"]["name"], *(guest["name"] for guest in written["guest"])]
    assert len(set(people)) == len(people)
    assert all(guest["name"] in written["opening_remarks"] for guest in written["guest"])


@pytest.mark.parametrize("name", TOPICS)
def test_remarks_keep_to_their_lengths(name: str) -> None:
    written = texts(name)
    assert 120 <= word_count(written["introduction"]) <= 300
    assert 300 <= word_count(written["opening_remarks"]) <= 500
    assert 150 <= word_count(written["closing_remarks"]) <= 300
    assert 200 <= word_count(written["follow_up"]["summary"]) <= 400
    assert 3 <= len(written["background"]) <= 4
    assert all(350 <= word_count(pair["answer"]) <= 500 for pair in written["background"])


def test_sixteen_average_answers_pass_the_length_gate_without_their_questions() -> None:
    written = texts("fire-safety")
    answers = [word_count(answer["text"]) for answer in written["answer"]]
    assert remarks_length(written) + 16 * sum(answers) / len(answers) > SCRIPT_MINIMUM


def test_the_answers_to_the_sixteen_commonest_concerns_pass_it_with_margin() -> None:
    concerns = sorted(load("sandbox/voices", "fire-safety")["concern"], key=lambda one: -one["weight"])
    asked = {concern["id"] for concern in concerns[:16]}
    written = texts("fire-safety")
    answers = sum(word_count(answer["text"]) for answer in written["answer"] if answer["concern"] in asked)
    assert remarks_length(written) + answers > SCRIPT_MINIMUM * 1.05


@pytest.mark.parametrize("name", TOPICS)
def test_chinese_text_has_no_half_width_marks(name: str) -> None:
    assert [text for text in said(texts(name)) if BESIDE_CHINESE.search(text)] == []


@pytest.mark.parametrize("name", TOPICS)
def test_quotation_marks_are_paired(name: str) -> None:
    for text in said(texts(name)):
        assert text.count("“") == text.count("”"), text
        assert text.count("《") == text.count("》"), text


@pytest.mark.parametrize("name", TOPICS)
def test_the_follow_up_names_what_who_and_by_when(name: str) -> None:
    written = texts(name)
    units = {guest["unit"] for guest in written["guest"]}
    rectification = written["follow_up"]["rectification"]
    assert 4 <= len(rectification) <= 6
    assert all(task["item"] and task["owner"] in units and task["days"] >= 1 for task in rectification)


@pytest.mark.parametrize("name", TOPICS)
def test_the_roundup_links_nowhere_real(name: str) -> None:
    follow_up = texts(name)["follow_up"]
    links = [*follow_up["policy_files"], *follow_up["work_updates"], *follow_up["press"]]
    assert len(links) >= 6
    assert all(re.match(r"https://[a-z.]+\.example/", link["url"]) and link["title"] for link in links)


@pytest.mark.parametrize("name", TOPICS)
def test_hours_are_a_span_of_one_afternoon(name: str) -> None:
    span = re.fullmatch(r"(\d\d):00-(\d\d):00", texts(name)["hours"])
    assert span is not None
    assert int(span[1]) < int(span[2])
