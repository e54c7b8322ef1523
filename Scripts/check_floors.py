#!/usr/bin/env python3
"""Evaluates labelled sets and fails below a floor.

  check_floors.py PROGRAM FLOORS

FLOORS (Models/floors.json) names for each set its folder, whether names of violations count, how often it is sampled, whether
it is played backwards, and the least (`floors`) or most (`ceilings`) of each figure; besides, sequences with a mask for
each frame, and the heap allocations of a frame. What is not there is skipped, loudly, if it is marked optional.
"""
import json, os, shutil, subprocess, sys, tempfile

project = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def judge(name, figures, entry):
    """Prints each figure with its bound; True if one is beyond it."""
    failed = False
    for kind, is_beyond in (("floors", lambda v, b: v < b), ("ceilings", lambda v, b: v > b)):
        for figure, bound in entry.get(kind, {}).items():
            value = figures.get(figure)
            beyond = value is None or is_beyond(value, bound)
            failed |= beyond
            print(f"{'BEYOND THE BOUND' if beyond else 'ok'}: {name}: {figure} {value} ({kind[:-1]} {bound})")
    return failed


def run(*command):
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def main():
    program, floors = sys.argv[1:3]
    clips = os.environ.get("XUNJIE_CLIPS") or os.path.join(os.path.dirname(project), "shared/clips")
    bounds = json.load(open(floors))
    failed = False

    def place(entry, inside):
        path = os.path.join(project, entry["folder"].replace("CLIPS", clips, 1))
        if os.path.exists(os.path.join(path, inside)):
            return path
        if not entry.get("optional"):
            raise SystemExit(f"{path} is missing")
        print(f"SKIPPED, NOT MEASURED: {entry['folder']} is not here")

    for entry in bounds["sets"]:
        folder = place(entry, "annotations.json")
        if not folder:
            continue
        name = entry["folder"]
        options = ["--any-type"] if entry.get("any_type") else []
        if "sample_every" in entry:
            options += ["--sample-every", str(entry["sample_every"])]
            name += f" every {entry['sample_every']} s"
        with tempfile.TemporaryDirectory() as turned:
            if entry.get("backwards"):
                name += " backwards"
                if not shutil.which("ffmpeg"):
                    print(f"SKIPPED, NOT MEASURED: {name} needs ffmpeg")
                    continue
                subprocess.run(
                    [sys.executable, os.path.join(project, "Scripts/reversed_set.py"), folder, turned], check=True, stdout=subprocess.DEVNULL)
                folder = turned
            failed |= judge(name, run(program, "evaluate", folder, "--json", *options)["overall"], entry)
    for entry in bounds["pixels"]:
        folder = place(entry, "")
        if folder:
            sequences = run(program, "evaluate", "--pixels", folder, "--json")["sequences"]
            failed |= judge(entry["folder"], {s["sequence"]: s["f_measure"] for s in sequences}, entry)
    for entry in bounds["bench"]:
        clip = os.path.join(project, entry["clip"])
        failed |= judge(entry["clip"], run(program, "bench", "analysis", clip, "--runs", "2", "--json"), entry)
    if failed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
