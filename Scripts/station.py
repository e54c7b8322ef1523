"""Starts and stops the real program for the tests, and talks to its API. Standard library only."""
import json, signal, subprocess, threading, time, urllib.request


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

    def log_in(self):
        answer = self.call("POST", "/api/v1/login", {"login": "admin", "password": self.password})
        self.token = answer["token"]

    def call(self, method, path, body=None, timeout=20):
        request = urllib.request.Request(
            self.base + path, method=method, data=None if body is None else json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", "Bearer " + self.token)
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return json.loads(answer.read() or b"null")

    def cases(self):
        """All cases in every state, page by page."""
        found, after = [], ""
        while True:
            page = self.call(
                "GET", "/api/v1/cases?limit=200&state=candidate,confirmed,false-alarm,exempt,transferred"
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

