"""Recording a write: who did what, when, and what the subject was before and after; refusals are recorded too."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from microblog.domain.errors import MicroblogError
from microblog.domain.people import Record
from microblog.service.office import Office

Facts = Callable[[], dict[str, Any] | None]
"""What is to be said of a subject now, as plain data; None where it does not exist."""


def nothing() -> dict[str, Any] | None:
    """Facts of a subject of which nothing is to be said."""
    return None


@contextmanager
def recorded(
    office: Office, verb: str, subject: str, *, by: str, address: str = "", facts: Facts = nothing
) -> Iterator[None]:
    """Run the block as one write on record. facts: asked before and after; it must not contain secrets."""
    before, started = facts(), office.clock.now()

    def keep(outcome: str, after: dict[str, Any] | None) -> None:
        office.store.people.record(Record(started, by, verb, subject, outcome, address, before, after))

    try:
        yield
    except MicroblogError as refusal:
        keep(str(refusal), None)
        raise
    except Exception as defect:
        keep(f"程序出错：{type(defect).__name__}", None)
        raise
    keep("", facts())
