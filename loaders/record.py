"""The record of a load: what it did stays readable in the graph, in the words of its report."""

from graph.edits.upsert import NodeRow, merge_nodes
from graph.kinds.facts import Load
from graph.store.store import Store
from loaders.report import Report

LONGEST = 50_000
"""Characters that are kept of a report."""


async def keep_report[R: Report](store: Store, report: R) -> R:
    """Keep a report with its load, and give it back; one too long ends with a line that says so."""
    if report.load is not None:
        text = NodeRow(report.load, {"report": report_text(list(report.lines()))})
        await store.write(*merge_nodes(Load, [text]))
    return report


def report_text(lines: list[str], longest: int = LONGEST) -> str:
    r"""Join the lines of a report as far as they fit.

    >>> report_text(["一二三", "四五六", "七八九"], 8)
    '一二三\n四五六\n…… 共 3 行，此处只留前 2 行'
    """
    kept, length = list[str](), 0
    for line in lines:
        length += len(line) + 1
        if length > longest:
            kept.append(f"…… 共 {len(lines):,} 行，此处只留前 {len(kept):,} 行")
            break
        kept.append(line)
    return "\n".join(kept)
