"""The words plan documents are read by: `config/lexicon/plan.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from microblog.domain.errors import InvalidInput, NotFound

_PACKAGE = Path(__file__).parents[1]
_SHIPPED = (_PACKAGE / "resources" / "config", _PACKAGE.parent / "config")


@dataclass(frozen=True)
class RuleWords:
    """How numbers in the prose get their names; see the comments in `plan.toml`."""

    subjects: tuple[tuple[str, re.Pattern[str]], ...]
    exceptions: re.Pattern[str]
    names: dict[str, str]
    phrases: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]
    reviewers: re.Pattern[str]


@dataclass(frozen=True)
class IssuerWords:
    """How the issuing body and its date are found."""

    label: re.Pattern[str]
    date_label: re.Pattern[str]
    body: re.Pattern[str]
    common: str


@dataclass(frozen=True)
class Words:
    """All of them, patterns compiled. headers: kind of column → words, in order of precedence."""

    headers: dict[str, tuple[str, ...]]
    unit_tails: frozenset[str]
    unit_suffixes: tuple[str, ...]
    lead_words: tuple[str, ...]
    support_words: tuple[str, ...]
    furniture: re.Pattern[str]
    lost_bytes: dict[str, str]
    issuer: IssuerWords
    rules: RuleWords

    def is_furniture(self, line: str) -> bool:
        """Whether the whole line is page furniture of a mirror site (N8)."""
        return self.furniture.fullmatch(line.strip()) is not None

    def ends_like_a_unit(self, text: str) -> bool:
        """Whether the text ends as names of units do."""
        return text.endswith(self.unit_suffixes)


def load_words(path: Path) -> Words:
    """Read the file. Raises NotFound where it is absent, InvalidInput where an entry is missing or no pattern."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotFound(
            f"找不到词表 {path}：请运行 microblog init，或用 MICROBLOG_HOME 指明 config 所在的目录"
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidInput(f"词表 {path} 不是有效的 TOML：{error}") from error
    try:
        return _words(data)
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise InvalidInput(f"词表 {path} 中有一项缺失或写错：{error}") from error


@cache
def shipped_words() -> Words:
    """The words that come with the product, from the wheel or the checkout; read once, at first use."""
    folder = next((folder for folder in _SHIPPED if folder.is_dir()), _SHIPPED[-1])
    return load_words(folder / "lexicon" / "plan.toml")


def _words(data: dict[str, Any]) -> Words:
    units = data["units"]
    return Words(
        headers={kind: tuple(words) for kind, words in data["headers"].items()},
        unit_tails=frozenset(units["tails"]),
        unit_suffixes=tuple(units["suffixes"]),
        lead_words=tuple(units["lead_words"]),
        support_words=tuple(units["support_words"]),
        furniture=_any_of(data["furniture"]["lines"]),
        lost_bytes=dict(data["lost_bytes"]),
        issuer=_issuer(data["issuer"]),
        rules=_rules(data["rules"]),
    )


def _issuer(data: dict[str, Any]) -> IssuerWords:
    return IssuerWords(
        label=_any_of(data["labels"]),
        date_label=_any_of(data["dates"]),
        body=_any_of(data["bodies"]),
        common=data["common"],
    )


def _rules(data: dict[str, Any]) -> RuleWords:
    return RuleWords(
        subjects=tuple((name, re.compile(pattern)) for name, pattern in data["subjects"]),
        exceptions=re.compile(data["exceptions"]),
        names=dict(data["names"]),
        phrases=tuple((name, re.compile(pattern), re.compile(beside)) for name, pattern, beside in data["phrases"]),
        reviewers=re.compile(data["reviewers"]),
    )


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(patterns) + ")")
