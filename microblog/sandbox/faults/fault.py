"""What a fault is: a named thing that goes wrong before or after a call is handled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from microblog.sandbox.asks import Answer, Ask

Params = Mapping[str, Any]
Before = Callable[[Ask, Params], None]
After = Callable[[Ask, Answer, Params], Answer]


class Interrupted(Exception):
    """The call ends here, before anything was committed, with this answer."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__(answer.end)


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to go wrong.

    says: what happens, in Chinese, for the listing. params: the names it takes, with their defaults.
    before: runs first; may change the ask or the world, raise Refusal or Interrupted. after: changes the answer.
    """

    name: str
    family: str
    says: str
    before: Before | None = None
    after: After | None = None
    params: Params = field(default_factory=dict)
