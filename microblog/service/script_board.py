"""The script side by side with what was asked: sections, findings, versions, seals."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from microblog.domain.errors import InvalidInput, NotAllowed, NotFound
from microblog.domain.interview import Interview
from microblog.domain.question import Comment, Selection
from microblog.domain.script import Rejection, Script, Seal, Section, SectionKind
from microblog.service.dates import bodies_of
from microblog.service.draft import Findings, check, latest_script, section_of, write
from microblog.service.marks import Piece
from microblog.service.office import Office
from microblog.text.count import word_count


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section with what it answers. comment: the netizen's own words; seals: on exactly these words.

    count: characters as a word processor shows them. changed: differs from the version before.
    """

    section: Section
    comment: Comment | None
    selection: Selection | None
    seals: tuple[Seal, ...]
    count: int
    changed: bool

    def sealed_by(self, body: str) -> Seal | None:
        """The body's seal on these words."""
        return next((seal for seal in self.seals if seal.body == body), None)


@dataclass(frozen=True, slots=True)
class ScriptBoard:
    """One version of the script. newest: whether it may be edited."""

    interview: Interview
    script: Script
    lines: tuple[SectionLine, ...]
    findings: Findings
    versions: tuple[Script, ...]
    bodies: tuple[str, ...]
    rejections: tuple[Rejection, ...]
    newest: bool


def script_board(office: Office, interview: Interview, version: int | None = None) -> ScriptBoard | None:
    """A version, the newest unless named; None before there is a script. Raises NotFound."""
    versions = tuple(office.store.reviews.scripts(interview.id))
    if not versions:
        return None
    script = versions[-1] if version is None else _version(versions, version)
    before = next((one for one in reversed(versions) if one.version < script.version), None)
    selections = {one.comment: one for one in office.store.questions.selections(interview.id)}
    comments = {one.id: one for one in office.store.comments.of(interview.id) if one.id in _asked(script)}
    seals = office.store.reviews.seals({script.subject(section) for section in script.sections})
    return ScriptBoard(
        interview=interview,
        script=script,
        lines=tuple(
            SectionLine(
                section=section,
                comment=comments.get(section.comment),
                selection=selections.get(section.comment),
                seals=tuple(
                    one for one in seals if (one.subject, one.hash) == (script.subject(section), section.hash)
                ),
                count=word_count(section.printed()),
                changed=before is not None and _differs(before.section(section.slot), section),
            )
            for section in script.sections
        ),
        findings=check(office, interview, script),
        versions=versions,
        bodies=bodies_of(office, interview),
        rejections=tuple(office.store.reviews.rejections([f"{interview.name} · script"])),
        newest=script.version == versions[-1].version,
    )


def sealed_count(board: ScriptBoard, body: str) -> int:
    """How many sections a body has sealed as they stand."""
    return sum(line.sealed_by(body) is not None for line in board.lines)


def _asked(script: Script) -> set[str]:
    return {section.comment for section in script.sections if section.comment}


def _version(versions: Sequence[Script], number: int) -> Script:
    found = next((one for one in versions if one.version == number), None)
    if found is None:
        raise NotFound(f"没有第{number}版访谈稿，现有第1至第{versions[-1].version}版")
    return found


def _differs(before: Section | None, after: Section) -> bool:
    return before is None or before.hash != after.hash


@dataclass(frozen=True, slots=True)
class Edit:
    """What a form says of a section. was: hash of the words it was shown with."""

    slot: str
    was: str
    answer: str
    question: str | None = None
    unit: str = ""
    speaker: str = ""


def edit(office: Office, interview: Interview, edits: Sequence[Edit], *, by: str) -> Script:
    """Save what was changed in a form; sections nobody touched stay as they are, and so do their seals.

    Raises NotAllowed when someone else changed one of the same sections meanwhile: neither's words are lost.
    """
    script = _latest(office, interview)
    changed: dict[str, Section] = {}
    for one in edits:
        stored = section_of(script, one.slot)
        after = _after(stored, one)
        stale = stored.hash != one.was
        if after == stored or (stale and after.hash == one.was):
            continue
        if stale and after.hash != stored.hash:
            raise NotAllowed(f"“{one.slot}”刚被 {stored.author} 修改，您的改动没有保存；请复制后刷新页面再改")
        changed[one.slot] = after
    if not changed:
        return script
    sections = [changed.get(section.slot, section) for section in script.sections]
    return write(office, interview, sections, by=by)


def _after(stored: Section, one: Edit) -> Section:
    """The section as the form has it; a netizen's question is never typed, only chosen."""
    typed = one.question if stored.kind is SectionKind.BACKGROUND and one.question is not None else stored.question
    return replace(stored, answer=one.answer, question=typed, unit=one.unit, speaker=one.speaker)


def add_background(office: Office, interview: Interview, *, after: str, by: str) -> Script:
    """Put an empty question of the host's after a section. Raises NotAllowed right after the closing."""
    script = _latest(office, interview)
    place = script.sections.index(section_of(script, after)) + 1
    if script.sections[place - 1].kind is SectionKind.CLOSING:
        raise NotAllowed("结束语之后不能再加提问，请加在前面")
    numbers = [int(one.slot.split()[-1]) for one in script.sections if one.kind is SectionKind.BACKGROUND]
    fresh = Section(f"background {max(numbers, default=0) + 1}", SectionKind.BACKGROUND, unit=interview.lead or "")
    return write(office, interview, [*script.sections[:place], fresh, *script.sections[place:]], by=by)


def remove(office: Office, interview: Interview, slot: str, *, by: str) -> Script:
    """Take a section out. Raises NotAllowed for opening and closing."""
    script = _latest(office, interview)
    if section_of(script, slot).kind in (SectionKind.OPENING, SectionKind.CLOSING):
        raise NotAllowed("开场和结束语不能删去，可以改写")
    return write(office, interview, [one for one in script.sections if one.slot != slot], by=by)


def _latest(office: Office, interview: Interview) -> Script:
    script = latest_script(office, interview)
    if script is None:
        raise NotFound(f"第{interview.no}期还没有访谈稿，请先起草")
    return script


@dataclass(frozen=True, slots=True)
class Difference:
    """A section in two versions, what differs marked; empty where it is not in one of them."""

    slot: str
    kind: SectionKind
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def differences(office: Office, interview: Interview, before: int, after: int) -> list[Difference]:
    """The sections whose words differ, in the order of the later version, then those removed. Raises NotFound."""
    versions = office.store.reviews.scripts(interview.id)
    if not versions:
        raise NotFound(f"第{interview.no}期还没有访谈稿，请先起草")
    old, new = _version(versions, before), _version(versions, after)
    slots = [one.slot for one in new.sections] + [one.slot for one in old.sections if not new.section(one.slot)]
    return [
        difference(slot, old.section(slot), new.section(slot))
        for slot in slots
        if _words(old.section(slot)) != _words(new.section(slot))
    ]


def difference(slot: str, old: Section | None, new: Section | None) -> Difference:
    """What was taken out marked in the old words, what was put in marked in the new."""
    known = new or old
    if known is None:
        raise InvalidInput(f"两版都没有“{slot}”")
    one, other = _words(old), _words(new)
    before: list[Piece] = []
    after: list[Piece] = []
    for tag, start, end, begin, stop in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if end > start:
            before.append(Piece(one[start:end], tag != "equal"))
        if stop > begin:
            after.append(Piece(other[begin:stop], tag != "equal"))
    return Difference(slot, known.kind, tuple(before), tuple(after))


def _words(section: Section | None) -> str:
    return section.printed() if section else ""
