"""Sayings: the sentences of graphql-core about what clients write, each with ours.

A sentence names things in braces, and ends in `…` where the rest says nothing more. In ours `{right}` is what
would be right: what could be written there, and what may have been meant.
"""

import json
import re
from ast import literal_eval
from collections.abc import Mapping
from typing import Any

LONGEST_SHOWN = 100
"""Characters of a value that are shown."""
_SCALARS = {
    "Int cannot represent non-integer value: {value}": "{value}不是整数：应为整数，如 10",
    "Int cannot represent non 32-bit signed integer value: {value}": (
        "{value}超出整数的范围：应在 -2147483648 到 2147483647 之间"
    ),
    "Float cannot represent non numeric value: {value}": "{value}不是可用的数：应为数，如 0.5",
    "String cannot represent a non string value: {value}": "{value}不是文字：应为加引号的文字",
    "String cannot represent value: {value}": "{value}不是文字：应为加引号的文字",
    "Boolean cannot represent a non boolean value: {value}": "{value}不是真假值：应为 true 或 false",
    "ID cannot represent a non-string and non-integer value: {value}": "{value}不是标识：应为加引号的文字",
    "ID cannot represent value: {value}": "{value}不是标识：应为加引号的文字",
    'Value cannot represent a Date: "{value}". …': "{value}不是日期：应为加引号的 年-月-日，如 2024-06-30",
    'Value cannot represent a DateTime: "{value}". …': (
        "{value}不是时刻：应为加引号的 ISO 8601 写法，如 2024-06-30T08:00:00+08:00"
    ),
    'Value cannot represent a {type}: "{value}". …': "{value}不合类型 {type}",
}
_VALUES = {
    "Value '{text}' does not exist in '{enum}' enum.": "没有值“{text}”{right}",
    "Enum '{enum}' cannot represent non-enum value: {value}.": "{value}不是可选的值（不加引号）{right}",
    "Enum '{enum}' cannot represent non-string value: {value}.": "{value}不是可选的值{right}",
    "Expected a value of non-null type '{type}' to be provided.": "缺少值：必填，类型为 {type}",
    "Expected value of non-null type '{type}' not to be None.": "不能为 null：必填，类型为 {type}",
    "Expected variable '{variable}' provided to type '{type}' to provide a runtime value.": (
        "变量 {variable} 没有值：必填，类型为 {type}"
    ),
    "Expected variable '{variable}' provided to non-null type '{type}' not to be None.": (
        "变量 {variable} 是 null：必填，类型为 {type}"
    ),
    "Expected variable '{variable}' provided to field '{field}' for OneOf Input Object type '{type}' …": (
        "变量 {variable} 没有值：{type} 须且只须给一项，且不为 null"
    ),
    "Expected value of type '{input}' to be an object, found: {value}.": (
        "{value}不是对象：应形如 {{字段: 值}}{right}"
    ),
    "Expected value of type '{input}' to include required field '{field}', found: …": "缺少必填的 {field}",
    "Expected value of type '{input}' not to include unknown field '{field}'. Found: …": (
        "没有字段 {field}{right}"
    ),
    "Expected value of type '{input}' not to include unknown field '{field}', found: …": (
        "没有字段 {field}{right}"
    ),
    "Expected value of type '{type}', found: {value}.": "{value}不合类型 {type}",
    "Expected value of type '{type}', but encountered error '{text}'; found: {value}.": (
        "{value}不合类型 {type}"
    ),
    "Expected value of type '{type}' to be valid, found: {value}.": "{value}不合类型 {type}",
    "Within OneOf Input Object type '{input}', exactly one field must be specified…": (
        "须且只须给一项，且不为 null{right}"
    ),
    "Too many errors processing variables, error limit reached. Execution aborted.": (
        "变量中的错误过多，其余未查"
    ),
    "Variable values are nested too deeply.": "变量的值嵌套过深",
}
_FIELDS = {
    "Cannot query field '{field}' on type '{object}'.": "{object} 没有字段 {field}{right}",
    "Unknown argument '{argument}' on field '{owner}'.": "{owner} 没有参数 {argument}{right}",
    "Unknown argument '{argument}' on directive '{owner}'.": "指令 {owner} 没有参数 {argument}{right}",
    "Argument '{owner}({argument}:)' of type '{type}' is required, but it was not provided.": (
        "{owner} 缺少必填的参数 {argument}，类型为 {type}"
    ),
    "Argument '{argument}' of required type '{type}' was not provided.": (
        "缺少必填的参数 {argument}，类型为 {type}"
    ),
    "Field '{field}' must not have a selection since type '{type}' has no subfields.": (
        "{type} 是单个的值：其后不能有 {{ … }}"
    ),
    "Field '{field}' of type '{within}' must have a selection of subfields.": (
        "{within} 有多个字段：其后须写明要哪些，形如 {field} {{ … }}{right}"
    ),
    "Field '{field}' of type '{within}' must have at least one field selected.": (
        "{within} 有多个字段：其后至少要写一个{right}"
    ),
    "Unknown type '{type}'.": "没有类型 {type}{right}",
    "Fields '{field}' conflict because {reason}. Use different aliases on the fields …": (
        "两处都以 {field} 为名，所指却不同（{reason}）：都要时请用不同的别名"
    ),
    "There can be only one argument named '{name}'.": "参数 {name} 给了几次：只能给一次",
    "There can be only one input field named '{name}'.": "字段 {name} 给了几次：只能给一次",
    "Maximum introspection depth exceeded": "对 __schema 的查询嵌套过深",
}
_VARIABLES = {
    "Variable '{variable}' is not defined by operation '{name}'.": (
        "用到了变量 {variable}，操作 {name} 却没有声明它"
    ),
    "Variable '{variable}' is not defined.": "用到了变量 {variable}，操作却没有声明它",
    "Variable '{variable}' is never used…": "变量 {variable} 没有用到：请用它或删去",
    "Variable '{variable}' cannot be non-input type '{type}'.": (
        "变量 {variable} 不能是 {type}：那是答案的类型，变量须用输入的类型"
    ),
    "Variable '{variable}' of type '{type}' used in position expecting type '{asked}'.": (
        "变量 {variable} 声明为 {type}，此处应为 {asked}"
    ),
    "Variable '{variable}' is of type '{type}' but must be non-nullable …": (
        "变量 {variable} 声明为 {type}，此处应为 {type}!"
    ),
    "There can be only one variable named '{name}'.": "有几个名为 {name} 的变量：只能有一个",
}
_FRAGMENTS = {
    "Fragment cannot condition on non composite type '{type}'.": "片段不能以 {type} 为条件：应为有字段的类型",
    "Fragment '{fragment}' cannot condition on non composite type '{type}'.": (
        "片段 {fragment} 不能以 {type} 为条件：应为有字段的类型"
    ),
    "Fragment cannot be spread here as objects of type '{outer}' can never be of type '{type}'.": (
        "此处是 {outer}，不会是片段的 {type}"
    ),
    "Fragment '{fragment}' cannot be spread here as objects of type '{outer}' can never be of type …": (
        "此处是 {outer}，不会是片段 {fragment} 所要的类型"
    ),
    "Unknown fragment '{fragment}'.": "没有片段 {fragment}{right}",
    "Fragment '{fragment}' is never used.": "片段 {fragment} 没有用到：请用它或删去",
    "Cannot spread fragment '{fragment}' within itself…": "片段 {fragment} 引用了自己",
    "There can be only one fragment named '{name}'.": "有几个名为 {name} 的片段：只能有一个",
}
_STREAMING = "不支持分批的答案：请去掉 @defer、@stream"
_SUBSCRIPTION = "不支持订阅（subscription）：可用 query（查询）、mutation（修改）"
_OPERATIONS = {
    "There can be only one operation named '{name}'.": "有几个名为 {name} 的操作：只能有一个",
    "This anonymous operation must be the only defined operation.": (
        "文档含多个操作，此操作却没有名字：请为每个操作命名，并用 operationName 指明执行哪一个"
    ),
    'Unknown operation named "{text}".': "文档中没有名为“{text}”的操作",
    "Can't get GraphQL operation type": "文档中没有可执行的操作",
    "The {name} operation is not supported by the schema.": (
        "不支持 {name}：可用 query（查询）、mutation（修改）"
    ),
    "Anonymous Subscription must …": _SUBSCRIPTION,
    "Subscription '{name}' must …": _SUBSCRIPTION,
    "The {definition} definition is not executable.": "{definition} 是定义，不能执行：只能有操作和片段",
    "Unknown directive '{directive}'.": "没有指令 {directive}：可用 @skip、@include",
    "Directive '{directive}' may not be used on {place}.": "指令 {directive} 不能用在这里（{place}）",
    "The directive '{directive}' can only be used once at this location.": (
        "指令 {directive} 在同一处用了几次：只能用一次"
    ),
    "Defer directive …": _STREAMING,
    "Stream directive …": _STREAMING,
    "Defer/Stream directive …": _STREAMING,
    "Too many validation errors, error limit reached. Validation aborted.": "错误过多，其余未查",
    "Validation aborted.": "文档过于繁复，未能查完：请拆成几次查询",
}
_SYNTAX = {
    "Syntax Error: Expected {expected}, found {token}.": "语法错误：此处应为 {expected}，却是 {token}",
    "Syntax Error: Unexpected variable '{variable}' in constant value.": (
        "语法错误：此处不能用变量 {variable}，应写明值"
    ),
    "Syntax Error: Unexpected description, …": "语法错误：此处不能有加引号的说明",
    "Syntax Error: Unexpected '..', …": "语法错误：“..”应为“...”",
    "Syntax Error: Unexpected single quote character…": "语法错误：文字应加双引号，不能用单引号",
    "Syntax Error: Unexpected character: {token}.": "语法错误：此处不能有 {token}",
    "Syntax Error: Invalid character: {token}.": "语法错误：此处不能有 {token}",
    "Syntax Error: Unexpected {token}.": "语法错误：此处不应有 {token}",
    "Syntax Error: Invalid number, …": "语法错误：数写得不对，应形如 10、0.5 或 1e6",
    "Syntax Error: Invalid character within String: {token}.": "语法错误：文字中不能直接有 {token}",
    "Syntax Error: Unterminated string.": "语法错误：文字缺少结尾的引号",
    "Syntax Error: Invalid Unicode escape sequence: {token}.": "语法错误：文字中的 {token} 不是转义写法",
    "Syntax Error: Invalid character escape sequence: {token}.": "语法错误：文字中的 {token} 不是转义写法",
    "Syntax Error: {token} is reserved and cannot be used for an enum value.": (
        "语法错误：{token} 是保留字，不能作可选的值"
    ),
    "Syntax Error: Document is nested too deeply. Parsing aborted.": "语法错误：文档嵌套过深",
}
SAYINGS: Mapping[str, str] = _SCALARS | _VALUES | _FIELDS | _VARIABLES | _FRAGMENTS | _OPERATIONS | _SYNTAX
"""What is said instead of what graphql-core says, without its suggestions; of two that fit the first one."""
_WHOLE = {"value", "text", "reason", "token", "expected", "place"}
"""What may be of several words; all else is a name or a type."""
_REASONS = (
    (r"subfields '([^']+)' conflict because ", r"其下的 \1："),
    (r"'([^']+)' and '([^']+)' are different fields", r"\1 与 \2 是两个字段"),
    (r"they have differing arguments", "参数不同"),
    (r"they have overlapping stream directives.*", "@stream 重叠"),
    (r"they return conflicting types '([^']+)' and '([^']+)'", r"类型 \1 与 \2 不合"),
    (r" and 其下", "，其下"),
)
_WORDS = {
    "<EOF>": "文档的结尾",
    "<SOF>": "文档的开头",
    "Name": "名称",
    "Int": "整数",
    "Float": "小数",
    "String": "文字",
    "BlockString": "文字",
    "query": "查询",
    "mutation": "修改",
    "subscription": "订阅",
    "field": "字段",
    "fragment definition": "片段的定义",
    "fragment spread": "片段的引用",
    "inline fragment": "无名片段",
    "variable definition": "变量的声明",
}
"""What graphql-core calls the parts of a document."""


def pattern(sentence: str) -> re.Pattern[str]:
    """Make what finds a sentence and the things that it names.

    >>> pattern("Unknown type '{type}'.").fullmatch("Unknown type 'Twon'.")["type"]
    'Twon'
    """
    parts = re.split(r"\{(\w+)\}", sentence.removesuffix("…"))
    found = "".join(
        (rf"(?P<{part}>.*)" if part in _WHOLE else rf"(?P<{part}>\S+?)") if at % 2 else re.escape(part)
        for at, part in enumerate(parts)
    )
    return re.compile(found + ".*" * sentence.endswith("…"), re.DOTALL)


def shown(name: str, found: str) -> str:
    """Write a thing that a sentence names, by the name that it has there, as our readers would.

    >>> shown("value", "[None, 'x']"), shown("token", "Name 'a'"), shown("value", "{ a: B }")
    ('[null, "x"] ', '名称 “a”', '{ a: B } ')
    """
    if name == "value":
        return _as_written(found)
    if name == "reason":
        for english, words in _REASONS:
            found = re.sub(english, words, found)
    elif name == "place":
        found = _WORDS.get(found, found)
    elif name == "definition":
        found = found.strip("'")
    elif name in {"token", "expected"}:
        kind, _, rest = found.partition(" ")
        found = f"{_WORDS.get(kind, kind)} {rest}".rstrip()
        found = re.sub(r"['\"](.*)['\"]", r"“\1”", found, flags=re.DOTALL)
    return _short(found)


def _as_written(value: str) -> str:
    """Write a value as JSON, where it is shown as Python does; a text stands in our own quotes."""
    try:
        read: Any = literal_eval(value) if len(value) <= 4 * LONGEST_SHOWN else Ellipsis
        text = read if isinstance(read, str) else json.dumps(read, ensure_ascii=False)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return f"{_short(value)} "
    return f"“{_short(text)}”" if isinstance(read, str) else f"{_short(text)} "


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
