"""The narrow waist: run Cypher statements in a Bolt database, get plain rows back.

Neo4j and the embedded ArcadeDB both speak Bolt, so one class serves both. Nothing above this module may
know which of them answers. A statement returns one map per row.
"""

import asyncio
import logging
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
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.errors import (
    ChainError,
    StoreConflict,
    StoreError,
    StoreMisused,
    StoreTimeout,
    StoreUnavailable,
)

type Row = dict[str, Any]
_log = logging.getLogger(__name__)

DEADLINE = 30.0
"""Seconds that a reading statement may take."""
PATIENCE = 8.0
"""Seconds that a transaction is tried again after a transient fault, and that a connection is waited for."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One Cypher statement and its parameters."""

    cypher: LiteralString
    parameters: Row = field(default_factory=dict[str, Any])
    otherwise: ChainError | None = None
    """Raised when the statement finds no row; nothing of its transaction is then written."""


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

    def __init__(self, driver: AsyncDriver, place: str, database: str, *, deadline: float = DEADLINE) -> None:
        """Speak to `place`, by which name people are told of it."""
        self._driver = driver
        self._place = place
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
            raise StoreUnavailable(
                f"库地址无法使用：{_place(url)}：应为 bolt://主机:7687，用户名和密码另给"
            ) from error
        async with driver:
            yield cls(driver, _place(url), database)

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
            raise translated(error, self._place) from error

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
            raise StoreTimeout(f"数据库超过 {self._deadline:g} 秒没有答复：请缩小范围，或稍后再试") from error
        except (DriverError, Neo4jError, OSError) as error:
            raise translated(error, self._place) from error


async def _rows(transaction: AsyncManagedTransaction, cypher: LiteralString, parameters: Row) -> list[Row]:
    result = await transaction.run(cypher, parameters)
    return [record[0] async for record in result]


async def _all_rows(transaction: AsyncManagedTransaction, statements: tuple[Statement, ...]) -> list[Row]:
    rows: list[Row] = []
    for statement in statements:
        result = await transaction.run(statement.cypher, statement.parameters)
        rows = [record[0] async for record in result]
        if not rows and statement.otherwise:
            raise statement.otherwise
    return rows


def translated(error: Exception, place: str) -> StoreError:
    """Turn a driver's error into one of ours, by its class and code; its words go to the log alone."""
    code = getattr(error, "code", None) or ""
    _log.info("the store at %s failed", place, exc_info=error)
    for word, kind, message in _BY_CODE:
        if word in code:
            return kind(message.format(place=place))
    for sort, kind, message in _BY_CLASS:
        if isinstance(error, sort):
            return kind(message.format(place=place))
    return StoreMisused(f"数据库 {place} 没有完成这一步：原因见数据库的日志")


def _place(url: str) -> str:
    """Name a server without what is secret in its address.

    >>> _place("bolt://neo4j:secret@127.0.0.1:7687")
    'bolt://127.0.0.1:7687'
    """
    scheme, _, rest = url.partition("//")
    return f"{scheme}//{rest.rpartition('@')[2]}"


_BY_CODE: tuple[tuple[str, type[StoreError], str], ...] = (
    ("TransactionTimedOut", StoreTimeout, "语句超时，已被数据库终止：请缩小范围后再试"),
    ("DatabaseNotFound", StoreUnavailable, "数据库 {place} 里没有所指的库：请检查 ZHENLIAN_DATABASE"),
    ("DatabaseUnavailable", StoreUnavailable, "数据库 {place} 未启动：请启动后再试"),
    ("OutOfMemory", StoreUnavailable, "数据库 {place} 内存不足：请把这一步分成几份，或加大数据库内存"),
    ("OutOfDisk", StoreUnavailable, "数据库 {place} 的磁盘已满：请腾出空间后重试"),
    ("Security.Forbidden", StoreUnavailable, "数据库 {place} 不允许此用户这样做：请检查其权限"),
)
_BY_CLASS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], type[StoreError], str], ...] = (
    (
        AuthError,
        StoreUnavailable,
        "数据库 {place} 拒绝登录：用户名或密码不对（ZHENLIAN_STORE_USER、ZHENLIAN_STORE_PASSWORD）",
    ),
    (ConstraintError, StoreConflict, "另一处正写入同一标识的行：请再试一次"),
    (TransientError, StoreConflict, "与另一处写入相互等待：请再试一次"),
    (
        (ServiceUnavailable, SessionExpired, OSError),
        StoreUnavailable,
        "数据库 {place} 没有答复：请确认它在运行、地址无误，稍后再试",
    ),
)
