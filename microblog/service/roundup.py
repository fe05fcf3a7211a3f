"""The roundup's three sections (G18): policy files, work updates and press coverage, entered by hand and sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from microblog.domain.errors import InvalidInput, NotAllowed, NotFound
from microblog.domain.interview import Interview, InterviewState
from microblog.domain.material import Material, MaterialKind
from microblog.service.dates import bodies_of
from microblog.service.office import Office
from microblog.service.public_words import sealed_materials
from microblog.service.shown import masked

TITLE_MOST, SOURCE_MOST, LINK_MOST = 140, 60, 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry as a person fills it in. day: `2024-04-26`, or empty."""

    kind: str
    title: str
    link: str
    source: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the console shows it. missing: the bodies whose seal it still needs."""

    material: Material
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicMaterial:
    """An entry as the public may see it."""

    title: str
    link: str
    source: str
    day: date | None


def add_material(office: Office, interview: Interview, wanted: Wanted, *, by: str) -> Material:
    """Enter something. Raises InvalidInput on a field that makes no sense, NotAllowed for a cancelled interview."""
    if interview.state is InterviewState.CANCELLED:
        raise NotAllowed(f"第{interview.no}期已取消，没有汇总")
    made = office.store.materials.add(_checked(office, interview, wanted, by))
    office.note(by, "material-add", made.subject, kind=made.kind.value)
    return made


def change_material(office: Office, interview: Interview, number: int, wanted: Wanted, *, by: str) -> Material:
    """Give an entry other words; they are not shown until they are sealed. Raises NotFound, InvalidInput."""
    before = material_of(office, interview, number)
    after = _checked(office, interview, wanted, by).evolve(id=before.id)
    if after.hash != before.hash:
        office.store.materials.save(after)
        office.note(by, "material-change", after.subject, kind=after.kind.value)
    return office.store.materials.get(number)


def remove_material(office: Office, interview: Interview, number: int, *, by: str) -> Material:
    """Take an entry out. Raises NotFound."""
    gone = material_of(office, interview, number)
    office.store.materials.remove(number)
    office.note(by, "material-remove", gone.subject, kind=gone.kind.value)
    return gone


def material_of(office: Office, interview: Interview, number: int) -> Material:
    """An entry of this interview's roundup. Raises NotFound."""
    found = office.store.materials.get(number)
    if found.interview != interview.id:
        raise NotFound(f"第{interview.no}期没有编号为 {number} 的汇总材料，请刷新页面查看")
    return found


def material_facts(office: Office, number: int) -> dict[str, Any] | None:
    """What is recorded of an entry; None where there is none."""
    try:
        found = office.store.materials.get(number)
    except NotFound:
        return None
    day = found.day.isoformat() if found.day else ""
    return {
        "kind": found.kind.chinese,
        "title": found.title,
        "source": found.source,
        "day": day,
        "link": found.link,
    }


def roundup_board(office: Office, interview: Interview) -> dict[MaterialKind, list[Line]]:
    """Every entry by section, and whose seal it waits for."""
    materials = office.store.materials.of(interview.id)
    bodies, seals = bodies_of(office, interview), office.store.reviews.seals({one.subject for one in materials})
    given = {(seal.subject, seal.hash, seal.body) for seal in seals}
    lines = [
        Line(one, tuple(body for body in bodies if (one.subject, one.hash, body) not in given)) for one in materials
    ]
    return {kind: [line for line in lines if line.material.kind is kind] for kind in MaterialKind}


def public_roundup(office: Office, interview: Interview) -> Mapping[str, tuple[PublicMaterial, ...]]:
    """The sealed entries by the Chinese name of their section; empty sections are there too, to be named."""
    shown = sealed_materials(office, interview)
    return {
        kind.chinese: tuple(
            PublicMaterial(masked(one.title), one.link, masked(one.source), one.day)
            for one in shown
            if one.kind is kind
        )
        for kind in MaterialKind
    }


def empty_sections(office: Office, interview: Interview) -> tuple[str, ...]:
    """The sections nobody has entered anything for."""
    entered = {one.kind for one in office.store.materials.of(interview.id)}
    return tuple(kind.chinese for kind in MaterialKind if kind not in entered)


def _checked(office: Office, interview: Interview, wanted: Wanted, by: str) -> Material:
    title, source = " ".join(wanted.title.split()), " ".join(wanted.source.split())
    if wanted.kind not in {kind.value for kind in MaterialKind}:
        raise InvalidInput("请选择栏目：政策文件、工作动态或媒体报道")
    if not 0 < len(title) <= TITLE_MOST:
        raise InvalidInput(f"标题须有 1 至 {TITLE_MOST} 个字，现在是 {len(title)} 个，请修改后保存")
    if len(source) > SOURCE_MOST:
        raise InvalidInput(f"来源最多 {SOURCE_MOST} 个字，请缩短后保存")
    return Material(
        interview=interview.id,
        kind=MaterialKind(wanted.kind),
        title=title,
        link=_link(wanted.link.strip()),
        by=by,
        at=office.clock.now(),
        source=source,
        day=_day(wanted.day.strip()),
    )


def _link(link: str) -> str:
    """A web address and nothing else: it becomes a link on a public page. Raises InvalidInput."""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    plain = len(link) <= LINK_MOST and not any(letter.isspace() or letter in "<>\"'\\" for letter in link)
    if parts.scheme not in ("http", "https") or "." not in host or parts.username is not None or not plain:
        raise InvalidInput("链接须是 http:// 或 https:// 开头的完整网址，请从浏览器地址栏复制")
    return link


def _day(day: str) -> date | None:
    try:
        return date.fromisoformat(day) if day else None
    except ValueError as error:
        raise InvalidInput("发布日期请写成 2024-04-26 的样子，或留空") from error
