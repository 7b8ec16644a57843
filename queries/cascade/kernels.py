"""The iterations of ESRI: how the losses of a closure spread, compiled, one touched link at a time.

Down (a buyer lacks inputs): h_j = 1 − max(worst essential input, sum of the other inputs). Up (a supplier
lacks buyers): h_i = 1 − lost share of its revenue. Both spread at once, each iteration from the state before.
An iteration touches only the links of those whose state, or market, has just changed; as losses only grow, a
running maximum over the essential inputs is enough.
"""

from typing import NamedTuple

import numpy as np

from graph.kernels.compiled import kernel

type Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]
type Places = np.ndarray[tuple[int], np.dtype[np.int32]]
type Pointers = np.ndarray[tuple[int], np.dtype[np.int64]]
type Rows = np.ndarray[tuple[int, int], np.dtype[np.float64]]
type Flags = np.ndarray[tuple[int], np.dtype[np.uint8]]

EMPTY = 1e-10
"""A market with less than this share of its sales left counts as empty: nobody replaces anybody."""
DOWN, UP, CHANGED_DOWN, CHANGED_UP, MARKETS, ITERATIONS, LINKS = range(7)
"""`Work.counts`: touched downwards, upwards; changed in the last iteration; markets, iterations and links."""
COLUMNS = 5
"""Of a row of `each`: esri, down, up (shares), iterations, and the residual of the last iteration."""
RESTING, TOUCHED, WAITING = 0, 1, 2


class Links(NamedTuple):
    """Compressed rows: where the loss of one organisation goes, and how much of it."""

    start: Pointers
    to: Places
    share: Numbers
    group: Places
    """The essential input that the link is part of; -1: a replaceable input, or none."""


class Bundle(NamedTuple):
    """All that the iterations read; threads and workers share it. Organisations are places."""

    sales: Numbers
    """Observed sales (yuan a year): what a market is made of."""
    weight: Numbers
    """Share of each in the whole that ESRI is a share of."""
    down: Links
    """Seller to buyers."""
    up: Links
    """Buyer to sellers."""
    group_start: Pointers
    """Where the essential inputs of each buyer begin: one for each industry that sells it some."""
    market: Places
    """The industry in which substitutes are looked for."""
    market_sales: Numbers
    substitutes: bool


class Work(NamedTuple):
    """Scratch of one thread, at rest between two closures."""

    h_down: Numbers
    h_up: Numbers
    other_loss: Numbers
    worst_loss: Numbers
    group_loss: Numbers
    sales_loss: Numbers
    sent_down: Numbers
    sent_up: Numbers
    cap: Numbers
    """1 − psi."""
    seen_down: Flags
    seen_up: Flags
    touched_down: Places
    touched_up: Places
    changed_down: Places
    changed_up: Places
    waiting: Places
    left: Numbers
    """What a market can still deliver."""
    impaired: Places
    """The first impaired organisation of a market; `after` leads on to the others; -1 ends the list."""
    after: Places
    market_state: Flags
    """RESTING, TOUCHED, or WAITING: it changed in the last iteration."""
    touched_markets: Places
    counts: Pointers
    residual: Numbers
    """The greatest residual of a state in the last iteration: one number."""


@kernel
def scratch(net: Bundle) -> Work:
    """Make the scratch of a thread."""
    size, markets = len(net.sales), len(net.market_sales)
    return Work(
        np.ones(size),
        np.ones(size),
        np.zeros(size),
        np.zeros(size),
        np.zeros(net.group_start[size]),
        np.zeros(size),
        np.zeros(size),
        np.zeros(size),
        np.ones(size),
        np.zeros(size, np.uint8),
        np.zeros(size, np.uint8),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        net.market_sales.copy(),
        np.full(markets, -1, np.int32),
        np.empty(size, np.int32),
        np.zeros(markets, np.uint8),
        np.empty(markets, np.int32),
        np.zeros(7, np.int64),
        np.ones(1),
    )


@kernel
def each(net: Bundle, closed: Places, eps: float, most: int) -> Rows:
    """Close some organisations wholly, one after the other, each alone."""
    work = scratch(net)
    rows = np.zeros((len(closed), COLUMNS))
    psi = np.ones(1)
    for place in range(len(closed)):
        shocked = closed[place : place + 1]
        begin(net, work, shocked, psi)
        while not spread(net, work, eps, most, 1 << 62) and work.counts[ITERATIONS] < most:
            pass
        summed(net, work, rows[place])
        _rest(net, work, shocked)
    return rows


@kernel
def begin(net: Bundle, work: Work, shocked: Places, psi: Numbers) -> None:
    """Take psi (> 0) of what the shocked (all different) make from the scratch at rest."""
    counts = work.counts
    for place in range(len(shocked)):
        i: int = shocked[place]
        work.cap[i] = 1.0 - psi[place]
        work.seen_down[i] = work.seen_up[i] = TOUCHED
        work.touched_down[counts[DOWN]] = work.touched_up[counts[UP]] = i
        work.changed_down[counts[CHANGED_DOWN]] = work.changed_up[counts[CHANGED_UP]] = i
        for count in (DOWN, UP, CHANGED_DOWN, CHANGED_UP):
            counts[count] += 1
        _impair(net, work, i, 1.0, work.cap[i])
        work.h_down[i] = work.h_up[i] = work.cap[i]


@kernel
def spread(net: Bundle, work: Work, eps: float, most: int, budget: int) -> bool:
    """Sweep until no state falls by more than eps: then True.

    False: `most` iterations are done, or `budget` links were touched since the call; call again to go on.
    """
    counts = work.counts
    counts[LINKS] = 0
    while counts[ITERATIONS] < most and counts[LINKS] < budget:
        counts[ITERATIONS] += 1
        residual_down = _settle_down(net, work, _send_down(net, work))
        residual_up = _settle_up(work, _send_up(net, work))
        work.residual[0] = max(residual_down, residual_up)
        if work.residual[0] <= eps:
            return True
    return False


@kernel
def _impair(net: Bundle, work: Work, j: int, before: float, now: float) -> None:
    """Take what j stopped making out of its market."""
    if not net.substitutes:
        return
    market: int = net.market[j]
    work.left[market] -= net.sales[j] * (before - now)
    if work.market_state[market] == RESTING:
        work.touched_markets[work.counts[MARKETS]] = market
        work.counts[MARKETS] += 1
    work.market_state[market] = WAITING
    if before == 1.0:
        work.after[j] = work.impaired[market]
        work.impaired[market] = j


@kernel
def _send_down(net: Bundle, work: Work) -> int:
    """Pass on the losses of sellers that have changed, or have become harder to replace."""
    waiting = 0
    if not net.substitutes:
        for place in range(work.counts[CHANGED_DOWN]):
            seller: int = work.changed_down[place]
            waiting = _push_down(net, work, seller, 1.0 - work.h_down[seller], waiting)
        return waiting
    for place in range(work.counts[MARKETS]):
        market: int = work.touched_markets[place]
        if work.market_state[market] != WAITING:
            continue
        work.market_state[market] = TOUCHED
        empty = work.left[market] <= EMPTY * net.market_sales[market]
        seller: int = work.impaired[market]
        while seller >= 0:
            sigma = 1.0 if empty else min(1.0, net.sales[seller] / work.left[market])
            waiting = _push_down(net, work, seller, sigma * (1.0 - work.h_down[seller]), waiting)
            seller = work.after[seller]
    return waiting


@kernel
def _push_down(net: Bundle, work: Work, seller: int, loss: float, waiting: int) -> int:
    more = loss - work.sent_down[seller]
    if more <= 0.0:
        return waiting
    work.sent_down[seller] = loss
    first, last = net.down.start[seller], net.down.start[seller + 1]
    work.counts[LINKS] += last - first
    for link in range(first, last):
        j, group = net.down.to[link], net.down.group[link]
        if group < 0:
            work.other_loss[j] += net.down.share[link] * more
        else:
            work.group_loss[group] += net.down.share[link] * more
            work.worst_loss[j] = max(work.worst_loss[j], work.group_loss[group])
        if work.seen_down[j] == RESTING:
            work.touched_down[work.counts[DOWN]] = j
            work.counts[DOWN] += 1
        if work.seen_down[j] != WAITING:
            work.seen_down[j] = WAITING
            work.waiting[waiting] = j
            waiting += 1
    return waiting


@kernel
def _settle_down(net: Bundle, work: Work, waiting: int) -> float:
    changed, biggest = 0, 0.0
    for place in range(waiting):
        j: int = work.waiting[place]
        work.seen_down[j] = TOUCHED
        h = max(0.0, min(work.cap[j], 1.0 - max(work.other_loss[j], work.worst_loss[j])))
        residual = work.h_down[j] - h
        if residual > 0.0:
            _impair(net, work, j, work.h_down[j], h)
            work.h_down[j] = h
            work.changed_down[changed] = j
            changed += 1
            biggest = max(biggest, residual)
    work.counts[CHANGED_DOWN] = changed
    return biggest


@kernel
def _send_up(net: Bundle, work: Work) -> int:
    """Pass on the losses of buyers that have changed."""
    waiting = 0
    for place in range(work.counts[CHANGED_UP]):
        buyer: int = work.changed_up[place]
        more = 1.0 - work.h_up[buyer] - work.sent_up[buyer]
        work.sent_up[buyer] = 1.0 - work.h_up[buyer]
        first, last = net.up.start[buyer], net.up.start[buyer + 1]
        work.counts[LINKS] += last - first
        for link in range(first, last):
            i = net.up.to[link]
            work.sales_loss[i] += net.up.share[link] * more
            if work.seen_up[i] == RESTING:
                work.touched_up[work.counts[UP]] = i
                work.counts[UP] += 1
            if work.seen_up[i] != WAITING:
                work.seen_up[i] = WAITING
                work.waiting[waiting] = i
                waiting += 1
    return waiting


@kernel
def _settle_up(work: Work, waiting: int) -> float:
    changed, biggest = 0, 0.0
    for place in range(waiting):
        i: int = work.waiting[place]
        work.seen_up[i] = TOUCHED
        h = max(0.0, min(work.cap[i], 1.0 - work.sales_loss[i]))
        residual = work.h_up[i] - h
        if residual > 0.0:
            work.h_up[i] = h
            work.changed_up[changed] = i
            changed += 1
            biggest = max(biggest, residual)
    work.counts[CHANGED_UP] = changed
    return biggest


@kernel
def summed(net: Bundle, work: Work, row: Numbers) -> None:
    """Add up what was lost, into a row of `COLUMNS`."""
    for place in range(work.counts[DOWN]):
        j = work.touched_down[place]
        row[0] += (1.0 - min(work.h_down[j], work.h_up[j])) * net.weight[j]
        row[1] += (1.0 - work.h_down[j]) * net.weight[j]
    for place in range(work.counts[UP]):
        j = work.touched_up[place]
        row[2] += (1.0 - work.h_up[j]) * net.weight[j]
        if work.seen_down[j] == RESTING:
            row[0] += (1.0 - work.h_up[j]) * net.weight[j]
    row[3], row[4] = work.counts[ITERATIONS], work.residual[0]


@kernel
def _rest(net: Bundle, work: Work, shocked: Places) -> None:
    """Undo exactly what the closure touched."""
    for place in range(work.counts[DOWN]):
        j = work.touched_down[place]
        work.h_down[j] = 1.0
        work.other_loss[j] = work.worst_loss[j] = work.sent_down[j] = 0.0
        work.seen_down[j] = RESTING
        work.group_loss[net.group_start[j] : net.group_start[j + 1]] = 0.0
    for place in range(work.counts[UP]):
        i = work.touched_up[place]
        work.h_up[i] = 1.0
        work.sales_loss[i] = work.sent_up[i] = 0.0
        work.seen_up[i] = RESTING
    for place in range(work.counts[MARKETS]):
        market: int = work.touched_markets[place]
        work.left[market] = net.market_sales[market]
        work.impaired[market] = -1
        work.market_state[market] = RESTING
    for place in range(len(shocked)):
        work.cap[shocked[place]] = 1.0
    work.counts[:] = 0
    work.residual[0] = 1.0
