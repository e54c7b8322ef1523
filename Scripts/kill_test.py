#!/usr/bin/env python3
"""Kills the program (SIGKILL) while cases are being written, again and again, and looks at what is left.

  kill_test.py PROGRAM [--rounds 20] [--keep FOLDER]

The sample streams are added as plain files, which are read as fast as the machine can, so that evidence is being sealed
nearly all the time. After every kill the store must open, every case that the API had shown must still be there, and at
the end everything must verify, with a row for each package and a package for each row.
"""
import argparse, glob, json, os, random, sqlite3, subprocess, sys, tempfile, threading, time
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from station import Station, verify

project = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def add_channels(program, store, copies=1):
    truth = json.load(open(f"{project}/SampleStreams/annotations.json"))
    for clip in truth["clips"]:
        if not clip["events"]:
            continue
        name = os.path.splitext(clip["file"])[0]
        zones = os.path.join(store, name + ".zones.json")
        with open(zones, "w") as f:
            json.dump({"zones": clip["zones"], "dwell_s": clip["dwell_s"]}, f)
        for copy in range(copies):
            channel = name if copy == 0 else f"{name}-{copy}"
            subprocess.run([program, "channel", "add", channel, f"{project}/SampleStreams/{clip['file']}", "--zones", zones,
                            "--store", store], check=True, stdout=subprocess.DEVNULL)
        os.remove(zones)


def watch(station, seen, stop):
    while not stop.is_set():
        try:
            for case in station.cases():
                seen[case["id"]] = case["packagePath"]
        except (OSError, ValueError):
            pass
        time.sleep(0.05)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("program")
    ap.add_argument("--rounds", type=int, default=20)
    ap.add_argument("--keep")
    a = ap.parse_args()
    program = os.path.abspath(a.program)
    os.chdir(project)
    store = a.keep or tempfile.mkdtemp(prefix="xunjie-kill-")
    add_channels(program, store)
    station = Station(program, store, ["serve", "--log-level", "error"], os.path.join(store, "log.txt"))
    rng, seen, kills_with_work = random.Random(7), {}, 0
    for number in range(a.rounds):
        station.start()
        station.log_in()
        present = {case["id"] for case in station.cases()}
        lost = [case for case in seen if case not in present]
        if lost:
            raise SystemExit(f"round {number}: acknowledged cases are gone: {lost}")
        stop = threading.Event()
        watcher = threading.Thread(target=watch, args=(station, seen, stop))
        watcher.start()
        before = len(seen)
        deadline = time.monotonic() + 30
        # At least one case of this round, then a random moment while the next ones are written.
        while len(seen) == before and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(rng.uniform(0, 1.5))
        station.kill()
        stop.set()
        watcher.join()
        if os.listdir(os.path.join(store, "staging")):
            kills_with_work += 1
    station.start()
    station.log_in()
    time.sleep(1)
    cases = {case["id"]: case["packagePath"] for case in station.cases()}
    if station.stop() != 0:
        raise SystemExit("the program did not end with 0")
    lost = [case for case in seen if case not in cases]
    packages = {os.path.basename(os.path.dirname(p)) for p in glob.glob(f"{store}/evidence/*/*/*/*/*/manifest.json")}
    database = sqlite3.connect(f"{store}/xunjie.sqlite")
    rows = {row[0] for row in database.execute("SELECT id FROM cases")}
    integrity = database.execute("PRAGMA integrity_check").fetchone()[0]
    left = os.listdir(os.path.join(store, "staging"))
    code, text = verify(program, store)
    print(f"{a.rounds} kills, {kills_with_work} of them with a package half written; {len(seen)} cases were acknowledged, "
          f"{len(lost)} lost; {len(packages)} packages, {len(rows)} rows; database {integrity}; "
          f"staging {'empty' if not left else left}; {text.strip().splitlines()[-1]}")
    if lost or rows != packages or integrity != "ok" or left or code != 0 or not seen:
        raise SystemExit(f"something is wrong: rows only {sorted(rows - packages)}, packages only {sorted(packages - rows)}\n{text}")


if __name__ == "__main__":
    main()
