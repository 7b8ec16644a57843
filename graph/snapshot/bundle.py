"""Bundles: a folder of arrays that many processes map into memory, so that all of them share one copy.

One `.npy` file for each array, and `facts.json`, which says what the others must be. A bundle is written
beside its place and renamed, so no reader ever sees half of one.
"""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from graph.errors import BadInput, LoadRefused
from graph.snapshot.csr import Csr
from graph.snapshot.purchases import Flows, Network

type Arrays = Mapping[str, NDArray[Any]]
type Facts = Mapping[str, str | int | float | None]

FORMAT = "zhenlian-bundle/1"
FACTS = "facts.json"
PLAIN = "biufM"
"""The kinds of numbers and days that can be mapped; texts and objects can't."""


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """The arrays of a folder, read-only, and the facts that stand beside them."""

    arrays: Arrays
    facts: Facts
    digest: str
    """A hash of the content: 16 hexadecimal digits."""


@dataclass(frozen=True, slots=True, eq=False)
class MappedNetwork(Network):
    """A network whose arrays lie in a folder; it is pickled as the folder's name, not as its arrays."""

    folder: Path
    digest: str

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (str(self.folder), self.digest)


def write_bundle(folder: Path, arrays: Arrays, facts: Facts) -> None:
    """Write arrays and facts as a folder, in place of what may be there.

    Readers that have mapped the former bundle keep it. Raises BadInput when an array has no plain numbers,
    or a fact is not finite.
    """
    if odd := [
        name for name, array in arrays.items() if array.dtype.kind not in PLAIN or not name.isidentifier()
    ]:
        raise BadInput(f"{odd[0]}：只能存放数值数组，名称须为标识符", "arrays")
    part, former = (folder.with_name(f".{folder.name}.{os.getpid()}.{end}") for end in ("part", "old"))
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for name, array in arrays.items():
        np.save(part / f"{name}.npy", np.ascontiguousarray(array))
    told = {"format": FORMAT, "digest": _digest(arrays), "arrays": _told(part, arrays), "facts": dict(facts)}
    try:
        text = json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1)
    except ValueError:
        shutil.rmtree(part)
        raise BadInput("facts：数值须有限", "facts") from None
    (part / FACTS).write_text(text, encoding="utf-8")
    if folder.exists():
        folder.rename(former)
    part.rename(folder)
    shutil.rmtree(former, ignore_errors=True)


def open_bundle(folder: Path, *, mapped: bool = True) -> Bundle:
    """Open a folder that `write_bundle` wrote; the arrays are mapped, or read when `mapped` is false.

    Raises LoadRefused, naming the file, when one is missing, cut short, or not what `facts.json` says.
    """
    try:
        told = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LoadRefused(f"{folder / FACTS}：读不出（{error}）") from error
    if not isinstance(told, dict) or cast("dict[str, Any]", told).get("format") != FORMAT:
        raise LoadRefused(f"{folder / FACTS}：不是 {FORMAT} 格式")
    try:
        arrays = {
            name: _opened(folder / f"{name}.npy", said, mapped) for name, said in told["arrays"].items()
        }
        return Bundle(arrays, told["facts"], told["digest"])
    except (KeyError, TypeError, AttributeError) as error:
        raise LoadRefused(f"{folder / FACTS}：内容不全（{error}）") from error


def save_network(folder: Path, network: Network) -> None:
    """Write a network as a bundle: the flows of the year and the links both ways."""
    arrays = {name: getattr(network.flows, name) for name in Flows.__dataclass_fields__}
    for side in ("customers", "suppliers"):
        links: Csr = getattr(network, side)
        arrays |= {f"{side}_{name}": getattr(links, name) for name in Csr.__dataclass_fields__}
    write_bundle(folder, arrays, {"first": network.first})


def open_network(folder: Path, *, mapped: bool = True) -> MappedNetwork:
    """Open a network that `save_network` wrote; what is pickled of it is the folder's name."""
    bundle = open_bundle(folder, mapped=mapped)
    try:
        flows = Flows(*(bundle.arrays[name] for name in Flows.__dataclass_fields__))
        customers, suppliers = (
            Csr(*(bundle.arrays[f"{side}_{name}"] for name in Csr.__dataclass_fields__))
            for side in ("customers", "suppliers")
        )
        first = bundle.facts["first"]
    except KeyError as missing:
        raise LoadRefused(f"{folder}：不是供应网络，缺 {missing}") from missing
    return MappedNetwork(flows, int(first or 0), customers, suppliers, folder.absolute(), bundle.digest)


def _again(folder: str, digest: str) -> MappedNetwork:
    """Open a network in another process; it must still be the one that was meant."""
    network = open_network(Path(folder))
    if network.digest != digest:
        raise LoadRefused(f"{folder}：已被另一份数据取代")
    return network


def _told(part: Path, arrays: Arrays) -> dict[str, dict[str, object]]:
    sizes = {name: (part / f"{name}.npy").stat().st_size for name in arrays}
    return {n: {"dtype": a.dtype.str, "shape": list(a.shape), "bytes": sizes[n]} for n, a in arrays.items()}


def _digest(arrays: Arrays) -> str:
    digest = blake2b(digest_size=8)
    for name, array in arrays.items():
        digest.update(f"{name}:{array.dtype.str}{array.shape};".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def _opened(path: Path, said: Mapping[str, Any], mapped: bool) -> NDArray[Any]:  # noqa: FBT001 - passed on
    """Open one array, and hold it against what was said of it: as a plain array, for numba."""
    try:
        size = path.stat().st_size
        if size != said["bytes"]:
            raise LoadRefused(f"{path}：应有 {said['bytes']:,} 字节，实有 {size:,}")
        array = np.asarray(np.load(path, mmap_mode="r" if mapped else None, allow_pickle=False))
    except (OSError, ValueError, EOFError) as error:
        raise LoadRefused(f"{path}：读不出（{error}）") from error
    if array.dtype.str != said["dtype"] or list(array.shape) != said["shape"]:
        raise LoadRefused(
            f"{path}：应为 {said['dtype']} {said['shape']}，实为 {array.dtype.str} {array.shape}"
        )
    array.setflags(write=False)
    return array
