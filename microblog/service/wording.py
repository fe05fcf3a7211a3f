"""The words of our posts, from the templates in `config/templates`."""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from microblog.domain.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Wording:
    """Renders a post's words; a template that does not fit its values is named."""

    environment: Environment

    def __call__(self, name: str, **values: object) -> str:
        """The words of `NAME.txt.j2`, trimmed. Raises InvalidInput naming the template."""
        try:
            return self.environment.get_template(f"{name}.txt.j2").render(**values).strip()
        except TemplateError as cause:
            raise InvalidInput(f"模板 config/templates/{name}.txt.j2 无法使用（{cause}），请修改后重试") from cause

    def source(self, file: str) -> str:
        """The source of a template by its file name. Raises InvalidInput when it is not there."""
        if self.environment.loader is None:
            raise InvalidInput("没有设置模板目录，请检查 config/templates")
        try:
            return self.environment.loader.get_source(self.environment, file)[0]
        except TemplateError as cause:
            raise InvalidInput(f"找不到模板 config/templates/{file}，请运行 microblog init 补齐") from cause


def load_wording(folder: Path) -> Wording:
    """The templates of a folder. Post texts are plain text, so nothing is escaped."""
    loader = FileSystemLoader(folder)
    return Wording(Environment(loader=loader, undefined=StrictUndefined, autoescape=False, trim_blocks=True))  # noqa: S701  # plain text
