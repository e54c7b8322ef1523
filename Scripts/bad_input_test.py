#!/usr/bin/env python3
"""Feeds the real program what it must refuse, and demands one clear line, the right exit code, and that nothing is lost.

  bad_input_test.py PROGRAM
"""
import json, os, shutil, socket, sqlite3, subprocess, sys, tempfile, time
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from station import Station, verify

project = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
program = os.path.abspath(sys.argv[1])
folder = tempfile.mkdtemp(prefix="xunjie-bad-")
passed = skipped = 0


def path(name):
    return os.path.join(folder, name)


def write(name, text):
    with open(path(name), "w") as f:
        f.write(text)
    return path(name)


def run(*arguments, timeout=60):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=timeout)
    return done.returncode, done.stdout + done.stderr


def check(what, result, code, *words):
    global passed
    got, text = result
    missing = [word for word in words if word not in text]
    if got != code or missing:
        raise SystemExit(f"FAILED: {what}: exit code {got} (wanted {code}), not said: {missing}\n{text}")
    passed += 1
    print(f"ok: {what}")


def skip(what, why):
    global skipped
    skipped += 1
    print(f"SKIPPED, NOT TESTED: {what}: {why}")


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments], check=True)


def files():
    good = os.path.join(project, "SampleStreams/s5_delivery.mp4")
    zones = write("zones.json", json.dumps({"zones": [{"id": "a", "kind": "pavement", "polygon": [[0, 0], [1, 0], [1, 1]]}]}))
    write("text.mp4", "this is no film\n" * 200)
    open(path("empty.mp4"), "w").close()
    ffmpeg("-f", "lavfi", "-i", "sine=d=2", path("audio-only.mp4"))
    with open(good, "rb") as f:
        start = f.read(60_000)
    with open(path("cut-head.mp4"), "wb") as f:
        f.write(start[:200])
    ffmpeg("-i", good, "-t", "8", "-c", "copy", path("whole.ts"))
    with open(path("whole.ts"), "rb") as f:
        data = f.read()
    with open(path("cut.ts"), "wb") as f:
        f.write(data[:len(data) // 2 + 77])
    names = ["text.mp4", "empty.mp4", "audio-only.mp4", "cut-head.mp4", "absent.mp4"]
    result = run("reanalyze", *map(path, names), path("cut.ts"), path("whole.ts"), "--zones", zones, "--findings", path("out.jsonl"))
    check("broken files are named, the others done", result, 3, *names, "no video stream")
    for name in names:
        lines = [line for line in result[1].splitlines() if line.startswith("failed:") and name in line]
        if len(lines) != 1:
            raise SystemExit(f"FAILED: {name} has {len(lines)} lines of failure\n{result[1]}")
    check("a listing names them too", run("archive", "list", *map(path, names), path("whole.ts")), 3, *names, "whole", "cannot be used")
    check("a listing of nothing usable", run("archive", "list", path("empty.mp4")), 1, "empty (0 bytes)")
    check("a pattern that is none", run("archive", "list", path("whole.ts"), "--pattern", "{camera}"), 64, "{camera} is not known")
    check("a time zone that is none", run("archive", "list", path("whole.ts"), "--time-zone", "Nowhere"), 64, "Nowhere")
    check("only broken files", run("reanalyze", path("empty.mp4"), "--zones", zones, "--findings", path("o")), 1, "empty.mp4")
    check("an unknown command-line word", run("reanalyze", path("cut.ts"), "--zones", zones, "--findings", path("o"), "--bogus"), 64, "--bogus")


def comparisons():
    """What cannot be compared or tuned on is refused in one line, and no store is made on the way."""
    run_folder = path("run-a")
    os.makedirs(run_folder)
    check("a run that is not there", run("compare", path("nowhere"), run_folder), 64, "nowhere")
    write("run-a/run.json", "{}")
    check("a run whose record is none", run("compare", run_folder, run_folder), 64, run_folder)
    check("one run without --decided", run("compare", run_folder), 64, "two runs")
    check("decisions of no store", run("tune", "--decided", path("nowhere"), "--type", "piled-goods"), 64, "nowhere")
    check("a channel that leads out of the folder",
          run("tune", "--decided", path("nowhere"), "--type", "piled-goods", "--channel", "../x"), 64, "--channel")
    if os.path.exists(path("nowhere")):
        raise SystemExit("FAILED: a store was made of a folder that was only asked for")


def odd_files():
    """What is odd but can be read is read, and the oddity is named: exit code 3, for it may be two cameras in one file."""
    good, zones = os.path.join(project, "SampleStreams/s5_delivery.mp4"), path("zones.json")
    ffmpeg("-i", good, "-t", "12", "-vf", "scale=640:360", "-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "50", path("small.ts"))
    with open(path("two-sizes.ts"), "wb") as f:
        for name in ("whole.ts", "small.ts"):
            f.write(open(path(name), "rb").read())
    check("a size that changes in mid-stream", run("reanalyze", path("two-sizes.ts"), "--zones", zones, "--findings", path("o")), 3,
          "changes to 640×360")
    ffmpeg("-i", good, "-t", "8", "-c", "copy", "-bsf:v", "h264_mp4toannexb", path("no-times.h264"))
    check("a stream without time stamps", run("reanalyze", path("no-times.h264"), "--zones", zones, "--findings", path("o")), 0, "1/1 files")
    ffmpeg("-i", good, "-t", "8", "-c", "copy", "-bsf:v", "setts=ts='if(gt(N,100),TS+3600/TB,TS)'", "-f", "matroska", path("jump.mkv"))
    check("time stamps that jump an hour", run("reanalyze", path("jump.mkv"), "--zones", zones, "--findings", path("o")), 3, "jump 1 times")


def zones():
    def refused(what, text, *words):
        file = write("bad.yaml", text)
        check(what, run("reanalyze", path("whole.ts"), "--zones", file, "--findings", path("o")), 1, "bad.yaml", *words)
    refused("a polygon with two points", "zones:\n- {id: a, kind: bin, polygon: [[0,0],[1,1]]}\n", ":2:", "3 points")
    refused("a polygon outside the frame", "zones:\n- {id: a, kind: bin, polygon: [[0,0],[1,1],[2,0]]}\n", ":2:", "outside")
    refused("an unknown key", "zones:\n- id: a\n  kind: bin\n  colour: red\n  polygon: [[0,0],[1,1],[1,0]]\n", ":4:", "colour")
    refused("broken YAML", "zones: [\n", "bad.yaml")
    models = path("Models")
    shutil.copytree(os.path.join(project, "Models"), models)
    with open(os.path.join(models, "person.yaml"), "a") as f:
        f.write("patience: twice\n")
    check("a broken profile", run("reanalyze", path("whole.ts"), "--zones", path("zones.json"), "--findings", path("o"), "--models", models),
          1, "person.yaml")


def serve():
    # From here on in the project's folder, where Models and Config are found.
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        check("a busy port", run("serve", "--store", path("busy"), "--port", port), 1, port)
    station = Station(program, path("first"), ["serve", "--log-level", "error"], path("first.log"))
    station.start()
    check("a second process on the same store", run("serve", "--store", path("first"), "--port", "0"), 1, "another process")
    check("the command line asks the process that has the store", run("channel", "list", "--store", path("first")), 0, "no channels yet")
    station.stop()
    database = sqlite3.connect(path("first/xunjie.sqlite"))
    database.execute("INSERT INTO grdb_migrations VALUES ('from-the-future')")
    database.commit()
    database.close()
    check("a store made by a newer program", run("serve", "--store", path("first"), "--port", "0"), 1, "newer")
    os.makedirs(path("damaged"))
    write("damaged/xunjie.sqlite", "not a database at all, but long enough to look at" * 100)
    check("a damaged database", run("serve", "--store", path("damaged"), "--port", "0"), 1, "xunjie.sqlite")


def mounts():
    if os.geteuid() != 0:
        return skip("full and read-only disk", "needs root to mount a tmpfs")
    disk = path("disk")
    os.makedirs(disk)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk], capture_output=True).returncode != 0:
        return skip("full and read-only disk", "mount is not permitted here")
    try:
        full_disk(disk)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        check("a read-only disk", run("serve", "--store", disk + "/store", "--port", "0"), 1, "cannot be written")
    finally:
        subprocess.run(["umount", "-l", disk])


def full_disk(disk):
    global passed
    store = disk + "/store"
    truth = json.load(open("SampleStreams/annotations.json"))
    for clip in truth["clips"]:
        if clip["events"]:
            name = os.path.splitext(clip["file"])[0]
            file = write(name + ".json", json.dumps({"zones": clip["zones"], "dwell_s": clip["dwell_s"]}))
            check(f"channel {name}", run("channel", "add", name, "SampleStreams/" + clip["file"], "--zones", file, "--store", store), 0)
    station = Station(program, store, ["serve", "--log-level", "error"], path("full.log"))
    station.start()
    station.log_in()
    deadline = time.monotonic() + 60
    while "no space left" not in open(station.log).read():
        if time.monotonic() > deadline:
            raise SystemExit("FAILED: a full disk was not noticed\n" + open(station.log).read()[-2000:])
        time.sleep(0.2)
    before = {case["id"] for case in station.cases()}
    code, text = verify(program, store)
    if code != 0:
        raise SystemExit("FAILED: what was sealed before the disk was full does not verify\n" + text)
    subprocess.run(["mount", "-o", "remount,size=300m", disk], check=True)
    deadline = time.monotonic() + 60
    while len({case["id"] for case in station.cases()} - before) < 2:
        if time.monotonic() > deadline:
            raise SystemExit("FAILED: what waited for room was not written after there was some\n" + open(station.log).read()[-2000:])
        time.sleep(0.5)
    after = {case["id"] for case in station.cases()}
    station.stop()
    code, text = verify(program, store)
    if code != 0 or before - after:
        raise SystemExit("FAILED: after the full disk\n" + text)
    passed += 1
    print(f"ok: a full disk stops evidence with an alarm, loses nothing ({len(before)} cases before, {len(after)} after there was room)")


def main():
    os.chdir(project)
    try:
        files()
        odd_files()
        comparisons()
        zones()
        serve()
        mounts()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, 0 failed, {skipped} skipped")


if __name__ == "__main__":
    main()
