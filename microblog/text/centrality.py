"""How near each wording is to the others of its group."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from microblog.text.compiled import compiled
from microblog.text.sums import Numbers, Reals


def centrality(mixed: sparse.csr_array, label: Numbers) -> Reals:
    """Mean cosine of each wording with the wordings of its group. mixed: unit rows; label: 0, 1, … of each."""
    sizes = np.bincount(label)
    order, ends = np.argsort(label, kind="stable"), np.r_[0, np.cumsum(sizes)]
    return _mean_cosines(mixed.indptr, mixed.indices, mixed.data, mixed.shape[1], order, ends)


@compiled
def _mean_cosines(  # noqa: PLR0917  # a sparse matrix is three arrays and a width here
    starts: NDArray[np.int32],
    features: NDArray[np.int32],
    values: NDArray[np.float32],
    width: int,
    order: Numbers,
    ends: Numbers,
) -> Reals:
    """One group after the other: its members stand in `order` from one of `ends` to the next."""
    total = np.zeros(width)
    found = np.empty(len(order))
    for group in range(len(ends) - 1):
        members = order[ends[group] : ends[group + 1]]
        for member in members:
            for place in range(starts[member], starts[member + 1]):
                total[features[place]] += values[place]
        for member in members:
            cosine = 0.0
            for place in range(starts[member], starts[member + 1]):
                cosine += values[place] * total[features[place]]
            found[member] = cosine / len(members)
        for member in members:
            for place in range(starts[member], starts[member + 1]):
                total[features[place]] = 0
    return found
