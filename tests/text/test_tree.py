"""The tree is the group-average tree: compared with scipy's on small random texts, ties and all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from microblog.text.features import featurize
from microblog.text.neighbours import candidate_pairs
from microblog.text.sums import merge, products, sums_of
from microblog.text.tree import grow_tree

WORDS = ["消防", "通道", "电动车", "充电", "楼道", "电梯", "物业", "燃气", "灭火器", "演练", "老人", "学校"]


def partition(labels: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == label).tolist()) for label in np.unique(labels)}


@pytest.mark.parametrize("seed", range(8))
def test_it_is_the_average_linkage_tree_when_all_are_candidates(seed: int) -> None:
    dice = np.random.default_rng(seed)
    vectors = dice.random((15, 6)) ** 3
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    matrix = sparse.csr_array(vectors)
    tree = grow_tree(matrix, candidate_pairs(matrix), floor=0.0)
    distances = np.clip(1 - vectors @ vectors.T, 0, None)
    np.fill_diagonal(distances, 0)
    exact = linkage(squareform(distances, checks=False), "average")
    assert np.allclose(np.sort(tree.height), np.sort(1 - exact[:, 2]), atol=1e-5)
    for cut in (0.3, 0.5, 0.7, 0.9):
        assert partition(tree.cut(cut)) == partition(fcluster(exact, 1 - cut, "distance"))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), min_size=1, max_size=30))
def test_cuts_are_nested_and_every_leaf_has_a_group(texts: list[list[str]]) -> None:
    distinct = sorted({tuple(text) for text in texts})
    features = featurize(distinct)
    tree = grow_tree(features.mixed, candidate_pairs(features.keys), floor=0.08)
    previous = tree.cut(1.1)
    assert previous.tolist() == list(range(len(distinct)))
    for cut in (0.9, 0.66, 0.3, 0.15, 0.08):
        labels = tree.cut(cut)
        assert all(len({labels[leaf] for leaf in group}) == 1 for group in partition(previous))
        previous = labels


def test_sums_forget_old_rows_and_keep_the_products() -> None:
    dice = np.random.default_rng(3)
    dense = dice.random((64, 30)).astype(np.float32)
    sums = sums_of(sparse.csr_array(dense))
    order = np.arange(64)
    while len(order) > 1:
        left, right = order[::2], order[1::2]
        for group, other in zip(left, right, strict=True):
            merge(sums, group, other)
        dense[left] += dense[right]
        order = left
        pairs = np.repeat(order, len(order)), np.tile(order, len(order))
        assert np.allclose(products(sums, *pairs), (dense[pairs[0]] * dense[pairs[1]]).sum(axis=1), rtol=1e-4)


def test_a_single_text_is_a_tree_of_one_leaf() -> None:
    features = featurize([["消防"]])
    assert grow_tree(features.mixed, candidate_pairs(features.keys), floor=0.08).cut(0.15).tolist() == [0]
