#!/usr/bin/env python3
"""Takes cases of the sample streams through reminder, second look and an officer's word, by the API alone.

    Scripts/remind_check.py .build/release/xunjie [--seconds 150]

The samples loop in real time, so things are taken away and come back; what the machine proposes is held against what the clip
showed while it looked. A gateway is played: it takes the message from the outbox and reports back with its signature.
"""
import argparse, datetime, glob, hashlib, hmac, json, os, shutil, subprocess, sys, tempfile, time, urllib.error, urllib.request
from station import Station, verify

project = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PICTURES, PICTURE_SECONDS, KEY_FRAME_SECONDS = 5, 0.5, 2.5


def iso(seconds):
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:23] + "Z"


def parse(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=datetime.timezone.utc).timestamp()


def add_channels(program, store):
    clips = [c for c in json.load(open(f"{project}/SampleStreams/annotations.json"))["clips"] if c["events"]]
    for clip in clips:
        name = os.path.splitext(clip["file"])[0]
        zones = os.path.join(store, name + ".zones.json")
        json.dump({"zones": clip["zones"], "dwell_s": clip["dwell_s"]}, open(zones, "w"))
        subprocess.run([program, "channel", "add", name, f"{project}/SampleStreams/{clip['file']}", "--loop", "--zones", zones,
                        "--store", store], check=True, stdout=subprocess.DEVNULL)
        os.remove(zones)
    return {os.path.splitext(c["file"])[0]: c for c in clips}


def report(station, secret, notice, **fields):
    body = json.dumps({"notice": notice, **fields}).encode()
    stamp = str(int(time.time()))
    code = hmac.new(secret, f"{stamp}\n{notice}\n".encode() + body, hashlib.sha256).hexdigest()
    request = urllib.request.Request(f"{station.base}/api/v1/notices/{notice}/status", method="POST", data=body, headers={
        "Content-Type": "application/json", "X-Xunjie-Timestamp": stamp, "X-Xunjie-Signature": "sha256=" + code})
    return json.loads(urllib.request.urlopen(request, timeout=20).read())


def truth(clip, box, begins, ends, started):
    """`there`, `gone` or `changing`: what the clip showed at the event's place between two moments."""
    def overlap(e):
        x, y, w, h = e["box"]
        a, b = max(x, box[0]), max(y, box[1])
        c, d = min(x + w, box[0] + box[2]), min(y + h, box[1] + box[3])
        return max(0, c - a) * max(0, d - b)
    event = max(clip["events"], key=overlap)
    slack = 2.5
    seen = set()
    moment = begins - slack
    while moment <= ends + slack:
        place = (moment - started) % clip["seconds"]
        leaves = event["leaves_s"] or clip["seconds"]
        seen.add("there" if event["still_s"] <= place <= leaves else "gone" if place < event["appears_s"] - 1 or place > leaves + 1.5 else "changing")
        moment += 0.25
    return seen.pop() if len(seen) == 1 else "changing"


# What only other bodies may punish gets no reminder from the street.
OTHERS_MATTERS = {"stopped-vehicle", "parked-bikes", "blocked-fire-lane", "shared-bike-heap"}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("program")
    ap.add_argument("--seconds", type=float, default=150, help="how long cases are waited for and looked at")
    a = ap.parse_args()
    program = os.path.abspath(a.program)
    os.chdir(project)
    store = tempfile.mkdtemp(prefix="xunjie-remind-")
    config = os.path.join(store, "config")
    shutil.copytree("Config", config)
    path = os.path.join(config, "casework.yaml")
    text = open(path).read().replace("picture_s: 20", f"picture_s: {PICTURE_SECONDS}").replace("patience_min: 10", "patience_min: 1")
    open(path, "w").write(text)
    clips = add_channels(program, store)
    station = Station(program, store, ["serve", "--log-level", "error", "--config", config], os.path.join(store, "log.txt"))
    station.start()
    started = time.time()
    wrong, looks, done = [], {}, {}
    try:
        station.log_in()
        station.add_team()
        secret = open(os.path.join(store, "notices.secret")).read().strip().encode()
        station.log_in("wang")
        end = time.monotonic() + a.seconds
        number = 0
        while time.monotonic() < end:
            for case in station.cases():
                name, state = case["id"], case["state"]
                if state == "candidate" and case["incident"]["violation"] not in OTHERS_MATTERS:
                    station.act(name, "confirm")
                    drafts = station.call("GET", f"/api/v1/cases/{name}/notice-drafts")["drafts"]
                    draft = next(d for d in drafts if d["kind"] == "remind" and d["medium"] == "sms")
                    number += 1
                    phone = f"1380000{number:04d}"
                    station.act(name, "remind", dueAt=iso(3), notice={"template": draft["template"], "medium": "", "recipient": phone, "text": ""})
                elif state == "recheck-due" and name not in done:
                    look = case["standing"]["look"]
                    ends = parse(look["at"])
                    begins = ends - PICTURES * KEY_FRAME_SECONDS - 1
                    shown = truth(clips[case["incident"]["channelID"]], case["incident"]["box"], begins, ends, started)
                    proposal = look["findings"]["proposal"]
                    looks[(shown, proposal)] = looks.get((shown, proposal), 0) + 1
                    print(f"{case['incident']['channelID']}: {shown} → {proposal} ({look['findings']['reason']['en']})", flush=True)
                    if (shown, proposal) in (("there", "corrected"), ("gone", "not-corrected")):
                        wrong.append(name)
                    if proposal == "corrected":
                        done[name] = station.act(name, "corrected", outcome="corrected")["state"]
                    elif proposal == "not-corrected":
                        done[name] = station.act(name, "not-corrected")["state"]
                    else:
                        station.act(name, "cannot-see", dueAt=iso(3))
            time.sleep(0.5)
        notices = station.call("GET", "/api/v1/notices")["notices"]
        outbox = glob.glob(f"{store}/outbox/notice-*.json")
        if not notices or len(outbox) != len(notices):
            raise SystemExit(f"{len(notices)} messages were released, {len(outbox)} lie in the outbox")
        first = notices[-1]
        if first["status"] != "sent" or "****" not in first["notice"]["recipient"]:
            raise SystemExit(f"the first message: {first}")
        report(station, secret, first["id"], status="delivered", reference="g-1")
        if report(station, secret, first["id"], status="replied", text="马上收")["status"] != "replied":
            raise SystemExit("the party's answer was not taken")
        try:
            report(station, b"another secret altogether", first["id"], status="failed")
            raise SystemExit("a forged report was taken")
        except urllib.error.HTTPError as error:
            if error.code != 401:
                raise
        refused = None
        fresh = [c for c in station.cases() if c["state"] == "confirmed"]
        for case in fresh[:1]:
            try:
                station.act(case["id"], "remind", dueAt=iso(3), notice={"template": "remind-sms", "medium": "", "recipient": "13800000001", "text": ""})
            except urllib.error.HTTPError as error:
                refused = json.loads(error.read())["error"]["code"]
        events = [e["kind"] for e in station.call("GET", f"/api/v1/cases/{first['caseID']}/events")["events"]]
        for kind in ("remind", "notice-sent", "notice-delivered", "notice-replied"):
            if kind not in events:
                raise SystemExit(f"{kind} is not in the log: {events}")
    finally:
        code = station.stop()
    if code != 0:
        raise SystemExit(f"the program ended with {code}\n{open(station.log).read()[-3000:]}")
    code, text = verify(program, store)
    print(text.strip().splitlines()[-1])
    if code != 0:
        raise SystemExit(text)
    for (shown, proposal), count in sorted(looks.items()):
        print(f"{shown:9} {proposal:14} {count}")
    print(f"{len(notices)} messages, {sum(looks.values())} looks, {len(done)} cases with an officer's word, cool-down: {refused or 'not met'}")
    if wrong:
        raise SystemExit(f"wrong proposals: {wrong}")
    if not done:
        raise SystemExit("no case got as far as an officer's word")
    shutil.rmtree(store)


if __name__ == "__main__":
    main()
