"""Prints what TensorBoard's own reader finds in a folder of event files: python3 tfevents.py RUN/tensorboard

Needs the package tensorboard. Nothing of Peephole's writer is used here.
"""

import pathlib
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

for file in sorted(pathlib.Path(sys.argv[1]).rglob("*tfevents*")):
    events = EventAccumulator(str(file), size_guidance={"scalars": 0}).Reload()
    for tag in events.Tags()["scalars"]:
        numbers = events.Scalars(tag)
        print(file.parent.name, tag, [(n.step, round(n.value, 6)) for n in numbers])
