"""Run a command under a hard limit of memory, in the strictest way a machine allows."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path


class Unavailable(Exception):
    """Why a machine does not allow a way to limit memory."""


@dataclass(frozen=True)
class Outcome:
    """What became of a command; bytes are those resident at the most."""

    seconds: float
    peak_resident: int
    code: int
    errors: str

    @property
    def end(self) -> str:
        """How it ended: a signal or an exit code."""
        if self.code < 0:
            return signal.Signals(-self.code).name
        return f"exit code {self.code}"


def execute(command: list[str], prepare: object = None) -> Outcome:
    """Run a command; `prepare` is called in the new process."""
    with tempfile.TemporaryFile() as errors:
        start = time.monotonic()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=errors, preexec_fn=prepare
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode(errors="replace").strip()
    return Outcome(seconds, usage.ru_maxrss * 1024, process.returncode, said)


class ControlGroup:
    """A control group of its own for each run (cgroup v2, memory.max)."""

    name = "a control group: memory.max on all that the process has resident"

    def __init__(self, swaps: bool) -> None:
        """Find a group that may have children with a memory limit."""
        self.swaps = swaps
        root = self._root()
        own = Path("/proc/self/cgroup").read_text().split("0::/", 1)
        if len(own) < 2:
            raise Unavailable("this process is in no group of cgroup v2")
        group = root / own[1].split("\n", 1)[0]
        # A group with processes has no children with limits; the group above it may.
        for parent in [group] if group == root else [group, group.parent]:
            if "memory" not in (parent / "cgroup.subtree_control").read_text():
                reason = f"{parent} does not hand the memory controller down"
                continue
            self.parent = parent
            try:
                self.run(1 << 30, ["true"])
            except (OSError, subprocess.SubprocessError) as error:
                reason = f"{parent}: {error}"
                continue
            return
        raise Unavailable(reason)

    def run(self, limit: int, command: list[str]) -> Outcome:
        """Run a command in a new group."""
        group = self.parent / f"tilewright-{os.getpid()}"
        group.mkdir()
        try:
            (group / "memory.max").write_text(str(limit))
            swap = group / "memory.swap.max"
            if swap.exists() and not self.swaps:
                swap.write_text("0")
            enter = group / "cgroup.procs"
            return execute(command, lambda: enter.write_text(str(os.getpid())))
        finally:
            group.rmdir()

    @staticmethod
    def _root() -> Path:
        for line in Path("/proc/self/mountinfo").read_text().splitlines():
            before, after = line.split(" - ", 1)
            if after.split()[0] == "cgroup2":
                root = Path(before.split()[4])
                if "memory" in (root / "cgroup.controllers").read_text().split():
                    return root
                raise Unavailable(f"cgroup v2 at {root} has no memory controller")
        raise Unavailable("no cgroup v2 is mounted")


class SystemdScope:
    """A scope of systemd for each run (MemoryMax)."""

    name = "a scope of systemd: MemoryMax on all that the process has resident"

    def __init__(self, swaps: bool) -> None:
        """Start a scope that does nothing."""
        if shutil.which("systemd-run") is None:
            raise Unavailable("no systemd-run")
        self.scope = ["systemd-run", "--scope", "--quiet"]
        if os.geteuid() != 0:
            self.scope += ["--user"]
        if not swaps:
            self.scope += ["-p", "MemorySwapMax=0"]
        tried = execute([*self.scope, "-p", "MemoryMax=1G", "true"])
        if tried.code != 0:
            raise Unavailable("systemd-run: " + " ".join(tried.errors.split()))
        if not Path("/sys/fs/cgroup/cgroup.controllers").exists():
            raise Unavailable("systemd does not use cgroup v2")

    def run(self, limit: int, command: list[str]) -> Outcome:
        """Run a command in a new scope."""
        return execute([*self.scope, "-p", f"MemoryMax={limit}", *command])


class DataLimit:
    """RLIMIT_DATA: an allocation beyond it fails."""

    name = (
        "RLIMIT_DATA (ulimit -d): what the process allocates; neither program text "
        "nor the model's file, which is mapped"
    )

    def run(self, limit: int, command: list[str]) -> Outcome:
        """Run a command with the limit set."""
        return execute(
            command, lambda: resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        )


def strictest(swaps: bool) -> tuple[ControlGroup | SystemdScope | DataLimit, list[str]]:
    """Return the strictest way that works here, and why stricter ones do not."""
    reasons = []
    for way in (ControlGroup, SystemdScope):
        try:
            return way(swaps), reasons
        except (Unavailable, OSError) as reason:
            reasons.append(f"{way.__name__}: {reason}")
    return DataLimit(), reasons
