"""The defaults keep their quality on the labelled sets beside the checkout; docs/benchmarks.md has all figures."""

import pytest

from bench.datasets import SHARED, datasets
from bench.quality import labels_of
from bench.scores import score, sizes
from microblog.text.lexicon import Lexicon
from microblog.text.segment import Segmenter

LEAST = {"gov_changsha titles": 0.935, "covid_qpairs_train": 0.80, "lcqmc_dev": 0.85}


def test_scores_of_a_hand_made_case() -> None:
    got = score(["a", "a", "a", "b", "b", "x"], ["1", "1", "2", "2", "2", ""])
    assert got.precision == pytest.approx((2 * 2 / 3 + 1 / 3 + 2) / 5)
    assert got.recall == pytest.approx((2 + 1 / 3 + 2 * 2 / 3) / 5)
    assert got.pairwise == pytest.approx(2 * 2 / (4 + 4))
    assert score(["a", "b"], ["1", "2"]).f1 == 1.0
    assert sizes(["a", "a", "b"]) == "1 / 1 / 0 / 0 / 0"


@pytest.mark.shared_data
@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared/data beside the checkout")
def test_one_default_serves_all_labelled_sets(segmenter: Segmenter, lexicon: Lexicon) -> None:
    reached = {data.name: score(labels_of(data, segmenter, lexicon), data.gold).f1 for data in datasets()}
    assert reached.keys() == LEAST.keys()
    assert {name: f1 for name, f1 in reached.items() if f1 < LEAST[name]} == {}
