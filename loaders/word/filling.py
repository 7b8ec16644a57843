"""Filling a Word template: jinja tags in a sandbox, faults told by their tag, the same bytes each time."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import XMLSyntaxError
from rapidfuzz import process

from graph.errors import BadTemplate

LARGEST = 10_000_000
"""Bytes that a template may have."""
NEAR = 60.0
"""Likeness (0–100) from which a field may be what was meant."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""When all parts of a document were packed: the earliest day that a zip can hold."""
SHOWN = 40
"""Characters of a paragraph that a message repeats."""
_TAG = re.compile(r"\{[{%#].*?[}%#]\}")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that XML can't hold."""
_UNREADABLE = (PackageNotFoundError, BadZipFile, KeyError, ValueError, XMLSyntaxError)
"""What python-docx raises for a file that is no Word document, or a broken one."""
_FAILED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What an expression of a template raises that can't be computed."""

type Words = str | bool | Sequence[Words] | Mapping[str, Words]
"""What a template is filled with; keys are the names that its tags use."""


@dataclass(frozen=True, slots=True)
class Template:
    """A Word document with tags, and what messages call it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class About:
    """What the properties of a document say."""

    title: str
    made: datetime


class _Unknown(StrictUndefined):
    """A field that nobody fills: whatever is done with it, its name is told."""

    @property
    def _undefined_message(self) -> str:
        return self._undefined_name or ""


def filled(template: Template, words: Mapping[str, Words], about: About) -> bytes:
    """Fill a template; raises BadTemplate that names the tag or the field where it is wrong.

    Tags see the words and nothing of Python. The same words and properties make the same bytes.
    """
    document = _opened(template)
    environment = SandboxedEnvironment(autoescape=True, undefined=_Unknown)
    try:
        document.render({key: _fit(value) for key, value in words.items()}, environment)
    except UndefinedError as fault:
        raise BadTemplate(f"模板 {template.name}：{_no_field(str(fault), words)}") from None
    except SecurityError:
        raise BadTemplate(f"模板 {template.name}：有标签用到不允许的表达式，只可用字段、for 与 if") from None
    except TemplateError as fault:
        raise BadTemplate(f"模板 {template.name}：{_wrong_tag(fault)}") from None
    except XMLSyntaxError:
        said = "标签放的位置不对：{%tr %} 须独占一行表格，{%p %} 须独占一段，且成对出现"
        raise BadTemplate(f"模板 {template.name}：{said}") from None
    except _FAILED:
        raise BadTemplate(f"模板 {template.name}：有标签的算式无法计算，请只用字段") from None
    document.core_properties.title = _fit(about.title)
    document.core_properties.author = "镇链"
    for field in ("created", "modified"):
        setattr(document.core_properties, field, about.made.replace(tzinfo=None, microsecond=0))
    made = BytesIO()
    document.save(made)
    return _repacked(made)


def _opened(template: Template) -> DocxTemplate:
    if len(template.content) > LARGEST:
        raise BadTemplate(f"模板 {template.name}：大于 {LARGEST // 1_000_000} MB")
    document = DocxTemplate(BytesIO(template.content))
    try:
        document.init_docx()
    except _UNREADABLE:
        raise BadTemplate(f"模板 {template.name}：不是 Word 文档（.docx），或文件已损坏") from None
    return document


def _no_field(name: str, words: Mapping[str, Words]) -> str:
    """Say that a field is not there, and which may be meant."""
    fields = dict.fromkeys(_names(words))
    near = process.extractOne(name, list(fields), score_cutoff=NEAR)
    guess = f"；是否应为“{near[0]}”？" if near else ""
    return f"没有字段“{name}”{guess}（可用：{'、'.join(words)}）"


def _names(words: Words) -> Iterable[str]:
    """Names of all fields, those of rows too."""
    if isinstance(words, Mapping):
        for name, value in words.items():
            yield name
            yield from _names(value)
    elif not isinstance(words, str | bool):
        for value in words[:1]:
            yield from _names(value)


def _wrong_tag(fault: TemplateError) -> str:
    """Say which tag is wrong, as far as it can be told."""
    lines: list[str] = list(getattr(fault, "docx_context", ()))
    line = (fault.lineno if isinstance(fault, TemplateSyntaxError) else None) or 1
    here = lines[min(line - 1, 3)] if lines else ""
    tags = _TAG.findall(here)
    place = f"，在“{(' '.join(tags) or here.strip())[:SHOWN]}”处" if here.strip() else ""
    said = str(fault.message or "")
    if unknown := re.search(r"unknown tag '([^']+)'", said):
        return f"没有标签 {{% {unknown[1]} %}}{place}：只有 for、if 及其结尾；多余的 end 也会如此"
    if "nexpected end of template" in said:
        return "有 {% for %} 或 {% if %} 没有结尾：每个都须有 {% endfor %}、{% endif %}"
    return f"标签写得不对{place}：应形如 {{{{ 字段 }}}} 或 {{% for 行 in 表 %}}"


def _fit[W: Words](value: W) -> W:
    """Leave out what XML can't hold."""
    found: Words
    if isinstance(value, str):
        found = _UNFIT.sub("", value)
    elif isinstance(value, bool):
        found = value
    elif isinstance(value, Mapping):
        found = {key: _fit(one) for key, one in value.items()}
    else:
        found = [_fit(one) for one in value]
    return found  # pyright: ignore[reportReturnType] - of the sort that was given


def _repacked(made: BytesIO) -> bytes:
    """Pack the parts anew, each under one and the same day."""
    packed = BytesIO()
    with ZipFile(made) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as out:
        for name in parts.namelist():
            out.writestr(ZipInfo(name, EPOCH), parts.read(name), ZIP_DEFLATED)
    return packed.getvalue()
