"""How many processes answer."""

import sys

import pytest

from api import settings
from api.settings import read_settings
from graph.errors import BadInput


@pytest.mark.parametrize(
    ("system", "cores", "given", "found"),
    [
        ("linux", 8, None, 8),
        ("linux", 3, None, 3),
        ("linux", 2, None, 1),
        ("darwin", 1, None, 1),
        ("linux", 2, 5, 5),
        ("win32", 8, None, 1),
        ("win32", 8, 1, 1),
    ],
)
def test_one_for_each_core_unless_a_setting_or_the_system_says_otherwise(
    monkeypatch, system, cores, given, found
):
    monkeypatch.delenv("ZHENLIAN_WORKERS", raising=False)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(settings, "_cores", lambda: cores)
    assert read_settings(workers=given).processes == found


def test_windows_refuses_more_than_one(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(BadInput, match="Windows"):
        _ = read_settings(workers=2).processes


@pytest.mark.parametrize("given", [0, -1])
def test_none_at_all_is_refused(given):
    with pytest.raises(BadInput, match="ZHENLIAN_WORKERS"):
        read_settings(workers=given)
