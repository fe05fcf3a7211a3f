"""The shipped rule sets and the real calendar, as the product uses them."""

from pathlib import Path

import pytest

from microblog.domain.rules import RuleSet
from microblog.service.rulesets import load_rule_sets
from microblog.service.workdays import Workdays

RULES = Path(__file__).parents[2] / "config" / "rules"


@pytest.fixture(scope="session")
def rule_sets() -> dict[str, RuleSet]:
    return load_rule_sets(RULES)


@pytest.fixture(scope="session")
def pukou(rule_sets: dict[str, RuleSet]) -> RuleSet:
    return rule_sets["pukou"]


@pytest.fixture
def workdays() -> Workdays:
    return Workdays()
