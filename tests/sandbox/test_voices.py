"""The netizens' words are data: what a reader of the files may rely on."""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

SMALLEST = {  # concerns, wordings per concern, wordings in all
    "fire-safety": (26, 13, 340),
    "heritage-tourism": (25, 12, 300),
}
TOPICS = sorted(SMALLEST)
NOT_SAID = re.compile(r"[\W_]+")
HALF_WIDTH = re.compile(r"[,;:!?()\"']")
BRACKET_CODE = re.compile(r"\[[^\[\]]+\]")


def voices(name: str) -> dict[str, Any]:
    path = files("microblog") / "sandbox" / "voices" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def wordings(spoken: dict[str, Any]) -> list[str]:
    return [wording for concern in spoken["concern"] for wording in concern["wordings"]]


def cleaned(text: str) -> str:
    """The text without marks and white space: about what cleaning leaves to compare."""
    return NOT_SAID.sub("", text).lower()


def repeated(texts: list[str]) -> list[str]:
    return sorted({text for text in texts if texts.count(text) > 1})


def pairs(text: str) -> Iterator[str]:
    plain = cleaned(text)
    return (plain[i : i + 2] for i in range(len(plain) - 1))


@pytest.mark.parametrize("name", TOPICS)
def test_there_are_enough_concerns_and_wordings(name: str) -> None:
    concerns, each, total = SMALLEST[name]
    spoken = voices(name)
    assert len(spoken["concern"]) >= concerns
    assert min(len(concern["wordings"]) for concern in spoken["concern"]) >= each
    assert len(wordings(spoken)) >= total


@pytest.mark.parametrize("name", TOPICS)
def test_no_two_wordings_or_chatter_lines_are_the_same_after_cleaning(name: str) -> None:
    spoken = voices(name)
    assert repeated([cleaned(text) for text in wordings(spoken) + spoken["chatter"]["lines"]]) == []


@pytest.mark.parametrize("name", TOPICS)
def test_concerns_have_unique_slugs_and_titles(name: str) -> None:
    concerns = voices(name)["concern"]
    assert repeated([concern["id"] for concern in concerns]) == []
    assert repeated([concern["title"] for concern in concerns]) == []
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", concern["id"]) for concern in concerns)


@pytest.mark.parametrize("name", TOPICS)
def test_a_few_concerns_are_asked_by_most_people(name: str) -> None:
    weights = sorted((concern["weight"] for concern in voices(name)["concern"]), reverse=True)
    assert weights[-1] >= 1
    assert sum(weights[:5]) > sum(weights) * 0.4
    assert sum(weights[:16]) > sum(weights) * 0.8


@pytest.mark.parametrize("name", TOPICS)
def test_most_wordings_share_a_piece_of_speech_with_several_siblings(name: str) -> None:
    for concern in voices(name)["concern"]:
        said = [frozenset(pairs(wording)) for wording in concern["wordings"]]
        related = [sum(bool(one & other) for other in said) - 1 for one in said]
        assert sum(count >= 3 for count in related) > 0.6 * len(said), concern["id"]


@pytest.mark.parametrize("name", TOPICS)
def test_lengths_run_from_a_few_characters_to_a_story(name: str) -> None:
    lengths = sorted(len(wording) for wording in wordings(voices(name)))
    assert lengths[0] >= 6
    assert lengths[-1] <= 120
    assert sum(length <= 12 for length in lengths) >= 30
    assert sum(length >= 60 for length in lengths) >= 15


@pytest.mark.parametrize("name", TOPICS)
def test_some_ask_with_a_question_mark_and_more_without(name: str) -> None:
    said = wordings(voices(name))
    marked = sum("？" in wording for wording in said)
    assert 20 <= marked < len(said) / 2


@pytest.mark.parametrize("name", TOPICS)
def test_wordings_carry_no_noise_of_their_own(name: str) -> None:
    """Codes, mentions and links are the sandbox's to add, in the measured proportions."""
    spoken = voices(name)
    for text in wordings(spoken) + spoken["chatter"]["lines"]:
        assert text == text.strip()
        assert not re.search(r"[@#\[\]]|https?:", text), text
        assert not HALF_WIDTH.search(text), text


@pytest.mark.parametrize("name", TOPICS)
def test_chatter_and_nicknames_are_many_and_distinct(name: str) -> None:
    spoken = voices(name)
    nicknames = spoken["noise"]["nicknames"]
    assert len(spoken["chatter"]["lines"]) >= 120
    assert len(nicknames) >= 200
    assert repeated(nicknames) == []
    assert not any(re.search(r"[\s@#:：,，/]", nickname) for nickname in nicknames)


@pytest.mark.parametrize("name", TOPICS)
def test_noise_is_complete(name: str) -> None:
    noise = voices(name)["noise"]
    assert all(BRACKET_CODE.fullmatch(code) for code in noise["emoji_codes"])
    for kind in ("emoji_codes", "openers", "closers"):
        assert len(noise[kind]) >= 15
        assert repeated(noise[kind]) == []


@pytest.mark.parametrize("name", TOPICS)
def test_the_topic_and_its_keywords_are_named(name: str) -> None:
    spoken = voices(name)
    said = "".join(wordings(spoken))
    assert spoken["topic"]
    assert all(keyword in said for keyword in spoken["keywords"])
