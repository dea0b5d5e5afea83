"""An installed wheel carries its dictionaries and works from any folder."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_wheel_works_anywhere(tmp_path):
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True)
    (wheel,) = tmp_path.glob("cleaner-*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    names = {str(path.relative_to(site)) for path in site.rglob("*")}
    assert {
        "cleaner/dictionaries/table/forward.tsv",
        "cleaner/dictionaries/lm/keys3.npy",
        "cleaner/report/page/page.js",
        "cleaner/py.typed",
    } <= names
    (about,) = site.glob("cleaner-*.dist-info/entry_points.txt")
    assert "[spacy_factories]\ncleaner = cleaner.integrations.spacy:make_component" in about.read_text("utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(site)!r}); import cleaner; assert {str(site)!r} in cleaner.__file__;"
        "print(cleaner.restore('He mentioned on Monday that individuals have been ready for information, in keeping"
        " with the corporate, which mentioned it was hopeful.').text)"
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run([sys.executable, "-I", "-c", code], cwd=elsewhere, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("He said on Monday that people")
