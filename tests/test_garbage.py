import subprocess
import sys

from cleaner.garbage import THRESHOLDS


def test_the_command_collects_rarely():
    code = "import gc; from cleaner.cli import main; main(['--version']); print(gc.get_threshold())"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == str(THRESHOLDS)
