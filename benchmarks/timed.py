"""What a command costs, as JSON: ``python -I timed.py COMMAND …``.

A process of its own, and a small one: the kernel counts to a command's peak memory what its parent had as it started.
"""

import json
import os
import sys
import time

silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
begin = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - begin
cost = {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss / 1024}
print(json.dumps(cost | {"status": os.waitstatus_to_exitcode(status)}))
