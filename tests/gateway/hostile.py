"""What nobody well-meaning sends to /v1: always the right status in the clients' words, and the server goes on."""
import json
import socket
import threading
import time

CHAT = "/v1/chat/completions"


def spoken(town, raw, patience_s=20, pause_s=0):
    """What the server replies to these bytes: (status, headers, body)."""
    with socket.create_connection(("127.0.0.1", town.port), timeout=patience_s) as line:
        for piece in raw if isinstance(raw, list) else [raw]:
            try:
                line.sendall(piece)
            except OSError:  # refused before the end: the reply is there to read
                break
            time.sleep(pause_s)
        return heard(line)


def heard(line):
    received = b""
    while b"\r\n\r\n" not in received:
        piece = line.recv(65536)
        if not piece:
            break
        received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, value in (each.split(":", 1) for each in lines[1:])}
    while len(body) < int(headers.get("content-length", 0)):
        piece = line.recv(65536)
        if not piece:
            break
        body += piece
    return int(lines[0].split(" ")[1]), headers, body


def request(town, body=b"", more=(), method="POST", path=CHAT, key=None, length=None):
    head = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Authorization: Bearer {key or town.key}", "Content-Type: application/json",
            f"Content-Length: {len(body) if length is None else length}", *more]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def refused(reply, status):
    found, headers, body = reply
    assert found == status, (found, body[:300])
    error = json.loads(body)["error"]
    assert set(error) == {"message", "type", "param", "code"} and error["message"], error
    return error


def alive(town):
    status, _, body = spoken(town, request(town, method="GET", path="/v1/models"))
    assert status == 200, body


def broken_json(town):
    for body in (b"{", b"", b"null", b"[1,2", b'{"model":"a"}', b'{"model":1,"messages":[]}', b"\xff\xfe{}", b'{"model":"a\xff","messages":[]}',
                 b'{"model":"a","messages":[{"role":"user","content":"a\\u0000b"}]}', b"[" * 100_000,
                 b'{"model":"a","messages":' + b"[" * 1000 + b"]" * 1000 + b"}"):
        status = spoken(town, request(town, body))[0]
        assert status in (400, 404, 413), (body[:40], status)
        refused(spoken(town, request(town, body)), status)
    alive(town)


def large_bodies(town):
    hundred = 100 << 20
    assert refused(spoken(town, request(town, length=hundred)), 413)["code"] == "too_large"  # told before the body is sent
    block = b"x" * (1 << 20)
    refused(spoken(town, [request(town, length=hundred)] + [block] * 100), 413)
    chunked = request(town, more=["Transfer-Encoding: chunked"]).replace(b"Content-Length: 0\r\n", b"")
    refused(spoken(town, [chunked] + [b"100000\r\n" + block + b"\r\n"] * 100), 413)
    refused(spoken(town, [request(town, path="/v1/audio/transcriptions", length=hundred)] + [block] * 100), 413)
    alive(town)


def slow_clients(town):
    """Twenty that send a byte now and then hold nobody up."""
    lines = [socket.create_connection(("127.0.0.1", town.port), timeout=60) for _ in range(20)]
    for line in lines:
        line.sendall(request(town, length=1000))
    started = time.monotonic()
    for _ in range(5):
        for line in lines:
            line.sendall(b" ")
        alive(town)
    assert time.monotonic() - started < 5
    half = socket.create_connection(("127.0.0.1", town.port), timeout=60)
    half.sendall(b"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n")  # and never the rest
    reply = heard(half)
    assert reply[0] == 408, reply
    for line in lines:
        line.close()
    half.close()


def smuggling(town):
    inner = b"GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for more in (["Transfer-Encoding: chunked"], ["Content-Length: 5"], ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"]):
        refused(spoken(town, request(town, b"0\r\n\r\n" + inner, more)), 400)
    no_length = request(town, inner).replace(b"Content-Length: %d\r\n" % len(inner), b"")
    for coding in (b"xchunked", b"chunked, identity", b"gzip"):
        status = spoken(town, no_length.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: " + coding + b"\r\n\r\n", 1))[0]
        assert status in (400, 501), (coding, status)
    for more in ([f"Authorization: Bearer {town.key}"], ["Host: ailleurs"]):
        refused(spoken(town, request(town, b"{}", more)), 400)
    for length in ("+5", "-1", "0x5", "5 5", "99999999999999999999"):
        status = spoken(town, request(town, b"12345", length=length))[0]
        assert status in (400, 413), (length, status)
    for path in ("/v1/../v1/models", "/v1//models", "/v1/models/%2e%2e/x", "/v1/models%00", "/v1/models/a%2fb"):
        status = spoken(town, request(town, method="GET", path=path))[0]
        assert status in (400, 404), (path, status)
    for path in ("/v1", "/v1/", "/v1/rien", "/v1/models/"):
        refused(spoken(town, request(town, method="GET", path=path)), 404)
    refused(spoken(town, request(town, method="DELETE", path="/v1/models")), 405)
    refused(spoken(town, request(town, b"a=1").replace(b"application/json", b"application/x-www-form-urlencoded")), 415)
    alive(town)


def who_leaves(town):
    """Ten clients that go away in the middle of a stream: their places come back."""
    body = json.dumps({"model": town.model, "messages": [{"role": "user", "content": "LENTEMENT " + "mot " * 200}], "stream": True}).encode()

    def leave():
        with socket.create_connection(("127.0.0.1", town.port), timeout=30) as line:
            line.sendall(request(town, body))
            line.recv(100)

    leaving = [threading.Thread(target=leave) for _ in range(10)]
    for one in leaving:
        one.start()
    for one in leaving:
        one.join()
    plain = json.dumps({"model": town.model, "messages": [{"role": "user", "content": "Bonjour"}]}).encode()
    for _ in range(100):
        status, _, reply = spoken(town, request(town, plain))
        if status == 200:
            return
        assert status in (429, 503), reply
        time.sleep(0.1)
    raise AssertionError("les places ne sont pas rendues")


SHARED = [("JSON cassé", broken_json), ("corps de 100 Mo", large_bodies), ("clients lents", slow_clients), ("demandes ambiguës", smuggling),
          ("clients qui partent", who_leaves)]
