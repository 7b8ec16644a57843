"""The command line: `zhenlian demo`, `serve`, `load FOLDER`, `check FOLDER`, `analyse …`, `schema`."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli import brief as briefing
from api.cli import resolve
from api.cli import undo as taking_back
from api.cli.analyse import analyse
from api.cli.audit import audit
from api.cli.demo import QUESTIONS, Demo
from api.cli.errors import plainly
from api.cli.export import export_to
from api.cli.export_list import export_list
from api.cli.loading import Wish, loading
from api.cli.match import match
from api.cli.notice import notice, write_notice_template
from api.cli.serving import serving
from api.http.list_books import LISTS, Wanted
from api.http.list_kinds import LISTINGS, Of
from api.settings import data_folder, read_settings
from graph.edits.rulings import Grounds
from graph.errors import BadInput
from loaders.excel.template import write_template
from loaders.export.choice import Choice
from loaders.export.export import FORMATS

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
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="进程数", help="作答的进程数，默认每核一个，两核以内为 1。"),
]
Source = Annotated[
    Path,
    typer.Argument(
        metavar="文件夹或工作簿", help="放有表的文件夹，或一个 .xlsx 工作簿，或 Excel 另存的 .csv。"
    ),
]
Rejected = Annotated[
    Path | None,
    typer.Option(
        "--report", metavar="文件", help="把错误写成 .csv；装载工作簿时可为 .xlsx：退回的行及原因。"
    ),
]
Adapter = Annotated[
    Path | None, typer.Option("--map", metavar="文件", help="映射文件（YAML）：文件夹中是外来的表。")
]


@app.command()
@plainly
def demo(host: Host = None, port: Port = None, workers: Workers = None) -> None:
    """装入示例数据并启动服务：无需另装数据库。"""  # noqa: D400, D415
    store = f"embedded:{data_folder('demo')}"
    settings = read_settings(store=store, host=host, port=port, database="zhenlian", workers=workers)
    samples = Demo(settings)
    serving(settings, samples.renew, samples.fill, exclusive=True, questions=QUESTIONS)


@app.command("serve")
@plainly
def serve_(store: Store = None, host: Host = None, port: Port = None, workers: Workers = None) -> None:
    """启动服务。"""  # noqa: D400, D415
    serving(read_settings(store=store, host=host, port=port, workers=workers))


@app.command()
@plainly
def load(  # noqa: PLR0913 - options
    folder: Source,
    *,
    store: Store = None,
    report: Rejected = None,
    strict: Annotated[bool, typer.Option("--strict", help="有一行错误就全部不装载。")] = False,
    dry: Annotated[bool, typer.Option("--dry-run", help="只与图比较：逐格列出改动；不写入。")] = False,
    difference: Annotated[
        Path | None,
        typer.Option("--difference", metavar="文件", help="与 --dry-run 同用：把全部改动写成 .csv。"),
    ] = None,
    adapter: Adapter = None,
) -> None:
    """把文件夹中的表或工作簿装入图；可重复运行。"""  # noqa: D400, D415
    wish = Wish(folder, adapter, strict, dry, report, difference)
    loading(read_settings(store=store), wish)


@app.command()
@plainly
def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="文件夹或工作簿", help="省略则核对库本身：各类的行数与内容。")
    ] = None,
    *,
    store: Store = None,
    report: Rejected = None,
    adapter: Adapter = None,
    accept: Annotated[bool, typer.Option("--accept", help="核对库时：以现有内容为准，重新记下。")] = False,
) -> None:
    """只检查文件夹中的表或工作簿，不写入；不给文件夹则核对库是否完整。"""  # noqa: D400, D415
    if folder is None:
        audit(read_settings(store=store), accept=accept)
        return
    loading(read_settings(store=store), Wish(folder, adapter, dry=True, rejected=report))


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
    id: Annotated[
        str, typer.Argument(metavar="标识", help="装载（load:…，见装载时的报告）或裁定（ruling:…）的标识。")
    ],
    *,
    store: Store = None,
) -> None:
    """撤销一次装载或裁定：新增的删去，改动的复原；之后又改动或用到同样的行的，须先撤销。"""  # noqa: D400, D415
    taking_back.undo(read_settings(store=store), id)


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
    real_only: Annotated[bool, typer.Option("--real-only", help="只要真实数据：略去虚构样例。")] = False,
    excel: Annotated[bool, typer.Option("--excel", help="给 Excel 看的 CSV 副本，不可重新装载。")] = False,
    store: Store = None,
) -> None:
    """把图写成文件：CSV 可原样重新装载。"""  # noqa: D400, D415
    choice = Choice(as_of, town, real_only=real_only)
    export_to(read_settings(store=store), folder, format_, choice, excel=excel)


@app.command("export-list")
@plainly
def export_list_(  # noqa: PLR0913 - options
    name: Annotated[str, typer.Argument(metavar="清单", help="、".join(LISTS) + "。")],
    out: Annotated[Path, typer.Argument(metavar="文件", help="要写出的 .xlsx 或 .csv 文件。")],
    *,
    town: Annotated[
        list[str] | None,
        typer.Option(
            "--town",
            metavar="标识",
            help="专业镇：一镇的清单须给出；compare 给出 2–6 次；政策清单与台账可不给。",
        ),
    ] = None,
    within: Annotated[
        str | None, typer.Option("--within", metavar="标识", help="小升规名单的范围：专业镇或行政区划。")
    ] = None,
    industry: Annotated[
        str | None, typer.Option("--industry", metavar="标识", help="小升规名单只列此行业。")
    ] = None,
    measure: Annotated[
        str | None, typer.Option("--measure", metavar="指标", help="各镇指标：默认 OUTPUT_VALUE。")
    ] = None,
    as_of: Annotated[int | None, typer.Option("--as-of", help="年份，默认数据最新的一年。")] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="日期", help="台账：所问之日，默认今天；年度工作簿默认当年最后一天。"),
    ] = None,
    body: Annotated[str | None, typer.Option("--body", metavar="标识", help="台账：责任单位。")] = None,
    stage: Annotated[str | None, typer.Option("--stage", metavar="阶段", help="台账：如 OPEN。")] = None,
    overdue: Annotated[
        bool | None, typer.Option("--overdue/--not-overdue", help="台账：是否已逾期。")
    ] = None,
    closed: Annotated[bool | None, typer.Option("--closed/--open", help="台账：是否已了结。")] = None,
    due_from: Annotated[str | None, typer.Option("--due-from", metavar="日期", help="台账：期限。")] = None,
    due_to: Annotated[str | None, typer.Option("--due-to", metavar="日期", help="台账：期限。")] = None,
    standard: Annotated[
        str | None, typer.Option("--standard", metavar="标识", help="认定标准，或评价指标体系。")
    ] = None,
    evaluation: Annotated[
        str | None,
        typer.Option("--evaluation", metavar="标识", help="年度工作簿的评价指标体系，默认当年施行的一个。"),
    ] = None,
    level: Annotated[str | None, typer.Option("--level", help="只评此级别的专业镇，如 PROVINCIAL。")] = None,
    last: Annotated[int | None, typer.Option("--last", help="督办建议取末位几个镇。")] = None,
    praise: Annotated[int | None, typer.Option("--praise", help="表扬建议取首位几个镇。")] = None,
    first: Annotated[int | None, typer.Option("--first", help="取前几个缺口，或前几行，1–500。")] = None,
    status: Annotated[
        str | None, typer.Option("--status", help="可享政策只列 ELIGIBLE、NOT_ELIGIBLE 或 UNKNOWN。")
    ] = None,
    benefit: Annotated[
        str | None, typer.Option("--benefit", metavar="标识", help="可享政策、应享未享只列此措施。")
    ] = None,
    weights: Annotated[
        str | None,
        typer.Option("--weights", metavar="权重", help="评价排名试算：如 local:40,growth:0，其余照旧。"),
    ] = None,
    candidates: Annotated[int | None, typer.Option("--candidates", help="每个缺口取前几个候选者。")] = None,
    format_: Annotated[str | None, typer.Option("--format", metavar="格式", help="xlsx 或 csv。")] = None,
    real_only: Annotated[bool, typer.Option("--real-only", help="只看真实数据：略去虚构样例。")] = False,
    force: Annotated[bool, typer.Option("--force", help="文件已存在时覆盖。")] = False,
    store: Store = None,
) -> None:
    """写出一份清单：Excel 或 CSV。"""  # noqa: D400, D415
    several = LISTINGS[name].of is Of.TOWNS if name in LISTINGS else False
    if town and len(town) > 1 and not several:
        raise BadInput(f"--town：清单 {name} 只要一个专业镇，给出了 {len(town)} 个", "town")
    given = {"towns" if several else "town": ",".join(town) if town else None, "asOf": as_of}
    given |= {"within": within, "industry": industry, "standard": standard, "level": level, "last": last}
    given |= {
        "measure": measure,
        "praise": praise,
        "first": first,
        "status": status,
        "candidates": candidates,
    }
    given |= {"benefit": benefit, "weights": weights, "evaluation": evaluation}
    given |= {"on": on, "body": body, "stage": stage, "dueFrom": due_from, "dueTo": due_to}
    truths = {"overdue": overdue, "closed": closed}
    given |= {name: str(value).lower() for name, value in truths.items() if value is not None}
    asked = {key: str(value) for key, value in {**given, "format": format_}.items() if value is not None}
    asked |= {"realOnly": "true"} if real_only else {}
    export_list(read_settings(store=store), Wanted(name, asked), out, force=force)


@app.command("brief")
@plainly
def brief_(  # noqa: PLR0913 - options
    id: Annotated[
        str | None,
        typer.Argument(metavar="标识", help="专业镇或主体（town:…、org:…，或统一社会信用代码）。"),
    ] = None,
    out: Annotated[Path | None, typer.Argument(metavar="文件", help="要写出的 .docx 文件。")] = None,
    *,
    as_of: Annotated[int | None, typer.Option("--as-of", help="年份，默认数据最新的一年。")] = None,
    real_only: Annotated[bool, typer.Option("--real-only", help="只看真实数据：略去虚构样例。")] = False,
    template_: Annotated[
        Path | None, typer.Option("--template", metavar="文件", help="本单位的 Word 模板。")
    ] = None,
    template_out: Annotated[
        Path | None,
        typer.Option(
            "--template-out", metavar="文件", help="写出标准模板，供修改；标识写 town（默认）或 org。"
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="文件已存在时覆盖。")] = False,
    store: Store = None,
) -> None:
    """写出镇画像或企业画像：一页 Word。"""  # noqa: D400, D415
    if template_out is not None and out is None:
        briefing.write_template(id, template_out, force=force)
        return
    if id is None or out is None or template_out is not None:
        raise BadInput("请给出标识与要写出的文件，如 zhenlian brief town:dingxiang-flange 画像.docx", "id")
    asked = {} if as_of is None else {"asOf": str(as_of)}
    asked |= {"realOnly": "true"} if real_only else {}
    briefing.brief(read_settings(store=store), id, out, asked, template_, force=force)


@app.command("notice")
@plainly
def notice_(  # noqa: PLR0913 - options
    id: Annotated[str | None, typer.Argument(metavar="标识", help="督办通知书（notice:…）。")] = None,
    out: Annotated[Path | None, typer.Argument(metavar="文件", help="要写出的 .docx 文件。")] = None,
    *,
    on: Annotated[str | None, typer.Option("--on", metavar="日期", help="逾期按此日计，默认今天。")] = None,
    template_: Annotated[
        Path | None, typer.Option("--template", metavar="文件", help="本单位的 Word 模板。")
    ] = None,
    template_out: Annotated[
        Path | None, typer.Option("--template-out", metavar="文件", help="写出标准模板，供修改。")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="文件已存在时覆盖。")] = False,
    store: Store = None,
) -> None:
    """写出督办通知书：Word；未下达者标明草稿。"""  # noqa: D400, D415
    if template_out is not None and out is None:
        write_notice_template(template_out, force=force)
        return
    if id is None or out is None or template_out is not None:
        raise BadInput("请给出标识与要写出的文件，如 zhenlian notice notice:… 通知书.docx", "id")
    notice(read_settings(store=store), id, out, {} if on is None else {"on": on}, template_, force=force)


@app.command("resolve")
@plainly
def resolve_(  # noqa: PLR0913 - options
    *,
    town: Annotated[str | None, typer.Option("--town", metavar="标识", help="只看一个专业镇。")] = None,
    at_least: Annotated[float, typer.Option("--at-least", help="分值下限，大于 0、不大于 1。")] = 0.6,
    first: Annotated[int, typer.Option("--first", help="列出前几对。")] = 50,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="文件", help="写成 CSV，供 Excel 看。")] = None,
    json: Annotated[bool, typer.Option("--json", help="以 JSON 写出，供程序读。")] = False,
    merge: Annotated[
        tuple[str, str] | None,
        typer.Option("--merge", metavar="去 留", help="合并：前者并入后者，旧标识仍可查。"),
    ] = None,
    apart: Annotated[
        tuple[str, str] | None,
        typer.Option("--apart", metavar="甲 乙", help="区分：两者不是同一主体，不再列出。"),
    ] = None,
    undo: Annotated[str | None, typer.Option("--undo", metavar="裁定", help="撤销一次裁定。")] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="文字", help="合并或区分的理由。")] = "",
    by: Annotated[str | None, typer.Option("--by", metavar="机构", help="经办机构，不写人名。")] = None,
    store: Store = None,
) -> None:
    """列出可能重复的主体；核实后合并、区分，或撤销。"""  # noqa: D400, D415
    settings = read_settings(store=store)
    if merge is None and apart is None and undo is None:
        resolve.propose(settings, resolve.Wanted(town, at_least, first, csv, json))
    else:
        resolve.rule(settings, merge, apart, undo, Grounds(reason, by))


@app.command("match")
@plainly
def match_(
    names: Annotated[
        Path, typer.Argument(metavar="名单", help="工作簿、.csv 或 .txt：一行一个名称，至多 500 个。")
    ],
    out: Annotated[Path, typer.Argument(metavar="文件", help="要写出的 .xlsx 或 .csv 文件。")],
    *,
    region: Annotated[
        str | None, typer.Option("--region", metavar="标识", help="名单所属的行政区划。")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="文件已存在时覆盖。")] = False,
    store: Store = None,
) -> None:
    """比对名单：其中每个名称可能是图中的哪个主体。"""  # noqa: D400, D415
    match(read_settings(store=store), names, out, region, force=force)


@app.command()
@plainly
def schema() -> None:
    """打印 GraphQL 模式（SDL）。"""  # noqa: D400, D415
    from schema import schema as whole  # noqa: PLC0415 - only here: it takes seconds

    typer.echo(whole.as_str())


def main() -> None:
    """Run one command."""
    app()


if __name__ == "__main__":
    main()
