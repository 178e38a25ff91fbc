"""How a web process treats its garbage, so that no request pays for the whole process.

After its start a process holds half a million objects for good: the schema, the mappings, the
routes. A full collection walks over all of them (a tenth of a second, in the middle of somebody's
request), and the youngest generation of 700 fills about thirty times while one list is answered.
"""

import gc
from typing import Final

# About one answer: most of what a request makes is freed by its counters before this is reached.
YOUNG_OBJECTS: Final = 20_000


def settle_memory() -> None:
    """Take what is here at the end of the start out of all later collections, and collect less."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)
