"""A model served elsewhere, as an upstream speaks: it says again what it was told, and remembers every body it was sent."""
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MODEL = "perroquet"


class Upstream:
    def __init__(self):
        self.bodies = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                outer.bodies.append(body)
                asked = body["messages"][-1]["content"]
                if "PANNE" in asked:
                    return self.refuse(500)
                if "LENTEMENT" in asked:
                    time.sleep(0.5)
                self.reply(body, "Vous dites : " + asked)

            def refuse(self, status):
                self.send_response(status)
                self.send_header("content-length", "0")
                self.end_headers()

            def reply(self, body, text):
                words = text.split(" ")
                cut = len(words) > body["max_tokens"]
                words = words[:body["max_tokens"]]
                usage = {"prompt_tokens": 10, "completion_tokens": len(words), "total_tokens": 10 + len(words)}
                reason = "length" if cut else "stop"
                if not body.get("stream"):
                    return self.whole({"choices": [{"index": 0, "message": {"role": "assistant", "content": " ".join(words)}, "finish_reason": reason}], "usage": usage})
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.send_header("connection", "close")
                self.end_headers()
                text = " ".join(words)
                for start in range(0, len(text), 3):  # pieces that fall anywhere, inside the tokens of the privacy gate too
                    self.piece({"choices": [{"index": 0, "delta": {"content": text[start:start + 3]}, "finish_reason": None}]})
                self.piece({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
                self.piece({"choices": [], "usage": usage})
                self.say(b"data: [DONE]\n\n")
                self.close_connection = True

            def whole(self, content):
                encoded = json.dumps(content).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(encoded)))
                self.end_headers()
                self.wfile.write(encoded)

            def piece(self, content):
                self.say(f"data: {json.dumps(content, ensure_ascii=False)}\n\n".encode())

            def say(self, bytes_sent):
                try:
                    self.wfile.write(bytes_sent)
                except OSError:  # the other side had enough
                    self.close_connection = True

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
