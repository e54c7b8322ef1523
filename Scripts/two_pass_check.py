#!/usr/bin/env python3
"""Compares two passes with every frame: what is found by decoding all must be found by decoding key frames first.

  two_pass_check.py PROGRAM DIR... [--dwell SECONDS] [--key-frames SECONDS] [--jobs N]

Each DIR holds annotations.json and clips. Findings are paired one to one: they overlap in time and their boxes agree, whatever
they are called. The shipped clips have short dwells and seldom key frames, where the first pass must decode everything anyway;
--dwell gives all clips a longer one, and --key-frames encodes them anew with a key frame every so many seconds, so that the
second pass has something to do. The last line is one JSON object; exit code 1 where the recall is below 0.99.
"""
import argparse, json, os, subprocess, sys, tempfile

BAR = 0.99


def overlap(a, b):
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0, 0.0
    return w * h, w * h / (a[2] * a[3] + b[2] * b[3] - w * h)


def alike(one, other):
    """By box and time, as the scorer pairs findings with events."""
    end = min(one["cleared_s"] or 1e9, other["cleared_s"] or 1e9)
    if one["clip"] != other["clip"] or end <= max(one["confirmed_s"], other["confirmed_s"]):
        return False
    shared, iou = overlap(one["box"], other["box"])
    area, event = one["box"][2] * one["box"][3], other["box"][2] * other["box"][3]
    return iou >= 0.3 or (shared >= 0.5 * event and area <= 4 * event) or (shared >= 0.7 * area and area >= 0.2 * event)


def pair(firsts, seconds):
    """Largest one-to-one pairing (Kuhn 1955); of equal ones that with the nearest confirmations first."""
    owner = {}

    def place(i, tried):
        edges = [j for j, other in enumerate(seconds) if alike(other, firsts[i])]
        for j in sorted(edges, key=lambda j: abs(seconds[j]["confirmed_s"] - firsts[i]["confirmed_s"])):
            if j in tried:
                continue
            tried.add(j)
            if j not in owner or place(owner[j], tried):
                owner[j] = i
                return True
        return False

    for i in range(len(firsts)):
        place(i, set())
    return {i: j for j, i in owner.items()}


def prepared(folder, scratch, options):
    """The folder itself, or one beside it with other dwells and key frames."""
    if not options.dwell and not options.key_frames:
        return folder
    target = os.path.join(scratch, os.path.basename(os.path.abspath(folder)))
    os.makedirs(target)
    with open(os.path.join(folder, "annotations.json")) as file:
        truth = json.load(file)
    for clip in truth["clips"]:
        if options.dwell:
            clip["dwell_s"] = options.dwell
        source, copy = os.path.join(os.path.abspath(folder), clip["file"]), os.path.join(target, clip["file"])
        if options.key_frames:
            frames = str(max(1, round(options.key_frames * clip.get("fps", 25))))
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", source, "-an", "-c:v", "libx264", "-preset", "veryfast", "-crf", "20",
                            "-g", frames, "-keyint_min", frames, "-sc_threshold", "0", copy], check=True)
        else:
            os.symlink(source, copy)
    with open(os.path.join(target, "annotations.json"), "w") as file:
        json.dump(truth, file)
    return target


def findings(program, folder, path, jobs, *more):
    done = subprocess.run([program, "evaluate", folder, "--findings", path, "--json", "--jobs", str(jobs), *more],
                          capture_output=True, text=True)
    if done.returncode not in (0, 3):
        sys.exit(f"evaluate {folder} failed:\n{done.stderr}")
    with open(path) as file:
        return [json.loads(line) for line in file], json.loads(done.stdout)["overall"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--dwell", type=float)
    parser.add_argument("--key-frames", type=float)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    events = matched = extra = 0
    moved = []
    with tempfile.TemporaryDirectory(prefix="xunjie-passes-") as scratch:
        for folder in options.folders:
            place = prepared(folder, scratch, options)
            every, truth_every = findings(program, place, os.path.join(scratch, "every.jsonl"), options.jobs)
            two, truth_two = findings(program, place, os.path.join(scratch, "two.jsonl"), options.jobs, "--two-passes")
            pairs = pair(every, two)
            for i, finding in enumerate(every):
                if i not in pairs:
                    print(f"missed: {folder}: {json.dumps(finding)}")
            for j in set(range(len(two))) - set(pairs.values()):
                print(f"only in two passes: {folder}: {json.dumps(two[j])}")
            moved += [abs(two[j]["confirmed_s"] - every[i]["confirmed_s"]) for i, j in pairs.items()]
            print(f"{folder}: every frame {len(every)}, two passes {len(two)}, matched {len(pairs)}; against the labels: "
                  f"true {truth_every['true']}→{truth_two['true']}, false {truth_every['false']}→{truth_two['false']}, "
                  f"early {truth_every['early']}→{truth_two['early']}")
            events, matched, extra = events + len(every), matched + len(pairs), extra + len(two) - len(pairs)
    moved.sort()
    recall = matched / events if events else None
    print(json.dumps({"every_frame": events, "matched": matched, "only_two_passes": extra, "recall": recall,
                      "confirmed_differs_s": {"median": moved[len(moved) // 2], "max": moved[-1]} if moved else None}))
    sys.exit(0 if recall is None or recall >= BAR else 1)


main()
