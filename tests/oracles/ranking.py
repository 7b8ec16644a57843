"""Percentile ranks and weighed scores as they are defined: one value, one row at a time."""


def percentile_rank(value, values):
    """PR = (values below + half of those equal, itself among them) ÷ all that are known; None: unknown."""
    known = [v for v in values if v is not None]
    if value is None:
        return None
    return (sum(v < value for v in known) + sum(v == value for v in known) / 2) / len(known)


def weighed(places, weights):
    """Σ w·p ÷ Σ w over the parts that are known; None: none with a weight is."""
    used = [(w, p) for w, p in zip(weights, places, strict=True) if p is not None]
    total = sum(w for w, _ in used)
    return sum(w * p for w, p in used) / total if total else None
