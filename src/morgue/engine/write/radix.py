"""Sorting numbers fast."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def stable_order(numbers: NDArray[Any], limit: int) -> NDArray[Any]:
    """Return the indices that sort `numbers` (all below `limit`), equal ones in their order: radix, 16 bits a turn."""
    if limit <= 1 << 16:
        return np.argsort(numbers.astype("u2"), kind="stable")
    low = np.argsort((numbers & 0xFFFF).astype("u2"), kind="stable")
    return low[np.argsort((numbers >> 16).astype("u2")[low], kind="stable")]
