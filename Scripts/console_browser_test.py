#!/usr/bin/env python3
"""Walks through the web console in a real Chromium, as an officer would, and takes pictures of every page.

    Scripts/console_browser_test.py http://127.0.0.1:8080 admin PASSWORD shots/ [--save-zones] [--chromium /usr/bin/chromium]

The console must hold at least two cases that wait for a decision and one channel with a picture; the walk confirms one
case. With `--tiles 90` it also times the board, which must show so many channels. It needs Python 3.9 or newer and Debian's `chromium`, nothing else: the browser is driven by the DevTools protocol
over a pipe. Exit code 0: all steps passed; 1: a step failed, which is named.
"""

import argparse
import base64
import fcntl
import json
import os
import pathlib
import select
import subprocess
import sys
import tempfile
import time


class StepFailed(Exception):
    """A step of the walk did not go as it should."""


class Browser:
    """One Chromium with one page, driven over file descriptors 3 and 4 (`--remote-debugging-pipe`)."""

    def __init__(self, program, width, height):
        # The browser's helpers may still write into it when it ends.
        self.profile = tempfile.TemporaryDirectory(prefix="console-browser-", ignore_cleanup_errors=True)
        self.problems = []
        self.sequence = 0
        self.buffer = b""
        to_browser_read, self.to_browser = os.pipe()
        self.from_browser, from_browser_write = os.pipe()
        # Out of the way of 3 and 4, which the child's ends become.
        reading = fcntl.fcntl(to_browser_read, fcntl.F_DUPFD, 20)
        writing = fcntl.fcntl(from_browser_write, fcntl.F_DUPFD, 20)

        def connect():
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--mute-audio",
             "--blink-settings=preferredColorScheme=0", "--autoplay-policy=no-user-gesture-required",
             f"--user-data-dir={self.profile.name}", f"--window-size={width},{height}", "--remote-debugging-pipe", "about:blank"],
            pass_fds=(3, 4), preexec_fn=connect, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for descriptor in {to_browser_read, from_browser_write, reading, writing}:
            os.close(descriptor)
        targets = self.send("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        self.session = None
        self.session = self.send("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.send(f"{domain}.enable")
        self.resize(width, height)

    session = None

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=20)
        os.close(self.to_browser)
        os.close(self.from_browser)
        self.profile.cleanup()

    def send(self, method, **parameters):
        self.sequence += 1
        message = {"id": self.sequence, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to_browser, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + 30
        while True:
            answer = self.receive(deadline - time.monotonic())
            if answer is None:
                raise StepFailed(f"the browser did not answer {method} within 30 s")
            if answer.get("id") != message["id"]:
                continue
            if "error" in answer:
                raise StepFailed(f"{method}: {answer['error'].get('message')}")
            return answer["result"]

    def receive(self, seconds):
        """The next message, None after `seconds`; notes what the page complains of."""
        deadline = time.monotonic() + max(0, seconds)
        while b"\0" not in self.buffer:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.from_browser], [], [], left)[0]:
                return None
            part = os.read(self.from_browser, 1 << 20)
            if not part:
                raise StepFailed("the browser ended")
            self.buffer += part
        text, self.buffer = self.buffer.split(b"\0", 1)
        message = json.loads(text)
        parameters = message.get("params", {})
        if message.get("method") == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            self.problems.append(details.get("exception", {}).get("description") or details["text"])
        if message.get("method") == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            self.problems.append(f"{parameters['entry']['text']} ({parameters['entry'].get('url', '')})")
        return message

    def value(self, expression):
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise StepFailed(f"{expression}: {answer['exceptionDetails'].get('exception', {}).get('description')}")
        return answer["result"].get("value")

    def wait(self, expression, what, seconds=15):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                # An element is true here, but has no value outside the page.
                if self.value(f"Boolean({expression})"):
                    return
            except StepFailed:
                pass  # The page is being replaced.
            time.sleep(0.05)
        raise StepFailed(f"{what} (waited {seconds} s; at {self.value('location.href')})")

    def open(self, address):
        self.send("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'", f"{address} did not load")

    def key(self, key, text=None):
        text = key if text is None and len(key) == 1 else text
        codes = {"Escape": 27, "Enter": 13, "ArrowRight": 39, "ArrowLeft": 37}
        common = {"key": key, "windowsVirtualKeyCode": codes.get(key, ord(key[0].upper()))}
        self.send("Input.dispatchKeyEvent", type="keyDown", **common, **({"text": text} if text else {}))
        self.send("Input.dispatchKeyEvent", type="keyUp", **common)

    def press(self, x, y):
        self.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=1, clickCount=1)

    def fill(self, selector, text):
        self.value(f"document.querySelector({json.dumps(selector)}).focus()")
        self.value("document.activeElement.select()")
        self.send("Input.insertText", text=text)

    def resize(self, width, height):
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def shot(self, path):
        # Pictures far below load when they are scrolled to.
        self.wait("[...document.images].every((image) => image.complete || image.getBoundingClientRect().top > innerHeight)",
                  "pictures did not load")
        picture = self.send("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(picture["data"]))


def give_reason(browser, address, shows="article.case", shot=None):
    """Opens what nobody sees without a reason, and gives one; `shows` is what is there then."""
    browser.open(address)
    if not browser.value("Boolean(document.querySelector('form[action=\"/reasons\"]'))"):
        raise StepFailed(f"{address} opened without a reason")
    if shot:
        browser.shot(shot)
    browser.value("document.querySelector('form[action=\"/reasons\"] [name=reason][value=supervision]').checked = true")
    browser.value("document.querySelector('form[action=\"/reasons\"]').requestSubmit()")
    browser.wait(f"document.querySelector({json.dumps(shows)})", f"{address} did not open after the reason was given")
    # The browser tells that the first answer was a refusal, which it was.
    browser.receive(0.05)
    browser.problems = [problem for problem in browser.problems if not ("403" in problem and problem.endswith(f"{address})"))]


class Walk:
    """The steps, in order; each is told when it begins."""

    def __init__(self, browser, base, shots):
        self.browser = browser
        self.base = base.rstrip("/")
        self.shots = shots

    def step(self, text):
        print(f"· {text}", flush=True)

    def require(self, expression, what):
        if not self.browser.value(f"Boolean({expression})"):
            raise StepFailed(what)

    def no_complaints(self, where):
        self.browser.receive(0.05)
        if self.browser.problems:
            raise StepFailed(f"{where}: the browser complains: " + " | ".join(self.browser.problems))

    def log_in(self, login, password):
        self.step("log in")
        browser = self.browser
        browser.open(f"{self.base}/login?lang=zh")
        browser.shot(self.shots / "login-zh.png")
        browser.fill("input[name=login]", login)
        browser.fill("input[name=password]", password)
        browser.key("Enter", text="\r")
        browser.wait("location.pathname === '/queue'", "logging in did not lead to the queue")
        browser.wait("document.querySelector('[data-live]:not(.is-off):not([hidden])')", "the live stream did not open")

    def log_out(self):
        self.step("log out")
        self.browser.value("document.querySelector('form[action=\"/logout\"]').requestSubmit()")
        self.browser.wait("location.pathname === '/login'", "logging out did not lead to the log-in page")

    def queue(self):
        self.step("the queue shows cases with pictures")
        browser = self.browser
        browser.wait("document.querySelectorAll('.card').length >= 2", "the queue shows fewer than two cases")
        browser.wait("document.querySelector('.card img').naturalWidth > 0", "the first case's picture did not load")
        self.no_complaints("queue")
        browser.shot(self.shots / "queue-zh.png")
        browser.key("j")
        self.require("document.querySelector('.card').contains(document.activeElement)", "J did not choose the first case")
        browser.key("Enter", text="\r")
        browser.wait("document.querySelector('article.case')", "Enter did not open the case")

    def look(self):
        self.step("the case shows its stills, and its clip plays")
        browser = self.browser
        browser.wait("[...document.querySelectorAll('.still img')].length >= 3 && "
                     "[...document.querySelectorAll('.still img')].every((image) => image.naturalWidth > 0)",
                     "the stills did not load")
        self.require("document.querySelector('.overlay polygon')", "the zone is not drawn")
        browser.wait("document.querySelector('.clip video').currentTime > 0.2", "the clip does not play")
        before = browser.value("document.querySelector('.clip video').currentTime")
        browser.wait(f"document.querySelector('.clip video').currentTime !== {before}", "the clip does not go on")
        self.no_complaints("case")
        browser.shot(self.shots / "case-zh.png")
        browser.key("z")
        self.require("document.body.classList.contains('zones-off')", "Z did not hide the zone")
        browser.key("z")
        browser.key("b")
        self.require("document.querySelector('[data-lightbox]').open", "B did not enlarge")
        browser.shot(self.shots / "case-enlarged-zh.png")
        browser.key("Escape")
        browser.wait("!document.querySelector('[data-lightbox]').open", "Escape did not close the enlarged picture")
        browser.key("?")
        self.require("document.querySelector('[data-help]').open", "? did not show the keys")
        browser.shot(self.shots / "case-keys-zh.png")
        browser.key("Escape")
        browser.wait("!document.querySelector('[data-help]').open", "Escape did not close the keys")

    def decide(self):
        browser = self.browser
        this_case = "document.querySelector('article.case')?.dataset.case"
        self.step("false alarm by two keys, and the next case is there")
        first = browser.value(this_case)
        browser.key("f")
        self.require("document.querySelector('.verdict-menu[open]')", "F did not open the reasons")
        browser.shot(self.shots / "case-reasons-zh.png")
        browser.key("2")
        browser.wait(f"{this_case} && {this_case} !== {json.dumps(first)}", "the next case did not come")
        browser.wait("document.querySelector('.toast')", "nothing says that the decision was recorded")
        browser.shot(self.shots / "case-next-zh.png")
        self.step("undo brings it back")
        browser.key("u")
        browser.wait(f"{this_case} === {json.dumps(first)} && "
                     "document.querySelector('article.case').dataset.state === 'candidate'", "undo did not bring the case back")
        self.step("confirm by three keys: confirm, all four affirmed, done")
        browser.key("c")
        self.require("document.querySelector('.verdict-menu[open] .tick-row')", "C did not ask for the four affirmations")
        browser.key("Enter", text="\r")
        self.require(f"{this_case} === {json.dumps(first)}", "a case was confirmed with nothing affirmed")
        browser.key("a")
        browser.shot(self.shots / "case-affirm-zh.png")
        browser.key("Enter", text="\r")
        browser.wait(f"{this_case} && {this_case} !== {json.dumps(first)}", "the next case did not come after confirming")
        browser.open(f"{self.base}/cases/{first}")
        self.require("document.querySelector('article.case').dataset.state === 'confirmed'", "the case is not confirmed")
        browser.shot(self.shots / "case-decided-zh.png")
        browser.open(f"{self.base}/queue")
        self.require(f"!document.getElementById('case-{first}')", "a confirmed case still waits in the queue")
        self.no_complaints("decisions")

    def zones(self, channel, save):
        self.step("draw a zone on the picture")
        browser = self.browser
        browser.open(f"{self.base}/channels/{channel}/zones?lang=zh")
        browser.wait("document.querySelector('[data-canvas] img')?.naturalWidth > 0", "the channel's picture did not load")
        count = browser.value("document.querySelectorAll('.zone-list li').length")
        box = browser.value("(() => { const box = document.querySelector('[data-svg]').getBoundingClientRect();"
                            "return [box.left, box.top, box.width, box.height]; })()")
        lengths = browser.value("document.querySelectorAll('.length-list li').length")
        browser.value("document.querySelector('[data-new-length]').click()")
        for x, y in ((0.3, 0.6), (0.3, 0.4)):
            browser.press(box[0] + x * box[2], box[1] + y * box[3])
        browser.wait(f"document.querySelectorAll('.length-list li').length === {lengths + 1}", "the length was not taken")
        browser.value("document.querySelector('[data-undo]').click()")
        browser.wait(f"document.querySelectorAll('.length-list li').length === {lengths}", "undo did not take the length away")
        browser.value("document.querySelector('[data-new=pavement]').click()")
        for x, y in ((0.55, 0.62), (0.75, 0.62), (0.78, 0.85), (0.52, 0.85), (0.55, 0.62)):
            browser.press(box[0] + x * box[2], box[1] + y * box[3])
        browser.wait(f"document.querySelectorAll('.zone-list li').length === {count + 1}", "the polygon was not closed")
        browser.shot(self.shots / "zones-drawn-zh.png")
        if save:
            browser.value("document.querySelector('[data-save]').click()")
            browser.wait("document.querySelector('.toast')", "saving the zones was not answered")
            browser.wait("document.querySelector('[data-save]').disabled", "the zones were not saved")
        else:
            browser.value("document.querySelector('[data-undo]').click()")
            browser.wait(f"document.querySelectorAll('.zone-list li').length === {count}", "undo did not take the zone away")
        self.no_complaints("zones")

    def edit(self, channel):
        self.step("edit a channel, and bring its earlier version back")
        browser = self.browser
        browser.open(f"{self.base}/channels/{channel}/edit?lang=zh")
        name = browser.value("document.querySelector('[name=name]').value")
        versions = browser.value("document.querySelectorAll('.history li').length")
        browser.value("document.querySelector('[data-probe]').click()")
        browser.wait("document.querySelector('[data-source=url] [data-probe-still]').naturalWidth > 0", "the stored address was not tried", 25)
        browser.shot(self.shots / "channel-tried-zh.png")
        browser.fill("[name=name]", name + "（改）")
        browser.value("document.querySelector('[data-channel-form] .button-primary').click()")
        browser.wait("document.querySelector('.notice-good')", "saving the channel was not answered")
        self.require(f"document.querySelector('[name=name]').value === {json.dumps(name + '（改）')}", "the new name was not kept")
        self.require(f"document.querySelectorAll('.history li').length === {versions + 1}", "there is no new version")
        browser.value("document.querySelector('.history form button').click()")
        browser.wait(f"document.querySelectorAll('.history li').length === {versions + 2}", "the earlier version did not come back")
        self.require(f"document.querySelector('[name=name]').value === {json.dumps(name)}", "the earlier name did not come back")
        self.no_complaints("edit")

    def import_list(self, channel):
        self.step("import a list: one row is changed, one cannot be reached")
        browser = self.browser
        browser.open(f"{self.base}/channels/import?lang=zh")
        browser.shot(self.shots / "import-zh.png")
        browser.fill("[name=text]", f"编号,名称,主码流,权属\n{channel},,,中山街道\nbrowser-test,测试,rtsp://u:secret@127.0.0.1:1/x,\n")
        browser.value("document.querySelector('[data-import-begin]').click()")
        browser.wait("document.querySelector('[data-apply]')", "the trial did not end", 30)
        self.require("document.querySelectorAll('.import-row.health-good').length === 1", "the good row is not good")
        self.require("document.querySelector('.import-row.health-bad .import-problem')", "the bad row has no problem")
        self.require("!document.documentElement.innerHTML.includes('secret')", "the page shows a password")
        browser.wait("document.querySelector('.import-stills img').naturalWidth > 0", "there is no picture of what was reached")
        for language in ("zh", "en"):
            for width, height in ((1366, 768), (390, 844)):
                browser.resize(width, height)
                browser.open(browser.value("location.pathname").join((self.base, f"?lang={language}")))
                browser.shot(self.shots / f"import-plan-{language}-{width}.png")
                self.require("document.documentElement.scrollWidth <= innerWidth", f"the preview is too wide at {width} px")
        browser.resize(1366, 768)
        browser.value("document.querySelector('[data-apply]').click()")
        browser.wait("document.querySelector('.notice-good')", "applying the list was not answered")
        self.no_complaints("import")
        browser.open(f"{self.base}/channels/{channel}/edit?lang=zh")
        self.require("document.querySelector('[name=owner]').value === '中山街道'", "the list was not applied")

    def copy_zones(self, channel):
        self.step("copy another channel's zones over the picture, and undo it")
        browser = self.browser
        browser.open(f"{self.base}/channels/{channel}/zones?lang=zh")
        before = browser.value("document.querySelector('[data-document]').value")
        browser.value("(() => { const select = document.querySelector('[data-copy-zones]');"
                      "select.selectedIndex = 1; select.dispatchEvent(new Event('change')); })()")
        browser.wait(f"document.querySelector('[data-document]').value !== {json.dumps(before)}", "the zones were not copied")
        browser.shot(self.shots / "zones-copied-zh.png")
        browser.value("document.querySelector('[data-undo]').click()")
        browser.wait(f"document.querySelector('[data-document]').value === {json.dumps(before)}", "undo did not bring the zones back")
        self.no_complaints("copied zones")

    def board(self, tiles):
        self.step(f"the board with {tiles} tiles loads within a second")
        browser = self.browser
        timing = "performance.getEntriesByType('navigation')[0]"
        loads = []
        for _ in range(5):
            browser.open(f"{self.base}/channels?lang=zh")
            browser.wait(f"{timing}.loadEventEnd > 0", "the board did not load")
            loads.append(browser.value(f"{timing}.loadEventEnd"))
        count = browser.value("document.querySelectorAll('[data-channel]').length")
        if count != tiles:
            raise StepFailed(f"the board shows {count} tiles, not {tiles}")
        answer = browser.value(f"{timing}.responseEnd")
        pictures = browser.value("[...document.querySelectorAll('[data-still]')].filter((image) => image.naturalWidth > 0).length")
        loads.sort()
        print(f"  load {loads[0]:.0f} ms at best, {loads[2]:.0f} ms in the middle, {loads[-1]:.0f} ms at worst; "
              f"answer after {answer:.0f} ms; {pictures} pictures")
        if loads[2] > 1000:
            raise StepFailed(f"the board takes {loads[2]:.0f} ms to load")
        self.require("document.querySelector('[data-channel]').dataset.health === 'bad' || "
                     "!document.querySelector('[data-health=bad]')", "the worst channel does not stand first")
        self.step("search, keys and a channel that is paused elsewhere")
        browser.key("/")
        self.require("document.activeElement.matches('[data-channel-search]')", "/ did not lead to the search")
        last = browser.value("[...document.querySelectorAll('[data-channel]')].at(-1).dataset.channel")
        browser.send("Input.insertText", text=last)
        browser.wait("document.querySelectorAll('[data-channel]:not([hidden])').length === 1", "the search did not find one")
        browser.key("Escape")
        browser.wait(f"document.querySelectorAll('[data-channel]:not([hidden])').length === {tiles}", "Escape did not clear the search")
        browser.key("j")
        self.require("document.activeElement.matches('[data-channel]')", "J did not choose the first tile")
        seen = browser.value("document.querySelector('[data-health=good], [data-health=busy]')?.dataset.channel")
        if seen:
            change = "Xunjie.request('PATCH', '/api/v1/channels/" + seen + "', {enabled: %s})"
            browser.value(change % "false")
            browser.wait(f"document.getElementById('channel-{seen}').dataset.health === 'off'", "a pause did not show by itself")
            browser.value(change % "true")
            browser.wait(f"document.getElementById('channel-{seen}').dataset.health !== 'off'", "going on did not show by itself")
        self.no_complaints("board")

    def give_reason(self, case):
        self.step("who has no part in a case says why they look")
        give_reason(self.browser, f"{self.base}/cases/{case}?lang=zh", shot=self.shots / "reason-zh.png")

    def hide(self, case):
        self.step("an area is drawn on an export, and taken back")
        browser = self.browser
        browser.wait("document.querySelector('[data-hide] img').naturalWidth", "the picture to draw on did not load")
        browser.value("document.querySelector('[data-hide]').scrollIntoView()")
        x, y, width, height = browser.value(
            "(({x, y, width, height}) => [x, y, width, height])(document.querySelector('[data-hide] svg').getBoundingClientRect())")
        for kind, part in (("mousePressed", 0.25), ("mouseMoved", 0.5), ("mouseReleased", 0.5)):
            browser.send("Input.dispatchMouseEvent", type=kind, x=x + width * part, y=y + height * part, button="left", buttons=1, clickCount=1)
        self.require("document.querySelector('a[data-masked]').href.includes('?hide=0.25')", "what was drawn is not in the address")
        browser.shot(self.shots / "export-hide.png")
        if not browser.value("fetch(document.querySelectorAll('a[data-masked]')[1].href).then((answer) => answer.ok)"):
            raise StepFailed("the export was refused")
        browser.value("document.querySelector('[data-hide-undo]').click()")
        self.require("!document.querySelector('a[data-masked]').href.includes('hide')", "what was drawn was not taken back")

    def every_page(self, case, channel):
        self.look_at({
            "queue": "/queue", "queue-all": "/queue?state=all", "queue-none": "/queue?violation=none", "case": f"/cases/{case}",
            "channels": "/channels", "channels-good": "/channels?show=good", "channels-place": "/channels?sort=place",
            "channel": f"/channels/{channel}", "faults": "/faults", "channel-add": "/channels/add",
            "channel-edit": f"/channels/{channel}/edit", "import": "/channels/import", "zones": f"/channels/{channel}/zones", "users": "/users", "user": "/users/wang",
            "password": "/password", "ledgers": "/ledgers", "devices": "/ledgers/device", "shop": "/ledgers/shop/new", "permit": "/ledgers/permit/new",
            "summary": "/summary", "search": "/search?q=sichuan", "notices": "/notices", "deadlines": "/deadlines", "grid": "/grid",
            "referrals": "/referrals", "roster": "/grid/roster/new",
            "exports": "/exports", "retention": "/retention", "audit": "/audit", "party": "/q",
        })

    def look_at(self, pages):
        """Each page in both languages on a wide and a narrow window; none may be wider than its window."""
        browser = self.browser
        for language in ("zh", "en"):
            self.step(f"{len(pages)} pages in {language}")
            for name, path in pages.items():
                for width, height in ((1366, 768), (390, 844)):
                    browser.resize(width, height)
                    browser.open(f"{self.base}{path}{'&' if '?' in path else '?'}lang={language}")
                    if name == "channels-good":
                        browser.wait("[...document.querySelectorAll('[data-still]')].some((image) => image.naturalWidth > 0)",
                                     "no channel shows its picture")
                    browser.shot(self.shots / f"{name}-{language}-{width}.png")
                    overflow = browser.value("document.documentElement.scrollWidth - innerWidth")
                    if overflow > 0:
                        raise StepFailed(f"{name} in {language} is {overflow} px too wide at {width} px")
                self.no_complaints(f"{name} in {language}")
        browser.resize(1366, 768)
        browser.open(f"{self.base}/queue?lang=zh")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("base", help="address of the console")
    arguments.add_argument("login")
    arguments.add_argument("password")
    arguments.add_argument("shots", type=pathlib.Path, help="folder for the pictures")
    arguments.add_argument("--officer", default="wang", help="who decides, with the same password")
    arguments.add_argument("--save-zones", action="store_true", help="also save the zone that is drawn")
    arguments.add_argument("--tiles", type=int, default=0, help="how many channels the board must show, to time it")
    arguments.add_argument("--chromium", default="chromium")
    chosen = arguments.parse_args()
    chosen.shots.mkdir(parents=True, exist_ok=True)
    browser = Browser(chosen.chromium, 1366, 768)
    walk = Walk(browser, chosen.base, chosen.shots)
    try:
        walk.log_in(chosen.officer, chosen.password)
        walk.queue()
        walk.look()
        walk.decide()
        case = browser.value("document.querySelector('.card')?.dataset.case")
        give_reason(browser, f"{walk.base}/cases/{case}/export?lang=zh", "a[download]")
        walk.hide(case)
        walk.look_at({"export": f"/cases/{case}/export"})
        walk.log_out()
        walk.log_in(chosen.login, chosen.password)
        if chosen.tiles:
            walk.board(chosen.tiles)
        browser.open(f"{walk.base}/channels")
        channel = browser.value("document.querySelector('[data-channel]:has([data-still])')?.dataset.channel")
        if not channel:
            raise StepFailed("there is no channel with a picture")
        walk.zones(channel, chosen.save_zones)
        walk.copy_zones(channel)
        walk.edit(channel)
        walk.import_list(channel)
        walk.give_reason(case)
        walk.every_page(case, channel)
    except StepFailed as failure:
        print(f"FAILED: {failure}", file=sys.stderr)
        try:
            browser.shot(chosen.shots / "failed.png")
        except (StepFailed, OSError):
            pass  # The failure itself is what matters.
        return 1
    finally:
        browser.close()
    print("all steps passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
