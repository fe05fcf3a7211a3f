"""The documents say what the code does."""

import re
from pathlib import Path

from microblog.domain.people import MAY, SECOND_FACTOR, Act, Role

ROOT = Path(__file__).parents[2]
ROLES = (ROOT / "docs" / "roles.md").read_text("utf-8")
SECURITY = (ROOT / "docs" / "security.md").read_text("utf-8")


def row(first: str) -> list[str]:
    """The cells of the row that starts with a name, the name left out."""
    found = [line for line in ROLES.splitlines() if line.startswith(f"| `{first}` |")]
    assert len(found) == 1, first
    return [cell.strip() for cell in found[0].strip("|").split("|")][1:]


def test_the_roles_page_prints_the_table_of_the_code() -> None:
    head = next(line for line in ROLES.splitlines() if line.startswith("| act |"))
    assert re.findall(r"`([a-z-]+)`", head) == [role.value for role in Role]
    for act in Act:
        assert row(act.value) == [*("yes" if role in MAY[act] else "–" for role in Role), act.chinese]
    for role in Role:
        assert row(role.value) == [role.chinese, "required" if role in SECOND_FACTOR else "optional"]


def test_every_test_that_the_security_table_names_exists() -> None:
    for line in SECURITY.splitlines():
        file = ""
        for path, name in re.findall(r"`([\w/]*\.py)?(?:::(\w+)…?)?`", line):
            file = path or file
            if not name:
                continue
            source = next((ROOT / "tests").rglob(Path(file or "test_sign_in.py").name)).read_text("utf-8")
            assert f"def {name}" in source, f"{file}::{name}"


def test_every_item_of_the_security_table_has_a_state() -> None:
    rows = [line.split("|") for line in SECURITY.splitlines() if re.match(r"\| \d", line)]
    assert len(rows) > 50
    assert {cells[3].strip() for cells in rows} <= {"met", "partly", "not met", "operator", "n/a"}
    assert all(cells[4].strip() for cells in rows if cells[3].strip() in ("met", "partly", "operator"))
