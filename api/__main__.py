"""The command line: `zhenlian demo`, `serve`, `load FOLDER`, `check FOLDER`, `analyse …`, `schema`."""

import asyncio
import logging
import sys
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from api import logs, taking_back
from api.analyse import analyse
from api.export import export_to
from api.opening import opened
from api.plainly import Exit, plainly
from api.process import address, listener, run
from api.settings import Settings, data_folder, read_settings
from graph.errors import BadInput
from graph.versions import versions
from loaders.choice import Choice
from loaders.export import FORMATS
from loaders.load import Progress as Told
from loaders.load import load_folder
from loaders.mapping import load_mapped
from loaders.mending import write_report
from loaders.report import Report, TablesRefused
from loaders.template import write_template
from loaders.workbook import is_workbook, load_workbook

TABLES = Path(__file__).parents[1] / "loaders" / "shanxi" / "tables"
QUESTIONS = (
    (
        '{ town(id: "town:dingxiang-flange") { name leaders(first: 10) { nodes { name } }'
        " figure(metric: MARKET_SHARE, scope: EXPORT)"
        " { value year grade source { name } conflicts { value year source { name } } } } }"
    ),
    '{ search(text: "dxfl", first: 5) { id name kind matched } }',
    (
        '{ organisation(id: "org:tianbao-group")'
        " { name upstream(depth: 3) { nodes { tier entity { name } } cut { nodes } } } }"
    ),
)


app = typer.Typer(
    help="镇链：特色专业镇产业链知识图谱服务。设置也可用环境变量 ZHENLIAN_… 给出。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(analyse, name="analyse")
Store = Annotated[
    str | None, typer.Option("--store", metavar="地址", help="库地址：embedded:文件夹 或 bolt://主机:7687。")
]
Host = Annotated[str | None, typer.Option("--host", metavar="地址", help="监听的地址，默认 127.0.0.1。")]
Port = Annotated[
    int | None, typer.Option("--port", metavar="端口", help="监听的端口，默认 8000；0 为任意空闲端口。")
]
Source = Annotated[
    Path, typer.Argument(metavar="文件夹或工作簿", help="放有 CSV 表的文件夹，或一个 .xlsx 工作簿。")
]
Rejected = Annotated[
    Path | None,
    typer.Option(
        "--report", metavar="文件", help="把错误写成 .csv；装载工作簿时可为 .xlsx：退回的行及原因。"
    ),
]


@app.command()
@plainly
def demo(host: Host = None, port: Port = None) -> None:
    """装入示例数据并启动服务：无需另装数据库。"""  # noqa: D400, D415
    store = f"embedded:{data_folder('demo')}"
    settings = read_settings(store=store, host=host, port=port, database="zhenlian")
    _serving(settings, prepare=_with_samples, exclusive=True, questions=QUESTIONS)


@app.command("serve")
@plainly
def serve_(store: Store = None, host: Host = None, port: Port = None) -> None:
    """启动服务。"""  # noqa: D400, D415
    _serving(read_settings(store=store, host=host, port=port))


@app.command()
@plainly
def load(  # noqa: PLR0913 - options
    folder: Source,
    *,
    store: Store = None,
    report: Rejected = None,
    strict: Annotated[bool, typer.Option("--strict", help="有一行错误就全部不装载。")] = False,
    dry: Annotated[bool, typer.Option("--dry-run", help="只与图比较：会新增、更新多少行；不写入。")] = False,
    adapter: Annotated[
        Path | None, typer.Option("--map", metavar="文件", help="映射文件（YAML）：文件夹中是外来的表。")
    ] = None,
) -> None:
    """把文件夹中的表或工作簿装入图；可重复运行。"""  # noqa: D400, D415
    _loading(read_settings(store=store), folder, report, strict=strict, dry=dry, adapter=adapter)


@app.command()
@plainly
def check(folder: Source, *, store: Store = None, report: Rejected = None) -> None:
    """只检查文件夹中的表或工作簿，不写入。"""  # noqa: D400, D415
    _loading(read_settings(store=store), folder, report, dry=True)


@app.command()
@plainly
def template(
    path: Annotated[Path, typer.Argument(metavar="工作簿", help="要写出的 .xlsx 文件。")],
) -> None:
    """写出供填报的 Excel 模板。"""  # noqa: D400, D415
    write_template(path)
    typer.echo(f"已写出 {path}：请按“填写说明”填写，然后 zhenlian load {path}")


@app.command()
@plainly
def undo(
    load: Annotated[str, typer.Argument(metavar="装载", help="装载的标识：load:…，见装载时的报告。")],
    *,
    store: Store = None,
) -> None:
    """撤销最近一次装载：新增的删去，改动的复原。"""  # noqa: D400, D415
    taking_back.undo(read_settings(store=store), load)


@app.command()
@plainly
def remove(
    *,
    synthetic: Annotated[bool, typer.Option("--synthetic", help="删除全部虚构样例。")] = False,
    store: Store = None,
) -> None:
    """删除虚构样例；真实数据保留。"""  # noqa: D400, D415
    if not synthetic:
        raise BadInput("请给出 --synthetic：只能删除虚构样例", "synthetic")
    taking_back.remove(read_settings(store=store))


@app.command()
@plainly
def export(  # noqa: PLR0913 - options
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="新的或空的文件夹。")],
    *,
    format_: Annotated[str, typer.Option("--format", metavar="格式", help="、".join(FORMATS) + "。")] = "csv",
    as_of: Annotated[int | None, typer.Option("--as-of", help="只要这一年年末有效的。")] = None,
    town: Annotated[str | None, typer.Option("--town", metavar="标识", help="只要一个专业镇的部分。")] = None,
    no_synthetic: Annotated[bool, typer.Option("--no-synthetic", help="不要虚构样例。")] = False,
    excel: Annotated[bool, typer.Option("--excel", help="给 Excel 看的 CSV 副本，不可重新装载。")] = False,
    store: Store = None,
) -> None:
    """把图写成文件：CSV 可原样重新装载。"""  # noqa: D400, D415
    choice = Choice(as_of, town, synthetic=not no_synthetic)
    export_to(read_settings(store=store), folder, format_, choice, excel=excel)


@app.command()
@plainly
def schema() -> None:
    """打印 GraphQL 模式（SDL）。"""  # noqa: D400, D415
    from schema import schema as whole  # noqa: PLC0415 - only here: it takes seconds

    typer.echo(whole.as_str())


def _serving(
    settings: Settings,
    prepare: Callable[[Any], Coroutine[Any, Any, None]] | None = None,
    *,
    exclusive: bool = False,
    questions: tuple[str, ...] = (),
) -> None:
    """Take the port, then open the store, then answer until a signal comes."""
    with listener(settings.host, settings.port) as taken:
        logs.configure()

        def ready() -> None:
            _greet(address(taken, settings), questions)

        async def work() -> None:
            # Importing takes seconds, and so does the database's start in a process of its own: side by side.
            importing = asyncio.create_task(asyncio.to_thread(import_module, "api.serving"))
            async with opened(settings, exclusive=exclusive) as store:
                if prepare:
                    await prepare(store)
                serving = await importing
                await serving.serve(store, taken, settings, ready, whole=prepare is not None)

        run(work())


def _greet(url: str, questions: tuple[str, ...]) -> None:
    typer.echo(f"镇链已启动：{url}（查询页 {url}graphiql/，接口 {url}graphql）。按 Ctrl-C 停止。")
    if questions:
        typer.echo("可粘贴到查询页的问题：")
    for number, question in enumerate(questions, 1):
        typer.echo(f"\n{number}. {question}")
    sys.stdout.flush()


async def _with_samples(store: Any) -> None:
    if (await versions(store)).version:
        return
    typer.echo("首次启动，正在装入示例数据……", err=True)
    with _progress() as told:
        report = await load_folder(store, TABLES, progress=told)
    if not report.clean:
        typer.echo("\n".join(report.lines()), err=True)


def _loading(  # noqa: PLR0913 - options
    settings: Settings,
    folder: Path,
    rejected: Path | None,
    *,
    strict: bool = False,
    dry: bool = False,
    adapter: Path | None = None,
) -> None:
    logs.configure(logging.WARNING)

    async def work() -> Report:
        async with opened(settings) as store:
            with _progress() as told:
                if adapter:
                    return await load_mapped(store, folder, adapter, progress=told, strict=strict, dry=dry)
                into = load_workbook if is_workbook(folder) else load_folder
                return await into(store, folder, progress=told, strict=strict, dry=dry)

    try:
        report = run(work())
    except TablesRefused as refused:
        _tell(refused.report, rejected)
        raise
    if report is None:
        typer.echo("已中断：再运行一次即可装完。", err=True)
        raise typer.Exit(Exit.INTERRUPTED)
    _tell(report, rejected)
    if not report.clean:
        raise typer.Exit(Exit.DATA)


def _tell(report: Report, rejected: Path | None) -> None:
    for line in report.lines():
        typer.echo(line)
    if report.load and report.written:
        typer.echo(f"装载标识：{report.load}（撤销：zhenlian undo {report.load}）")
    if rejected:
        write_report(report, rejected)


@contextmanager
def _progress() -> Generator[Told | None]:
    """Draw a bar on a terminal; elsewhere say nothing."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rows]} 行"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", rows=0)

        def told(table: str, done: int, total: int, rows: int) -> None:
            bar.update(task, description=table, completed=done, total=total, rows=rows)

        yield told


def main() -> None:
    """Run one command."""
    app()


if __name__ == "__main__":
    main()
