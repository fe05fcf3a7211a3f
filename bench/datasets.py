"""The labelled texts beside the checkout (`../shared/data`); rows are read there and never copied."""

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

SHARED = Path(__file__).parents[1].parent / "shared" / "data"


@dataclass(frozen=True)
class Dataset:
    """Texts, the gold cluster of each (empty where unknown: not scored), and the level the labels speak of."""

    name: str
    level: Literal["topic", "question"]
    texts: tuple[str, ...]
    gold: tuple[str, ...]


def datasets() -> Iterator[Dataset]:
    """The three labelled sets; nothing where the folder is absent."""
    if not SHARED.is_dir():
        return
    messages = list(_jsonl("gov_changsha_messages.jsonl.gz"))
    gold = tuple(row["event_id"] if row["event_match"] == "core" else "" for row in messages)
    yield Dataset("gov_changsha titles", "topic", tuple(row["title"] for row in messages), gold)
    for name in ("covid_qpairs_train", "lcqmc_dev"):
        with gzip.open(SHARED / f"{name}_clusters.csv.gz", "rt", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        yield Dataset(name, "question", tuple(row["text"] for row in rows), tuple(row["cluster_id"] for row in rows))


def weibo_texts() -> dict[str, str]:
    """Real comments by id, as their platform served them (HTML)."""
    return {row["id"]: row["html"] for row in _jsonl("weibo_chengdu2019_comments.jsonl.gz")}


def _jsonl(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(SHARED / name, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)
