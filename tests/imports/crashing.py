"""A worker of imports in a process of its own, slow enough to be killed: `python -m … DATA [DATABASE_URL]`."""

import sys
import time
from pathlib import Path
from typing import Any

from consult import jobs, work
from consult import settings as settings_module
from consult.imports import filing, following
from consult.settings import Settings
from tests.conftest import SECRET

BATCH, PAGE, SLOW = 50, 5, 0.15


def slowly(keep: Any) -> Any:
    def kept(*args: Any, **more: Any) -> None:
        time.sleep(SLOW)
        keep(*args, **more)

    return kept


if __name__ == "__main__":
    given = Settings(
        data=Path(sys.argv[1]), database_url=sys.argv[2], secret=SECRET, allow_private_fetch=True
    )
    settings_module.adopt(given)
    filing.BATCH, following.PAGE, following.PAUSE = BATCH, PAGE, SLOW
    filing.keep_batch = slowly(filing.keep_batch)
    work.load_tasks()
    with jobs.Worker().start(given.url, sweep=0.5):
        print("started", flush=True)  # noqa: T201 - the test listens
        sys.stdin.read()
