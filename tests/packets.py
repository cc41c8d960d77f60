"""Every packet that a command sends out of this machine, and every question for a name that it asks.

    python -m tests.packets .venv/bin/shegong release --releases /tmp/releases
    python -m tests.packets --until /tmp/served/latest.json \\
        .venv/bin/shegong serve --release-at '* * * * *' --releases /tmp/served

The command runs in a network namespace with a loopback and one other interface, by which everything else would leave:
a raw socket reads what does, and nobody answers. All variables for proxies name one outside. Prints the packets; exit
status: 0 none, 1 some, 3 such a namespace is not allowed here, or the command did not do what it should.
"""

from __future__ import annotations

import argparse
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

PROXY = "http://203.0.113.5:3128"
"""Nobody: addresses of RFC 5737."""

PROBE = ("192.0.2.1", 9)
"""Where one packet is sent first, to see that packets are seen."""

SETUP = """
link set lo up
link add out0 type veth peer name far0
link set out0 addrgenmode none
link set far0 addrgenmode none
link set far0 up
link set out0 up
addr add 198.51.100.2/24 dev out0
addr add 2001:db8::2/64 dev out0 nodad
neigh add 198.51.100.1 lladdr 02:00:00:00:00:01 dev out0
neigh add 2001:db8::1 lladdr 02:00:00:00:00:01 dev out0
route add default via 198.51.100.1
-6 route add default via 2001:db8::1
"""
"""Arguments of `ip`. No address is made or looked for, so the kernel says hardly anything of its own."""

KERNELS_OWN = "ff02::16"
"""Whom it tells of the groups that an interface listens to, as soon as that has an IPv6 address."""

EVERY_PROTOCOL, OUTGOING, DNS = 0x0003, 4, 53

FAILED = 3


def in_namespace() -> list[str]:
    """The start of a command line that runs in a network namespace of its own."""
    return ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]


def why_not() -> str | None:
    """Why there can be no such namespace here, or None."""
    steps = " && ".join(f"ip {line}" for line in SETUP.split("\n") if line)
    try:
        run = subprocess.run([*in_namespace(), "sh", "-c", steps], capture_output=True, text=True, timeout=60)
    except OSError as error:
        return str(error)
    return None if run.returncode == 0 else run.stderr.strip()


class Recorder(threading.Thread):
    """Reads what leaves by out0, and by the loopback what is for a name server. `seen` has a line for each packet."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seen: list[str] = []
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(EVERY_PROTOCOL))

    def run(self) -> None:
        while True:
            frame, (interface, protocol, kind, *_) = self.socket.recvfrom(1 << 16)
            if kind == OUTGOING and interface != "far0":
                said, port = described(frame[14:], protocol)
                if (interface == "out0" or port == DNS) and KERNELS_OWN not in said:
                    self.seen.append(f"{interface}: {said}")

    def seen_within(self, seconds: float) -> list[str]:
        """What was seen, at the latest after that time."""
        until = time.monotonic() + seconds
        while not self.seen and time.monotonic() < until:
            time.sleep(0.01)
        return self.seen


def described(packet: bytes, protocol: int) -> tuple[str, int]:
    """Whom a packet is for, and the port."""
    if protocol == 0x0800:
        to, transport, rest = ipaddress.ip_address(packet[16:20]), packet[9], packet[(packet[0] & 15) * 4 :]
    elif protocol == 0x86DD:
        to, transport, rest = ipaddress.ip_address(packet[24:40]), packet[6], packet[40:]
    else:
        return f"protocol {protocol:#06x}", 0
    port = int.from_bytes(rest[2:4]) if transport in (socket.IPPROTO_TCP, socket.IPPROTO_UDP) else 0
    return f"to {to} port {port} (IP protocol {transport})", port


def record(command: list[str], until: Path | None) -> tuple[list[str], bool]:
    """The packets of a command, which runs to its end or until a file is there, and whether it did so. Call it in a
    namespace of its own."""
    for line in filter(None, SETUP.split("\n")):
        subprocess.run(["ip", *line.split()], check=True)
    recorder = Recorder()
    recorder.start()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.sendto(b"?", PROBE)
    assert recorder.seen_within(10) == [f"out0: to {PROBE[0]} port {PROBE[1]} (IP protocol 17)"], recorder.seen
    recorder.seen.clear()
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    proxies = {f"{kind}_proxy": PROXY for kind in ("http", "https", "all")}
    run = subprocess.Popen(command, env=kept | proxies | {name.upper(): value for name, value in proxies.items()})
    try:
        while run.poll() is None and not (until and until.exists()):
            time.sleep(0.1)
        done = until.exists() if until else run.returncode == 0
    finally:
        run.terminate()
        run.wait(60)
    time.sleep(0.5)
    return recorder.seen, done


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--until", type=Path, help="stop the command once this file is there")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if not options.inside:
        if why := why_not():
            print(f"no network namespace: {why}", file=sys.stderr)
            return FAILED
        again = [*in_namespace(), sys.executable, "-m", "tests.packets", "--inside", *sys.argv[1:]]
        os.execvp(again[0], again)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(FAILED))  # so that the command ends too
    packets, done = record(options.command, options.until)
    print(*packets, f"{len(packets)} packets left this machine", sep="\n")
    if not done:
        print("but the command did not do what it should", file=sys.stderr)
    return 1 if packets else 0 if done else FAILED


if __name__ == "__main__":
    sys.exit(main())
