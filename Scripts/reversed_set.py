#!/usr/bin/env python3
"""Makes a labelled set that is played backwards, to measure ghosts.

  reversed_set.py DIR OUT [--jobs N]

Backwards, an object that left comes, and one that came leaves: what is left behind on the street is the ghost of something
that went away, and forward clips hardly show what the tests against ghosts are worth. An event with `leaves_s` becomes one
that appears at duration − leaves_s and leaves at duration − still_s; one without stands there from the start and vanishes, so
it is no event, and whatever is found where it stood is false. View faults are turned round with the clip.

DIR holds annotations.json and clips; OUT gets the same, with a key frame each second. Clips that are there already and newer
than their source stay. Needs ffmpeg. A clip is held in memory while it is turned: about 90 MB a minute at 640×360 and 25/s,
written in pieces so that long clips fit.
"""
import argparse
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile

PIECE_S = 20  # 640×360 at 25 frames a second: 170 MB of raw frames


def run(command):
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr.strip().splitlines()[-1:] or done.returncode}")


def reverse_clip(source, target, seconds, fps):
    """Turns the pieces round one by one and joins them in the opposite order."""
    rate = max(1, round(fps))
    with tempfile.TemporaryDirectory(dir=os.path.dirname(target)) as folder:
        pieces = []
        frames = round(seconds * fps)
        step = max(1, round(PIECE_S * fps))
        for number, first in enumerate(range(0, frames, step)):
            piece = os.path.join(folder, f"{number:04d}.mp4")
            cut = f"select=between(n\\,{first}\\,{first + step - 1}),setpts=N/({fps}*TB),reverse"
            run(["ffmpeg", "-v", "error", "-y", "-i", source, "-an", "-vf", cut, "-r", str(fps), "-c:v", "libx264", "-preset", "veryfast",
                 "-crf", "16", "-pix_fmt", "yuv420p", "-g", str(rate), "-keyint_min", str(rate), "-sc_threshold", "0", "-bf", "0", piece])
            pieces.append(piece)
        listing = os.path.join(folder, "list.txt")
        with open(listing, "w") as file:
            file.writelines(f"file '{piece}'\n" for piece in reversed(pieces))
        done = os.path.join(folder, "whole.mp4")
        run(["ffmpeg", "-v", "error", "-y", "-f", "concat", "-safe", "0", "-i", listing, "-c", "copy", done])
        os.replace(done, target)


def frame_rate(clip):
    if clip.get("fps"):
        return float(clip["fps"])
    if clip.get("frames"):
        return clip["frames"] / clip["seconds"]
    raise SystemExit(f"{clip['file']}: neither “fps” nor “frames” is given")


def reverse_labels(clip):
    end = clip["seconds"]
    turned = dict(clip, events=[], view_faults=[])
    for event in clip.get("events", []):
        if event.get("leaves_s") is None:
            continue
        appears = round(max(0, end - event["leaves_s"]), 3)
        turned["events"].append(dict(event, appears_s=appears, still_s=appears, leaves_s=round(max(0, end - event["still_s"]), 3)))
    for fault in clip.get("view_faults", []):
        turned["view_faults"].append(dict(fault, from_s=round(max(0, end - fault["to_s"]), 3), to_s=round(end - fault["from_s"], 3)))
    turned["quiet"] = not turned["events"]
    turned["disturbances"] = clip.get("disturbances", []) + ["reversed"]
    return turned


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("out")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    with open(os.path.join(options.folder, "annotations.json")) as file:
        truth = json.load(file)
    os.makedirs(options.out, exist_ok=True)

    def turn(clip):
        source = os.path.join(options.folder, clip["file"])
        target = os.path.join(options.out, clip["file"])
        if os.path.exists(target) and os.path.getmtime(target) > os.path.getmtime(source):
            return clip["file"], "is there already"
        reverse_clip(source, target, clip["seconds"], frame_rate(clip))
        return clip["file"], "turned round"

    failed = False
    with concurrent.futures.ThreadPoolExecutor(max(1, options.jobs)) as pool:
        for work in [pool.submit(turn, clip) for clip in truth["clips"]]:
            try:
                print("%s %s" % work.result(), flush=True)
            except RuntimeError as error:
                failed = True
                print(error, file=sys.stderr)
    with open(os.path.join(options.out, "annotations.json"), "w") as file:
        json.dump(dict(truth, clips=[reverse_labels(clip) for clip in truth["clips"]]), file, indent=1)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
