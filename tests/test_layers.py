"""Who may import whom, and how long modules and functions may be, read off the source itself."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import resolve_name
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "microblog"

MAY_IMPORT = {
    "domain": ("domain",),
    "text": ("text", "domain"),
    "plans": ("plans", "domain"),
    "papers": ("papers", "domain", "text.count"),
    "service": ("service", "domain", "text", "plans", "papers"),
    "platforms": ("platforms", "domain", "service.ports"),
    "store": ("store", "domain", "service.ports"),
    "sandbox": ("sandbox", "text.count"),
    "web": ("web", "service", "domain"),
    "settings": ("domain",),
    "scheduling": ("domain",),
    "clocks": (),
}
"""Top-level parts of the package and what of it each may use; the parts not named here join the others."""

JOINING = {"bootstrap", "worker", "demo", "cli"}
ADAPTERS = ("platforms", "store")
LONGEST_MODULE = 300
LONGEST_FUNCTION = 50

MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path, root: Path = ROOT) -> str:
    """The dotted name of a module; a package is named without `__init__`."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree_of(path: Path) -> ast.Module:
    """A module's syntax."""
    return ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module, package: str) -> Iterator[str]:
    """Dotted names of everything a module imports, relative imports resolved in its package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), package) if node.level else node.module
            yield from (f"{module}.{alias.name}" for alias in node.names)


@cache
def imports_of(path: Path) -> frozenset[str]:
    """What a module of ours imports."""
    name = name_of(path)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    return frozenset(imported(tree_of(path), package))


def within(name: str, parts: tuple[str, ...]) -> bool:
    """Whether a dotted name of ours lies in one of the parts of the package."""
    return any(f"{name}.".startswith(f"microblog.{part}.") for part in parts)


def part_of(path: Path) -> str:
    """The top-level part of the package a module belongs to."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def trespasses(path: Path) -> list[str]:
    """What a module imports of ours that its part may not use."""
    allowed = MAY_IMPORT.get(part_of(path))
    ours = sorted(name for name in imports_of(path) if name.split(".")[0] == "microblog")
    return [] if allowed is None else [name for name in ours if not within(name, allowed)]


def test_relative_imports_are_seen_as_what_they_mean() -> None:
    source = "from . import rows\nfrom ..store.sql import open_store\nimport jieba.posseg"
    assert list(imported(ast.parse(source), "microblog.service")) == [
        "microblog.service.rows",
        "microblog.store.sql.open_store",
        "jieba.posseg",
    ]


def test_every_part_of_the_package_has_its_place_in_the_layers() -> None:
    assert {part_of(path) for path in MODULES} - {"__init__"} <= MAY_IMPORT.keys() | JOINING


def test_every_layer_imports_only_what_it_may() -> None:
    assert {name_of(path): trespasses(path) for path in MODULES if trespasses(path)} == {}


def test_the_domain_uses_nothing_but_the_standard_library() -> None:
    foreign = {
        name
        for path in MODULES
        if part_of(path) == "domain"
        for name in imports_of(path)
        if name.split(".")[0] not in {*sys.stdlib_module_names, "microblog"}
    }
    assert foreign == set()


@pytest.mark.parametrize("library", ["jieba", "rjieba"])
def test_one_module_alone_imports_the_segmenter(library: str) -> None:
    importing = {name_of(path) for path in MODULES if library in {name.split(".")[0] for name in imports_of(path)}}
    assert importing == {"microblog.text.segment"}


def test_adapters_are_chosen_only_where_the_parts_are_joined() -> None:
    choosing = {
        part_of(path)
        for path in MODULES
        if part_of(path) not in ADAPTERS and any(within(name, ADAPTERS) for name in imports_of(path))
    }
    assert choosing <= JOINING


def test_no_module_is_too_long() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{name_of(path)}.{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}
