"""Former ids: which id answers today for one that was given up."""

from collections.abc import Iterable, Mapping


def successors(*pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Map each former id to the one that stands for it now, however often it was passed on.

    Later pairs come before earlier ones. A circle, which no ruling makes, ends where it would close.

    >>> successors([("org:a", "org:b"), ("org:b", "org:c")])
    {'org:a': 'org:c', 'org:b': 'org:c'}
    """
    step = {former: now for some in pairs for former, now in some}
    return {former: _last(step, former) for former in step}


def _last(step: Mapping[str, str], id: str) -> str:
    seen = {id}
    while (following := step.get(id)) is not None and following not in seen:
        seen.add(following)
        id = following
    return id
