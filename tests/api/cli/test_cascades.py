"""The batch of cascades asks for what it needs."""

import sys

import pytest

from api.cli import cascades
from graph.errors import BadInput


def test_a_cluster_without_its_extra_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "queries.cascade.cluster", raising=False)
    with pytest.raises(BadInput, match="uv sync --extra cluster"):
        cascades._cluster()
