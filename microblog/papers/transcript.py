"""The transcript (图文实录): what was asked and said, in order, with the time and link of each post.

Built from the sealed words; the posts say when each was published, and which answers are not out yet. What is not
on the platform is not in the record: such a question stands there as pending.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from microblog.domain.interview import Interview
from microblog.domain.period import SHANGHAI
from microblog.domain.post import Post, PostKind, PostState
from microblog.domain.script import Section, SectionKind
from microblog.papers.characters import in_plain_sight, on_one_line
from microblog.papers.facts import facts, printed_day
from microblog.papers.script_form import HOST, NETIZEN

_LABEL_MARKS = str.maketrans("[]“”", "［］‘’")

Mask = Callable[[str], str]
"""Stars phone and identity numbers (A25)."""


class EntryKind(StrEnum):
    """What an utterance is."""

    REMARK = "remark"  # opening and closing words
    QUESTION = "question"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Entry:
    """One utterance. slot: the section it belongs to. at: aware, None where nothing was posted for it.

    netizen: the speaker is an asker from outside. askers: how many people the question speaks for.
    link: address of the post, empty where unknown.
    """

    slot: str
    kind: EntryKind
    speaker: str
    text: str
    at: datetime | None = None
    unit: str = ""
    link: str = ""
    netizen: bool = False
    askers: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of the closing post. share: of the askers, 0 to 1. rest_by: until when the rest is answered."""

    received: int
    answered: int
    pending: int
    share: float | None = None
    rest_by: date | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """Everything a transcript says. account: the name that answers on the platform, without `@`."""

    interview: Interview
    entries: tuple[Entry, ...]
    counts: Counts
    account: str


class TextForm(StrEnum):
    """How a transcript stands as plain text (domain reference, sections 8 and 9)."""

    PAIRS = "pairs"  # 1、“昵称”：question / “账号”：answer
    BRACKETS = "brackets"  # [主持人]words [15:00:12]


def transcript_entries(
    sections: Sequence[Section], posts: Sequence[Post] | None = None, *, link: Callable[[Post], str] = lambda _: ""
) -> tuple[Entry, ...]:
    """The utterances of a script, in its order.

    posts: those of the interview in any order; None for an interview that is not posted, whose answers all stand.
    An answer of which a part is not on the platform is left out. link: the public address of a post.
    """
    return tuple(entry for section in sections for entry in _entries(section, posts, link))


def _entries(section: Section, posts: Sequence[Post] | None, link: Callable[[Post], str]) -> list[Entry]:
    own = posts_of(section, posts or ())
    out = bool(own) and all(post.state.on_platform for post in own)
    at = own[0].posted_at if out else None
    netizen = section.kind is SectionKind.QUESTION
    # On a posted interview only a netizen's question has posts of its own; the host's words frame them.
    said = bool(section.answer.strip()) and (out or posts is None or not netizen)
    asks = netizen or bool(section.question)
    found = []
    if asks:
        found.append(_asked(section, at))
    if said:
        kind = EntryKind.ANSWER if asks else EntryKind.REMARK
        address = link(own[0]) if out else ""
        found.append(Entry(section.slot, kind, section.speaker or HOST, section.answer, at, section.unit, address))
    return found


def _asked(section: Section, at: datetime | None) -> Entry:
    netizen = section.kind is SectionKind.QUESTION
    return Entry(
        slot=section.slot,
        kind=EntryKind.QUESTION,
        speaker=section.asker if netizen else HOST,
        text=section.question,
        at=at,
        netizen=netizen,
        askers=section.askers,
    )


def posts_of(section: Section, posts: Sequence[Post]) -> list[Post]:
    """The posts that carry a section, in their order, cancelled ones left out."""
    carried = (post for post in posts if post.state is not PostState.CANCELLED and _carries(post, section))
    return sorted(carried, key=lambda post: (post.order, post.key))


def _carries(post: Post, section: Section) -> bool:
    if section.kind is SectionKind.QUESTION:
        name = f"interview {post.interview} · answer {section.rank}"
        return post.kind is PostKind.ANSWER and (post.key == name or post.key.startswith(f"{name} · "))
    wanted = {SectionKind.OPENING: PostKind.OPENING, SectionKind.CLOSING: PostKind.CLOSING}.get(section.kind)
    return post.kind is wanted


def transcript_text(transcript: Transcript, *, mask: Mask, form: TextForm = TextForm.PAIRS) -> str:
    """The transcript as plain text, ending in a line feed; numbers of persons masked."""
    write = _pairs if form is TextForm.PAIRS else _brackets
    lines = [f"【访谈实录】{transcript.interview.topic}"]
    lines += [f"{title}：{value}" for title, value in facts(transcript.interview)[1:]]
    lines += ["", *write(transcript), "", counts_line(transcript.counts)]
    return "\n".join(shown(line, mask) for line in lines) + "\n"


def shown(text: str, mask: Mask) -> str:
    """The words as the public may see them. Hidden characters go first, or they would hide a number from the mask."""
    return mask(in_plain_sight(text))


def counts_line(counts: Counts) -> str:
    """The figures as the closing post says them."""
    line = f"共收到网友提问{counts.received}条，已答复{counts.answered}条"
    line += f"，代表了{counts.share:.0%}的提问网友" if counts.share is not None else ""
    if not counts.pending:
        return f"{line}。"
    until = f"将于{printed_day(counts.rest_by)}前" if counts.rest_by else "将陆续"
    return f"{line}；其余{counts.pending}条{until}答复。"


def stamp(at: datetime, held: date | None) -> str:
    """Shanghai time to the second; with its day where that is not the interview's own."""
    local = at.astimezone(SHANGHAI)
    clock = f"{local:%H:%M:%S}"
    return clock if local.date() == held else f"{local:%Y-%m-%d} {clock}"


def _pairs(transcript: Transcript) -> list[str]:
    lines = []
    number = 0
    answered = {entry.slot for entry in transcript.entries if entry.kind is EntryKind.ANSWER}
    for entry in transcript.entries:
        if entry.kind is not EntryKind.QUESTION:
            speaker = transcript.account if entry.kind is EntryKind.ANSWER else entry.speaker
            lines.append(f"“{_name(speaker)}”：{entry.text}")
            continue
        number += entry.netizen
        place = f"{number}、" if entry.netizen else ""
        lines.append(f"{place}“{_name(entry.speaker)}”：{on_one_line(entry.text)}{_also(entry)}")
        if entry.slot not in answered:
            lines.append(f"“{_name(transcript.account)}”：（待答复）")
    return lines


def _brackets(transcript: Transcript) -> list[str]:
    lines = []
    for entry in transcript.entries:
        netizen = f"{NETIZEN} " if entry.netizen else ""
        words = on_one_line(entry.text) + _also(entry) if entry.kind is EntryKind.QUESTION else entry.text
        time = f" [{stamp(entry.at, transcript.interview.date)}]" if entry.at else ""
        lines.append(f"[{netizen}{_name(entry.speaker)}]{words}{time}")
    return lines


def _also(entry: Entry) -> str:
    return f"（{entry.askers}位网友问到）" if entry.askers > 1 else ""


def _name(speaker: str) -> str:
    """The name with its own brackets and quotes changed: a nickname must not close the label it stands in."""
    return on_one_line(speaker).translate(_LABEL_MARKS) or "匿名"
