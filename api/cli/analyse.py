"""`zhenlian analyse …`: analyses from the command line, of a published table or of the whole network."""

from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from api.cli.errors import plainly
from api.settings import data_folder, read_settings
from graph.errors import BadInput

analyse = typer.Typer(
    help="链上分析：对已发布的投入产出表，或对库中的整个网络。",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
File = Annotated[
    Path, typer.Argument(metavar="表.csv", help="表头 sector,各部门名,output；每行一个部门（卖方）。")
]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON，数值不舍入。")]
Extraction = Annotated[
    Literal["TOTAL", "BACKWARD", "FORWARD"],
    typer.Option(help="TOTAL 整体抽取，BACKWARD 只去采购，FORWARD 只去销售。"),
]


@analyse.command()
@plainly
def linkages(table: File, *, as_json: AsJson = False) -> None:
    """投入产出表的前后向关联与关键部门。"""  # noqa: D400, D415
    _slow("api.cli.tables").linkages(table, as_json=as_json)


@analyse.command()
@plainly
def position(table: File, *, as_json: AsJson = False) -> None:
    """投入产出表的上游度与下游度；有 exports、imports 列时按开放经济计算。"""  # noqa: D400, D415
    _slow("api.cli.tables").positions(table, as_json=as_json)


@analyse.command()
@plainly
def extraction(table: File, *, form: Extraction = "TOTAL", as_json: AsJson = False) -> None:
    """投入产出表的假设抽取：每个部门停产时损失的产出。"""  # noqa: D400, D415
    tables = _slow("api.cli.tables")
    tables.extraction(table, tables.ExtractionForm(form), as_json=as_json)


@analyse.command()
@plainly
def cascade(  # noqa: PLR0913 - options
    *,
    every: Annotated[bool, typer.Option("--all", help="逐个计算全部主体，结果存入库。")] = False,
    store: Annotated[str | None, typer.Option("--store", metavar="地址", help="库地址，同 serve。")] = None,
    as_of: Annotated[int | None, typer.Option("--as-of", help="年份；默认为数据最新年份。")] = None,
    eps: Annotated[float, typer.Option(help="停止阈值，越小越准越慢。")] = 1e-2,
    threads: Annotated[int | None, typer.Option(help="线程数；默认为全部核。")] = None,
    dask: Annotated[str | None, typer.Option(metavar="地址", help="Dask 集群：tcp://主机:8786。")] = None,
    work: Annotated[Path | None, typer.Option(metavar="文件夹", help="中间结果的文件夹，用于续算。")] = None,
) -> None:
    """连锁停产（ESRI）：每个主体单独停产时停下的产出；中断后再运行即续算。"""  # noqa: D400, D415
    if not every:
        raise BadInput("请给出 --all：计算全部主体；单个主体用 GraphQL 的 organisation.cascade", "all")
    settings = read_settings(store=store)
    cascades = _slow("api.cli.cascades")
    cascades.cascade(settings, cascades.Job(as_of, eps, threads, dask, work or data_folder("work")))


def _slow(module: str) -> Any:
    """Import what takes seconds, only when it is asked for."""
    return import_module(module)
