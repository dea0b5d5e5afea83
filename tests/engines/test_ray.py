"""A real Ray of two workers, some of which are killed."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import ray

from cleaner import Restorer
from cleaner.cli import main
from cleaner.documents.records import restore_records
from cleaner.engines.arrow import restore_table
from cleaner.engines.ray import each

ROOT = Path(__file__).parent.parent.parent
SPUN = (
    "There dangle also been quieter attempts away from the limelight, and no allege contact has easy been made. "
    "The navy stated that individuals had misplaced the whole lot this day."
)


@pytest.fixture(scope="module", autouse=True)
def cluster():
    environment = {"env_vars": {"PYTHONPATH": str(ROOT)}}
    ray.init(
        address="local",
        num_cpus=2,
        object_store_memory=100_000_000,
        include_dashboard=False,
        log_to_driver=False,
        runtime_env=environment,
    )
    yield
    ray.shutdown()


@pytest.fixture
def folder(tmp_path):
    """Six files of records in two formats."""
    (tmp_path / "in").mkdir()
    for at in range(4):
        lines = "".join(f'{{"id": {at}.{row}0, "text": "{SPUN} {at}"}}\n' for row in range(3))
        (tmp_path / "in" / f"{at}.jsonl").write_text(lines + "oops\n", "utf-8")
    for at in range(2):
        pq.write_table(pa.table({"id": range(3), "text": [f"{SPUN} {at}"] * 3}), tmp_path / "in" / f"{at}.parquet")
    return tmp_path


def restored(folder: Path, restorer: Restorer, name: str) -> dict[str, bytes]:
    (folder / name).mkdir()
    for source in sorted((folder / "in").iterdir()):
        restore_records(source, folder / name / source.name, "text", restorer.restore)
    return {path.name: path.read_bytes() for path in (folder / name).iterdir()}


def test_killed_workers_lose_nothing_and_do_nothing_twice(folder, restorer):
    expected = restored(folder, restorer, "alone")
    out = folder / "out"
    out.mkdir()

    def work(source: Path, restorer: Restorer) -> tuple[str, int, int]:
        def restore(text):
            mark = folder / f"{source.name}.killed"
            if source.name in ("1.jsonl", "1.parquet") and text.endswith(source.name[0]) and not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)  # in the middle of a file
            return restorer.restore(text)

        outcome = restore_records(source, out / source.name, "text", restore)
        return source.name, outcome.changed, os.getpid()

    results = []
    sources = sorted((folder / "in").iterdir())
    for result in each(partial(work, restorer=Restorer()), sources, died=lambda source, cause: (source.name, cause, 0)):
        results.append(result)
        if len(results) == 1:
            os.kill(result[2], signal.SIGKILL)  # and once from outside
    assert sorted(name for name, _, _ in results) == [source.name for source in sources]
    assert {changed for _, changed, _ in results} == {3}
    assert len(list(folder.glob("*.killed"))) == 2
    made = {path.name: path.read_bytes() for path in out.iterdir() if not path.name.startswith(".cleaner-")}
    assert made == expected


def test_an_item_that_kills_its_workers_is_given_up():
    def work(item: int) -> str:
        if item == 1:
            os._exit(1)
        return str(item)

    *others, died = sorted(each(work, range(3), died=lambda item, cause: f"died: {item}, {cause}"))
    assert others == ["0", "2"]
    assert died.startswith("died: 1, ")
    assert died.endswith(" (4 times)")


def test_an_error_is_raised_as_it_is():
    def work(item: int) -> None:
        raise FileNotFoundError(item)

    with pytest.raises(FileNotFoundError, match="7"):
        list(each(work, [7], died=lambda item, cause: None))


def test_ray_data_takes_the_arrow_function(restorer):
    table = pa.table({"id": [1, 2], "text": [SPUN, None]})
    found = ray.data.from_arrow(table).map_batches(restore_table, batch_format="pyarrow").take_all()
    assert found == [{"id": 1, "text": restorer.restore(SPUN).text}, {"id": 2, "text": None}]


def test_a_batch_on_ray_is_the_batch_of_one_machine(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    (folder / "in" / "page.txt").write_text(SPUN, "utf-8")
    for engine in ("local", "ray"):
        assert main(["batch", "in", engine, "--engine", engine, "--jobs", "1"]) == 3  # for "oops"
    trees = [
        {path.relative_to(engine): path.read_bytes() for path in Path(engine).rglob("*") if path.is_file()}
        for engine in ("local", "ray")
    ]
    for tree in trees:
        del tree[Path(".cleaner/manifest.sqlite")]
    assert trees[0] == trees[1]
    assert Path("page.txt") in trees[0]


def test_no_cluster_is_one_line(folder, monkeypatch, capsys):
    def refuse(**options):
        raise ConnectionError(f"Ray cluster at {options['address']}\ncannot be reached")

    monkeypatch.chdir(folder)
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "init", refuse)
    assert main(["batch", "in", "out", "--engine", "ray", "--address", "a:1", "--quiet"]) == 2
    assert capsys.readouterr().err == "cleaner: no Ray at a:1: Ray cluster at a:1 cannot be reached\n"
