#!/usr/bin/env python3
"""Starts the demo, waits for its first case, and walks a real browser from log-in over a decision to the next case.

  browser_test.py PROGRAM [--pictures FOLDER]
"""
import argparse, json, os, re, subprocess, sys, tempfile, time
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from station import Station, verify

project = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIRST_CASE_SECONDS = 60
CASES_NEEDED = 2
TILES = 90


def fill_board(station):
    """Channels beside the demo's until the board is full: cameras that nobody answers for, some of them paused."""
    for number in range(len(station.call("GET", "/api/v1/channels")["channels"]), TILES):
        station.call("POST", "/api/v1/channels", {
            "id": f"dark-{number:02}", "name": f"茸惠路 {number} 号", "place": f"第 {number % 7} 段",
            "url": f"rtsp://viewer:secret@127.0.0.1:9/{number}", "enabled": number % 5 != 0})


def check_status(program, store, expected):
    """What the terminal says, also to scripts."""
    run = subprocess.run([program, "status", "--store", store, "--json"], stdout=subprocess.PIPE, text=True)
    answer = json.loads(run.stdout)
    if run.returncode != expected or answer["running"] != (expected != 2):
        raise SystemExit(f"xunjie status ended with {run.returncode} instead of {expected}: {run.stdout[:500]}")
    if "secret" in run.stdout or "rtsp:" in run.stdout:
        raise SystemExit("xunjie status tells an address")


def check_sheet(program, store, folder):
    """The evidence sheet of the package that most was added to prints on one page."""
    packages = [place for place, _, files in os.walk(os.path.join(store, "evidence")) if "manifest.json" in files]
    package = max(packages, key=lambda place: (len(os.listdir(place + "/addenda")) if os.path.isdir(place + "/addenda") else 0))
    for masked in ([], ["--masked"]):
        name = os.path.join(folder, "sheet" + "-masked" * len(masked))
        subprocess.run([program, "sheet", package, "-o", name + ".html", *masked], check=True)
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={name}.profile",
             f"--print-to-pdf={name}.pdf", "file://" + name + ".html"], check=True, stderr=subprocess.DEVNULL)
        pages = re.findall(rb"/Type\s*/Page\b", open(name + ".pdf", "rb").read())
        if len(pages) != 1:
            raise SystemExit(f"{name}.html prints on {len(pages)} pages")
    print("the evidence sheet prints on one page")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("program")
    ap.add_argument("--pictures")
    a = ap.parse_args()
    program = os.path.abspath(a.program)
    os.chdir(project)
    store = tempfile.mkdtemp(prefix="xunjie-browser-")
    station = Station(program, store, ["demo", "--streams", "SampleStreams", "--log-level", "warning"], os.path.join(store, "log.txt"))
    station.start()
    try:
        station.log_in()
        first = None
        while True:
            cases = station.cases()
            waited = time.monotonic() - station.started
            if cases and first is None:
                first = waited
                print(f"first case after {first:.1f} s")
            if len(cases) >= CASES_NEEDED:
                break
            if first is None and waited > FIRST_CASE_SECONDS or waited > 2 * FIRST_CASE_SECONDS:
                raise SystemExit(f"{len(cases)} cases after {waited:.0f} s\n{open(station.log).read()[-3000:]}")
            time.sleep(0.5)
        fill_board(station)
        pictures = a.pictures or tempfile.mkdtemp(prefix="xunjie-pictures-")
        subprocess.run(
            [sys.executable, "Scripts/console_browser_test.py", station.base, "admin", station.password, pictures,
             "--tiles", str(TILES)], check=True)
        print(f"screenshots are in {pictures}")
        check_status(program, store, 1)
    finally:
        code = station.stop()
    if code != 0:
        raise SystemExit(f"the program ended with {code}\n{open(station.log).read()[-3000:]}")
    check_status(program, store, 2)
    check_sheet(program, store, tempfile.mkdtemp(prefix="xunjie-sheet-"))
    code, text = verify(program, store)
    print(text.strip().splitlines()[-1])
    if code != 0:
        raise SystemExit(text)


if __name__ == "__main__":
    main()
