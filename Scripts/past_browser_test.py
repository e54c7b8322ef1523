#!/usr/bin/env python3
"""Starts `xunjie serve --archive` over exports made of the sample streams, and walks a real browser through searching the past and
through a run: draws a region, waits for the stills, enlarges one; asks for a run, pauses, resumes it and waits for its end.

  past_browser_test.py PROGRAM [--pictures FOLDER]
"""
import argparse, json, os, pathlib, shutil, sys, tempfile, time
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from console_browser_test import Browser, Walk
from station import Station

project = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Channel, name, clip, and the local times at which the recorder began a file; clips are about a minute long.
EXPORTS = [
    ("gate-1", "南路 百货店前", "s1_goods_out.mp4", ["20261124_080000", "20261124_080108", "20261124_083000"]),
    ("gate-2", "315 弄 垃圾桶旁", "s3_rubbish.mp4", ["20261124_090000", "20261124_090106"]),
]
SIZES = [(1366, 900), (390, 844)]


def make_exports(folder):
    for channel, _, clip, starts in EXPORTS:
        os.makedirs(f"{folder}/{channel}")
        for start in starts:
            shutil.copy(f"SampleStreams/{clip}", f"{folder}/{channel}/{channel}_{start}.mp4")
    pathlib.Path(f"{folder}/gate-2/gate-2_20261124_093000.mp4").write_text("no video at all")


def add_channels(station):
    truth = {clip["file"]: clip for clip in json.load(open("SampleStreams/annotations.json"))["clips"]}
    for channel, name, clip, _ in EXPORTS:
        station.call("POST", "/api/v1/channels", {"id": channel, "name": name, "url": "rtsp://127.0.0.1:9/x", "enabled": False})
        zones = {"zones": truth[clip]["zones"], "dwell_s": 10}
        station.call("PUT", f"/api/v1/channels/{channel}/zones", {"document": json.dumps(zones)})


def shoot(browser, walk, base, path, name, pictures):
    """The page in both languages and on both screens; nothing may be wider than the screen."""
    for width, height in SIZES:
        browser.resize(width, height)
        for language in ("zh", "en"):
            browser.open(f"{base}{path}{'&' if '?' in path else '?'}lang={language}")
            time.sleep(0.3)
            browser.shot(pictures / f"{name}-{language}-{width}.png")
            walk.require("document.documentElement.scrollWidth <= innerWidth", f"{path} is wider than a screen of {width}")
    browser.resize(*SIZES[0])
    walk.no_complaints(path)


def draw_region(browser, walk):
    """Around the goods that are put out in the sample clip."""
    browser.wait("document.querySelector('[data-past-still]')?.naturalWidth > 0", "the still of the chosen time did not come")
    browser.value("document.querySelector('[data-svg]').scrollIntoView({block: 'center'})")
    box = browser.value("(() => { const b = document.querySelector('[data-svg]').getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; })()")
    corners = [(0.42, 0.37), (0.51, 0.37), (0.51, 0.52), (0.42, 0.52), (0.42, 0.37)]
    for x, y in corners:
        browser.press(box[0] + x * box[2], box[1] + y * box[3])
    walk.require("document.querySelector('[data-region]').value.split(' ').length === 4", "the region was not closed by its first corner")


def past(browser, walk, base, pictures):
    walk.step("the form proposes the newest footage")
    shoot(browser, walk, base, "/past?channel=gate-1", "past-form", pictures)
    browser.open(f"{base}/past?channel=gate-1&lang=zh")
    browser.value("(() => { const from = document.querySelector('[data-past-from]'); from.value = '2026-11-24T08:00:00';"
                  "from.dispatchEvent(new Event('change')); document.querySelector('[name=to]').value = '2026-11-24T08:31:00';"
                  "document.querySelector('[name=stay]').value = '10'; })()")
    time.sleep(0.5)
    walk.step("a region is drawn and searched")
    draw_region(browser, walk)
    browser.shot(pictures / "past-drawn-zh-1366.png")
    browser.value("document.querySelector('[data-past-submit]').click()")
    browser.wait("location.pathname.split('/').length === 3", "the search did not begin")
    browser.wait("document.querySelector('.past-entry')", "nothing was found", 60)
    address = browser.value("location.pathname")
    walk.require("document.querySelectorAll('.past-remarks li').length >= 1", "the gap in the footage is not told")
    shoot(browser, walk, base, address, "past-found", pictures)
    walk.step("a still is enlarged, the next one follows with the arrow key")
    browser.open(f"{base}{address}?lang=zh")
    browser.value("document.querySelector('[data-past-picture]').click()")
    browser.wait("document.querySelector('[data-lightbox][open] img').naturalWidth > 500", "the large picture did not come")
    first = browser.value("document.querySelector('[data-lightbox-title]').textContent")
    browser.key("ArrowRight")
    browser.wait(f"document.querySelector('[data-lightbox-title]').textContent !== {json.dumps(first)}", "the arrow key did nothing")
    browser.shot(pictures / "past-enlarged-zh-1366.png")
    browser.key("Escape")
    walk.no_complaints("a search")


def runs(browser, walk, base, pictures):
    walk.step("an empty list of runs, the form of a new one")
    shoot(browser, walk, base, "/runs", "runs-empty", pictures)
    shoot(browser, walk, base, "/runs/new", "runs-form", pictures)
    browser.open(f"{base}/runs/new?lang=zh")
    browser.fill("[name=name]", "十一月 · 门前区 <放宽>")
    browser.value("document.querySelector('[data-run-form] [type=submit]').click()")
    browser.wait("location.pathname === '/runs' && document.querySelector('.run')", "the run was not made")
    browser.wait("document.querySelector('.run-running, .run-done, .run-failed')", "the run did not begin", 20)
    shoot(browser, walk, base, "/runs", "runs-busy", pictures)
    browser.open(f"{base}/runs?lang=zh")
    walk.step("the run comes to its end by itself")
    browser.wait("document.querySelector('.run-done')", "the run was not done: "
                 + str(browser.value("document.querySelector('.run')?.textContent")), 120)
    shoot(browser, walk, base, "/runs", "runs-done", pictures)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("program")
    ap.add_argument("--pictures")
    ap.add_argument("--chromium", default="chromium")
    a = ap.parse_args()
    program = os.path.abspath(a.program)
    os.chdir(project)
    pictures = pathlib.Path(a.pictures or tempfile.mkdtemp(prefix="xunjie-pictures-"))
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="xunjie-past-") as work:
        make_exports(work + "/exports")
        station = Station(
            program, work + "/store", ["serve", "--archive", work + "/exports", "--log-level", "warning"], work + "/log.txt")
        station.start()
        browser = Browser(a.chromium, *SIZES[0])
        try:
            station.log_in()
            add_channels(station)
            while not station.call("GET", "/api/v1/archive").get("listedAt"):
                time.sleep(0.1)
            walk = Walk(browser, station.base, pictures)
            walk.log_in("admin", station.password)
            past(browser, walk, station.base, pictures)
            runs(browser, walk, station.base, pictures)
        finally:
            browser.close()
            code = station.stop()
            if code != 0:
                print(open(work + "/log.txt").read()[-3000:])
        if code != 0:
            raise SystemExit(f"the program ended with {code}")
    print(f"screenshots are in {pictures}")


if __name__ == "__main__":
    main()
