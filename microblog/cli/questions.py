"""Grouping questions and choosing representative ones."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from microblog.cli.command import Command, new_app
from microblog.cli.desk import open_desk
from microblog.cli.parameters import By, Dropped, Json, Number, parse_dropped
from microblog.cli.screen import one_line, say, show_json, show_table
from microblog.domain.errors import InvalidInput, NotFound
from microblog.domain.interview import Interview
from microblog.service.filing import clusters_paper
from microblog.service.group import grouping_of, propose, regroup
from microblog.service.office import Office
from microblog.service.select import select as choose
from microblog.text.groups import Grouping

app = new_app("归类与选题。")

_QUOTED = 60  # characters of a question in a table


@app.command("group", cls=Command)
def group(number: Number, as_json: Json = False) -> None:
    """把现有提问重新归类；同样的提问总得到同样的结果。"""
    office = open_desk()
    grouping = regroup(office, office.store.interviews.get(number))
    numbers = {
        "remarks": len(grouping.placements),
        "topics": len(grouping.topics),
        "questions": sum(len(topic.questions) for topic in grouping.topics),
    }
    if as_json:
        show_json(numbers)
        return
    say(f"{numbers['remarks']} 条留言归为 {numbers['topics']} 个话题、{numbers['questions']} 组问题")


@app.command("topics", cls=Command)
def topics(number: Number, as_json: Json = False) -> None:
    """列出话题，提问人数多的在前。"""
    office = open_desk()
    grouping = _grouping(office, office.store.interviews.get(number))
    if as_json:
        show_json([topic.as_json() for topic in grouping.topics])
        return
    rows = [
        (
            topic.id,
            topic.name,
            str(topic.askers),
            str(topic.size),
            str(len(topic.questions)),
            "、".join(topic.keywords),
        )
        for topic in grouping.topics
    ]
    show_table(("编号", "话题", "人数", "条数", "问题组", "关键词"), rows, empty="还没有可归类的留言")


def _grouping(office: Office, interview: Interview) -> Grouping:
    grouping = grouping_of(office, interview)
    if grouping is None:
        raise NotFound(f"第 {interview.id} 号访谈还没有归类，请先用 microblog group {interview.id}")
    return grouping


@app.command("shortlist", cls=Command)
def shortlist(number: Number, as_json: Json = False) -> None:
    """列出推荐的代表性问题和推荐理由。"""
    office = open_desk()
    interview = office.store.interviews.get(number)
    offered = propose(office, interview)
    quotes = {comment.id: comment.text for comment in office.store.comments.of(interview.id)}
    if as_json:
        listed = offered.as_json()
        quoted = [{**one, "quote": quotes[one["remark_id"]]} for one in listed["candidates"]]
        show_json({**listed, "candidates": quoted})
        return
    rows = [
        (str(one.rank), one.question, one_line(quotes[one.remark_id], _QUOTED), str(one.askers), one.reason)
        for one in offered.candidates
    ]
    show_table(("序", "问题组", "原话", "人数", "理由"), rows, empty="还没有可推荐的提问")
    say(offered.coverage_line)


@app.command("select", cls=Command)
def select(
    number: Number,
    by: By,
    drop: Annotated[
        list[Dropped] | None,
        typer.Option("--drop", metavar="问题组=原因", parser=parse_dropped, help="不选这一组并说明原因，可多次。"),
    ] = None,
    as_json: Json = False,
) -> None:
    """选定推荐的代表性问题，去掉 --drop 的；没选的也留下原因和答复期限。"""
    office = open_desk()
    interview = office.store.interviews.get(number)
    dropped = {one.question: one.reason for one in drop or ()}
    unknown = sorted(set(dropped) - {one.question for one in propose(office, interview).candidates})
    if unknown:
        raise InvalidInput(f"推荐里没有问题组 {'、'.join(unknown)}，请对照 microblog shortlist {number}")
    chosen = choose(office, interview, by=by, drop=dropped)
    if as_json:
        show_json(chosen)
        return
    rows = [(str(one.rank), one.asker, one_line(one.quote, _QUOTED), str(one.askers)) for one in chosen]
    show_table(("序", "网友", "问题", "代表人数"), rows, empty="没有选定任何问题")
    say(f"已选定 {len(chosen)} 个问题，下一步：microblog script build {number}")


class Paper(StrEnum):
    """What can be exported."""

    CLUSTERS = "clusters"


@app.command("export", cls=Command)
def export(
    number: Number,
    paper: Annotated[Paper, typer.Argument(metavar="内容", help="clusters：归类结果。")],
    out: Annotated[Path, typer.Argument(metavar="文件", help="要写的 xlsx 文件。")],
) -> None:
    """把归类结果存为 Excel 文件：话题、每条留言、未入选的和完整性。"""
    office = open_desk()
    interview = office.store.interviews.get(number)
    _grouping(office, interview)
    out.write_bytes(PAPERS[paper](office, interview))
    say(f"已写到 {out}")


PAPERS = {Paper.CLUSTERS: clusters_paper}
