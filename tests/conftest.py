"""Fixtures that several rooms share."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from support.cli_process import build

# Tests say what is right; how long it takes on a machine that others use, too, is for benchmarks.
settings.register_profile("morgue", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("morgue")


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An index of `cli_process.ARTICLES`, to be read and not written."""
    return build(tmp_path_factory.mktemp("sample"))
