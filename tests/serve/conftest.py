"""A desk on a small store."""

from __future__ import annotations

import pytest
from made_news import NEWS, PASSWORD, client, stored

from reportedly.serve.passwords import hash_password
from reportedly.store import open_store


@pytest.fixture(scope="session")
def hashed():
    """The password as it is kept; hashing takes long on purpose."""
    return hash_password(PASSWORD)


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "desk.db", create=True)
    yield opened
    opened.close()


@pytest.fixture
def ask(store):
    """A client of a single-user desk on the store with the three reports."""
    stored(store, *NEWS)
    return client(store)
