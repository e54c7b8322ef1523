#!/usr/bin/env python3
"""A camera on loopback that is broken in whatever way its path says. RTSP over TCP (RFC 2326 §10.12), standard library only.

  fault_server.py [--port P]          prints "port P", then "refusing P" (nothing listens there), and serves until it is killed

  /good              a stream as it should be, with sender reports
  /clock?s=7         as good, but its own clock is 7 s ahead
  /silent            accepts the connection and never says a word
  /stall?s=20        sends nothing after 20 s
  /garbage           random bytes instead of pictures
  /damage?s=20       random bytes after 20 s
  /size?s=20         another picture size after 20 s
  /codec?s=20        hangs up after 20 s and comes back with H.265
  /jump?s=20         its time stamps jump by an hour after 20 s
  /seldom?every=60   a key frame a minute
  /password          wants the password of user "viewer", which is "right"

Pictures are made by the ffmpeg tool from a sample stream of the project.
"""
import argparse, base64, os, random, socket, socketserver, struct, subprocess, sys, tempfile, threading, time
from urllib.parse import parse_qs, urlparse

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RATE, NTP_EPOCH = 25, 2_208_988_800


class Clip:
    """Access units of a coded clip, each a list of NAL units."""

    def __init__(self, folder, codec, size, group, seconds):
        self.codec = codec
        path = os.path.join(folder, f"{codec}-{size}-{group}.bin")
        coder = ["-c:v", "libx264", "-bsf:v", "h264_metadata=aud=insert"] if codec == "H264" else \
                ["-c:v", "libx265", "-x265-params", "log-level=none", "-bsf:v", "hevc_metadata=aud=insert"]
        subprocess.run(
            ["ffmpeg", "-v", "error", "-y", "-i", os.path.join(ROOT, "SampleStreams/s6_quiet.mp4"), "-t", str(seconds), "-an",
             "-vf", f"scale={size},fps={RATE}", *coder, "-preset", "ultrafast", "-bf", "0", "-g", str(group), "-keyint_min", str(group),
             "-sc_threshold", "0", "-threads", "1", "-f", {"H264": "h264", "H265": "hevc"}[codec], path],
            check=True, stdin=subprocess.DEVNULL)
        units = [u for u in open(path, "rb").read().replace(b"\0\0\0\1", b"\0\0\1").split(b"\0\0\1") if u]
        self.pictures, self.sets = [], {}
        for unit in (u.rstrip(b"\0") or u for u in units):
            kind = self.kind(unit)
            if kind == (9 if codec == "H264" else 35):
                self.pictures.append([])
            elif self.pictures:
                self.pictures[-1].append(unit)
                if kind in ((7, 8) if codec == "H264" else (32, 33, 34)):
                    self.sets[kind] = unit

    def kind(self, unit):
        return unit[0] & 31 if self.codec == "H264" else unit[0] >> 1 & 63

    def description(self):
        text = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=fault\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\n"
        coded = {kind: base64.b64encode(unit).decode() for kind, unit in self.sets.items()}
        if self.codec == "H264":
            form = f"packetization-mode=1;sprop-parameter-sets={coded[7]},{coded[8]}"
        else:
            form = f"sprop-vps={coded[32]};sprop-sps={coded[33]};sprop-pps={coded[34]}"
        return text + f"a=rtpmap:96 {self.codec}/90000\r\na=fmtp:96 {form}\r\na=control:track\r\n"

    def payloads(self, picture):
        """The RTP payloads of one picture (RFC 6184 §5.8, RFC 7798 §4.4.3)."""
        for unit in picture:
            if len(unit) <= 1400:
                yield unit
                continue
            head = 1 if self.codec == "H264" else 2
            for at in range(head, len(unit), 1300):
                marks = (0x80 if at == head else 0) | (0x40 if at + 1300 >= len(unit) else 0)
                if self.codec == "H264":
                    start = bytes([unit[0] & 0xE0 | 28, marks | unit[0] & 31])
                else:
                    start = bytes([unit[0] & 0x81 | 49 << 1, unit[1], marks | unit[0] >> 1 & 63])
                yield start + unit[at:at + 1300]


class Camera(socketserver.BaseRequestHandler):
    """One connection."""

    def handle(self):
        self.rtp = self.clip = None
        self.hung_up = threading.Event()
        try:
            for line in iter(self.read_request, None):
                self.answer(*line)
        except OSError:
            pass
        self.hung_up.set()

    def read_request(self):
        data = b""
        while not data.endswith(b"\r\n\r\n"):
            byte = self.request.recv(1)
            if not byte:
                return None
            if not data and byte == b"$":                     # the viewer's own reports
                length = struct.unpack(">xH", self.request.recv(3, socket.MSG_WAITALL))[0]
                self.request.recv(length, socket.MSG_WAITALL)
                continue
            data += byte
        first, *rest = data.decode().split("\r\n")
        return first.split()[:2] + [dict(r.split(": ", 1) for r in rest if ": " in r)]

    def answer(self, method, address, headers):
        url = urlparse(address)
        self.fault = url.path.strip("/").split("/")[0]
        self.options = {key: float(values[0]) for key, values in parse_qs(url.query.split("/")[0]).items()}
        if self.fault == "silent":
            self.hung_up.wait(3600)
        status, extra, body = "200 OK", "", ""
        if self.fault == "password" and headers.get("Authorization") != "Basic " + base64.b64encode(b"viewer:right").decode():
            status, extra = "401 Unauthorized", 'WWW-Authenticate: Basic realm="camera"\r\n'
        elif method == "OPTIONS":
            extra = "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n"
        elif method == "DESCRIBE":
            self.clip = self.choose()
            body = self.clip.description()
            extra = f"Content-Base: {address}/\r\nContent-Type: application/sdp\r\nContent-Length: {len(body)}\r\n"
        elif method == "SETUP":
            extra = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1\r\n"
        elif method == "PLAY":
            extra = "Session: 1\r\nRange: npt=0-\r\n"
        self.request.sendall(f"RTSP/1.0 {status}\r\nCSeq: {headers.get('CSeq', 0)}\r\n{extra}\r\n{body}".encode())
        if method == "PLAY":
            threading.Thread(target=self.play, daemon=True).start()

    def choose(self):
        server = self.server
        if self.fault == "seldom":
            return server.clip("H264", "640:360", round(RATE * self.options.get("every", 60)), 120)
        with server.lock:
            if self.fault == "codec" and server.codec_changed:
                return server.clip("H265", "640:360", 50, 10)
        return server.clip("H264", "640:360", 50, 20)

    def play(self):
        try:
            self.send_pictures()
        except OSError:
            pass

    def send_pictures(self):
        begun, after = time.monotonic(), self.options.get("s", 20)
        clip, sequence, number, shift = self.clip, 0, 0, random.randrange(1 << 30)
        while not self.hung_up.is_set():
            elapsed, is_broken = number / RATE, number / RATE >= after
            if is_broken and self.fault == "stall":
                self.hung_up.wait(3600)
                return
            if is_broken and self.fault == "codec" and clip.codec == "H264":
                with self.server.lock:
                    self.server.codec_changed = True
                self.request.shutdown(socket.SHUT_RDWR)
                return
            if is_broken and self.fault == "size":
                clip = self.server.clip("H264", "320:240", 50, 10)
            stamp = shift + number * 90_000 // RATE + (3600 * 90_000 if is_broken and self.fault == "jump" else 0)
            stamp &= 0xFFFF_FFFF
            if number % (5 * RATE) == 0:
                self.report(stamp)
            payloads = list(clip.payloads(clip.pictures[number % len(clip.pictures)]))
            if self.fault == "garbage" or is_broken and self.fault == "damage":
                payloads = [random.randbytes(1000) for _ in payloads]
            for index, payload in enumerate(payloads):
                last = index == len(payloads) - 1
                packet = struct.pack(">BBHII", 0x80, 96 | (0x80 if last else 0), sequence & 0xFFFF, stamp, 1) + payload
                self.request.sendall(struct.pack(">cBH", b"$", 0, len(packet)) + packet)
                sequence += 1
            number += 1
            time.sleep(max(0, begun + number / RATE - time.monotonic()))

    def report(self, stamp):
        """A sender report: what this camera's own clock says (RFC 3550 §6.4.1)."""
        now = time.time() + NTP_EPOCH + (self.options.get("s", 0) if self.fault == "clock" else 0)
        report = struct.pack(">BBHIIIIII", 0x80, 200, 6, 1, int(now), int(now % 1 * (1 << 32)), stamp, 0, 0)
        self.request.sendall(struct.pack(">cBH", b"$", 1, len(report)) + report)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    request_queue_size = 128

    def __init__(self, port, folder):
        super().__init__(("127.0.0.1", port), Camera)
        self.folder, self.clips, self.lock, self.making, self.codec_changed = folder, {}, threading.Lock(), threading.Lock(), False

    def clip(self, *key):
        with self.making:
            if key not in self.clips:
                self.clips[key] = Clip(self.folder, *key)
            return self.clips[key]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--port", type=int, default=0)
    a = ap.parse_args()
    with tempfile.TemporaryDirectory(prefix="fault-server-") as folder:
        server = Server(a.port, folder)
        for key in (("H264", "640:360", 50, 20), ("H264", "320:240", 50, 10), ("H265", "640:360", 50, 10)):
            server.clip(*key)
        unused = socket.socket()
        unused.bind(("127.0.0.1", 0))                          # bound, but nobody listens
        print("port", server.server_address[1], flush=True)
        print("refusing", unused.getsockname()[1], flush=True)
        server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
