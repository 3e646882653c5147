"""Fourth step of reading times: what a run of words that the grammar found means, in the scene it stands in.

`READERS` has one function for every rule of the grammar, in the modules named after what they read. Each takes a `Run`
and gives a `Reading`, or None where the words are no time after all ("two flights a year", "may" as a verb).
"""

from __future__ import annotations

from collections.abc import Callable

from reportedly.resolve import time_dates, time_holidays, time_hours, time_lengths, time_relative
from reportedly.resolve.time_runs import Reading, Run

READERS: dict[str, Callable[[Run], Reading | None]] = {
    name.removeprefix("read_"): function
    for module in (time_dates, time_holidays, time_hours, time_lengths, time_relative)
    for name, function in vars(module).items()
    if name.startswith("read_") and getattr(function, "__module__", "") == module.__name__
}
