"""A receiver of webhooks on loopback: PORT (0 for any), FILE that gets one JSON line for each request, STATUS to answer."""
import http.server, json, sys

class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        with open(sys.argv[2], "a") as file:
            file.write(json.dumps({"event": self.headers["X-Xunjie-Event"], "signature": self.headers["X-Xunjie-Signature"], "body": body}) + "\n")
        self.send_response(int(sys.argv[3]))
        if sys.argv[3].startswith("3"):
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass

http.server.HTTPServer.allow_reuse_address = True
server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
print(server.server_port, flush=True)
server.serve_forever()
