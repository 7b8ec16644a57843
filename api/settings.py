"""Every setting, read from the environment once. Only this module reads it."""

import os
import sys
from dataclasses import fields
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from platformdirs import user_cache_path, user_data_path
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import BadInput
from schema.language.limits import LIMITS, WORDS, Limits

PREFIX = "ZHENLIAN_"
SMALL = 2
"""Cores of a machine on which one process answers unless a setting says otherwise."""


def data_folder(name: str) -> Path:
    """Name a folder of ours among the user's data."""
    return user_data_path("zhenlian", appauthor=False) / name


def _prefix(path: str) -> str:
    path = path.rstrip("/")
    if path and (not path.startswith("/") or "?" in path or "#" in path):
        raise ValueError(path)
    return path


def _folder(path: Path | None) -> Path | None:
    if path is not None and not path.is_dir():
        raise ValueError(path)
    return path


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _origins(text: str) -> str:
    for one in _listed(text):
        parts = urlsplit(one)
        if one != "*" and (
            parts.scheme not in {"http", "https"} or one != f"{parts.scheme}://{parts.netloc}"
        ):
            raise ValueError(one)
    return text


def _limit(name: str) -> Any:
    """Make the setting of a limit on what one request may ask for."""
    return Field(getattr(LIMITS, name), title=f"应为正整数：{WORDS[name]}的上限", gt=0)


class Settings(BaseSettings):
    """Set with `ZHENLIAN_…` variables; a field's title says what is right."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True)

    store: str = Field(
        default_factory=lambda: f"embedded:{data_folder('store')}",
        title="应为 embedded:文件夹 或 bolt://主机:7687",
    )
    store_user: str = Field("", title="应为数据库的用户名")
    store_password: SecretStr = Field(SecretStr(""), title="应为数据库的密码")
    database: str = Field("", title="应为数据库名")
    bundles: Path | None = Field(None, title="应为文件夹：快照存于其中，启动时先由此作答")
    host: str = Field("127.0.0.1", title="应为本机的地址或主机名", min_length=1)
    port: int = Field(8000, title="应为 0 到 65535 的整数（0 为任意空闲端口）", ge=0, le=65535)
    workers: int | None = Field(None, title="应为正整数：作答的进程数（Windows 上只能是 1）", gt=0)
    hosts: str = Field("", title="应为以逗号分隔的主机名：IP 地址与 localhost 之外所用者，* 为任何")
    origins: Annotated[str, AfterValidator(_origins)] = Field(
        "", title="应为以逗号分隔的来源，如 https://example.org：其网页可由浏览器读取本服务，* 为任何"
    )
    max_connections: int = Field(500, title="应为正整数：同时的连接数的上限", gt=0)
    header_timeout: float = Field(10.0, title="应为大于 0 的秒数：请求头须在其内送完", gt=0)
    keep_alive: float = Field(15.0, title="应为大于 0 的秒数：答复后连接保持多久", gt=0)
    metrics: bool = Field(default=False, title="应为 true 或 false：是否允许其他机器读取 /metrics")
    deadline: float = Field(30.0, title="应为大于 0 的秒数：一次请求的分析合计最多用多久", gt=0)
    max_characters: int = _limit("characters")
    max_tokens: int = _limit("tokens")
    max_depth: int = _limit("depth")
    max_aliases: int = _limit("aliases")
    max_root_fields: int = _limit("root_fields")
    max_spreads: int = _limit("spreads")
    max_repeats: int = _limit("repeats")
    max_directives: int = _limit("directives")
    max_list_items: int = _limit("list_items")
    max_string: int = _limit("string")
    max_cost: int = _limit("cost")
    writable: bool = Field(default=False, title="应为 true 或 false：是否允许本机经 HTTP 写入")
    token: SecretStr | None = Field(None, title="应为口令：至少 16 个字符", min_length=16)
    token_file: Path = Field(
        default_factory=lambda: data_folder("token"), title="应为文件：未设口令时，口令存于其中"
    )
    hide_persons: bool = Field(
        default=False, title="应为 true 或 false：是否对读者隐去个体工商户与家庭农场的名称"
    )
    real_only: bool = Field(
        default=False, title="应为 true 或 false：是否只看真实数据，一切答案、清单与导出都略去虚构样例"
    )
    templates: Annotated[Path | None, AfterValidator(_folder)] = Field(
        None,
        title="应为已有的文件夹：其中 镇画像、企业画像、督办通知书（.docx）用作模板，没有的用标准模板",
    )
    map_geojson: Path | None = Field(None, title="应为 GeoJSON 文件：本单位自备的地图")
    map_approval_no: str = Field("", title="应为审图号，如 GS(2024)1234号")
    map_source: str = Field("", title="应为地图的来源：谁编制、何时发布")
    map_crs: str = Field("", title="应为 EPSG:4490（CGCS2000）或 EPSG:4326（WGS84）")
    map_internal: bool = Field(
        default=False, title="应为 true 或 false：没有审图号的地图是否仍作为内部资料显示，不得公开"
    )
    root_path: Annotated[str, AfterValidator(_prefix)] = Field(
        "", title="应为以 / 开头的路径前缀，如 /zhenlian"
    )

    @property
    def names(self) -> frozenset[str]:
        """Names of hosts by which the service answers, beside addresses and localhost."""
        return frozenset(name.lower() for name in _listed(self.hosts))

    @property
    def sites(self) -> list[str]:
        """Other sites whose pages may read the service."""
        return _listed(self.origins)

    @property
    def bundle_folder(self) -> Path:
        """Where the snapshots of this store are kept: with an embedded store's data unless a setting says."""
        kind, _, place = self.store.partition(":")
        if self.bundles is None and kind == "embedded":
            return Path(place) / "bundles"
        whose = blake2b(f"{self.store} {self.database}".encode(), digest_size=8).hexdigest()
        return (self.bundles or user_cache_path("zhenlian", appauthor=False) / "bundles") / whose

    @property
    def processes(self) -> int:
        """How many processes answer: one for each core, and one on small machines, unless a setting says.

        Raises BadInput when it says more than the system bears.
        """
        alone = sys.platform == "win32"  # there, processes can't take connections from one socket by turns
        if self.workers is None:
            cores = _cores()
            return 1 if alone or cores <= SMALL else cores
        if alone and self.workers > 1:
            raise BadInput("Windows 上只能有一个作答的进程：请去掉 --workers 与 ZHENLIAN_WORKERS", "workers")
        return self.workers

    @property
    def limits(self) -> Limits:
        """How much one request may ask for."""
        return Limits(**{limit.name: getattr(self, f"max_{limit.name}") for limit in fields(Limits)})


def _cores() -> int:
    """Count the cores that this process may use, as far as the system tells."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def read_settings(**given: Any) -> Settings:
    """Read the settings; what the command line gives (not None) goes before the environment.

    >>> read_settings(port=70000)
    Traceback (most recent call last):
    graph.errors.BadInput: 设置 ZHENLIAN_PORT：“70000”不对：应为 0 到 65535 的整数（0 为任意空闲端口）
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise BadInput(
            "；".join(_sentence(found["loc"][0], found["input"]) for found in error.errors())
        ) from None


def _sentence(name: int | str, value: object) -> str:
    right = Settings.model_fields[str(name)].title
    return f"设置 {PREFIX}{str(name).upper()}：“{value}”不对：{right}"
