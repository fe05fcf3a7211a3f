"""`microblog collect import` on a real database."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Scene, home, run, scene

__all__ = ["home", "run", "scene"]

CSV = "评论ID,评论内容,用户昵称,评论时间\n" + "".join(
    f"51185000009000{number:02d},第{number}问：消防通道归谁管？,网友{number},2024-03-26 10:{number:02d}\n"
    for number in range(1, 8)
)


@pytest.fixture
def file(scene: Scene, tmp_path: Path) -> Path:
    scene.announce()
    path = tmp_path / "评论导出.csv"
    path.write_bytes(CSV.encode("gb18030"))
    return path


def test_nothing_is_stored_before_a_person_has_seen_the_guess(scene: Scene, file: Path) -> None:
    said = scene.run("collect", "import", file, "--interview", 1, code=1)
    assert "评论内容" in said.out
    assert said.out.count("消防通道归谁管") == 5
    assert "加 --yes" in said.err
    assert scene.office.store.comments.of(1) == []


def test_with_a_yes_it_is_stored_and_the_second_time_nothing_changes(scene: Scene, file: Path) -> None:
    assert "新增 7" in scene.run("collect", "import", file, "--interview", 1, "--yes").out
    told = scene.run("collect", "import", file, "--interview", 1, "--yes", "--json").json
    assert told["import"] == {"source": "import:评论导出", "rows": 7, "new": 0, "known": 7, "skipped": 0}
    assert told["columns"]["text"] == "评论内容"
    assert told["ledger"]["imported"] == 7


def test_a_person_may_name_the_columns_and_the_source(scene: Scene, file: Path) -> None:
    given = ("--columns", "text=用户昵称", "--name", "热线", "--elsewhere", "--yes", "--json")
    told = scene.run("collect", "import", file, "--interview", 1, *given).json
    assert (told["import"]["source"], told["ledger"]["imported"]) == ("file:热线", 0)
    assert scene.office.store.comments.of(1)[0].text == "网友1"


@pytest.mark.parametrize("typed", ["text", "text=", "=内容"])
def test_columns_written_wrongly_are_a_usage_error(scene: Scene, file: Path, typed: str) -> None:
    scene.run("collect", "import", file, "--interview", 1, "--columns", typed, "--yes", code=2)


def test_a_missing_file_and_an_empty_one_are_named(scene: Scene, file: Path) -> None:
    file.write_text("")
    assert "没有一行数据" in scene.run("collect", "import", file, "--interview", 1, "--yes", code=1).err
    file.unlink()
    assert "评论导出.csv" in scene.run("collect", "import", file, "--interview", 1, "--yes", code=1).err


def test_formulas_in_what_was_imported_are_defused_in_what_is_exported(scene: Scene, tmp_path: Path) -> None:
    scene.announce()
    formula = "=HYPERLINK(1+1)消防通道归谁管？"
    (tmp_path / "a.csv").write_text(f"内容,昵称\n{formula},=1+1\n", encoding="utf-8")
    scene.run("collect", "import", tmp_path / "a.csv", "--interview", 1, "--yes")
    scene.run("group", 1)
    scene.run("export", 1, "clusters", tmp_path / "out.xlsx")
    cells = [cell for sheet in load_workbook(tmp_path / "out.xlsx") for line in sheet for cell in line]
    assert any(formula in str(cell.value) for cell in cells)
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
