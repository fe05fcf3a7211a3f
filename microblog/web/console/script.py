"""The script: edited beside the netizens' own words, checked, compared, handed in, taken to Word and back."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Path, Query, Request, UploadFile
from fastapi.responses import Response
from starlette.datastructures import FormData

from microblog.domain.errors import InvalidInput
from microblog.domain.interview import Interview
from microblog.domain.people import Act
from microblog.service.draft import build, latest_script, submit
from microblog.service.review_board import slot_title
from microblog.service.script_board import (
    Edit,
    add_background,
    differences,
    edit,
    remove,
    script_board,
    sealed_count,
)
from microblog.service.script_files import WORD, script_as_word, script_from_word
from microblog.web.console.choosing import by_comments
from microblog.web.desk import Desk, Looking, acting
from microblog.web.uploads import checked

router = APIRouter(prefix="/console/script", include_in_schema=False)

Drafting = Annotated[Desk, Depends(acting(Act.DRAFT))]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Version = Annotated[int, Query(ge=1, le=10_000)]
Word = Annotated[str, Form(max_length=200)]


async def asked_edits(request: Request) -> list[Edit]:
    """The sections as the form has them."""
    return edits_in(await request.form())


@router.get("")
def choose(desk: Looking) -> Response:
    """The interviews, those to be worked on first."""
    return by_comments(desk, "访谈稿", "/console/script")


@router.get("/{number}")
def show(desk: Looking, number: Number, version: Annotated[int | None, Query(ge=1, le=10_000)] = None) -> Response:
    """A version of the script, the newest unless one is named."""
    interview = desk.office.store.interviews.get(number)
    board = script_board(desk.office, interview, version)
    may_draft = desk.user.may(Act.DRAFT)
    chosen = desk.office.store.questions.selections(number)
    return desk.page(
        "console/script.html",
        interview=interview,
        board=board,
        may_draft=may_draft,
        chosen=chosen,
        slot_title=slot_title,
        sealed_count=sealed_count,
    )


@router.get("/{number}/diff")
def compare(desk: Looking, number: Number, before: Version = 1, after: Version = 1) -> Response:
    """What differs between two versions."""
    interview = desk.office.store.interviews.get(number)
    found = differences(desk.office, interview, before, after)
    return desk.page(
        "console/script_diff.html",
        interview=interview,
        before=before,
        after=after,
        differences=found,
        slot_title=slot_title,
    )


@router.get("/{number}/docx")
def export(desk: Looking, number: Number) -> Response:
    """The newest version as a Word document."""
    interview = desk.office.store.interviews.get(number)
    name, content = script_as_word(desk.office, interview)
    return Response(
        content, media_type=WORD, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    )


@router.post("/{number}/docx")
def take_in(desk: Drafting, number: Number, file: Annotated[UploadFile | None, File()] = None) -> Response:
    """Read an edited Word document back; untouched sections keep their seals."""
    if file is None or not file.filename:
        raise InvalidInput("请先选择改好的 Word 文件")
    interview, content = desk.office.store.interviews.get(number), checked(file, {".docx"})
    with desk.change("import-script", interview.name, lambda: script_facts(desk, interview)):
        after, changed = script_from_word(desk.office, interview, content, by=desk.name)
    return desk.back(f"/console/script/{number}", f"已读回为第{after.version}版，改动 {changed} 节")


@router.post("/{number}/build")
def begin(desk: Drafting, number: Number) -> Response:
    """The first version, from the chosen questions."""
    interview = desk.office.store.interviews.get(number)
    with desk.change("draft", interview.name, lambda: script_facts(desk, interview)):
        script = build(desk.office, interview, by=desk.name)
    return desk.back(f"/console/script/{number}", f"已起草第{script.version}版，请填写答复")


@router.post("/{number}")
def save(desk: Drafting, number: Number, edits: Annotated[list[Edit], Depends(asked_edits)]) -> Response:
    """Keep what was changed."""
    interview = desk.office.store.interviews.get(number)
    with desk.change("write", interview.name, lambda: script_facts(desk, interview)):
        script = edit(desk.office, interview, edits, by=desk.name)
    return desk.back(f"/console/script/{number}", f"已保存，第{script.version}版")


@router.post("/{number}/add")
def add(desk: Drafting, number: Number, after: Word = "") -> Response:
    """Another question of the host's, after a section."""
    interview = desk.office.store.interviews.get(number)
    with desk.change("write", interview.name, lambda: script_facts(desk, interview)):
        add_background(desk.office, interview, after=after, by=desk.name)
    return desk.back(f"/console/script/{number}", "已加入一节主持人提问，请填写")


@router.post("/{number}/remove")
def take_out(desk: Drafting, number: Number, slot: Word = "") -> Response:
    """A section less."""
    interview = desk.office.store.interviews.get(number)
    with desk.change("write", interview.name, lambda: script_facts(desk, interview)):
        remove(desk.office, interview, slot, by=desk.name)
    return desk.back(f"/console/script/{number}", "已删去一节")


@router.post("/{number}/submit")
def hand_in(desk: Drafting, number: Number, override: Word = "") -> Response:
    """To the reviewing bodies. override: why it may be shorter than the minimum."""
    interview = desk.office.store.interviews.get(number)
    with desk.change("submit", interview.name, lambda: script_facts(desk, interview)):
        script = submit(desk.office, interview, by=desk.name, override=override.strip())
    return desk.back(f"/console/script/{number}", f"第{script.version}版已送审")


def script_facts(desk: Desk, interview: Interview) -> dict[str, object] | None:
    """Version, state, and the hash of every section."""
    script = latest_script(desk.office, interview)
    if script is None:
        return None
    hashes = {section.slot: section.hash[:12] for section in script.sections}
    return {"version": script.version, "state": script.state.value, "sections": hashes, "override": script.override}


def edits_in(form: FormData) -> list[Edit]:
    """Fields of every section: `was-SLOT`, `answer-SLOT`, `question-SLOT`, `unit-SLOT`, `speaker-SLOT`."""
    fields = {name: value.replace("\r\n", "\n") for name, value in form.items() if isinstance(value, str)}
    slots = [name.removeprefix("was-") for name in fields if name.startswith("was-")]
    return [
        Edit(
            slot=slot,
            was=fields[f"was-{slot}"],
            answer=fields.get(f"answer-{slot}", ""),
            question=fields.get(f"question-{slot}"),
            unit=fields.get(f"unit-{slot}", "").strip(),
            speaker=fields.get(f"speaker-{slot}", "").strip(),
        )
        for slot in slots
    ]
