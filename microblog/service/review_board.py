"""What a reviewing body has to read, and what is sealed by whom."""

from dataclasses import dataclass

from microblog.domain.errors import NotAllowed
from microblog.domain.interview import Interview
from microblog.domain.script import Rejection, ScriptState
from microblog.service.dates import bodies_of
from microblog.service.draft import latest_script
from microblog.service.marks import Piece
from microblog.service.office import Office
from microblog.service.public_words import Pending
from microblog.service.review import pending
from microblog.service.script_board import difference
from microblog.service.shown import post_title


@dataclass(frozen=True, slots=True)
class Words:
    """Words waiting for a body. before: the same section in the version before, where they differ.

    own: written by the reader, who may not seal them. pieces: the words, what changed since marked.
    """

    item: Pending
    title: str
    pieces: tuple[Piece, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class ReviewBoard:
    """waiting: by body, how much it still has to read. words: what the reader's own body has to read."""

    interview: Interview
    bodies: tuple[str, ...]
    waiting: dict[str, int]
    words: tuple[Words, ...]
    body: str | None
    version: int
    state: ScriptState | None
    rejections: tuple[Rejection, ...]

    @property
    def may_reject(self) -> bool:
        """Whether a script waits for review."""
        return self.state is ScriptState.SUBMITTED

    @property
    def sealable(self) -> int:
        """How many of the words the reader did not write."""
        return sum(not one.own for one in self.words)


def review_board(office: Office, interview: Interview, *, body: str | None, by: str) -> ReviewBoard:
    """body: the one the reader seals for, None for who only looks: then the words the first body has to read."""
    bodies = bodies_of(office, interview)
    shown = body if body in bodies else bodies[0]
    scripts = office.store.reviews.scripts(interview.id)
    script = latest_script(office, interview)
    before = scripts[-2] if len(scripts) > 1 else None
    old = {before.subject(section): section for section in before.sections} if before else {}
    new = {script.subject(section): section for section in script.sections} if script else {}
    words = []
    for item in pending(office, interview, shown):
        pieces: tuple[Piece, ...] = (Piece(item.text, False),)
        if item.subject in old and item.subject in new:
            pieces = difference(item.subject, old[item.subject], new[item.subject]).after
        words.append(Words(item, title_of(item.subject), pieces, item.author == by))
    return ReviewBoard(
        interview=interview,
        bodies=bodies,
        waiting={one: len(pending(office, interview, one)) for one in bodies},
        words=tuple(words),
        body=body if body in bodies else None,
        version=script.version if script else 0,
        state=script.state if script else None,
        rejections=tuple(office.store.reviews.rejections([f"{interview.name} · script"])),
    )


def title_of(subject: str) -> str:
    """What words are, in Chinese: `访谈稿 · 网友提问 3`, `微博 · 答复 3 · 第 2 段`."""
    _, _, name = subject.partition(" · ")
    if name == "introduction" or name.startswith("material "):
        return post_title(subject)
    if not name.startswith("script · "):
        return f"微博 · {post_title(subject)}"
    return f"访谈稿 · {slot_title(name.removeprefix('script · '))}"


def slot_title(slot: str) -> str:
    """What a section is, in Chinese: `网友提问 3`."""
    kind, _, number = slot.partition(" ")
    return f"{SLOTS.get(kind, kind)} {number}".strip()


SLOTS = {"opening": "开场", "background": "主持人提问", "question": "网友提问", "closing": "结束语"}


def check_read(board: ReviewBoard, read: dict[str, str]) -> list[str]:
    """The subjects to seal. read: subject → hash of the words that were shown.

    Raises NotAllowed when the words are others by now: nobody seals what they have not seen.
    """
    hashes = {one.item.subject: one.item.hash for one in board.words}
    changed = next((subject for subject, seen in read.items() if hashes.get(subject) != seen), None)
    if changed is not None:
        raise NotAllowed(f"“{title_of(changed)}”刚被修改或已盖章，请刷新页面重新核对")
    return list(read)
