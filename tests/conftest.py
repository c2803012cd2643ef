"""Fixtures that several rooms share."""

from __future__ import annotations

import pytest

from support.cli_process import build


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An index of `cli_process.ARTICLES`, to be read and not written."""
    return build(tmp_path_factory.mktemp("sample"))
