"""Ray: work on many files spread over the cores of this machine, or over the machines of a cluster.

A file is one task, done by the function that does it on one machine; so the results are the same bytes. A worker that
dies loses nothing: its file is done again, and as files appear whole or not at all, nothing is there twice.

For data that Ray itself reads and writes, say Parquet in object storage, the Arrow function does::

    from cleaner.engines.arrow import restore_table

    articles = ray.data.read_parquet("s3://…").map_batches(restore_table, batch_format="pyarrow")
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from cleaner.documents.extras import needing
from cleaner.engines import EngineError

with needing("The Ray engine", "ray"):
    import ray

T = TypeVar("T")
R = TypeVar("R")

LOCAL = "local"
"""The address that stands for a Ray of its own on this machine."""
RETRIES = 3
"""How often a task is tried again whose worker died. A file that kills its worker each time is given up."""


def each(
    function: Callable[[T], R],
    items: Iterable[T],
    died: Callable[[T, str], R],
    *,
    address: str = LOCAL,
    jobs: int | None = None,
) -> Generator[R, None, None]:
    """``function`` of each of ``items``, as they come. Function and items must be picklable.

    ``died`` gives the result of an item whose workers died, from the cause. A Ray that this process has started is
    used as it is; else the cluster at ``address`` is joined, or one started on this machine with ``jobs`` cores (all,
    if not given), until the end. What ``function`` raises is raised. Raises ``EngineError`` when there is no Ray.
    """
    with _connected(address, jobs):
        todo, shared = iter(items), ray.put(function)
        most = 2 * max(1, int(ray.cluster_resources().get("CPU", 1)))
        running: dict[Any, T] = {}
        while True:
            for item in islice(todo, most - len(running)):
                running[_call.remote(shared, item)] = item
            if not running:
                return
            (done, *_), _ = ray.wait(list(running))
            yield _result(done, running.pop(done), died)


def _result(done: Any, item: T, died: Callable[[T, str], R]) -> R:
    try:
        found: R = ray.get(done)
    except ray.exceptions.RayTaskError as error:
        raise error.cause from None
    except ray.exceptions.RayError as error:
        return died(item, f"{str(error).splitlines()[0]} ({RETRIES + 1} times)")
    return found


def _apply(function: Callable[[T], R], item: T) -> R:
    return function(item)


_call = ray.remote(max_retries=RETRIES)(_apply)


@contextmanager
def _connected(address: str, jobs: int | None) -> Iterator[None]:
    if ray.is_initialized():
        yield
        return
    local: dict[str, Any] = {"num_cpus": jobs, "include_dashboard": False} if address == LOCAL else {}
    try:
        ray.init(address=address, log_to_driver=False, logging_level="error", **local)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise EngineError(f"no Ray at {address}: {' '.join(str(error).split())}") from None
    try:
        yield
    finally:
        ray.shutdown()
