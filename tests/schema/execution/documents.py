"""Random documents: valid ones, over the whole schema, with fragments, directives, aliases and variables."""

import json
from functools import partial

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNonNull,
    get_named_type,
    is_leaf_type,
    is_list_type,
)
from graphql.pyutils import Undefined

from graph.kinds import NODE_OF


class Documents:
    """Writes documents at random; `ids` are those of the data, by the words of an argument's name."""

    def __init__(self, schema, random, ids, *, dear):
        self.schema, self.random, self.ids, self.dear = schema, random, ids, dear

    def make(self):
        """Write one: its text, and what draws values for its variables."""
        self.variables, self.drawn, self.fragments, self.left = [], {}, [], 30
        body = self.selection(self.schema.query_type, 0)
        head = f"({', '.join(self.variables)})" if self.variables else ""
        text = "\n".join([f"query Q{head} {body}", *self.fragments])
        drawn = self.drawn
        return text, lambda: {name: draw() for name, draw in drawn.items()}

    def chance(self, share):
        return self.random.random() < share

    def selection(self, kind, depth):
        fields = [f for f in kind.fields.items() if self.allowed(kind, f[0], depth)]
        leaves = [f for f in fields if is_leaf_type(get_named_type(f[1].type))]
        deep = [f for f in fields if f not in leaves]
        chosen = self.random.sample(leaves, min(len(leaves), self.random.randint(0, 4)))
        wanted = self.random.randint(0 if chosen else 1, 2)
        chosen += self.random.sample(deep, min(len(deep), wanted if self.left > 0 else 0))
        self.random.shuffle(chosen)
        parts = [part for name, field in chosen if (part := self.field(name, field, depth))]
        if not parts or self.chance(0.2):
            parts.append("__typename")
        if self.chance(0.15):
            parts.append(self.random.choice(parts))
        return f"{{ {' '.join(self.grouped(kind, parts))} }}"

    def allowed(self, kind, name, depth):
        if kind is self.schema.query_type:
            return name not in self.dear
        return name not in self.dear and depth < 6

    def grouped(self, kind, parts):
        """Move some of the parts into fragments."""
        if self.chance(0.75) or not parts:
            return parts
        cut = self.random.randint(0, len(parts))
        inside, rest = parts[:cut] or ["__typename"], parts[cut:]
        on = self.random.choice(
            [kind.name, *[face.name for face in getattr(kind, "interfaces", ()) if False]]
        )
        if self.chance(0.5):
            head = self.random.choice(["...", f"... on {on}"])
            return [*rest, f"{head} {self.condition()} {{ {' '.join(inside)} }}"]
        name = f"F{len(self.fragments)}"
        self.fragments.append(f"fragment {name} on {on} {{ {' '.join(inside)} }}")
        return [*rest, f"...{name} {self.condition()}"]

    def condition(self):
        if self.chance(0.6):
            return ""
        way, given = self.random.choice(["skip", "include"]), self.chance(0.5)
        literal = self.maybe_variable("Boolean!", json.dumps(given), lambda: self.chance(0.5))
        return f"@{way}(if: {literal})"

    def maybe_variable(self, kind, literal, draw):
        if self.chance(0.7):
            return literal
        name = f"v{len(self.variables)}"
        if self.chance(0.3) and not kind.endswith("!"):
            self.variables.append(f"${name}: {kind} = {literal}")
            if self.chance(0.5):
                return f"${name}"
        else:
            self.variables.append(f"${name}: {kind}")
        self.drawn[name] = draw
        return f"${name}"

    def field(self, name, field, depth):
        kind = get_named_type(field.type)
        self.left -= 1
        arguments = self.arguments(field)
        alias = f"a{self.random.randint(0, 10**9)}: " if arguments or self.chance(0.2) else ""
        head = f"{alias}{name}{arguments} {self.condition() if self.chance(0.15) else ''}"
        if is_leaf_type(kind):
            return head
        if isinstance(kind, GraphQLInterfaceType):
            return f"{head} {self.of_interface(kind, depth)}"
        return f"{head} {self.selection(kind, depth + 1)}"

    def of_interface(self, kind, depth):
        parts = [
            "__typename",
            *self.random.sample(list(kind.fields), self.random.randint(1, len(kind.fields))),
        ]
        for one in self.random.sample(self.schema.get_possible_types(kind), 2) if self.left > 0 else ():
            # Two types may select different things under one name: each name is made different.
            inside = self.selection(one, depth + 2)
            parts.append(
                f"... on {one.name} {inside}" if "a: " in inside else f"... on {one.name} {{ __typename }}"
            )
        return f"{{ {' '.join(parts)} }}"

    def arguments(self, field):
        given = []
        for name, argument in field.args.items():
            required = isinstance(argument.type, GraphQLNonNull) and argument.default_value is Undefined
            paging = name == "first" and "last" in field.args
            wanted = required or (paging and self.chance(0.97)) or self.chance(0.25)
            if wanted and name not in {"last", "after", "before"}:
                draw = (
                    partial(self.of_kind, field) if name == "id" else partial(self.value, argument.type, name)
                )
                literal = self.maybe_variable(str(argument.type), draw()[0], lambda draw=draw: draw()[1])
                given.append(f"{name}: {literal}")
        return f"({', '.join(given)})" if given else ""

    def of_kind(self, field):
        """An id of the kind that a field returns, mostly."""
        prefix = getattr(NODE_OF.get(get_named_type(field.type).name), "prefix", "")
        fitting = [id for id in self.ids if id.startswith(f"{prefix}:")]
        value = self.random.choice(fitting if fitting and self.chance(0.9) else self.ids)
        return json.dumps(value), value

    def value(self, kind, name):
        """A literal, and the same as JSON."""
        if isinstance(kind, GraphQLNonNull):
            return self.value(kind.of_type, name)
        if is_list_type(kind):
            made = [self.value(kind.of_type, name) for _ in range(self.random.randint(0, 2))]
            return f"[{', '.join(literal for literal, _ in made)}]", [value for _, value in made]
        if isinstance(kind, GraphQLEnumType):
            chosen = self.random.choice(list(kind.values))
            return chosen, chosen
        if isinstance(kind, GraphQLInputObjectType):
            return self.object(kind)
        value = self.scalar(kind.name, name)
        return json.dumps(value, ensure_ascii=False), value

    def object(self, kind):
        chosen = self.random.sample(
            list(kind.fields.items()), min(len(kind.fields), self.random.randint(0, 2))
        )
        required = [f for f in kind.fields.items() if isinstance(f[1].type, GraphQLNonNull)]
        made = {
            name: self.value(field.type, name) for name, field in {**dict(required), **dict(chosen)}.items()
        }
        text = ", ".join(f"{name}: {literal}" for name, (literal, _) in made.items())
        return f"{{{text}}}", {name: value for name, (_, value) in made.items()}

    def scalar(self, kind, name):  # noqa: PLR0911 - one for each type
        if kind == "ID":
            return self.random.choice([*self.ids, "org:nobody", "nonsense"] if self.chance(0.1) else self.ids)
        if kind == "Int":
            if name == "asOf" or name.lower().endswith("year"):
                return self.random.choice([2019, 2021, 2022, 2024, 1800])
            return self.random.choice([0, 1, 2, 3, 3, 5, 5, 500] if self.chance(0.1) else [1, 2, 3, 5])
        if kind == "Float":
            return self.random.choice([0.0, 0.1, 0.5, 1.0, 20.0])
        if kind == "Boolean":
            return self.chance(0.5)
        if kind == "Date":
            return self.random.choice(["2019-01-01", "2022-06-30"])
        return self.random.choice(["法兰", "钢", "a", ""])
