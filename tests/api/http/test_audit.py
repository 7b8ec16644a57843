"""GraphQL over HTTP to the letter: the audits of its reference implementation, graphql-http, in Node.js."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from api.http.app import create_app
from api.http.connections import Bounds
from api.settings import read_settings
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.store import Store
from queries.lookup.entries import index_of
from tests.api.http.served import served

AUDIT = Path(__file__).parents[3] / "dev" / "audit"
MANY = 61
"""Audits of graphql-http 1.23."""


async def test_every_audit_of_graphql_over_http_is_passed(empty_store: Store, request: pytest.FixtureRequest):
    if not shutil.which("node") or not (AUDIT / "node_modules").exists():
        missing = (
            "Node.js and `npm install --prefix dev/audit` are needed for the audits of GraphQL over HTTP"
        )
        (pytest.fail if "node" in request.config.getoption("--need") else pytest.skip)(missing)
    async with SnapshotKeeper(empty_store, derive=index_of) as keeper:
        await keeper.ready()
        app = create_app(empty_store, keeper, read_settings(store="embedded:none"))
        async with served(app, Bounds(10.0, 100)) as port:
            command = ("node", "audit.mjs", f"http://127.0.0.1:{port}/graphql")
            running = await asyncio.create_subprocess_exec(
                *command, cwd=AUDIT, stdout=asyncio.subprocess.PIPE
            )
            said, _ = await running.communicate()
    *faults, counts = said.decode().splitlines()
    assert faults == []
    assert json.loads(counts) == {"ok": MANY}
