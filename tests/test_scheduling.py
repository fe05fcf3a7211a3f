"""`schedules/jobs.toml`: read, checked, and one line of Chinese for every mistake in it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from microblog.clocks import SetClock, SystemClock
from microblog.domain.errors import InvalidInput
from microblog.scheduling import SHANGHAI, Job, load_jobs, make_scheduler
from microblog.service.jobs import verbs
from tests.shared import CONFIG, PLAN_DAY, china, scene_of

SHIPPED = CONFIG.parent / "schedules" / "jobs.toml"

JOB = '[[job]]\nid = "dispatch"\nverb = "dispatch"\nevery = 0.5\n'


def written(folder: Path, text: str) -> Path:
    """A file of jobs."""
    path = folder / "jobs.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_shipped_job_names_a_verb_and_a_trigger() -> None:
    jobs = load_jobs(SHIPPED)
    known = verbs(PLAN_DAY, lambda: True)
    assert {job.verb for job in jobs} <= known.keys()
    assert {"dispatch", "reconcile", "advance", "poll", "sweep", "group", "heartbeat"} <= {job.verb for job in jobs}
    assert all(job.trigger() for job in jobs)


def test_posts_are_looked_for_at_least_every_second() -> None:
    [dispatch] = [job for job in load_jobs(SHIPPED) if job.verb == "dispatch"]
    assert dispatch.every is not None
    assert dispatch.every <= 1


def test_an_hour_of_the_day_is_that_of_china() -> None:
    trigger = Job(id="sweep", verb="sweep", at="03:10").trigger()
    assert trigger.get_next_fire_time(None, china(4, 1, 12)) == china(4, 2, 3, 10)


def test_an_interval_is_in_seconds() -> None:
    trigger = Job(id="beat", verb="heartbeat", every=15).trigger()
    last = datetime(2024, 4, 1, 12, tzinfo=SHANGHAI)
    assert trigger.get_next_fire_time(last, last) == last + timedelta(seconds=15)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (JOB + 'at = "03:10"\n', "job.0"),
        (JOB.replace("every = 0.5\n", ""), "job.0"),
        (JOB.replace("0.5", "0"), "job.0.every"),
        (JOB.replace("0.5", "-1"), "job.0.every"),
        (JOB.replace("0.5", "inf"), "job.0.every"),
        (JOB.replace("0.5", "nan"), "job.0.every"),
        (JOB.replace("every = 0.5", 'at = "25:00"'), "job.0.at"),
        (JOB.replace("every = 0.5", 'at = "3:10"'), "job.0.at"),
        (JOB.replace('verb = "dispatch"\n', ""), "job.0.verb"),
        (JOB + "evrey = 3\n", "job.0.evrey"),
        ("", "job"),
        (JOB + JOB, "dispatch"),
        (JOB + "every = = 3", "jobs.toml"),
    ],
)
def test_a_mistake_is_named_in_one_line_with_its_place(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        load_jobs(written(tmp_path, text))
    message = str(caught.value)
    assert where in message
    assert "请改正" in message
    assert "\n" not in message


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"jobs\.toml"):
        load_jobs(tmp_path / "jobs.toml")
    (tmp_path / "jobs.toml").write_bytes("[[job]]\nid = '巡检'".encode("gb18030"))
    with pytest.raises(InvalidInput, match=r"jobs\.toml"):
        load_jobs(tmp_path / "jobs.toml")


def test_a_run_that_is_late_is_made_up_for_once() -> None:
    scheduler = make_scheduler()
    job = scheduler.add_job(lambda: None, Job(id="a", verb="dispatch", every=1).trigger(), id="a")
    scheduler.start(paused=True)
    assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)
    scheduler.shutdown()


def test_every_verb_may_be_run_on_an_empty_office() -> None:
    scene = scene_of()
    for verb in verbs(PLAN_DAY, lambda: True).values():
        verb(scene.office)
    [beat] = scene.store.journal.beats()
    assert (beat.worker, beat.at, beat.started_at) == ("worker 1", PLAN_DAY, PLAN_DAY)


def test_a_set_clock_stands_until_it_is_moved_and_never_goes_back() -> None:
    clock = SetClock(PLAN_DAY)
    assert clock.now() == clock.now() == PLAN_DAY
    with pytest.raises(ValueError, match="cannot go back"):
        clock.set(PLAN_DAY - timedelta(seconds=1))
    assert SystemClock().now().utcoffset() == timedelta(0)
