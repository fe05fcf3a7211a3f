"""The office as a command finds it: opened on first need, so that what needs no database opens none."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from microblog.domain.errors import NotFound
from microblog.domain.rules import RuleSet
from microblog.service.rulesets import load_rule_sets
from microblog.settings import load_settings

if TYPE_CHECKING:
    from microblog.service.office import Office


@dataclass(frozen=True, slots=True)
class Rules:
    """The rule sets of this office and the name of its usual one."""

    sets: Mapping[str, RuleSet]
    usual: str

    def named(self, name: str | None) -> RuleSet:
        """A rule set by name, the usual one for None. Raises NotFound listing those there are."""
        wanted = name or self.usual
        if wanted not in self.sets:
            raise NotFound(f"没有规则“{wanted}”，可用：{'、'.join(sorted(self.sets))}")
        return self.sets[wanted]


def open_desk() -> "Office":
    """The office of the settings. Raises MicroblogError with what is wrong."""
    from microblog.bootstrap import open_office  # noqa: PLC0415  # a second of imports: only who works pays it

    return open_office()


def open_rules() -> Rules:
    """The rules alone, without a database."""
    settings = load_settings()
    return Rules(load_rule_sets(settings.home / "config" / "rules"), settings.rule_set)


def lexicon_folder() -> Path:
    """Where the words of the text pipeline lie."""
    return load_settings().home / "config" / "lexicon"
