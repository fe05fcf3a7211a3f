"""From `schedules/jobs.toml` to APScheduler triggers. The scheduler only wakes us; the database says what is due."""

import tomllib
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from microblog.domain.errors import InvalidInput

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Job(BaseModel):
    """One recurring job. every: seconds between runs, a day at most; at: `HH:MM` in China; exactly one of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    verb: str
    every: Annotated[float, Field(gt=0, le=86400)] | None = None
    at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None

    @model_validator(mode="after")
    def _one_trigger(self) -> "Job":
        if (self.every is None) == (self.at is None):
            raise ValueError("每项任务要么写 every，要么写 at")
        return self

    def trigger(self) -> BaseTrigger:
        """When APScheduler runs it."""
        if self.at is not None:
            hour, minute = self.at.split(":")
            return CronTrigger(hour=int(hour), minute=int(minute), timezone=SHANGHAI)
        return IntervalTrigger(seconds=self.every, timezone=SHANGHAI)


class Jobs(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    job: tuple[Job, ...]

    @field_validator("job")
    @classmethod
    def _each_id_once(cls, jobs: tuple[Job, ...]) -> tuple[Job, ...]:
        ids = [job.id for job in jobs]
        twice = next((name for name in ids if ids.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"任务编号 {twice} 重复")
        return jobs


def load_jobs(path: Path) -> tuple[Job, ...]:
    """Raises InvalidInput naming file and field."""
    try:
        return Jobs.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).job
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(f"{path.name} 的 {where} 有误（{first['msg']}），请改正后重启") from error
    except (OSError, ValueError) as error:  # no such file, not UTF-8, not TOML
        raise InvalidInput(f"任务表 {path} 读不出来（{error}），请改正后重启") from error


def make_scheduler() -> BackgroundScheduler:
    """A scheduler with jobs in memory. A run that is late is run once, not skipped and not repeated."""
    defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    return BackgroundScheduler(timezone=SHANGHAI, job_defaults=defaults)
