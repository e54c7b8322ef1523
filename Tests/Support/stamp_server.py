#!/usr/bin/env python3
"""A time-stamp authority (RFC 3161) over HTTP for tests: openssl ts behind a small server.

Prints its port, a port where nobody listens, and the file of its certificate authority; ends with SIGTERM.
Paths: /tsa answers, /error says 500, /empty answers nothing, /endless never stops.
"""
import http.server
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

folder = tempfile.mkdtemp(prefix="stamps-")


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_authority():
    with open(folder + "/tsa.cnf", "w") as file:
        file.write(
            "[tsa]\ndefault_tsa = one\n[one]\nserial = serial\nsigner_cert = tsa.pem\nsigner_key = tsa.key\ncerts = ca.pem\n"
            "signer_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\n"
            "[usage]\nextendedKeyUsage = critical,timeStamping\n")
    with open(folder + "/serial", "w") as file:
        file.write("01")
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl("req", "-x509", *key, "-days", "30", "-subj", "/CN=test ca", "-keyout", "ca.key", "-out", "ca.pem")
    openssl("req", *key, "-subj", "/CN=test tsa", "-keyout", "tsa.key", "-out", "tsa.csr")
    openssl("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30",
            "-extfile", "tsa.cnf", "-extensions", "usage", "-out", "tsa.pem")


class Authority(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        query = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/error" or self.headers.get("Content-Type") != "application/timestamp-query":
            self.send_error(500)
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        if self.path == "/endless":
            try:
                while True:
                    self.wfile.write(b"\0" * 65536)
            except OSError:
                return
        if self.path == "/tsa":
            with open(folder + "/query.tsq", "wb") as file:
                file.write(query)
            openssl("ts", "-reply", "-config", "tsa.cnf", "-section", "one", "-queryfile", "query.tsq", "-out", "reply.tsr")
            with open(folder + "/reply.tsr", "rb") as file:
                self.wfile.write(file.read())

    def log_message(self, *arguments):
        pass


def stop(*_):
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


signal.signal(signal.SIGTERM, stop)
# A child of a dispatch thread begins with that thread's mask, which blocks nearly all signals.
signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
make_authority()
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Authority)
refusing = socket.socket()
refusing.bind(("127.0.0.1", 0))
print(server.server_port, refusing.getsockname()[1], folder + "/ca.pem", flush=True)
sys.stdin.close()
server.serve_forever()
