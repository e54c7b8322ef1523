"""Starts and stops the real program for the tests, and talks to its API. Standard library only."""
import json, signal, subprocess, threading, time, urllib.request


# As the demo has them.
TEAM = {"wang": "officer", "li": "second-officer", "zhou": "head", "sun": "legal-review", "xu": "screener", "he": "auditor"}


class Station:
    """One running `xunjie serve` or `xunjie demo` with its store."""

    def __init__(self, program, store, arguments, log):
        self.program, self.store, self.arguments, self.log = program, store, arguments, log
        self.password, self.base, self.token, self.csrf, self.process = None, None, None, None, None

    def start(self, timeout=60):
        self.started = time.monotonic()
        self.base = None
        self.process = subprocess.Popen(
            [self.program, *self.arguments, "--store", self.store, "--port", "0"],
            stdout=subprocess.PIPE, stderr=open(self.log, "ab"), text=True)
        ready = threading.Event()

        def read():
            for line in self.process.stdout:
                if line.startswith("console:"):
                    self.base = line.split()[1].rstrip("/")
                    if self.password:
                        ready.set()
                if line.startswith("password:"):
                    self.password = line.split()[1]
                    ready.set()
            ready.set()

        threading.Thread(target=read, daemon=True).start()
        if not ready.wait(timeout) or not self.base:
            raise SystemExit(f"the program did not start; its log: {self.log}\n{open(self.log).read()[-3000:]}")

    def log_in(self, login="admin"):
        """Calls are this user's from here on; the store's first password is everybody's."""
        self.token = None
        self.token = self.call("POST", "/api/v1/login", {"login": login, "password": self.password})["token"]

    def add_team(self):
        """An officer, a second officer, a head and whoever else acts on cases, with certificates that hold; as an administrator."""
        for login, role in TEAM.items():
            fields = {"login": login, "name": login, "role": role, "password": self.password}
            if role in ("officer", "second-officer", "head"):
                fields["certificate"] = {"number": "T-" + login, "validFrom": "2020-01-01", "validUntil": "2099-12-31"}
            self.call("POST", "/api/v1/users", fields)

    def act(self, case, kind, **fields):
        """One action on a case, with all that a review needs."""
        body = {"kind": kind, "ticks": ["true", "clear", "complete", "accurate"], "declaresNoConflict": True, **fields}
        return self.call("POST", f"/api/v1/cases/{case}/actions", body)["case"]

    def call(self, method, path, body=None, timeout=20):
        request = urllib.request.Request(
            self.base + path, method=method, data=None if body is None else json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
        # What is looked at outside one's own work asks for a reason.
        request.add_header("X-Reason", "review")
        if self.token:
            request.add_header("Authorization", "Bearer " + self.token)
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return json.loads(answer.read() or b"null")

    def cases(self):
        """All cases in every state, page by page."""
        found, after = [], ""
        while True:
            page = self.call(
                "GET", "/api/v1/cases?limit=200&state=all"
                + (f"&after={after}" if after else ""))
            found += page["cases"]
            after = page.get("next")
            if not after:
                return found

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.kill()
            raise SystemExit("the program did not stop within 40 s of SIGTERM")


def verify(program, path):
    """Exit code, and what it said: problems, one a line, then the summary."""
    run = subprocess.run([program, "verify", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return run.returncode, run.stdout

