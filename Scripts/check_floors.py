#!/usr/bin/env python3
"""Evaluates labelled sets and fails below a floor.

  check_floors.py PROGRAM FLOORS

FLOORS (Models/floors.json) names for each set its folder, whether names of violations count, and the least recall and
precision. A folder that is not there is skipped, loudly, if the set is marked optional.
"""
import json, os, subprocess, sys

project = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def main():
    program, floors = sys.argv[1:3]
    clips = os.environ.get("XUNJIE_CLIPS") or os.path.join(os.path.dirname(project), "shared/clips")
    failed = False
    for entry in json.load(open(floors))["sets"]:
        folder = os.path.join(project, entry["folder"].replace("CLIPS", clips, 1))
        if not os.path.exists(os.path.join(folder, "annotations.json")):
            if not entry.get("optional"):
                raise SystemExit(f"{folder} is missing")
            print(f"SKIPPED, NOT MEASURED: {entry['folder']} is not here")
            continue
        command = [program, "evaluate", folder, "--json"] + (["--any-type"] if entry["any_type"] else [])
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        overall = json.loads(run.stdout)["overall"]
        for name, floor in entry["floors"].items():
            value = overall.get(name)
            below = value is None or value < floor
            failed |= below
            print(f"{'BELOW THE FLOOR' if below else 'ok'}: {entry['folder']}: {name} {value} (floor {floor})")
    if failed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
