"""`microblog script …`: from chosen questions to a script handed in for review."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from microblog.cli.command import Command, new_app
from microblog.cli.desk import open_desk
from microblog.cli.parameters import ByLogin, Json, Number, words_of
from microblog.cli.screen import one_line, say, show_json, show_table
from microblog.domain.errors import InvalidInput, NotFound
from microblog.domain.interview import Interview
from microblog.domain.script import Script
from microblog.papers.script_docx import script_from_docx, script_to_docx
from microblog.service.draft import build, check, latest_script, section_of, submit, write
from microblog.service.office import Office

app = new_app("访谈稿：起草、填写、核对、导入导出、送审。")

_CLIPPED = 40  # characters of a section in a table


@app.command("build", cls=Command)
def build_script(number: Number, *, by: ByLogin) -> None:
    """按选定的问题起草访谈稿，答复留空；已有稿件则不动。"""
    office = open_desk()
    script = build(office, office.store.interviews.get(number), by=by)
    say(f"访谈稿第 {script.version} 版（{script.state.chinese}），{len(script.questions())} 个问题待答")


@app.command("show", cls=Command)
def show(number: Number, as_json: Json = False) -> None:
    """显示最新一版访谈稿各节。"""
    script = _script(open_desk(), number)
    if as_json:
        show_json(script)
        return
    rows = [
        (section.slot, section.kind.chinese, one_line(section.question, _CLIPPED), one_line(section.answer, _CLIPPED))
        for section in script.sections
    ]
    show_table(("位置", "类别", "提问", "答复"), rows, title=f"第 {script.version} 版（{script.state.chinese}）")


def _script(office: Office, number: int) -> Script:
    script = latest_script(office, office.store.interviews.get(number))
    if script is None:
        raise NotFound(f"第 {number} 号访谈还没有访谈稿，请先用 microblog script build {number} 起草")
    return script


@app.command("check", cls=Command)
def check_script(number: Number, as_json: Json = False) -> None:
    """核对字数、答复和提问原话；有问题时退出码为 1。"""
    office = open_desk()
    found = check(office, office.store.interviews.get(number), _script(office, number))
    wrong = found.chinese()
    if as_json:
        show_json({"counted": found.counted, "strict": found.strict, "minimum": found.minimum, "wrong": wrong})
    else:
        say(f"全文 {found.counted} 字，其中汉字 {found.strict} 个，规定不少于 {found.minimum} 字")
        for line in wrong or ("可以送审",):
            say(line)
    if wrong:
        raise typer.Exit(1)


@app.command("answer", cls=Command)
def answer(
    number: Number,
    slot: Annotated[str, typer.Argument(metavar="位置", help="如“question 3”，见 microblog script show。")],
    *,
    text: Annotated[str, typer.Option("--text", metavar="文字", help="答复；@文件名 表示取文件内容。")],
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="答复单位；不写则不变。")] = "",
    speaker: Annotated[str, typer.Option("--speaker", metavar="姓名", help="答复人；不写则不变。")] = "",
    by: ByLogin,
) -> None:
    """填写或修改一节的文字；已送审的稿件会另存为新版，只有改动的一节须重新盖章。"""
    office = open_desk()
    script = _script(office, number)
    old = section_of(script, slot)
    new = replace(old, answer=words_of(text), unit=unit or old.unit, speaker=speaker or old.speaker)
    sections = [new if section.slot == slot else section for section in script.sections]
    written = write(office, office.store.interviews.get(number), sections, by=by)
    say(f"已写入第 {written.version} 版“{slot}”")


@app.command("export", cls=Command)
def export(
    number: Number,
    out: Annotated[Path, typer.Argument(metavar="文件", help="要写的 docx 文件。")],
) -> None:
    """把最新一版访谈稿存为 Word 文件。"""
    office = open_desk()
    out.write_bytes(script_to_docx(_script(office, number), office.store.interviews.get(number)))
    say(f"已写到 {out}，改好后用 microblog script import {number} {out} 读回")


@app.command("import", cls=Command)
def import_script(
    number: Number,
    file: Annotated[Path, typer.Argument(metavar="文件", help="在 Word 里改好的 docx 文件。")],
    *,
    by: ByLogin,
) -> None:
    """读回改好的 Word 文件；没有改动的各节，盖章仍然有效。"""
    office = open_desk()
    before = _script(office, number)
    sections = script_from_docx(_data(file), before, author=by)
    after = write(office, office.store.interviews.get(number), sections, by=by)
    known = {section.slot: section.hash for section in before.sections}
    changed = [section.slot for section in after.sections if known.get(section.slot) != section.hash]
    removed = sorted(set(known) - {section.slot for section in after.sections})
    say(f"已读回为第 {after.version} 版；改动：{_listed(changed)}；删去：{_listed(removed)}")


def _data(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as wrong:
        raise InvalidInput(f"读不了文件 {file}，请检查路径和权限") from wrong


def _listed(slots: list[str]) -> str:
    return "、".join(slots) or "无"


@app.command("submit", cls=Command)
def submit_script(
    number: Number,
    *,
    override: Annotated[
        str, typer.Option("--override", metavar="原因", help="字数不足仍要送审的原因，记入稿件。")
    ] = "",
    by: ByLogin,
) -> None:
    """送审：同时排好开场和答复微博，审核单位盖章的就是要发出的原文。"""
    office = open_desk()
    interview = office.store.interviews.get(number)
    script = submit(office, interview, by=by, override=override)
    say(f"访谈稿第 {script.version} 版已送审；{_posts(office, interview)}，请各审核单位用 microblog review {number}")


def _posts(office: Office, interview: Interview) -> str:
    return f"发布清单共 {len(office.store.outbox.posts(interview=interview.id))} 条"
