"""The corrections of `small_sample` for distinct rows: a cluster's residuals enter as sums over what it has of each.

All that the corrected variance needs of a cluster are sums of products of its rows' values. Where rows repeat each other these are
counts times the values of distinct rows, and no array has a row per row of the frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from leerwerk.effects.glm import Floats
from leerwerk.effects.inference import Spread
from leerwerk.effects.potential_outcomes import Residuals
from leerwerk.effects.small_sample import Form, root, undone

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def grouped_spread(totals: Floats, rows: int, parts: Sequence[tuple[Residuals, csr_array]]) -> Spread:
    """Of means whose influence functions have `totals` (clusters, means) over a frame's rows, as `small_sample.clustered_spread`.

    For each mean its residuals, one per distinct row of its arm as each row of the frame has them, and how many of those rows each
    cluster has (clusters, distinct rows of the arm).
    """
    count = len(totals)
    usual = np.sqrt(count / (count - 1))
    corrected, forms = totals * usual, []
    for column, (part, own) in enumerate(parts):
        added, form = inflate(part, own, usual)
        corrected[:, column] += added
        forms.append(form)
    return Spread(
        covariance=corrected.T @ corrected / rows**2,
        trace=np.array([form.trace for form in forms]),
        product=np.array([[one.product(other) for other in forms] for one in forms]),
        large=float(count - 1),
    )


def inflate(part: Residuals, own: csr_array, usual: float) -> tuple[Floats, Form]:
    """What each cluster's sum of residuals gains on the usual factor once its leverage is undone, and the variance as a form.

    As `small_sample.inflate`, which has the formulas: a row's reach grows by fitted * (x @ added), with `added` the same for all of a
    cluster, so that sums over the grown reach follow from sums over the reach as it was.
    """
    scaled = part.design @ root(part.information)
    columns, slope, reach = scaled.shape[1], part.slope[:, None], part.reach[:, None]
    error, fitted = part.error[:, None], part.fitted[:, None]
    pieces = [scaled * slope * reach, scaled * slope * reach * fitted, scaled * fitted * error, reach * error]
    sums = own @ np.hstack([*pieces, slope * reach**2])
    along, along_fitted, pulled, plain, squared = np.split(sums, np.cumsum([columns, columns, columns, 1]), axis=1)
    shares = cross_products(scaled, part.fitted * part.slope, own)
    unweighted = bool((part.fitted == 1.0).all())
    twice = shares if unweighted else cross_products(scaled, part.fitted**2 * part.slope, own)
    leverage, directions = np.linalg.eigh(shares)
    turned = np.einsum("gij,gi->gj", directions, along)
    added = np.einsum("gij,gj->gi", directions, undone(leverage) * turned)
    grown = np.einsum("gij,gj->gi", twice, added)
    identity = np.eye(columns)
    form = Form(
        diagonal=squared[:, 0] + (added * (2.0 * along_fitted + grown)).sum(axis=1),
        left=np.hstack([along + np.einsum("gij,gj->gi", shares, added), along_fitted + grown]),
        kernel=np.block([[twice.sum(axis=0), -identity], [-identity, np.zeros_like(identity)]]),
    )
    return (1.0 - usual) * plain[:, 0] + (added * pulled).sum(axis=1), form


def cross_products(scaled: Floats, weights: Floats, own: csr_array) -> Floats:
    """Each cluster's X' diag(w) X (clusters, columns, columns), from its counts of distinct rows."""
    found = np.empty((own.shape[0], scaled.shape[1], scaled.shape[1]))
    for cluster, (first, last) in enumerate(pairwise(own.indptr)):
        places = own.indices[first:last]
        rows = scaled[places]
        found[cluster] = rows.T @ (rows * (weights[places] * own.data[first:last])[:, None])
    return found
