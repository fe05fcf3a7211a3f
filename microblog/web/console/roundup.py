"""The roundup: what is gathered for its three sections, and the papers of the filing folder."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Path
from fastapi.responses import Response

from microblog.domain.interview import Interview, InterviewState
from microblog.domain.material import MaterialKind
from microblog.domain.people import Act
from microblog.service.filing import PAPERS, folder_of, roundup_paper, write_folder
from microblog.service.queries import collecting
from microblog.service.roundup import (
    LINK_MOST,
    SOURCE_MOST,
    TITLE_MOST,
    Wanted,
    add_material,
    change_material,
    material_facts,
    remove_material,
    roundup_board,
)
from microblog.service.script_files import WORD
from microblog.service.skipped import skipped_questions
from microblog.web.console.choosing import Line, Mark, choosing
from microblog.web.desk import Desk, Looking, acting

router = APIRouter(prefix="/console/roundup", include_in_schema=False)

Filing = Annotated[Desk, Depends(acting(Act.FILE))]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Field = Annotated[str, Form(max_length=1000)]
OVER = (InterviewState.ENDED, InterviewState.FILED)


def asked_material(
    kind: Field = "", title: Field = "", link: Field = "", source: Field = "", day: Field = ""
) -> Wanted:
    """An entry from the form's fields."""
    return Wanted(kind, title, link, source, day)


Asked = Annotated[Wanted, Depends(asked_material)]


@router.get("")
def choose(desk: Looking) -> Response:
    """The interviews, with how many entries each has."""
    lines = [Line(one.interview, [_entered(desk, one.interview)]) for one in collecting(desk.office)]
    return choosing(desk, "汇总", "/console/roundup", ["材料"], lines)


@router.get("/{number}")
def show(desk: Looking, number: Number) -> Response:
    """Every section with its entries, the form for another, and the papers."""
    interview = desk.office.store.interviews.get(number)
    return desk.page(
        "console/roundup.html",
        interview=interview,
        sections=roundup_board(desk.office, interview),
        kinds=list(MaterialKind),
        skipped=skipped_questions(desk.office, interview),
        over=interview.state in OVER,
        folder=folder_of(desk.office, interview).name,
        papers=list(PAPERS.values()),
        may_file=desk.user.may(Act.FILE),
        most={"title": TITLE_MOST, "source": SOURCE_MOST, "link": LINK_MOST},
    )


@router.get("/{number}/docx")
def export(desk: Looking, number: Number) -> Response:
    """The roundup as a Word document, as it may be shown now."""
    interview = desk.office.store.interviews.get(number)
    name = quote(f"第{interview.no}期访谈汇总.docx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(roundup_paper(desk.office, interview), media_type=WORD, headers=headers)


@router.post("/{number}")
def add(desk: Filing, number: Number, wanted: Asked) -> Response:
    """Another entry."""
    interview = desk.office.store.interviews.get(number)
    with desk.change("material-add", interview.name, lambda: roundup_facts(desk, number)):
        made = add_material(desk.office, interview, wanted, by=desk.name)
    return desk.back(f"/console/roundup/{number}", f"已加入{made.kind.chinese}，审核盖章后公布")


@router.post("/{number}/file")
def file(desk: Filing, number: Number) -> Response:
    """Write every paper of the filing folder anew."""
    interview = desk.office.store.interviews.get(number)
    with desk.change("file", interview.name):
        folder = write_folder(desk.office, interview)
    return desk.back(f"/console/roundup/{number}", f"备案材料已重新生成，在 {folder.name} 文件夹")


@router.post("/{number}/{material}")
def change(desk: Filing, number: Number, material: Number, wanted: Asked) -> Response:
    """Other words for an entry."""
    interview = desk.office.store.interviews.get(number)
    subject = f"{interview.name} · material {material}"
    with desk.change("material-change", subject, lambda: material_facts(desk.office, material)):
        change_material(desk.office, interview, material, wanted, by=desk.name)
    return desk.back(f"/console/roundup/{number}", "已保存，改过的文字须重新盖章后公布")


@router.post("/{number}/{material}/remove")
def remove(desk: Filing, number: Number, material: Number) -> Response:
    """An entry less."""
    interview = desk.office.store.interviews.get(number)
    subject = f"{interview.name} · material {material}"
    with desk.change("material-remove", subject, lambda: material_facts(desk.office, material)):
        gone = remove_material(desk.office, interview, material, by=desk.name)
    return desk.back(f"/console/roundup/{number}", f"已删去：{gone.title}")


def roundup_facts(desk: Desk, number: int) -> dict[str, object]:
    """Every entry in words."""
    return {"materials": [one.printed() for one in desk.office.store.materials.of(number)]}


def _entered(desk: Desk, interview: Interview) -> list[Mark]:
    """How many entries there are, and of them how many wait for a seal."""
    lines = [line for found in roundup_board(desk.office, interview).values() for line in found]
    waiting = sum(bool(line.missing) for line in lines)
    return [Mark(f"{len(lines)} 条")] * bool(lines) + [Mark(f"{waiting} 条待盖章", "wait")] * bool(waiting)
