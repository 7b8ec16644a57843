"""How an answer was computed: what a reader needs to trust it, repeat it, and compare it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from graph.kinds.terms import Term
from graph.snapshot import Origin, Snapshot

type Parameter = bool | int | float | str | None


class Level(Term):
    """分析层级"""  # noqa: D400, D415 - GraphQL shows it

    ORGANISATION = "ORGANISATION", "主体"
    PRODUCT = "PRODUCT", "产品"
    INDUSTRY = "INDUSTRY", "国民经济行业（2、3 或 4 位代码）"
    TOWN = "TOWN", "专业镇"
    REGION = "REGION", "行政区划（县级）"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the supply in question has figures: without it no rate means anything."""

    links: int
    """Supply links (seller, buyer, product) in question."""
    unmeasured: int
    """Of them, those without a value that may be used: unknown, or older than three years."""
    observed: float
    """Yuan a year over the measured links."""
    outside: float
    """Yuan a year known to be bought from sellers that are not in the graph (NEEDS)."""
    organisations: int = 0
    """Organisations in question."""
    outputs_unknown: int = 0
    """Of them, those whose output is unknown: they are left out of every sum of output."""
    outputs_from_sales: int = 0
    """Of them, those whose output is only their observed sales, for want of a revenue."""

    @property
    def share(self) -> float | None:
        """Of all known purchases, the share whose seller is in the graph (0–1); None: none is known."""
        known = self.observed + self.outside
        return self.observed / known if known > 0 else None

    @property
    def measured(self) -> float | None:
        """The share of links that have a value (0–1); None: there are no links."""
        return 1 - self.unmeasured / self.links if self.links else None


@dataclass(frozen=True, slots=True)
class Method:
    """What stands beside every answer."""

    formula: str
    version: int
    """Changes when any number could change."""
    caveat: str
    as_of: int
    snapshot: Origin | None
    """None: asked of a plain table."""
    parameters: Mapping[str, Parameter]
    """All of them, those left at their default included."""
    coverage: Coverage | None = None
    """None: does not apply."""
    iterations: int | None = None
    """Terms of a series, sweeps of a cascade; None: solved at once."""
    residual: float | None = None
    """What the last term or sweep still moved, relative to the whole; None: does not apply."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as it is named in answers."""

    name: str
    version: int
    caveat: str
    """Chinese: shown to users."""
    defaults: Mapping[str, Parameter] = field(default_factory=dict[str, Parameter])

    def method(  # noqa: PLR0913 - what an answer says of itself
        self,
        snapshot: Snapshot,
        as_of: int,
        asked: Mapping[str, Parameter] | None = None,
        *,
        coverage: Coverage | None = None,
        iterations: int | None = None,
        residual: float | None = None,
        **parameters: Parameter,
    ) -> Method:
        """Say how this answer was computed; parameters come as a mapping, by name, or both."""
        residual = None if residual is None or not np.isfinite(residual) else float(residual)
        given = {**self.defaults, **(asked or {}), **parameters}
        origin = snapshot.origin
        return Method(
            self.name, self.version, self.caveat, as_of, origin, given, coverage, iterations, residual
        )
