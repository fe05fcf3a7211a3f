"""What may befall a worker between any two of its steps: it is killed, it stands still, its database fails."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from types import SimpleNamespace
from typing import Any, cast

from microblog.service.ports import Platform, Store
from microblog.store.errors import StoreUnavailable


class Killed(BaseException):
    """The process is gone: nothing after this runs, and nothing of it is told to anyone."""


@dataclass
class Fate:
    """The luck of one worker.

    kill, stall: share of steps. out: told whether the database is gone. forgets: share of commits whose answer is
    lost. stand_still: lets time pass while the others work.
    """

    random: Random
    kill: float = 0.0
    stall: float = 0.0
    forgets: float = 0.0
    out: Callable[[], bool] = lambda: False
    stand_still: Callable[[], None] = lambda: None

    def step(self) -> None:
        """Between two steps. Raises Killed."""
        if not self.kill and not self.stall:
            return
        chance = self.random.random()
        if chance < self.kill:
            raise Killed
        if chance > 1 - self.stall:
            self.stand_still()

    def before_storing(self) -> None:
        """Raises StoreUnavailable while the database is gone."""
        self.step()
        if self.out():
            raise StoreUnavailable("数据库正被其他程序占用，等待超时，本次操作没有保存；请稍后重试")

    def after_storing(self) -> None:
        """Raises StoreUnavailable where the answer to a commit is lost."""
        if self.forgets and self.random.random() < self.forgets:
            raise StoreUnavailable("数据库连接中断，本次操作可能没有保存；请稍后重试")
        self.step()

    def store(self, store: Store) -> Store:
        """The store as this worker finds it."""
        parts = {
            name: _Part(part, self.before_storing, self.after_storing)
            for name, part in vars(store).items()
            if not name.startswith("_")
        }
        return cast(Store, SimpleNamespace(**parts))

    def platform(self, platform: Platform) -> Platform:
        """The platform as this worker finds it."""
        return cast(Platform, _Part(platform, self.step, self.step))


class _Part:
    """Something during whose every call the worker may meet its fate, before and after."""

    def __init__(self, part: object, before: Callable[[], None], after: Callable[[], None]) -> None:
        self._part, self._before, self._after = part, before, after

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._part, name)
        return self._fated(value) if callable(value) else value

    def _fated(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def fated(*args: Any, **kwargs: Any) -> Any:
            self._before()
            result = call(*args, **kwargs)
            self._after()
            return result

        return fated
