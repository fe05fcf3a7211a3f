"""One self-contained page of a grouping: representatives, topics as bars, quotes, days; opens without a network."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader

from microblog.text.clean import mask, shown
from microblog.text.groups import Grouping, QuestionGroup, Topic
from microblog.text.kind import Kind
from microblog.text.remark import Remark
from microblog.text.shortlist import Shortlist

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_TOPICS, _QUESTIONS, _FLOODS, _DAYS = 40, 8, 20, 62  # what a person reads on one page
_KINDS = {
    Kind.QUESTION: "提问",
    Kind.SUGGESTION: "建议",
    Kind.COMPLAINT: "投诉",
    Kind.OTHER: "其他",
    Kind.EMPTY: "无内容",
}


def cluster_report(title: str, grouping: Grouping, chosen: Shortlist, remarks: Mapping[str, Remark]) -> str:
    """The page as HTML. remarks: by id; quotes are masked as for publication (A25)."""
    page = Environment(loader=PackageLoader("microblog.cli"), autoescape=True).get_template("cluster_report.html.j2")
    most = max((topic.askers for topic in grouping.topics), default=1)
    questions = sum(len(topic.questions) for topic in grouping.topics)
    return page.render(
        title=title,
        line=f"{len(remarks)} 条，{len(grouping.topics)} 个话题，{questions} 组问题；{chosen.coverage_line}",
        candidates=[
            {
                "rank": one.rank,
                "quote": _quote(remarks[one.remark_id]),
                "askers": one.askers,
                "reason": one.reason,
            }
            for one in chosen.candidates
        ],
        topics=[_topic(topic, most, remarks) for topic in grouping.topics[:_TOPICS]],
        more=max(0, len(grouping.topics) - _TOPICS),
        floods=[
            {"text": mask(shown(flood.text)), "copies": flood.copies, "askers": flood.askers}
            for flood in grouping.floods[:_FLOODS]
        ],
    )


def _topic(topic: Topic, most: int, remarks: Mapping[str, Remark]) -> dict[str, Any]:
    return {
        "name": topic.name,
        "keywords": topic.keywords,
        "askers": topic.askers,
        "size": topic.size,
        "kind": _KINDS[topic.kind],
        "width": max(1, round(100 * topic.askers / most)),
        "days": list(_days(topic, remarks)),
        "questions": [_question(question, remarks) for question in topic.questions[:_QUESTIONS]],
        "rest": max(0, len(topic.questions) - _QUESTIONS),
    }


def _question(question: QuestionGroup, remarks: Mapping[str, Remark]) -> dict[str, Any]:
    return {
        "quote": _quote(remarks[question.best]),
        "askers": question.askers,
        "size": len(question.members),
        "likes": question.likes,
    }


def _days(topic: Topic, remarks: Mapping[str, Remark]) -> Iterator[dict[str, Any]]:
    """Every day from the first to the last, with its count; at most the last two months."""
    members = (remarks[member] for question in topic.questions for member in question.members)
    count = Counter(remark.time.astimezone(_SHANGHAI).date() for remark in members if remark.time)
    if not count:
        return
    highest, last = max(count.values()), max(count)
    day = max(min(count), last - timedelta(days=_DAYS - 1))
    while day <= last:
        yield {"date": day.isoformat(), "count": count[day], "height": round(40 * count[day] / highest)}
        day += timedelta(days=1)


def _quote(remark: Remark) -> str:
    return mask(shown(remark.text))
