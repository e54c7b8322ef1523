#!/usr/bin/env python3
"""Makes labelled sets in which the same things happen under other circumstances, to measure how much of a score is fitted.

  varied_set.py DIR OUT [--only NAME …] [--jobs N]

DIR holds annotations.json and clips; OUT gets one folder for each variation, each a labelled set. A score that holds only for
the very pixels that numbers were tuned on falls in some of them: a mirrored street is another street for every threshold that
knows left from right, a tighter view has larger objects, a late start leaves less time to learn. Clips that are there already
and newer than their source stay. Needs ffmpeg.
"""
import argparse, concurrent.futures, copy, json, os, subprocess, sys

# name → (ffmpeg filter, change of geometry, seconds cut off the start, encoder's quality)
VARIATIONS = {
    "mirrored": ("hflip", "mirror", 0, 18),
    "darker": ("eq=brightness=-0.12:contrast=0.8", None, 0, 18),
    "brighter": ("eq=brightness=0.10:contrast=1.1", None, 0, 18),
    "grey": ("hue=s=0.35", None, 0, 18),
    "closer": ("crop=iw*0.8:ih*0.8:iw*0.1:ih*0.15", (0.1, 0.15, 0.8), 0, 18),
    "farther": ("scale=iw*0.75:-2", 0.75, 0, 18),
    "coarse": ("noise=alls=6:allf=t", None, 0, 33),
    "late": (None, None, 5.3, 18),
}


def even(value):
    return int(round(value / 2)) * 2


def moved_box(box, clip, geometry):
    x, y, w, h = box
    if geometry == "mirror":
        return [clip["width"] - x - w, y, w, h]
    if isinstance(geometry, float):
        return [round(v * geometry) for v in box]
    if geometry:
        left, top, part = geometry
        x0, y0 = x - left * clip["width"], y - top * clip["height"]
        x1, y1 = min(x0 + w, part * clip["width"]), min(y0 + h, part * clip["height"])
        x0, y0 = max(x0, 0), max(y0, 0)
        return [round(x0), round(y0), round(x1 - x0), round(y1 - y0)]
    return box


def moved_point(point, geometry):
    x, y = point
    if geometry == "mirror":
        return [1 - x, y]
    if isinstance(geometry, tuple):
        left, top, part = geometry
        return [min(1, max(0, (x - left) / part)), min(1, max(0, (y - top) / part))]
    return point


def labels(clip, geometry, cut):
    new = copy.deepcopy(clip)
    if isinstance(geometry, float):
        new["width"], new["height"] = even(clip["width"] * geometry), even(clip["height"] * geometry)
    elif isinstance(geometry, tuple):
        new["width"], new["height"] = even(clip["width"] * geometry[2]), even(clip["height"] * geometry[2])
    new["seconds"] = round(clip["seconds"] - cut, 2)
    new["zones"] = []
    for zone in clip["zones"]:
        polygon = [moved_point(p, geometry) for p in zone["polygon"]]
        if len({tuple(p) for p in polygon}) >= 3:
            new["zones"].append(dict(zone, polygon=polygon, **({"line": [moved_point(p, geometry) for p in zone["line"]]} if zone.get("line") else {})))
    ids = {zone["id"] for zone in new["zones"]}
    new["events"] = []
    for event in clip.get("events", []):
        box = moved_box(event["box"], clip, geometry)
        whole = event["box"][2] * event["box"][3] * (geometry ** 2 if isinstance(geometry, float) else 1)
        if event.get("zone", None) not in ids and event.get("zone") is not None or box[2] <= 0 or box[3] <= 0:
            continue
        if box[2] * box[3] < 0.9 * whole:
            # Cut by the edge of the view: nobody can say whether it ought to be found.
            return None
        shift = lambda t: None if t is None else round(max(0, t - cut), 3)
        new["events"].append(dict(event, box=box, appears_s=shift(event["appears_s"]), still_s=shift(event["still_s"]), leaves_s=shift(event.get("leaves_s"))))
    new["view_faults"] = [dict(f, from_s=f["from_s"] - cut, to_s=f["to_s"] - cut) for f in clip.get("view_faults", [])]
    new["quiet"] = not new["events"]
    return new


def make(source, target, clip, filters, cut, quality):
    if os.path.exists(target) and os.path.getmtime(target) > os.path.getmtime(source):
        return
    chain = ["-vf", ",".join(f for f in (filters, "crop=trunc(iw/2)*2:trunc(ih/2)*2") if f)]
    rate = max(1, round(clip.get("fps") or 25))
    part = target + ".part.mp4"
    done = subprocess.run(
        ["ffmpeg", "-v", "error", "-y", *(["-ss", str(cut)] if cut else []), "-i", source, "-an", *chain, "-c:v", "libx264", "-preset",
         "veryfast", "-crf", str(quality), "-pix_fmt", "yuv420p", "-g", str(rate), "-sc_threshold", "0", "-bf", "0", "-threads", "1", part],
        stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise RuntimeError(f"{source}: {done.stderr.strip().splitlines()[-1:]}")
    os.replace(part, target)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("out")
    parser.add_argument("--only", nargs="+", choices=VARIATIONS, default=list(VARIATIONS))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    truth = json.load(open(os.path.join(options.folder, "annotations.json")))
    failed = False
    with concurrent.futures.ThreadPoolExecutor(max(1, options.jobs)) as pool:
        work = []
        for name in options.only:
            filters, geometry, cut, quality = VARIATIONS[name]
            folder = os.path.join(options.out, name)
            os.makedirs(folder, exist_ok=True)
            clips = []
            for clip in truth["clips"]:
                new = labels(clip, geometry, cut)
                if new is None or not new["zones"]:
                    continue
                clips.append(new)
                work.append(pool.submit(make, os.path.join(options.folder, clip["file"]), os.path.join(folder, clip["file"]), clip, filters, cut, quality))
            json.dump(dict(truth, clips=clips), open(os.path.join(folder, "annotations.json"), "w"), indent=1)
            print(f"{name}: {len(clips)} of {len(truth['clips'])} clips", flush=True)
        for job in work:
            try:
                job.result()
            except RuntimeError as error:
                failed = True
                print(error, file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
