"""The words of simulated netizens: concerns, chatter and noise in the measured mixture, never twice by accident.

The shares are those measured on 6,319 comments under 17 posts of 2019 (length 4/17/60/134 at 10/50/90/99 %).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from microblog.sandbox.voices import Concern, Voices

QUESTION_LIKE = re.compile(r"[？?]|吗|怎么|什么时候|请问|能不能|可不可以|是不是|有没有|为什么|多久|几时|如何")
QUESTION_SHARE = 0.21
"""Of all comments; openers and strings of sentences bring it to the measured 26 %."""
REPOSTS, PICTURES, MENTIONS_ONLY, CODES_ONLY, CHAINS, STOCK = 0.023, 0.004, 0.023, 0.017, 0.006, 0.04
COPIES, NEAR_COPIES = 0.006, 0.01
WITH_CODES, WITH_MENTION, WITH_EMOJI, WITH_TOPIC, WITH_PHONE = 0.12, 0.02, 0.016, 0.004, 0.004
WITH_OPENER, WITH_CLOSER = 0.2, 0.15
LONG, VERY_LONG = 0.28, 0.08

_STOCK = ("关注", "支持", "同问", "顶", "加油", "蹲", "呵呵", "赞", "已阅", "路过", "点赞", "等回复", "收到", "来了")
_PICTURE_WORDS = ("图片评论", "图片评论 评论配图")
_EMOJI = ("😂", "👍", "🙏", "😡", "❤️", "🔥", "😭", "👏")
_ENDINGS = ("", "", "", "！", "。", "~", "！！", "…", "。。。", "啊", "呢", "哦")
_QUESTION_ENDINGS = ("", "", "", "？", "？", "?", "？？", "啊")
_FINAL_MARKS = "。！？?!~…，,"


@dataclass(frozen=True, slots=True)
class Words:
    """One comment's text; concern: the id of what it is about, empty for talk."""

    text: str
    concern: str = ""


class Speaker:
    """Draws texts, one call each, from a random source of its own."""

    def __init__(self, voices: Voices, random: Random) -> None:
        self._voices = voices
        self._random = random
        self._said: list[Words] = []
        self._used: set[str] = set()
        self._concerns = voices.concerns
        self._weights = [concern.weight for concern in voices.concerns]
        self._about = _concern_share(self._concerns, self._weights)

    def say(self) -> Words:
        """The next comment."""
        words = self._draw()
        self._said.append(words)
        self._used.add(words.text)
        return words

    def _draw(self) -> Words:
        draw = self._random.random()
        for share, make in self._kinds():
            draw -= share
            if draw < 0:
                return make()
        return self._fresh()

    def _kinds(self) -> Iterator[tuple[float, Callable[[], Words]]]:
        """What is said besides fresh texts, with its share of all comments."""
        choice = self._random.choice
        yield REPOSTS, lambda: Words("转发微博")
        yield PICTURES, lambda: Words(choice(_PICTURE_WORDS))
        yield MENTIONS_ONLY, lambda: Words(" ".join(self._mentions(3)))
        yield CODES_ONLY, lambda: Words(self._codes())
        yield STOCK, lambda: Words(choice(_STOCK))
        yield COPIES, self._copy
        yield NEAR_COPIES, self._near_copy
        yield CHAINS, self._chain

    def _fresh(self) -> Words:
        """A text nobody has said (if twenty tries find one), about a concern or not."""
        about = self._random.random() < self._about
        concern = self._random.choices(self._concerns, self._weights)[0] if about else None
        front, back = self._marks()  # drawn once, or the search for a new text would favour the marked ones
        for attempt in range(20):
            text = front + self._typed(self._body(concern, attempt // 5), question=about) + back
            if text not in self._used:
                break
        return Words(text, concern.id if concern else "")

    def _body(self, concern: Concern | None, more: int) -> str:
        """One sentence, or a string of them; more: sentences on top of what is drawn."""
        pool = concern.wordings if concern else self._voices.chatter
        draw = self._random.random()
        more += 4 if draw < VERY_LONG else 2 if draw < LONG else 0
        parts = self._random.sample(pool, min(len(pool), 1 + more))
        if more and concern:
            parts[-1] = self._random.choice(self._voices.chatter)
        text = "，".join(part.rstrip(_FINAL_MARKS) for part in parts[:-1])
        return f"{text}，{parts[-1]}" if text else parts[0]

    def _typed(self, text: str, *, question: bool) -> str:
        """The same words as one person would type them: opener, final marks, closer."""
        draw = self._random.random
        asks = question and QUESTION_LIKE.search(text) is not None
        typed = text.rstrip(_FINAL_MARKS) + self._random.choice(_QUESTION_ENDINGS if asks else _ENDINGS)
        if question and draw() < WITH_OPENER:
            typed = self._random.choice(self._voices.openers) + typed
        if question and draw() < WITH_CLOSER:
            typed = f"{typed}，{self._random.choice(self._voices.closers).lstrip('，')}"
        if question and draw() < WITH_PHONE / self._about:
            typed += f" 电话13800000{self._random.randrange(1000):03d}"
        return typed

    def _marks(self) -> tuple[str, str]:
        """What is put before and behind a text: a topic or a mention; codes and emoji."""
        draw = self._random.random
        front = f"#{self._voices.topic}#" if draw() < WITH_TOPIC else ""
        if draw() < WITH_MENTION:
            front += f"{self._mentions(1)[0]} "
        back = self._codes() if draw() < WITH_CODES else ""
        return front, back + (self._random.choice(_EMOJI) if draw() < WITH_EMOJI else "")

    def _codes(self) -> str:
        code = self._random.choice(self._voices.emoji_codes)
        other = self._random.choice(self._voices.emoji_codes)
        return self._random.choice((code, code, code * 2, code * 3, code + other))

    def _mentions(self, most: int) -> list[str]:
        return [f"@{nickname(self._voices, self._random)}" for _ in range(self._random.randint(1, most))]

    def _chain(self) -> Words:
        words = self._random.choice(self._said) if self._said else self._fresh()
        remark = self._random.choice(self._voices.chatter)
        return Words(f"{remark}//{self._mentions(1)[0]}:{words.text}", words.concern)

    def _copy(self) -> Words:
        return self._random.choice(self._said) if self._said else self._fresh()

    def _near_copy(self) -> Words:
        long = [words for words in self._said[-300:] if len(words.text) >= 12]
        if not long:
            return self._fresh()
        words = self._random.choice(long)
        cut = self._random.randrange(len(words.text))
        return Words(words.text[:cut] + words.text[cut + 1 :], words.concern)


def _concern_share(concerns: Sequence[Concern], weights: list[float]) -> float:
    """How much of the fresh talk must be about concerns for the measured part of all comments to be questions."""
    asking = sum(
        weight * sum(QUESTION_LIKE.search(w) is not None for w in concern.wordings) / len(concern.wordings)
        for concern, weight in zip(concerns, weights, strict=True)
    )
    fresh = 1 - REPOSTS - PICTURES - MENTIONS_ONLY - CODES_ONLY - STOCK - CHAINS - COPIES - NEAR_COPIES
    return min(0.9, QUESTION_SHARE / fresh * sum(weights) / asking) if asking else 0.5


def nickname(voices: Voices, random: Random) -> str:
    """A nickname: one of the file's, alone, with digits, or joined with another."""
    one, other = random.choice(voices.nicknames), random.choice(voices.nicknames)
    return random.choice((one, f"{one}{random.randrange(10_000)}", f"{one}_{random.randrange(100)}", f"{one}{other}"))
