"""An interview's groups as rows for people: topics, every comment, and what was left out."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from microblog.domain.question import Comment, LeftOut, Selection
from microblog.papers.clusters_xlsx import CommentRow, LeftOutRow, TopicRow
from microblog.service.skipped import Skipped
from microblog.text.grouping import Grouping
from microblog.text.kind import Kind

KINDS = {
    Kind.QUESTION: "提问",
    Kind.SUGGESTION: "建议",
    Kind.COMPLAINT: "投诉",
    Kind.OTHER: "其他",
    Kind.EMPTY: "无内容",
}


def topic_rows(
    grouping: Grouping | None, selections: Iterable[Selection], skipped: Collection[str] = ()
) -> Iterator[TopicRow]:
    """Topics in the grouping's order, with the question chosen for each. skipped: comments left out at the event."""
    chosen = {one.topic: f"{'（现场跳过）' if one.comment in skipped else ''}{one.quote}" for one in selections}
    for topic in grouping.topics if grouping else ():
        likes = sum(question.likes for question in topic.questions)
        yield TopicRow(topic.name, topic.keywords, topic.size, topic.askers, likes, chosen.get(topic.id, ""))


def comment_rows(grouping: Grouping | None, comments: Iterable[Comment]) -> Iterator[CommentRow]:
    """Every comment held, by time, with its groups where it has any."""
    placements = {place.id: place for place in grouping.placements} if grouping else {}
    topics = {topic.id: topic.name for topic in grouping.topics} if grouping else {}
    questions = {group.id: group.name for topic in grouping.topics for group in topic.questions} if grouping else {}
    for comment in comments:
        place = placements.get(comment.id)
        yield CommentRow(
            id=comment.id,
            topic=topics.get((place.topic if place else None) or "", ""),
            question=questions.get((place.question if place else None) or "", ""),
            kind=KINDS[place.kind] if place else "本账号" if comment.own else "",
            text=comment.text,
            user=comment.user_name,
            likes=comment.likes,
            at=comment.created_at,
        )


def left_out_rows(grouping: Grouping | None, left_out: Iterable[LeftOut]) -> Iterator[LeftOutRow]:
    """Groups without a representative, named as in the grouping where they still exist."""
    names = {group.id: group.name for topic in grouping.topics for group in topic.questions} if grouping else {}
    for item in left_out:
        yield LeftOutRow(names.get(item.group, item.group), item.askers, item.reason, item.follow_up_by)


def skipped_rows(skipped: Iterable[Skipped], due: datetime | None) -> Iterator[LeftOutRow]:
    """Chosen questions that were left out at the event. due: until when they are to be answered."""
    for one in skipped:
        yield LeftOutRow(one.question, one.askers, f"现场跳过：{one.reason}", due)
