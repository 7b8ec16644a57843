"""The narrow waist: run Cypher statements in a Bolt database, get plain rows back.

Neo4j and the embedded ArcadeDB both speak Bolt, so one class serves both. Nothing above this module may
know which of them answers. A statement returns one map per row.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, LiteralString, Protocol

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    NotificationMinimumSeverity,
    unit_of_work,
)
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    Neo4jError,
    TransientError,
)

from graph.errors import (
    StoreConflict,
    StoreError,
    StoreMisused,
    StoreTimeout,
    StoreUnavailable,
)

type Row = dict[str, Any]

DEADLINE = 30.0
"""Seconds that a reading statement may take."""
PATIENCE = 8.0
"""Seconds that a transaction is tried again after a transient fault, and that a connection is waited for."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One Cypher statement and its parameters."""

    cypher: LiteralString
    parameters: Row = field(default_factory=dict[str, Any])


class Store(Protocol):
    """All that the rest of the project may ask of a database."""

    async def read(self, cypher: LiteralString, **parameters: Any) -> list[Row]:
        """Run a reading statement and return its rows."""
        ...

    async def write(self, *statements: Statement) -> list[Row]:
        """Run statements in one transaction, all or nothing, and return the rows of the last one."""
        ...

    def stream(self, cypher: LiteralString, **parameters: Any) -> AsyncIterator[Any]:
        """Run a reading statement and yield its rows (of any shape) as they come."""
        ...


class BoltStore:
    """A Store over any Bolt server."""

    def __init__(self, driver: AsyncDriver, database: str, *, deadline: float = DEADLINE) -> None:
        self._driver = driver
        self._database = database
        self._deadline = deadline

    @classmethod
    @asynccontextmanager
    async def open(
        cls, url: str, user: str, password: str, database: str, *, warn: bool = False
    ) -> "AsyncGenerator[BoltStore]":
        """Yield a store over a pool of connections; the first statement makes the first of them."""
        try:
            driver = AsyncGraphDatabase.driver(
                url,
                auth=(user, password),
                connection_timeout=PATIENCE,
                connection_acquisition_timeout=PATIENCE * 2,
                max_transaction_retry_time=PATIENCE,
                liveness_check_timeout=60,
                notifications_min_severity=NotificationMinimumSeverity.WARNING
                if warn
                else NotificationMinimumSeverity.OFF,
            )
        except (ConfigurationError, ValueError) as error:
            raise StoreUnavailable(f"库地址无法使用：{url}（{error}）") from error
        async with driver:
            yield cls(driver, database)

    async def read(self, cypher: LiteralString, **parameters: Any) -> list[Row]:
        """Run a reading statement and return its rows."""
        return await self._guarded(self._read(cypher, parameters))

    async def write(self, *statements: Statement) -> list[Row]:
        """Run statements in one transaction, all or nothing, and return the rows of the last one."""
        return await self._guarded(self._write(statements))

    async def stream(self, cypher: LiteralString, **parameters: Any) -> AsyncIterator[Any]:
        """Run a reading statement and yield its rows as they come; the pool's fetch size bounds memory."""
        try:
            async with self._driver.session(
                database=self._database, default_access_mode=READ_ACCESS, fetch_size=5_000
            ) as session:
                async for record in await session.run(cypher, parameters):
                    yield record[0]
        except (DriverError, Neo4jError, OSError) as error:
            raise translated(error) from error

    async def _read(self, cypher: LiteralString, parameters: Row) -> list[Row]:
        async with self._driver.session(database=self._database, default_access_mode=READ_ACCESS) as session:
            return await session.execute_read(unit_of_work(timeout=self._deadline)(_rows), cypher, parameters)

    async def _write(self, statements: tuple[Statement, ...]) -> list[Row]:
        async with self._driver.session(database=self._database, default_access_mode=WRITE_ACCESS) as session:
            return await session.execute_write(_all_rows, statements)

    async def _guarded[T](self, work: Awaitable[T]) -> T:
        """Give up after the deadline, whatever the server does, and turn its errors into ours."""
        try:
            async with asyncio.timeout(self._deadline + PATIENCE):
                return await work
        except TimeoutError as error:
            raise StoreTimeout(f"数据库超过 {self._deadline:g} 秒没有答复") from error
        except (DriverError, Neo4jError, OSError) as error:
            raise translated(error) from error


async def _rows(transaction: AsyncManagedTransaction, cypher: LiteralString, parameters: Row) -> list[Row]:
    result = await transaction.run(cypher, parameters)
    return [record[0] async for record in result]


async def _all_rows(transaction: AsyncManagedTransaction, statements: tuple[Statement, ...]) -> list[Row]:
    rows: list[Row] = []
    for statement in statements:
        result = await transaction.run(statement.cypher, statement.parameters)
        rows = [record[0] async for record in result]
    return rows


def translated(error: Exception) -> StoreError:
    """Turn a driver's error into one of ours, by its class and code, never by its words."""
    code = getattr(error, "code", None) or ""
    if isinstance(error, AuthError):
        return StoreUnavailable(
            "数据库拒绝登录：用户名或密码不对（ZHENLIAN_STORE_USER、ZHENLIAN_STORE_PASSWORD）"
        )
    if not isinstance(error, Neo4jError):
        return StoreUnavailable(f"数据库没有答复：{error}")
    for word, kind, message in _BY_CODE:
        if word in code:
            return kind(f"{message}：{error.message}")
    kind = StoreConflict if isinstance(error, TransientError | ConstraintError) else StoreMisused
    return kind(f"{code}：{error.message}")


_BY_CODE: tuple[tuple[str, type[StoreError], str], ...] = (
    ("TransactionTimedOut", StoreTimeout, "语句超时，已被数据库终止"),
    ("DatabaseNotFound", StoreUnavailable, "数据库不存在（ZHENLIAN_DATABASE）"),
    ("DatabaseUnavailable", StoreUnavailable, "数据库未启动"),
)
