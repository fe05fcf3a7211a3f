"""Plans in files: official documents, and the editable YAML of `schedules/`."""

from pathlib import Path

from microblog.domain.plan import Plan
from microblog.plans import read_plan
from microblog.plans.schedule import dump_schedule, load_schedule


def read(file: Path) -> Plan:
    """The plan in a document or a YAML schedule. Raises InvalidInput or NotFound."""
    return load_schedule(file) if file.suffix.lower() in (".yaml", ".yml") else read_plan(file)


def write_yaml(plan: Plan, file: Path, *, rules: str | None) -> None:
    """The plan as an editable schedule; an existing file is overwritten. Raises InvalidInput."""
    file.write_text(dump_schedule(plan, rules=rules), encoding="utf-8")
