"""Bundles: a folder of arrays that many processes map into memory, so that all of them share one copy.

All arrays lie in `arrays.bin` (one mapping, one open file); `facts.json` says what and where each is, with
its hash and one of itself. A bundle is written beside its place and renamed, so no reader ever sees half of
one; whoever opens it reads all of it once, so that a flipped bit is refused and never answered from.
"""

import json
import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from graph.errors import BadInput, LoadRefused
from graph.snapshot.csr import Csr
from graph.snapshot.purchases import Flows, Network

type Arrays = Mapping[str, NDArray[Any]]
type Fact = str | int | float | Mapping[str, Fact] | None
type Facts = Mapping[str, Fact]

FORMAT = "zhenlian-bundle/2"
FACTS = "facts.json"
ARRAYS = "arrays.bin"
ALIGNED = 64
"""Each array begins at a multiple of so many bytes."""
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
    or a fact is not finite; OSError when there is no room, or no right to write.
    """
    if odd := [
        name for name, array in arrays.items() if array.dtype.kind not in PLAIN or not name.isidentifier()
    ]:
        raise BadInput(f"{odd[0]}：只能存放数值数组，名称须为标识符", "arrays")
    part, former = (folder.with_name(f".{folder.name}.{os.getpid()}.{end}") for end in ("part", "old"))
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        told = _written(part / ARRAYS, arrays)
        size = (part / ARRAYS).stat().st_size
        content: dict[str, object] = {"format": FORMAT, "bytes": size, "arrays": told, "facts": dict(facts)}
        content["digest"] = _digest(content)
        (part / FACTS).write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        if folder.exists():
            folder.rename(former)
        part.rename(folder)
    finally:
        for left in (part, former):
            shutil.rmtree(left, ignore_errors=True)


def open_bundle(folder: Path, *, mapped: bool = True) -> Bundle:
    """Open a folder that `write_bundle` wrote; the arrays are mapped, or read when `mapped` is false.

    Raises LoadRefused, naming the file, when one is missing, cut short, or not what `facts.json` says.
    """
    told = _told(folder / FACTS)
    content = _content(folder / ARRAYS, told["bytes"], mapped)
    arrays = {name: _array(content, said) for name, said in told["arrays"].items()}
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # hashing leaves the interpreter to others
        for name, digest in zip(arrays, pool.map(_hash, map(_bytes, arrays.values())), strict=True):
            if digest != told["arrays"][name]["digest"]:
                raise LoadRefused(f"{folder / ARRAYS}：{name} 的内容与校验值不符")
    return Bundle(arrays, told["facts"], told["digest"])


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
    return MappedNetwork(flows, cast("int", first), customers, suppliers, folder.absolute(), bundle.digest)


def _again(folder: str, digest: str) -> MappedNetwork:
    """Open a network in another process; it must still be the one that was meant."""
    network = open_network(Path(folder))
    if network.digest != digest:
        raise LoadRefused(f"{folder}：已被另一份数据取代")
    return network


def _told(path: Path) -> dict[str, Any]:
    """Read what a bundle says of itself."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LoadRefused(f"{path}：读不出（{error}）") from error
    if not isinstance(told, dict) or cast("dict[str, Any]", told).get("format") != FORMAT:
        raise LoadRefused(f"{path}：不是 {FORMAT} 格式")
    found = cast("dict[str, Any]", told)
    if found.pop("digest", None) != (digest := _digest(found)):
        raise LoadRefused(f"{path}：内容与校验值不符")
    return found | {"digest": digest}


def _written(path: Path, arrays: Arrays) -> dict[str, dict[str, object]]:
    """Write the arrays behind each other, and say of each what and where it is."""
    told: dict[str, dict[str, object]] = {}
    with path.open("wb") as file:
        file.write(FORMAT.encode())  # an empty file could not be mapped
        for name, array in arrays.items():
            file.write(bytes(-file.tell() % ALIGNED))
            content = _bytes(array)
            told[name] = {
                "dtype": array.dtype.str,
                "shape": list(array.shape),
                "begins": file.tell(),
                "digest": _hash(content),
            }
            file.write(content)
    return told


def _content(path: Path, size: int, mapped: bool) -> mmap | bytes:  # noqa: FBT001 - passed on
    try:
        with path.open("rb") as file:
            content = mmap(file.fileno(), 0, access=ACCESS_READ) if mapped else file.read()
    except (OSError, ValueError) as error:
        raise LoadRefused(f"{path}：读不出（{error}）") from error
    if len(content) != size:
        raise LoadRefused(f"{path}：应有 {size:,} 字节，实有 {len(content):,}")
    return content


def _array(content: mmap | bytes, said: Mapping[str, Any]) -> NDArray[Any]:
    """Show the array that lies somewhere in a file: a plain one, for numba."""
    array = np.ndarray(tuple(said["shape"]), np.dtype(said["dtype"]), content, said["begins"])
    array.setflags(write=False)
    return array


def _bytes(array: NDArray[Any]) -> NDArray[np.uint8]:
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8)


def _hash(content: bytes | NDArray[np.uint8]) -> str:
    return blake2b(content, digest_size=8).hexdigest()


def _digest(told: Mapping[str, Any]) -> str:
    """Hash what a bundle says of itself, and with it all of its content."""
    try:
        return _hash(json.dumps(told, sort_keys=True, allow_nan=False).encode())
    except ValueError:
        raise BadInput("facts：数值须有限", "facts") from None
