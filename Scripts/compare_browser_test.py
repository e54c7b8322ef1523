#!/usr/bin/env python3
"""Lays two re-analyses of the sample streams into a fresh store, promotes and decides some findings over the API, walks their
pages in a real browser (filters, promotion, comparison, approval), and takes pictures of them in both languages and two widths.

  compare_browser_test.py PROGRAM [--pictures FOLDER]

The runs are written as the program writes them: run.json, findings.jsonl, stills; the stills come out of the clips by ffmpeg.
"""
import argparse, base64, datetime, hashlib, json, os, random, subprocess, sys, tempfile, urllib.error, uuid
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from console_browser_test import Browser, give_reason
from station import Station, verify

project = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
START = datetime.datetime(2026, 11, 20, 0, 0, tzinfo=datetime.timezone.utc)
TYPES = ["storefront-encroachment", "piled-goods", "parked-bikes", "roadside-vending", "exposed-rubbish"]
ZONES = {"zones": [{"id": "front", "kind": "pavement", "polygon": [[0.05, 0.3], [0.95, 0.3], [0.95, 0.98], [0.05, 0.98]]}], "dwell_s": 10}


def iso(date):
    return date.strftime("%Y-%m-%dT%H:%M:%S.") + f"{date.microsecond // 1000:03}Z"


def uuid7(date, n):
    milliseconds = int(date.timestamp() * 1000)
    rest = uuid.UUID(int=random.Random(n).getrandbits(128)).hex
    text = f"{milliseconds:012x}7{rest[:3]}8{rest[3:6]}{rest[6:18]}"
    return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]])


def clips():
    labels = json.load(open(os.path.join(project, "SampleStreams/annotations.json")))["clips"]
    found = []
    for index, clip in enumerate(labels):
        path = os.path.join(project, "SampleStreams", clip["file"])
        begins = START + datetime.timedelta(hours=3 * index)
        found.append({**clip, "path": path, "begins": begins, "channel": f"c{index % 4 + 1}",
                      "sha256": hashlib.sha256(open(path, "rb").read()).hexdigest(), "bytes": os.path.getsize(path)})
    return found


def findings(inputs, seed, zone="front"):
    """Labelled events as findings, with more beside them, the same for the same seed but for what a rule would change."""
    common, own = random.Random(1), random.Random(seed)
    found = []
    for clip in inputs:
        events = [(e["box"], e["still_s"], e["leaves_s"], e["violation"]) for e in clip["events"]]
        events += [([common.randrange(60, 780), common.randrange(200, 420), common.randrange(40, 150), common.randrange(40, 100)],
                    common.uniform(3, 40), None, common.choice(TYPES)) for _ in range(5)]
        for number, (box, still, leaves, violation) in enumerate(events):
            fate = own.random()
            if seed > 1 and fate < 0.18:
                continue
            if seed > 1 and fate < 0.28:
                still += 8
            if seed > 1 and 0.28 <= fate < 0.36:
                violation = own.choice([t for t in TYPES if t != violation])
            if seed > 1 and fate > 0.9:
                box, still = [own.randrange(60, 780), own.randrange(200, 420), 90, 70], own.uniform(3, 30)
            confirmed = min(still + 10, clip["seconds"] - 2)
            at = lambda s: None if s is None else iso(clip["begins"] + datetime.timedelta(seconds=s))
            found.append({
                "id": f"{clip['channel']}-{os.path.splitext(clip['file'])[0]}-{number}", "channel_id": clip["channel"], "path": clip["path"],
                "clip": os.path.splitext(clip["file"])[0], "violation": violation, "zone": zone, "box": [int(v) for v in box],
                "source_size": [clip["width"], clip["height"]], "first_still_s": round(still, 3), "confirmed_s": round(confirmed, 3),
                "cleared_s": leaves, "first_still_at": at(still), "confirmed_at": at(confirmed), "cleared_at": at(leaves),
                "measurements": {"areaPart": round(box[2] * box[3] / clip["width"] / clip["height"], 4), "fillPart": 0.7, "stirPart": 0.04}})
    return found


def write_run(store, number, name, inputs, found, zones, rules):
    made = datetime.datetime.now(datetime.timezone.utc)
    run = uuid7(made, number)
    folder = os.path.join(store, "runs", run)
    os.makedirs(os.path.join(folder, "stills"))
    for finding in found:
        still = f"stills/{finding['id']}.jpg"
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-ss", str(finding["confirmed_s"]), "-i", finding["path"], "-frames:v", "1",
                        "-q:v", "4", os.path.join(folder, still)], check=True)
        finding["still"] = still
    record = {
        "id": run, "name": name, "created_at": iso(made), "created_by": "command line", "program": "xunjie", "rule_version": rules,
        "profiles_sha256": hashlib.sha256(rules.encode()).hexdigest(), "every_frame": False,
        "channels": [{"channel_id": f"c{n}", "zones": json.dumps(zones)} for n in range(1, 5)],
        "inputs": [{"path": c["path"], "channel_id": c["channel"], "starts_at": iso(c["begins"]), "time_source": "pattern",
                    "seconds": c["seconds"], "bytes": c["bytes"], "sha256": c["sha256"]} for c in inputs]}
    progress = {
        "state": "done", "pass": 2, "updated_at": iso(made), "files_done": len(inputs), "files": len(inputs), "seconds_done": 544,
        "seconds_total": 544, "rate": 100, "candidates": 80, "found": len(found),
        "problems": [{"path": "/archive/c2/20261120_0600.mp4", "reason": "the file is empty: copy it again from the recorder", "is_lost": True}]}
    for name, value in [("run.json", record), ("progress.json", progress)]:
        json.dump(value, open(os.path.join(folder, name), "w"), ensure_ascii=False, sort_keys=True)
    with open(os.path.join(folder, "findings.jsonl"), "w") as lines:
        for finding in found:
            lines.write(json.dumps({k: v for k, v in finding.items() if v is not None}, sort_keys=True) + "\n")
    return run


def refusal(station, method, path, body):
    try:
        station.call(method, path, body)
    except urllib.error.HTTPError as error:
        return json.loads(error.read())["error"]["code"]
    raise SystemExit(f"{path} was not refused")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("program")
    ap.add_argument("--pictures")
    ap.add_argument("--chromium", default="/usr/bin/chromium")
    a = ap.parse_args()
    program = os.path.abspath(a.program)
    os.chdir(project)
    store = tempfile.mkdtemp(prefix="xunjie-compare-")
    pictures = a.pictures or tempfile.mkdtemp(prefix="xunjie-compare-pictures-")
    os.makedirs(pictures, exist_ok=True)
    station = Station(program, store, ["serve", "--log-level", "warning"], os.path.join(store, "log.txt"))
    station.start()
    try:
        station.log_in()
        station.add_team()
        for number, name in enumerate(["南路百货店前", "菜场西门", "学校路口", "地铁 3 号口"], 1):
            station.call("POST", "/api/v1/channels", {
                "id": f"c{number}", "name": name, "place": f"南路 {number * 12} 号", "url": f"rtsp://127.0.0.1:9/{number}", "enabled": False})
        inputs = clips()
        # What the program says of itself when nothing is promoted with other rules: the version is told by a refusal.
        probe = write_run(store, 9, "试", inputs[:1], [], ZONES, "unknown")
        try:
            station.call("POST", f"/api/v1/runs/{probe}/approve", {"channel": "c1", "decided": True, "reason": "x"})
        except urllib.error.HTTPError as error:
            rules = json.loads(error.read())["error"]["message"].split("运行的是 ")[-1].split("；")[0]
        before = write_run(store, 1, "现行规则 · 11 月 20 日", inputs, findings(inputs, 1), ZONES, rules)
        wider = json.loads(json.dumps(ZONES))
        wider["zones"][0]["dwell_s"] = 20
        after = write_run(store, 2, "停留 20 秒 · 11 月 20 日", inputs, findings(inputs, 2), wider, rules)

        # Some become cases and are decided: every third a false alarm, the last left waiting.
        listed = station.call("GET", f"/api/v1/runs/{before}/findings")["findings"]
        station.log_in("wang")
        cases = []
        for item in listed[::4]:
            body = {"reason": "抽查"}
            path = f"/api/v1/runs/{before}/findings/{item['finding']['id']}/promote"
            try:
                cases.append(station.call("POST", path, body)["caseID"])
            except urllib.error.HTTPError as error:
                code = json.loads(error.read())["error"]["code"]
                if code != "is-case":
                    raise SystemExit(f"{path}: {code}")
                continue
            if station.call("POST", path, body)["caseID"] != cases[-1]:
                raise SystemExit("promoted twice, two cases")
        for number, case in enumerate(cases[:-1]):
            if number % 3 == 2:
                station.act(case, "false-alarm", reason="person-standing")
            else:
                station.act(case, "confirm")
        station.log_in()
        compared = station.call("GET", f"/api/v1/runs/compare?decided=1&after={before}")
        score = compared["score"]
        if score["recall"] != 1 or score["trueLost"]:
            raise SystemExit(f"the run that the cases come from does not find them all: {score}")
        compared = station.call("GET", f"/api/v1/runs/compare?before={before}&after={after}")
        print(f"{len(cases)} cases; of {compared['before']['count']} and {compared['after']['count']} findings: {compared['total']}")

        browser = Browser(a.chromium, 1366, 900)
        try:
            walk(browser, station, before, after, cases, pictures)
        finally:
            browser.close()
        if browser.problems:
            raise SystemExit("the browser complained:\n" + "\n".join(browser.problems))
        if refusal(station, "POST", f"/api/v1/runs/{after}/approve", {"channel": "c1", "decided": True, "reason": "x"}) != "zones-changed":
            raise SystemExit("zones were put in force over newer ones")
        print(f"screenshots are in {pictures}")
    finally:
        code = station.stop()
    if code != 0:
        raise SystemExit(f"the program ended with {code}\n{open(station.log).read()[-3000:]}")
    code, text = verify(program, store)
    print(text.strip().splitlines()[-1])
    if code != 0:
        raise SystemExit(text)


def shoot(browser, path, whole=True):
    """The page as it is shown; all of it, however long."""
    browser.value("document.querySelectorAll('img[loading=lazy]').forEach((image) => { image.loading = 'eager'; })")
    browser.wait("[...document.images].every((image) => image.complete)", "pictures did not load", seconds=60)
    browser.value("Promise.all([...document.images].map((image) => image.decode().catch(() => null))).then(() => true)")
    broken = browser.value("[...document.images].filter((image) => !image.naturalWidth).map((image) => image.src).join(' ')")
    if broken:
        raise SystemExit(f"pictures are broken: {broken}")
    picture = browser.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
    open(path, "wb").write(base64.b64decode(picture["data"]))


def walk(browser, station, before, after, cases, pictures):
    base = station.base
    browser.open(base + "/login?lang=zh")
    browser.fill("input[name=login]", "admin")
    browser.fill("input[name=password]", station.password)
    browser.key("Enter", text="\r")
    browser.wait("location.pathname === '/queue'", "logging in did not lead to the queue")
    give_reason(browser, f"{base}/cases/{cases[0]}?lang=zh")
    pages = {
        "run": f"/runs/{before}", "compare": f"/runs/compare?before={before}&after={after}",
        "decided": f"/runs/compare?decided=1&after={after}", "choose": "/runs/compare", "case": f"/cases/{cases[0]}",
        "kept": f"/runs/compare?before={before}&after={after}&show=kept", "filtered": f"/runs/{before}?channel=c2&violation=piled-goods"}
    for width, height in [(1366, 900), (390, 844)]:
        browser.resize(width, height)
        for language in ["zh", "en"]:
            for name, path in pages.items():
                browser.open(base + path + ("&" if "?" in path else "?") + f"lang={language}")
                overflow = browser.value("document.documentElement.scrollWidth - innerWidth")
                if overflow > 1:
                    wide = browser.value(
                        "[...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.chips, .tabs, .nav, .table-scroll'))"
                        ".map((e) => e.tagName + '.' + e.className).slice(0, 6).join(' ')")
                    raise SystemExit(f"{path} is {overflow} px wider than a window of {width}: {wide}")
                shoot(browser, os.path.join(pictures, f"{name}-{language}-{width}.png"))
    browser.resize(1366, 900)
    browser.open(base + f"/runs/compare?before={before}&after={after}&lang=zh")
    browser.value("window.confirm = () => true")
    browser.value("document.querySelector('.approvals').open = true")
    browser.fill(".approve-form input[name=reason]", "停留时间改为 20 秒，误报减少")
    browser.key("Enter", text="\r")
    browser.wait("location.search.includes('approved=c1')", "the approval did not go through")
    shoot(browser, os.path.join(pictures, "approved-zh-1366.png"), whole=False)
    browser.open(base + "/channels/c1/zones")
    shoot(browser, os.path.join(pictures, "zones-zh-1366.png"), whole=False)


if __name__ == "__main__":
    main()
