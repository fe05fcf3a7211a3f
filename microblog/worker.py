"""Runs the jobs of `schedules/jobs.toml` until a signal says stop; `python worker.py` starts it."""

import logging
import signal
import sys
from collections.abc import Callable
from contextlib import nullcontext
from threading import Event

from apscheduler.schedulers.background import BackgroundScheduler

from microblog.bootstrap import open_office, open_web
from microblog.domain.errors import InvalidInput, MicroblogError
from microblog.scheduling import Job, load_jobs, make_scheduler
from microblog.service.jobs import heartbeat, verbs
from microblog.service.office import Office
from microblog.settings import load_settings

log = logging.getLogger("microblog.worker")


def main() -> int:
    """Run until SIGTERM or SIGINT: the call in flight is finished and settled first. 1 when it cannot start."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    for talkative in ("apscheduler", "alembic"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    try:
        settings = load_settings()
        office = open_office(settings)
        jobs = load_jobs(settings.home / "schedules" / "jobs.toml")
        with open_web(settings, office) if settings.web.enabled else nullcontext():
            run(office, jobs, stopping)
    except MicroblogError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def run(office: Office, jobs: tuple[Job, ...], stopping: Event) -> None:
    """Schedule the jobs and wait for `stopping`; returns when every running job has ended."""
    started = office.clock.now()
    heartbeat(office, started)
    named = verbs(started, keep_going=lambda: not stopping.is_set())
    scheduler = make_scheduler()
    for job in jobs:
        if job.verb not in named:
            raise InvalidInput(f"任务 {job.id} 的 verb “{job.verb}”不存在，可用：{'、'.join(named)}")
        add(scheduler, job, lambda verb=named[job.verb]: verb(office))  # type: ignore[misc]
    scheduler.start()
    log.info("值守开始：%s", office.practice.worker)
    stopping.wait()
    log.info("正在停止：等待进行中的发送完成")
    scheduler.shutdown(wait=True)
    log.info("已停止")


def add(scheduler: BackgroundScheduler, job: Job, verb: Callable[[], object]) -> None:
    """Schedule one job; whatever goes wrong in a run is logged in one line and tried again at the next."""

    def once() -> None:
        try:
            verb()
        except MicroblogError as error:
            log.warning("任务 %s：%s", job.id, error)
        except Exception:  # a defect in one job must not silence the others
            log.exception("任务 %s 出错，下次再试", job.id)

    scheduler.add_job(once, job.trigger(), id=job.id)
