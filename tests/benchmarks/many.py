"""A release of many generated documents: how long, how much memory, and where the time goes.

    python -m tests.benchmarks.many make FOLDER COUNT          pages of our own, recombined and varied: 1.1 KB each,
                                                               or with --short 200 bytes
    python -m tests.benchmarks.many run FOLDER [--workers N]   cold, warm with nothing new, warm with one new document
    python -m tests.benchmarks.many kill FOLDER [--times N]    kills the run at random moments and compares the bytes

Pages stand 1,000 to a folder. Each is told from the others by names, figures and dates; about one in fifty is a
nearly equal copy of another. State and releases go to a temporary folder, or to --scratch.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from flows.state import PROJECT
from tests.benchmarks.scale import record
from tests.pages import FOOT, MENU, TAIL

PLACES = [a + b for a in "青白红金玉云石松柳梅" for b in ("禾区", "山县", "河镇", "湖市", "岭乡", "滩街道", "塘社区")]
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "文明秀英华慧敏静丽强磊军洋勇艳杰娟涛超霞平刚桂"
WORK = ["养老服务", "社区治理", "青少年帮扶", "禁毒宣传", "心理疏导", "残障康复", "救助寻亲", "医务社工", "志愿服务"]
ACTS = ["启动仪式", "业务培训", "成果展示", "座谈会", "宣传周", "技能竞赛", "督导交流会"]
LINES = [
    "{month}月{day}日，{place}{work}{act}在{place}社会工作服务站举行，来自{count}个社区的{people}名社工和居民代表参加。",
    "活动由{place}民政局主办，{place}社会工作协会承办，{name}主持。",
    "{place}民政局有关负责人{name}介绍，今年以来全区新增持证社工{people}人，累计服务居民{many}人次。",
    "据了解，{place}已建成社工站{count}个，开展{work}小组活动{people}场，投入资金{money}万元。",
    "“社工来了以后，我们的生活方便多了。”居民{name}说，她参加{work}活动已经有{count}个月。",
    "下一步，{place}将依据《关于加强{work}工作的意见》，把{work}延伸到{count}个村，惠及{many}名群众。",
    "社工{name}告诉记者，团队每周入户{count}次，为{people}户家庭建立了档案，并逐户制订服务计划。",
    "会上，{name}等{count}人作了交流发言，分享了在{work}中积累的做法，并就遇到的困难提出了{count}条建议。",
]


def make_document(seed: int) -> str:
    """One page, the same for the same seed; one in fifty repeats the one before with a figure changed."""
    if seed % 50 == 49:
        return make_document(seed - 1).replace("活动", "行动", 1)
    rng = random.Random(seed)
    place = rng.choice(PLACES)

    def fill(line: str) -> str:
        name = rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.randint(1, 2)))
        return line.format(
            place=place, name=name, work=rng.choice(WORK), act=rng.choice(ACTS), month=rng.randint(1, 12),
            day=rng.randint(1, 28), count=rng.randint(2, 60), people=rng.randint(20, 900),
            many=rng.randint(1_000, 90_000), money=rng.randint(3, 900),
        )  # fmt: skip

    date = f"20{rng.randint(15, 24)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d} 09:{rng.randint(10, 59)}"
    story = [fill(line) for line in rng.sample(LINES, rng.randint(4, len(LINES)))]
    head = rng.sample(MENU, rng.randint(3, len(MENU)))
    tail = rng.sample(TAIL, rng.randint(1, len(TAIL))) + rng.sample(FOOT, rng.randint(1, len(FOOT)))
    title = fill("{place}举行{work}{act}")
    return "\n\n".join([*head, title, f"{date} 来源：{place}日报 责任编辑：{fill('{name}')}", *story, *tail]) + "\n"


def make_short(seed: int) -> str:
    """One page of a title and a sentence, about 200 bytes, the same for the same seed."""
    if seed % 50 == 49:
        return make_short(seed - 1).replace("活动", "行动", 1)
    rng = random.Random(seed)
    place, work = rng.choice(PLACES), rng.choice(WORK)
    name = rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=2))
    day = f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    people, many = rng.randint(20, 900), rng.randint(1_000, 90_000)
    story = f"{day}，社工{name}在{place}开展{work}活动，{people}名居民参加，累计服务{many}人次。"
    return f"{place}{work}{rng.choice(ACTS)}\n\n20{rng.randint(15, 24)}-{day[: day.index('月')]:0>2}-01\n\n{story}\n"


def make(folder: Path, count: int, page: Callable[[int], str] = make_document) -> None:
    """Writes so many pages."""
    for seed in range(count):
        path = folder / f"{seed // 1000:05d}" / f"{seed}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(seed), encoding="utf-8")


class Watch(threading.Thread):
    """Looks every half second at a process and its children: peak MB of anonymous memory by what each is, seconds of
    processor time of all of a kind, and how long no worker used its processor. Pages of mapped files, which the system
    can drop at any time, are not counted."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.root, self.peak, self.on = process, defaultdict[str, float](float), True
        self.without_workers = 0.0
        self.used: dict[tuple[str, int], float] = {}

    def run(self) -> None:
        used, at = 0.0, time.monotonic()
        while self.on:
            kinds = {process: kind_of(process, self.root) for process in family(self.root)}
            for process, kind in kinds.items():
                self.peak[kind] = max(self.peak[kind], anonymous(process))
                self.used[kind, process] = max(self.used.get((kind, process), 0.0), processor(process))
            before, used = used, sum(processor(process) for process, kind in kinds.items() if kind == "worker")
            before_at, at = at, time.monotonic()
            if used - before < BUSY * (at - before_at):
                self.without_workers += at - before_at
            time.sleep(0.5)

    def cpu(self) -> dict[str, float]:
        """Seconds of processor time by kind."""
        found: dict[str, float] = defaultdict(float)
        for (kind, _), seconds in self.used.items():
            found[kind] += seconds
        return {kind: round(seconds, 1) for kind, seconds in sorted(found.items())}


BUSY = 0.1
"""Share of a processor from which on the workers together are at work."""


def family(root: int) -> list[int]:
    """A process and all that descend from it."""
    parents: dict[int, list[int]] = defaultdict(list)
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.read_text().rpartition(")")[2].split()[1])].append(int(status.parent.name))
        except (OSError, ValueError, IndexError):
            continue
    found, waiting = [], [root]
    while waiting:
        found.append(waiting.pop())
        waiting += parents[found[-1]]
    return found


def kind_of(process: int, root: int) -> str:
    """flow, server, worker or other."""
    try:
        command = Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return "other"
    if process == root:
        return "flow"
    if b"flows.run.server" in command:
        return "server"
    return "worker" if b"spawn_main" in command or b"forkserver" in command else "other"


def anonymous(process: int) -> float:
    """MB of RssAnon."""
    try:
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("RssAnon"):
                return int(line.split()[1]) / 1000
    except OSError:
        pass
    return 0.0


def processor(process: int) -> float:
    """Seconds of processor time that a process used."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def environment(scratch: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return kept | {
        "SHEGONG_STATE": str(scratch / "state"),
        "PYTHONPATH": str(PROJECT),
        "SOURCE_DATE_EPOCH": "1764000000",
    }


def command(raw: Path, releases: Path, workers: int) -> list[str]:
    options = ["--raw", str(raw), "--releases", str(releases), "--workers", str(workers)]
    return [sys.executable, "-m", "flows", "release", *options]


def measure(what: str, raw: Path, scratch: Path, workers: int, count: int, on_record: bool = False) -> Path:
    """Runs a release and prints what it took; gives its path."""
    started, before = time.monotonic(), logs(scratch)
    run = subprocess.Popen(
        command(raw, scratch / "releases", workers), env=environment(scratch), cwd=PROJECT,
        stdout=subprocess.PIPE, stderr=sys.stderr, text=True,
    )  # fmt: skip
    watch = Watch(run.pid)
    watch.start()
    out, _ = run.communicate()
    watch.on = False
    if run.returncode:
        sys.exit(run.returncode)
    seconds = time.monotonic() - started
    peak = ", ".join(f"{kind} {size:,.0f} MB" for kind, size in sorted(watch.peak.items()))
    print(f"{what}: {seconds:,.1f} s, {count / seconds:,.1f} documents/s; peak {peak}; CPU {watch.cpu()}", flush=True)
    if on_record:
        record({"kind": what, "documents": count, "bytes": bytes_of(raw), "workers": workers,
                "seconds": round(seconds, 2), "cpu": watch.cpu(),
                "without_workers": round(watch.without_workers, 1),
                "peak": {kind: round(size) for kind, size in watch.peak.items()}})  # fmt: skip
    if len(logs(scratch)) > len(before):
        outside = watch.without_workers
        print(
            f"    steps {last_steps(scratch)}; no worker at work for {outside:,.1f} s, {outside / seconds:.1%}",
            flush=True,
        )
    return Path(out.splitlines()[-1])


def bytes_of(raw: Path) -> int:
    """Of one page of a folder, in the middle, to a hundred."""
    sizes = [path.stat().st_size for path in islice(raw.rglob("*.txt"), 1000)]
    return int(round(sum(sizes) / len(sizes), -2))


def logs(scratch: Path) -> list[Path]:
    """The logs of the runs, oldest first."""
    return sorted((scratch / "state" / "logs").glob("*.jsonl"))


def last_steps(scratch: Path) -> dict[str, float]:
    """Seconds by step of the last run."""
    events = [json.loads(line) for line in logs(scratch)[-1].read_text().splitlines()]
    return {event["step"]: event["seconds"] for event in events if event["event"] == "step"}


def run(raw: Path, scratch: Path, workers: int, on_record: bool) -> None:
    """Cold, nothing new, one new document."""
    new = raw / "new.txt"
    new.unlink(missing_ok=True)
    count = sum(1 for path in raw.rglob("*.txt"))
    print(f"{count:,} documents, {workers} workers", flush=True)
    shutil.rmtree(scratch / "state" / "shards", ignore_errors=True)
    shutil.rmtree(scratch / "releases", ignore_errors=True)
    measure("cold", raw, scratch, workers, count, on_record)
    measure("nothing new", raw, scratch, workers, count, on_record)
    new.write_text(make_document(10**9), encoding="utf-8")
    try:
        measure("one new document", raw, scratch, workers, count + 1, on_record)
    finally:
        new.unlink()


def kill(raw: Path, scratch: Path, workers: int, times: int) -> int:
    """Kills a run `times` times, each at another moment, and lets the next one complete. Gives how many of these did
    not have the bytes of an undisturbed one, and prints the shards that were cleaned again."""
    started = time.monotonic()
    whole = measure("undisturbed", raw, scratch, workers, sum(1 for path in raw.rglob("*.txt")))
    seconds, wanted = time.monotonic() - started, (whole / "SHA256SUMS").read_bytes()
    rng, wrong, redone = random.Random(0), 0, []
    for _ in range(times):
        shutil.rmtree(scratch / "state" / "shards", ignore_errors=True)
        shutil.rmtree(scratch / "releases", ignore_errors=True)
        moment = rng.uniform(0.1, 0.95) * seconds
        killed = subprocess.Popen(
            command(raw, scratch / "releases", workers), env=environment(scratch), cwd=PROJECT,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(moment)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        done = len(list((scratch / "state" / "shards").glob("*/[0-9a-f]*/")))
        again = subprocess.run(
            command(raw, scratch / "releases", workers), env=environment(scratch), cwd=PROJECT,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        same = again.returncode == 0 and (Path(again.stdout.splitlines()[-1]) / "SHA256SUMS").read_bytes() == wanted
        total = len(list((scratch / "state" / "shards").glob("*/[0-9a-f]*/")))
        redone.append(total - done)
        wrong += not same
        print(
            f"killed after {moment:.1f} s with {done} of {total} shards: {'same' if same else 'OTHER'} bytes",
            flush=True,
        )
    print(f"{times} kills, {wrong} with other bytes; shards cleaned after each: {redone}")
    return wrong


def main() -> int:
    """Runs a subcommand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("make", "run", "kill"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--short", action="store_true", help="make pages of 200 bytes")
    parser.add_argument("--scratch", type=Path)
    parser.add_argument("--record", action="store_true", help="add what it took to SCALE.md")
    options = parser.parse_args()
    raw = options.folder.absolute()
    if options.what == "make":
        make(raw, options.count, make_short if options.short else make_document)
        return 0
    with tempfile.TemporaryDirectory(prefix="shegong-") as folder:
        scratch = (options.scratch or Path(folder)).absolute()
        if options.what == "kill":
            return min(kill(raw, scratch, options.workers, options.times), 1)
        run(raw, scratch, options.workers, options.record)
    return 0


if __name__ == "__main__":
    sys.exit(main())
