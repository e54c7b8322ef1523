#!/usr/bin/env python3
"""Measures a re-analysis of archived footage: how fast, in how much memory, and whether a kill changes anything.

  reanalysis_check.py PROGRAM speed  CLIP [--minutes 10] [--pairs 3] [--peer DVR_SCAN] [--jobs 2] [--dwell 180]
  reanalysis_check.py PROGRAM kills  CLIP... [--times 50] [--minutes 12] [--dwell 20]
  reanalysis_check.py PROGRAM memory CLIP [--lengths 10 60]
  reanalysis_check.py PROGRAM day    CLIP [--minutes 30]

CLIP is repeated without encoding it anew until it is as long as wanted. One pavement zone covers the whole view. speed runs us
and DVR-Scan (tuned: every fourth frame, shrunk by three) in turn, so that both meet the same machine, and prints the ratio of
the medians and the worst ratio of a pair. Timings count only on a machine that does nothing else: the load before is printed.
One JSON object a line.
"""
import argparse, hashlib, json, os, random, shutil, signal, statistics, subprocess, sys, tempfile, time


def seconds_of(path):
    text = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path],
                          capture_output=True, text=True, check=True).stdout
    return float(text)


def lengthened(clip, minutes, folder, name="clip"):
    target = os.path.join(folder, f"{name}.mp4")
    times = max(0, int(-(-minutes * 60 // seconds_of(clip))) - 1)
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-stream_loop", str(times), "-i", clip, "-an", "-c", "copy", target], check=True)
    return target


def zones(folder, dwell):
    path = os.path.join(folder, "zones.json")
    with open(path, "w") as file:
        json.dump({"zones": [{"id": "all", "kind": "pavement", "polygon": [[0, 0], [1, 0], [1, 1], [0, 1]]}], "dwell_s": dwell}, file)
    return path


def note(**values):
    print(json.dumps(values), flush=True)


def timed(arguments):
    """Seconds of wall clock and of processor, and the largest resident set in MB, of a process that must succeed."""
    started = time.monotonic()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    text = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 3):
        sys.exit(f"{' '.join(arguments)}: exit code {process.returncode}\n{text[-3000:]}")
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def ours(a, clip, folder, *more):
    out = os.path.join(folder, "findings.jsonl")
    return timed([a.program, "reanalyze", clip, "--zones", zones(folder, a.dwell), "--findings", out, "--jobs", str(a.jobs), *more])


def speed(a, folder):
    clip = lengthened(a.clips[0], a.minutes, folder)
    length = seconds_of(clip)
    note(clip=os.path.basename(a.clips[0]), seconds=round(length), jobs=a.jobs, dwell_s=a.dwell, load_before=os.getloadavg()[0])
    ratios, us, peer = [], [], []
    for _ in range(a.pairs):
        wall, cpu, memory = ours(a, clip, folder)
        us.append(length / wall)
        note(we=round(length / wall, 1), cpu_s=round(cpu, 1), wall_s=round(wall, 2), memory_mb=round(memory))
        if a.peer:
            wall, _, _ = timed([a.peer, "-i", clip, "-so", "-q", "-b", "MOG2", "-df", "3", "-fs", "4"])
            peer.append(length / wall)
            ratios.append(us[-1] / peer[-1])
            note(dvr_scan=round(peer[-1], 2), ratio=round(ratios[-1], 2))
    result = {"we_median": round(statistics.median(us), 1), "we_min": round(min(us), 1)}
    if peer:
        result |= {"dvr_scan_median": round(statistics.median(peer), 2), "ratio_median": round(statistics.median(ratios), 2),
                   "ratio_min": round(min(ratios), 2)}
    note(**result, load_after=os.getloadavg()[0])


def contents(run):
    """Findings and stills of a run, by name; ids of stills are of their contents' origin, so names must agree too."""
    files = {"findings.jsonl": open(os.path.join(run, "findings.jsonl"), "rb").read()}
    stills = os.path.join(run, "stills")
    for name in sorted(os.listdir(stills)):
        files[name] = open(os.path.join(stills, name), "rb").read()
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def only_run(runs):
    names = os.listdir(runs)
    assert len(names) == 1, names
    return os.path.join(runs, names[0])


def kills(a, folder):
    footage = os.path.join(folder, "footage")
    os.makedirs(footage)
    for number, clip in enumerate(a.clips):
        lengthened(clip, a.minutes, footage, f"camera{number}")
    zone_file = zones(folder, a.dwell)

    def begin(runs):
        return [a.program, "reanalyze", footage, "--zones", zone_file, "--runs", runs, "--jobs", str(a.jobs)]

    calm = os.path.join(folder, "calm")
    wall, _, _ = timed(begin(calm))
    wanted = contents(only_run(calm))
    note(undisturbed_s=round(wall, 1), findings=wanted["findings.jsonl"][:12], stills=len(wanted) - 1)
    generator = random.Random(a.seed)
    killed = 0
    while killed < a.times:
        runs = os.path.join(folder, f"runs-{killed}")
        arguments = begin(runs)
        in_this_run = 0
        while True:
            process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            try:
                # Up to ten kills a run, then it may finish.
                process.wait(timeout=generator.uniform(0.05, wall * 0.5) if killed < a.times and in_this_run < 10 else None)
                text = process.stderr.read().decode(errors="replace")
                if process.returncode not in (0, 3):
                    sys.exit(f"exit code {process.returncode} after {in_this_run} kills:\n{text[-3000:]}")
                break
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
                in_this_run += 1
                made = os.listdir(runs) if os.path.isdir(runs) else []
                if made and os.path.exists(os.path.join(runs, made[0], "run.json")):
                    arguments = [a.program, "reanalyze", "--resume", os.path.join(runs, made[0]), "--jobs", str(a.jobs)]
                elif made:
                    shutil.rmtree(runs)
        got = contents(only_run(runs))
        note(killed=killed, in_this_run=in_this_run, same=got == wanted)
        if got != wanted:
            differ = sorted(name for name in got.keys() | wanted.keys() if got.get(name) != wanted.get(name))
            sys.exit(f"not the same after {in_this_run} kills: {differ}; see {runs} and {calm}")
        shutil.rmtree(runs)
    note(kills=killed, same=True)


def memory(a, folder):
    for minutes in a.lengths:
        clip = lengthened(a.clips[0], minutes, folder)
        wall, _, peak = ours(a, clip, folder)
        note(minutes=minutes, peak_mb=round(peak), rate=round(minutes * 60 / wall, 1))


def day(a, folder):
    clip = lengthened(a.clips[0], a.minutes, folder)
    length = seconds_of(clip)
    probe = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "stream=width,height,avg_frame_rate",
                            "-of", "csv=p=0", clip], capture_output=True, text=True).stdout.strip()
    note(footage=probe, seconds=round(length), load_before=os.getloadavg()[0])
    wall, cpu, peak = ours(a, clip, folder)
    note(rate=round(length / wall, 1), cpu_s=round(cpu, 1), memory_mb=round(peak), hours_for_90_channel_days=round(90 * 24 * wall / length, 2))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("what", choices=["speed", "kills", "memory", "day"])
    parser.add_argument("clips", nargs="+")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--peer")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--dwell", type=float)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lengths", type=float, nargs="+", default=[10, 60])
    a = parser.parse_args()
    a.program = os.path.abspath(a.program)
    a.minutes = a.minutes or {"speed": 10, "kills": 12, "memory": 0, "day": 30}[a.what]
    a.dwell = a.dwell or (20 if a.what == "kills" else 180)
    folder = tempfile.mkdtemp(prefix="xunjie-reanalysis-")
    try:
        {"speed": speed, "kills": kills, "memory": memory, "day": day}[a.what](a, folder)
    except BaseException:
        print(f"kept: {folder}", file=sys.stderr)
        raise
    shutil.rmtree(folder)


main()
