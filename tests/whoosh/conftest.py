"""The same invented articles as an archive and as an index of Whoosh's own."""

from __future__ import annotations

import pytest
from whoosh.index import open_dir

from support.stock_whoosh import steps, write_archive, write_stock


@pytest.fixture(scope="session")
def twins(tmp_path_factory):
    """Two indexes of three segments with deleted articles: an archive, and one of Whoosh's own."""
    folder = tmp_path_factory.mktemp("archive")
    done = steps(seed=3)
    write_archive(folder, done)
    return open_dir(str(folder)), write_stock(done)


@pytest.fixture(scope="session")
def searchers(twins):
    with twins[0].searcher() as ours, twins[1].searcher() as theirs:
        assert (ours.doc_count(), ours.doc_count_all()) == (theirs.doc_count(), theirs.doc_count_all())
        assert len(ours.leaf_searchers()) == len(theirs.leaf_searchers()) == 3
        yield ours, theirs
