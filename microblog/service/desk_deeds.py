"""From a button of the desk to a correction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from microblog.domain.errors import InvalidInput
from microblog.service import deeds
from microblog.service.board import Board
from microblog.service.corrections import correct
from microblog.service.deeds import Deed
from microblog.service.office import Office


@dataclass(frozen=True, slots=True)
class Picked:
    """What was picked. deed: a name in `DEEDS`, after a colon the group to move to. name: the one to be given."""

    deed: str
    topics: Sequence[str] = ()
    questions: Sequence[str] = ()
    remarks: Sequence[str] = ()
    name: str = ""

    @property
    def target(self) -> str:
        """The group to move to."""
        return self.deed.partition(":")[2]


def do(office: Office, board: Board, picked: Picked, *, by: str) -> Deed:
    """Carry out and keep. Raises InvalidInput."""
    called = picked.deed.partition(":")[0]
    if called not in DEEDS:
        raise InvalidInput("没有这个操作，请刷新页面后重试")
    done = DEEDS[called](board, picked)
    correct(office, board.interview, done.title, done.rules, by=by)
    return done


def _one(names: Sequence[str]) -> str:
    if len(names) != 1:
        raise InvalidInput("请选中恰好一个再操作")
    return names[0]


DEEDS: dict[str, Callable[[Board, Picked], Deed]] = {
    "merge-topics": lambda board, picked: deeds.merge(board.outline, "topic", picked.topics),
    "part-topics": lambda board, picked: deeds.apart(board.outline, "topic", picked.topics),
    "rename-topic": lambda board, picked: deeds.rename(board.outline, "topic", _one(picked.topics), picked.name),
    "merge-questions": lambda board, picked: deeds.merge(board.outline, "question", picked.questions),
    "part-questions": lambda board, picked: deeds.apart(board.outline, "question", picked.questions),
    "rename-question": lambda board, picked: deeds.rename(
        board.outline, "question", _one(picked.questions), picked.name
    ),
    "move-questions": lambda board, picked: deeds.move_questions(board.outline, picked.questions, picked.target),
    "split-questions": lambda board, picked: deeds.split_topic(board.outline, picked.questions),
    "exclude-questions": lambda board, picked: deeds.exclude_questions(board.outline, picked.questions),
    "split-remarks": lambda board, picked: deeds.split(board.outline, picked.remarks),
    "move-remarks": lambda board, picked: deeds.move(board.outline, picked.remarks, picked.target),
    "part-remarks": lambda board, picked: deeds.part(board.outline, picked.remarks),
    "pin-remark": lambda board, picked: deeds.pin(board.outline, _one(picked.remarks)),
    "exclude-remarks": lambda board, picked: deeds.exclude(board.outline, picked.remarks),
}
