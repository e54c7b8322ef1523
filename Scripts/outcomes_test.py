#!/usr/bin/env python3
"""Takes one case of the sample streams through each outcome, by the API alone, and verifies packages and store afterwards.

    Scripts/outcomes_test.py .build/release/xunjie

What must not be possible is tried on the way: a review by the administrator, a step left out or too early, an opinion by the first
officer, another officer's decision taken back.
"""
import argparse, datetime, json, os, shutil, tempfile, time, urllib.error
from kill_test import add_channels
from station import Station, verify

project = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def refused(station, case, kind, code, **fields):
    try:
        station.act(case, kind, **fields)
    except urllib.error.HTTPError as error:
        found = json.loads(error.read())["error"]["code"]
        if found != code:
            raise SystemExit(f"{case}: “{kind}” was refused with {found} instead of {code}")
        return
    raise SystemExit(f"{case}: “{kind}” was not refused")


OTHERS_MATTERS = {"stopped-vehicle", "parked-bikes", "blocked-fire-lane", "shared-bike-heap"}


class Outcomes:
    """One method for each outcome, named after it."""

    def __init__(self, station):
        self.station = station

    def by(self, login, case, kind, **fields):
        self.station.log_in(login)
        return self.station.act(case, kind, **fields)

    def soon(self):
        """The shortest time to correct that a test waits for."""
        return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=2)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")[:23] + "Z"

    def false_alarm(self, case):
        self.by("xu", case, "screen", suggestion="false-alarm", reason="delivery", note="卸货")
        return self.by("wang", case, "false-alarm", reason="delivery"), "false-alarm"

    def exempt(self, case):
        return self.by("wang", case, "exempt", reason="permit"), "exempt"

    def transferred(self, case):
        return self.by("wang", case, "transfer", reason="police"), "transferred"

    def undone(self, case):
        self.by("wang", case, "exempt", reason="permit")
        self.station.log_in("li")
        refused(self.station, case, "undo", "other-officers-decision")
        return self.by("wang", case, "undo"), "candidate"

    def reopened(self, case):
        self.by("wang", case, "transfer", reason="police")
        return self.by("li", case, "reopen", note="公安退回"), "candidate"

    def reminded(self, case):
        self.by("wang", case, "confirm")
        refused(self.station, case, "corrected", "not-now", outcome="corrected")
        refused(self.station, case, "agree", "role-missing")
        due = self.soon()
        case_now = self.by("wang", case, "remind", dueAt=due)
        refused(self.station, case, "not-corrected", "not-now")
        while datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:23] <= due[:23]:
            time.sleep(0.1)
        return case_now

    def corrected(self, case):
        self.reminded(case)
        return self.by("wang", case, "corrected", outcome="corrected"), "closed"

    def first_offence(self, case):
        self.reminded(case)
        refused(self.station, case, "corrected", "note-missing", outcome="first-offence")
        return self.by("wang", case, "corrected", outcome="first-offence", note="已当场教育"), "closed"

    def minor(self, case):
        self.reminded(case)
        return self.by("wang", case, "corrected", outcome="minor", note="轻微，已教育"), "closed"

    def not_corrected(self, case):
        self.reminded(case)
        self.by("wang", case, "not-corrected")
        refused(self.station, case, "agree", "role-missing")

    def handed_over(self, case):
        self.not_corrected(case)
        return self.by("li", case, "agree"), "handed-over"

    def decided_by_the_city(self, case):
        standing, state = self.handed_over(case)
        self.station.log_in("wang")
        for step, note in [("decided", "沪城罚〔2026〕1"), ("served", "")]:
            self.station.call("POST", f"/api/v1/cases/{case}/city-answers", {"step": step, "note": note})
        clocks = {clock["kind"]: clock["status"] for clock in self.station.call("GET", f"/api/v1/cases/{case}/clocks")["clocks"]}
        if (clocks["decision"], clocks["service"]) != ("met", "met"):
            raise SystemExit(f"the city's answers did not stop the clocks: {clocks}")
        return standing, state

    def settled_by_hand_over(self, case):
        self.not_corrected(case)
        self.by("li", case, "disagree", note="货物已在店内")
        return self.by("zhou", case, "hand-over", note="证据充分"), "handed-over"

    def dropped(self, case):
        self.not_corrected(case)
        self.by("li", case, "disagree", note="货物已在店内")
        return self.by("zhou", case, "drop", note="证据不足"), "closed"

    def withdrawn(self, case):
        self.by("wang", case, "confirm")
        return self.by("zhou", case, "withdraw", note="重复登记"), "closed"

    def upheld(self, case):
        self.handed_over(case)
        self.by("wang", case, "object", note="当事人：当时正在卸货")
        return self.by("sun", case, "uphold", note="与录像不符"), "handed-over"

    def revoked(self, case):
        self.handed_over(case)
        self.by("wang", case, "object", note="当事人：当时正在卸货")
        return self.by("sun", case, "revoke", note="录像可见卸货"), "closed"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("program")
    a = ap.parse_args()
    program = os.path.abspath(a.program)
    os.chdir(project)
    store = tempfile.mkdtemp(prefix="xunjie-outcomes-")
    add_channels(program, store, copies=3)
    station = Station(program, store, ["serve", "--log-level", "error"], os.path.join(store, "log.txt"))
    station.start()
    try:
        station.log_in()
        station.add_team()
        walk = Outcomes(station)
        names = ["false_alarm", "exempt", "transferred", "undone", "reopened", "corrected", "first_offence", "minor", "handed_over",
                 "decided_by_the_city", "settled_by_hand_over", "dropped", "withdrawn", "upheld", "revoked"]
        deadline = time.monotonic() + 180
        # What only the police may punish gets no reminder from the street.
        while len(cases := [case["id"] for case in station.cases() if case["state"] == "candidate"
                            and case["incident"]["violation"] not in OTHERS_MATTERS]) < len(names):
            if time.monotonic() > deadline:
                raise SystemExit(f"only {len(cases)} cases after three minutes")
            time.sleep(0.5)
        for name, case in zip(names, cases):
            station.log_in("admin")
            refused(station, case, "confirm", "role-missing")
            standing, state = getattr(walk, name)(case)
            if standing["state"] != state:
                raise SystemExit(f"{name}: the case is {standing['state']} instead of {state}")
            print(f"{name}: {state}")
        station.log_in("he")
        ended = {case["id"]: case["state"] for case in station.cases()}
    finally:
        code = station.stop()
    if code != 0:
        raise SystemExit(f"the program ended with {code}\n{open(station.log).read()[-3000:]}")
    code, text = verify(program, store)
    print(text.strip().splitlines()[-1])
    if code != 0:
        raise SystemExit(text)
    print(f"{len(names)} outcomes, {len(ended)} cases in the store")
    shutil.rmtree(store)


if __name__ == "__main__":
    main()
