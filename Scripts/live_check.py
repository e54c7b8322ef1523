#!/usr/bin/env python3
"""Runs the program on live streams for some minutes and says how it did.

  live_check.py PROGRAM --minutes 5 --zones ZONES URL [URL …] [--reboot PID --reboot-after SECONDS]

Adds each URL as a channel with the zones of ZONES (YAML or JSON), serves, and prints CPU, resident memory, states,
reconnects and cases; then checks that every clip decodes to its last frame and that the whole store verifies. With
--reboot it sends SIGUSR1 to a process (a test camera server) half-way and reports how long the channels took to be back.
"""
import argparse, glob, json, os, signal, subprocess, sys, tempfile, threading, time
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from station import Station, verify

WELL = ("warming-up", "patrolling", "watching")


def usage(pid):
    """Seconds of CPU so far and resident megabytes."""
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    ticks = os.sysconf("SC_CLK_TCK")
    memory = next(int(line.split()[1]) / 1024 for line in open(f"/proc/{pid}/status") if line.startswith("VmRSS"))
    return (int(fields[11]) + int(fields[12])) / ticks, memory


def states(station):
    return {c["id"]: c["status"] for c in station.call("GET", "/api/v1/channels")["channels"]}


def wait_back(station, since):
    """Seconds until every channel has analysed a frame again after the break."""
    broken = False
    while time.monotonic() - since < 120:
        now = states(station)
        well = all(s["state"] in WELL for s in now.values())
        broken |= not well
        if broken and well:
            return time.monotonic() - since
        time.sleep(0.2)
    return None


def clip_is_whole(path):
    run = subprocess.run(["ffmpeg", "-v", "error", "-xerror", "-i", path, "-f", "null", "-"], capture_output=True, text=True)
    return run.returncode == 0 and not run.stderr.strip()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("program")
    ap.add_argument("urls", nargs="+")
    ap.add_argument("--zones", required=True)
    ap.add_argument("--minutes", type=float, default=5)
    ap.add_argument("--reboot", type=int, metavar="PID")
    ap.add_argument("--reboot-after", type=float, metavar="SECONDS")
    ap.add_argument("--keep")
    a = ap.parse_args()
    program, zones = os.path.abspath(a.program), os.path.abspath(a.zones)
    os.chdir(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    store = a.keep or tempfile.mkdtemp(prefix="xunjie-live-")
    for number, url in enumerate(a.urls, 1):
        subprocess.run([program, "channel", "add", f"live-{number:03d}", url, "--zones", zones, "--store", store], check=True,
                       stdout=subprocess.DEVNULL)
    station = Station(program, store, ["serve", "--log-level", "warning"], os.path.join(store, "log.txt"))
    station.start()
    station.log_in()
    begin, (cpu_before, _) = time.monotonic(), usage(station.process.pid)
    back = []
    if a.reboot:
        def reboot():
            time.sleep(a.reboot_after if a.reboot_after is not None else a.minutes * 30)
            os.kill(a.reboot, signal.SIGUSR1)
            back.append(wait_back(station, time.monotonic()))
        threading.Thread(target=reboot, daemon=True).start()
    peak, samples = 0, []
    while time.monotonic() - begin < a.minutes * 60:
        time.sleep(5)
        _, memory = usage(station.process.pid)
        peak, samples = max(peak, memory), samples + [memory]
    cpu, memory = usage(station.process.pid)
    seconds = time.monotonic() - begin
    final = states(station)
    cases = station.cases()
    print(f"{len(a.urls)} channels, {seconds:.0f} s: {(cpu - cpu_before) / seconds:.2f} cores, {memory:.0f} MB resident (peak {peak:.0f})")
    for name, status in sorted(final.items()):
        print(f"  {name}: {status['state']} {status['reason']} {status['codec']} {status['width']}×{status['height']}, "
              f"{status['analysedPerSecond']:.2f} analysed a second, {status['reconnects']} reconnects, skipped {json.dumps(status['skipped'])}")
    if a.reboot:
        print(f"after the reboot all channels were back in {back[0]:.1f} s" if back and back[0] else "NOT ALL CHANNELS CAME BACK")
    if station.stop() != 0:
        raise SystemExit("the program did not end with 0")
    clips = glob.glob(f"{store}/evidence/*/*/*/*/*/clip.mp4")
    whole = sum(clip_is_whole(path) for path in clips)
    code, text = verify(program, store)
    print(f"{len(cases)} cases; {whole} of {len(clips)} clips decode to the end; {text.strip().splitlines()[-1]}")
    if code != 0 or whole != len(clips):
        raise SystemExit(text)


if __name__ == "__main__":
    main()
