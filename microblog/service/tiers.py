"""The access tiers of `config/tiers.toml`."""

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from microblog.domain.errors import InvalidInput
from microblog.domain.tier import Tier

Limit = Annotated[int, Field(gt=0)]


class _Tier(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    calls_per_day: Limit
    posts_per_hour: Limit
    comments_per_hour: Limit
    ip_calls_per_hour: Limit


_FILE = TypeAdapter(dict[str, _Tier])


def load_tier(path: Path, name: str) -> Tier:
    """The tier of that name. Raises InvalidInput naming file and field, or listing the tiers there are."""
    try:
        tiers = _FILE.validate_python(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(f"{path.name} 的 {where} 有误（{first['msg']}），请改正后重试") from error
    except (OSError, ValueError) as error:
        raise InvalidInput(f"限额表 {path} 读不出来（{error}），请运行 microblog init 补齐或改正") from error
    if name not in tiers:
        known = "、".join(sorted(tiers))
        raise InvalidInput(f"限额表 {path.name} 里没有“{name}”，请把 [weibo] tier 改为：{known}")
    return Tier(name, **tiers[name].model_dump())
