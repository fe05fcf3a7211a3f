"""Plan documents → Plan: `read_plan` for files, `plan_as_json` for other tools."""

from microblog.plans.contract import plan_as_json
from microblog.plans.importer import plan_from_document, read_document, read_plan

__all__ = ["plan_as_json", "plan_from_document", "read_document", "read_plan"]
