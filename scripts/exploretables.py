"""What table-msf and table-fdt share: running `tilewright explore` and printing rows."""

import json
import os
import subprocess
import sys


class Exploration:
    """What `explore --json` says of one model."""

    def __init__(self, tilewright, model, options):
        if not os.path.exists(model):
            sys.exit(f"no model {model}")
        run = subprocess.run(
            [tilewright, "explore", model, *options, "--json"], stdout=subprocess.PIPE, text=True
        )
        if run.returncode != 0:
            sys.exit(f"explore {model} {' '.join(options)}: exit code {run.returncode}")
        report = json.loads(run.stdout)
        self.untiled, self.seconds = report["untiled"], report["seconds"]
        self.points = report["points"]

    def least(self, overhead=None):
        """The point of least bytes whose exact overhead is at most a fraction, if one is named."""
        untiled = {**self.untiled, "certified": True}
        allowed = [
            point
            for point in [untiled, *self.points]
            if overhead is None or self.overhead(point) <= overhead
        ]
        return min(allowed, key=lambda point: (point["peak"], point["macs"]))

    def overhead(self, point):
        """Multiply-accumulates beyond the untiled network's, as a fraction of those."""
        untiled = self.untiled["macs"]
        return (point["macs"] - untiled) / untiled if untiled else 0.0

    def saving(self, point):
        """Bytes saved, as a fraction of the untiled network's."""
        return 1 - point["peak"] / self.untiled["peak"]


def arguments(document):
    """The tool, the folder of models, and what stands behind --."""
    given = sys.argv[1:]
    end = given.index("--") if "--" in given else len(given)
    if end != 2:
        sys.exit(document)
    return given[0], given[1], given[end + 1 :]


def peak(point):
    """Bytes of a point; marked where its plan was not verified."""
    return f"{point['peak']:,}" + ("" if point["certified"] else " (not certified)")


def percent(fraction, sign="+"):
    """A fraction as a percentage; nothing but 0 is shown as 0."""
    decimals = 1 if fraction == 0 or abs(fraction) >= 0.0005 else 4
    return f"{100 * fraction:{sign}.{decimals}f} %"


def row(*cells):
    """Prints a row of a Markdown table."""
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)
