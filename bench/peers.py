"""scikit-learn's clusterings on jieba TF-IDF, each at its best on a stated grid; ours gets no such favour."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.cluster import DBSCAN, HDBSCAN, KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

Labels = NDArray[np.int64]
Settings = Iterator[tuple[str, Labels]]


def peers() -> dict[str, Callable[[sparse.csr_matrix], Settings]]:
    """Name → the labels for each setting of its grid."""
    return {"KMeans": _kmeans, "DBSCAN": _dbscan, "HDBSCAN (SVD 50)": _hdbscan, "average-link": _average}


def jieba_tfidf(texts: Sequence[str], words: Callable[[str], list[str]]) -> sparse.csr_matrix:
    """The usual vectors: jieba's words, smoothed TF-IDF, rows of length one."""
    return TfidfVectorizer(analyzer=words, dtype=np.float32).fit_transform(texts)


def _kmeans(vectors: sparse.csr_matrix) -> Settings:
    for share in (0.02, 0.1, 0.2, 0.35):
        k = max(2, int(share * vectors.shape[0]))
        reduced = TruncatedSVD(50, random_state=0).fit_transform(vectors) if k > 500 else vectors
        yield f"k = {share} n", KMeans(k, n_init=1, max_iter=20, random_state=0).fit_predict(reduced)


def _dbscan(vectors: sparse.csr_matrix) -> Settings:
    distances = _distances(vectors)
    for eps in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        labels = DBSCAN(eps=eps, min_samples=2, metric="precomputed").fit_predict(distances)
        yield f"eps = {eps}", _noise_alone(labels)


def _hdbscan(vectors: sparse.csr_matrix) -> Settings:
    reduced = TruncatedSVD(50, random_state=0).fit_transform(vectors)
    reduced /= np.maximum(np.linalg.norm(reduced, axis=1, keepdims=True), 1e-9)
    for smallest in (2, 3, 5):
        for method in ("eom", "leaf"):
            labels = HDBSCAN(min_cluster_size=smallest, cluster_selection_method=method, copy=True).fit_predict(
                reduced
            )
            yield f"min = {smallest}, {method}", _noise_alone(labels)


def _average(vectors: sparse.csr_matrix) -> Settings:
    tree = linkage(squareform(_distances(vectors), checks=False), "average")
    for cut in (0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        yield f"cut = {cut}", fcluster(tree, 1 - cut, "distance").astype(np.int64)


def _distances(vectors: sparse.csr_matrix) -> NDArray[np.float32]:
    distances = np.clip(1 - (vectors @ vectors.T).toarray(), 0, 1)
    np.fill_diagonal(distances, 0)
    return np.asarray((distances + distances.T) / 2, dtype=np.float32)


def _noise_alone(labels: Labels) -> Labels:
    """Rows called noise are clusters of one, as an analyst would see them."""
    labels = labels.astype(np.int64).copy()
    noise = labels == -1
    labels[noise] = labels.max() + 1 + np.arange(noise.sum())
    return labels
