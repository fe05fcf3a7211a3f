"""A YAML file as data together with the line of every value, so that an error can say where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from microblog.domain.errors import InvalidInput, NotFound

Place = tuple[str | int, ...]
"""Keys and indices from the root to a value."""

_LARGEST = 1024 * 1024
_KEPT = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:null")


class _Loader(yaml.SafeLoader):
    """Only numbers and null are told from text: a date stays as written, `no` and `off` stay words."""


class _Dumper(yaml.SafeDumper):
    """Writes what `_Loader` reads back, without quotes it does not need."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists are indented under their key, as people write them."""
        super().increase_indent(flow, False)


def _list_node(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.Node:
    """A list of plain words stays on one line."""
    flow = all(isinstance(item, str) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=flow)


_Dumper.add_representer(list, _list_node)
for _class in (_Loader, _Dumper):
    _class.yaml_implicit_resolvers = {
        first: [resolver for resolver in resolvers if resolver[0] in _KEPT]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def dump_yaml(data: dict[str, Any]) -> str:
    """The data as YAML a person would write, keys in their order."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The data of one file. lines: line of each value, counted from 1."""

    name: str
    data: Any
    lines: Mapping[Place, int]

    def line_of(self, path: Place) -> int:
        """The line of the value, or of the nearest value around it where it is missing."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


def load_yaml(path: Path) -> tuple[YamlFile, str]:
    """The file's data and its text. Raises NotFound or InvalidInput with file and line."""
    try:
        if path.stat().st_size > _LARGEST:
            raise InvalidInput(f"{path} 超过 1 MB，不像计划文件：请核对")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotFound(f"找不到计划文件 {path}：请核对路径，或运行 microblog init 重新取得") from None
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path} 不是 UTF-8 文本：请另存为 UTF-8 后重试") from error
    except OSError as error:
        raise InvalidInput(f"无法读取 {path}：{error.strerror or error}。请检查路径和权限") from error
    return _parsed(path, text), text


def _parsed(path: Path, text: str) -> YamlFile:
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            raise InvalidInput(f"{path} 是空的：请填写计划内容")
        lines: dict[Place, int] = {}
        _collect(node, (), lines, set(), str(path))
        return YamlFile(str(path), loader.construct_document(node), lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" 第 {mark.line + 1} 行" if mark else ""
        raise InvalidInput(f"{path}{where}：YAML 写法有误，请检查缩进、冒号和引号") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InvalidInput(f"{path}：YAML 写法有误，请检查缩进、冒号和引号") from error


def _collect(node: yaml.Node, path: Place, lines: dict[Place, int], seen: set[int], name: str) -> None:
    line = node.start_mark.line + 1
    if id(node) in seen:
        # References would let a small file grow without bound, and nobody edits them by hand.
        raise InvalidInput(f"{name} 第 {line} 行：不支持引用（& 和 *），请直接写出内容")
    seen.add(id(node))
    lines.setdefault(path, line)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, str(key.value))
            if inner in lines:
                raise InvalidInput(f"{name} 第 {key.start_mark.line + 1} 行 {key.value}：同一项写了两次，请删去一处")
            lines[inner] = key.start_mark.line + 1
            _collect(value, inner, lines, seen, name)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _collect(value, (*path, index), lines, seen, name)
