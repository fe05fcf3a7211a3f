"""The demo's people take up what was cut short: each act may be half done when the process is killed."""

import pytest

from microblog.demo.people import EVENT_DAY, LEAD, act
from microblog.demo.texts import Texts, load_texts
from microblog.domain.interview import Form
from microblog.domain.plan import Plan
from microblog.domain.script import ScriptState
from microblog.plans.schedule import load_schedule
from microblog.service.draft import build, latest_script
from microblog.service.plan import adopt, advance_plan
from tests.shared import CLOSES, CONFIG, HOUR, PREVIEW, Scene, china, scene_of, work


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_schedule(CONFIG.parent / "schedules" / "pukou-2024.yaml")


@pytest.fixture(scope="module")
def texts() -> Texts:
    return load_texts("fire-safety")


def everyone(scene: Scene, plan: Plan, texts: Texts) -> list[str]:
    """What everyone does now."""
    return [deed.what for deed in act(scene.office, plan, texts)]


def asked(scene: Scene, plan: Plan, texts: Texts) -> None:
    """As far as a closed channel in which some people asked."""
    everyone(scene, plan, texts)
    scene.at(china(3, 24, 10))
    for _ in range(2):
        everyone(scene, plan, texts)
        work(scene)
    scene.at(PREVIEW)
    work(scene)
    scene.at(PREVIEW + HOUR)
    for number, (wording, _) in enumerate(texts.wordings[::25]):
        scene.platform.netizen(
            str(scene.post("preview").platform_id), wording, user_id=str(number), name=f"网友{number}"
        )
    scene.at(CLOSES)
    work(scene)


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_an_import_or_approval_cut_short_is_taken_up(plan: Plan, texts: Texts, steps: int) -> None:
    scene = scene_of()
    adopt(scene.office, plan, rule_set="pukou", form=Form.WEIBO, by="区政府办")
    for _ in range(steps):
        advance_plan(scene.office, 1, by="区政府办")
    everyone(scene, plan, texts)
    assert scene.store.plans.get(1).state == "published"
    assert scene.interview.date == EVENT_DAY


def test_acting_again_does_nothing_again(plan: Plan, texts: Texts) -> None:
    scene = scene_of()
    assert everyone(scene, plan, texts)
    assert everyone(scene, plan, texts) == []
    assert len(scene.store.plans.all()) == 1


def test_a_script_built_and_not_yet_written_is_written(plan: Plan, texts: Texts) -> None:
    scene = scene_of()
    asked(scene, plan, texts)
    scene.at(china(4, 15, 10))
    everyone(scene, plan, texts)
    build(scene.office, scene.interview, by=LEAD)
    scene.at(china(4, 16, 9))
    everyone(scene, plan, texts)
    script = latest_script(scene.office, scene.interview)
    assert script is not None
    assert all(section.answer for section in script.sections)
    assert script.state is ScriptState.DRAFT
