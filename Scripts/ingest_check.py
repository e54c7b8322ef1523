#!/usr/bin/env python3
"""Measures `xunjie bench ingest` on a server of test cameras: what it costs, and what breaks it.

  ingest_check.py PROGRAM BASE cost     [--channels 90] [--seconds 60]
  ingest_check.py PROGRAM BASE growth   [--seconds 30]            10, 50 and 90 channels: is the cost of each the same?
  ingest_check.py PROGRAM BASE storm    --server PID              SIGUSR1 to the server drops every viewer; how soon are all back?
  ingest_check.py PROGRAM BASE broken   [--seconds 40]            81 channels alone, then beside nine broken ones
  ingest_check.py PROGRAM BASE memory   [--minutes 60]            growth after the warm-up
  ingest_check.py PROGRAM BASE peer     [--sub BASE] [--peers 4]  against two ffmpeg processes for each channel

BASE001 … BASE090 are the cameras (rtsp://127.0.0.1:8554/cam). The server's own use of the machine is not counted, but it is on
the same cores. Prints one JSON object.
"""
import argparse, json, os, re, signal, subprocess, sys, tempfile, threading, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FAULTS = ["silent", "stall?s=20", "garbage", "size?s=20", "codec?s=20", "jump?s=20", "seldom?every=60", "password"]


class Bench:
    """One run of the program; `progress` holds the seconds and states of its progress lines as they come."""

    def __init__(self, a, channels, seconds, *more):
        self.progress, self.begun = [], time.monotonic()
        self.process = subprocess.Popen(
            [a.program, "bench", "ingest", "--rtsp", a.base, "--channels", str(channels), "--seconds", str(seconds), "--json", *more],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        text = ""
        for piece in iter(lambda: self.process.stderr.read(1), ""):
            text = "" if piece == "\r" else text + piece
            if re.search(r"(patrolling|connecting|backing-off|stalled|warming-up|watching)$", text):
                self.progress.append((time.monotonic(), text))

    def result(self):
        output = self.process.stdout.read()
        if self.process.wait() != 0:
            raise SystemExit(f"the program ended with {self.process.returncode}")
        return json.loads(output)


def brief(result):
    keys = ("channels", "seconds", "cpu_cores", "rss_mb", "pss_mb", "key_frames_due", "key_frames_analysed", "lateness_p50_s",
            "lateness_p99_s", "drops", "reconnects", "states", "reasons", "restraints", "aside")
    return {key: round(value, 3) if isinstance(value, float) else value for key, value in result.items() if key in keys}


def cost(a):
    result = Bench(a, a.channels, a.seconds).result()
    due = max(1, result["key_frames_due"])
    return brief(result) | {"analysed_part": result["key_frames_analysed"] / due, "mb_per_channel": result["rss_mb"] / a.channels}


def growth(a):
    runs = [brief(Bench(a, count, a.seconds, "--settle", "25").result()) for count in (10, 50, 90)]
    each = [run["cpu_cores"] / run["channels"] for run in runs]
    slope = (runs[2]["rss_mb"] - runs[0]["rss_mb"]) / (runs[2]["channels"] - runs[0]["channels"])
    return {"runs": runs, "cores_per_channel": each, "ratio_90_to_10": each[2] / each[0], "rss_mb_per_channel_added": slope}


def storm(a):
    bench = Bench(a, a.channels, a.seconds)
    well = f"{a.channels} patrolling"
    while bench.process.poll() is None and not any(well in text and "cores" in text for _, text in bench.progress[-3:]):
        time.sleep(0.2)
    os.kill(a.server, signal.SIGUSR1)
    dropped = time.monotonic()
    back = None
    while bench.process.poll() is None and back is None and time.monotonic() - dropped < 60:
        time.sleep(0.1)
        after = [(at, text) for at, text in list(bench.progress) if at > dropped + 1]
        # One line may have been on its way before the drop was noticed.
        if any(well not in text for _, text in after):
            good = [at for at, text in after if well in text]
            back = good[-1] - dropped if good and good[-1] > max(at for at, text in after if well not in text) else None
        elif len(after) > 8:
            back = after[0][0] - dropped
    return {"all_back_after_s": back} | brief(bench.result())


def broken(a):
    alone = brief(Bench(a, 81, a.seconds).result())
    server = subprocess.Popen(["/usr/bin/python3", "-u", os.path.join(ROOT, "Tests/Support/fault_server.py")], stdout=subprocess.PIPE, text=True)
    try:
        port, refusing = (int(server.stdout.readline().split()[1]) for _ in range(2))
        urls = [f"rtsp://127.0.0.1:{port}/{fault}" for fault in FAULTS] + [f"rtsp://127.0.0.1:{refusing}/x"]
        urls[FAULTS.index("password")] = f"rtsp://viewer:wrong@127.0.0.1:{port}/password"
        beside = brief(Bench(a, 81, a.seconds, *(part for url in urls for part in ("--beside", url))).result())
    finally:
        server.kill()
    return {"alone": alone, "beside_nine_broken": beside}


def memory(a):
    result = Bench(a, a.channels, a.minutes * 60, "--settle", "180").result()
    return brief(result) | {"minutes": a.minutes, "rss_start_mb": result["rss_start_mb"],
                            "growth_part": result["rss_mb"] / result["rss_start_mb"] - 1}


def peer(a):
    sub = a.sub or a.base
    with tempfile.TemporaryDirectory() as folder:
        def run(number):
            digits, quiet = f"{number:03d}", {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
            source = ["ffmpeg", "-v", "error", "-rtsp_transport", "tcp"]
            return [subprocess.Popen([*source, "-i", sub + digits, "-an", "-vf", "fps=5", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-y", "/dev/null"], **quiet),
                    subprocess.Popen([*source, "-i", a.base + digits, "-an", "-c", "copy", "-f", "segment", "-segment_time", "10", f"{folder}/{digits}-%d.mp4"], **quiet)]

        processes = [p for number in range(1, a.peers + 1) for p in run(number)]
        time.sleep(15)
        clock = os.sysconf("SC_CLK_TCK")

        def used():
            fields = [open(f"/proc/{p.pid}/stat").read().rsplit(")", 1)[1].split() for p in processes]
            return sum(int(f[11]) + int(f[12]) for f in fields) / clock

        first, at = used(), time.monotonic()
        time.sleep(a.seconds)
        theirs = (used() - first) / (time.monotonic() - at) / a.peers
        resident = sum(int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{p.pid}/status").read())[1]) for p in processes) / 1024 / a.peers
        for p in processes:
            p.terminate()
            p.wait()
    more = ["--sub", a.sub] if a.sub else []
    ours = brief(Bench(a, a.peers, a.seconds, *more).result())
    return {"peer_cores_per_channel": theirs, "peer_mb_per_channel": resident, "ours": ours,
            "ratio": ours["cpu_cores"] / a.peers / theirs}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("program", type=os.path.abspath)
    ap.add_argument("base")
    ap.add_argument("what", choices=["cost", "growth", "storm", "broken", "memory", "peer"])
    ap.add_argument("--channels", type=int, default=90)
    ap.add_argument("--seconds", type=float, default=40)
    ap.add_argument("--minutes", type=float, default=60)
    ap.add_argument("--server", type=int, metavar="PID")
    ap.add_argument("--sub")
    ap.add_argument("--peers", type=int, default=4)
    a = ap.parse_args()
    if a.what == "storm" and not a.server:
        ap.error("storm needs --server")
    print(json.dumps(globals()[a.what](a), indent=1))


if __name__ == "__main__":
    sys.exit(main())
