"""Visitors of two servers: each asks one thing after another, now at one server, now at the other, and goes to the one that is left when one is down."""
import http.client
import itertools
import json
import random
import sys
import threading
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests/walk"))
from installation import CHOSEN, Browser  # noqa: E402

PAUSE_S = 0.15  # of somebody who reads, at most twice that


class Tally:
    """What the visitors saw."""

    def __init__(self):
        self.lock = threading.Lock()
        self.times, self.faults, self.refused, self.moved = [], [], 0, 0
        self.granted, self.lost = {}, {}  # by key: answered; asked of the node that was killed and not answered
        self.signed_in, self.decided = {}, {}

    def count(self, kind, key, more=1):
        with self.lock:
            kind[key] = kind.get(key, 0) + more


class Visitor(threading.Thread):
    """`acts`: functions of this visitor, done in turn until `over`."""

    def __init__(self, number, nodes, host, tally, key=""):
        super().__init__(daemon=True)
        self.number, self.nodes, self.tally, self.key = number, nodes, tally, key
        self.turn, self.browser, self.over = number, Browser(nodes[0], host, key), threading.Event()
        self.random, self.acts, self.done = random.Random(number), [], 0

    def run(self):
        for act in itertools.cycle(self.acts):
            if self.over.is_set():
                return
            try:
                act(self)
            except Exception as fault:  # pylint: disable=broad-except  # of any kind, it is what this measure looks for
                with self.tally.lock:
                    self.tally.faults.append(f"{act.__name__} : {type(fault).__name__} {fault}")
            self.done += 1
            time.sleep(self.random.uniform(0, 2 * PAUSE_S))

    def ask(self, method, path, body=b"", kind="", expected=(200,)):
        """The page; the other node is asked when this one falls. What a node that stands does not answer is a fault."""
        for _ in self.nodes:
            node = self._next_node()
            self.browser.installation = node
            started = time.perf_counter()
            try:
                page = self.browser.request(method, path, body, kind)
            except (OSError, http.client.HTTPException) as fault:
                if not node.down and node.fell_s < started:
                    raise AssertionError(f"{node.name}, {path} : {type(fault).__name__}") from fault
                with self.tally.lock:
                    self.tally.moved += 1
                if self.key:
                    self.tally.count(self.tally.lost, self.key)
                continue
            with self.tally.lock:
                self.tally.times.append((node.name, path.split("?")[0], (time.perf_counter() - started) * 1000))
            assert page.status in expected, f"{node.name}, {method} {path.split('?')[0]} : {page.status}"
            return page
        raise AssertionError(f"{path} : aucun nœud ne répond")

    def _next_node(self):
        self.turn += 1
        node = self.nodes[self.turn % len(self.nodes)]
        return node if not node.down else self.nodes[(self.turn + 1) % len(self.nodes)]


def searches(words):
    def search(visitor):
        visitor.ask("GET", f"/api/v1/search?limit=10&q={visitor.random.choice(words)}")

    def answer(visitor):
        question = json.dumps({"question": urllib.parse.unquote(visitor.random.choice(words))[:400]}).encode()
        visitor.ask("POST", "/api/v1/answers", question, "application/json")

    def page(visitor):
        visitor.ask("GET", f"/?q={visitor.random.choice(words)}")

    return [search, answer, page]


def form(fields):
    return urllib.parse.urlencode(fields).encode()


FORM = "application/x-www-form-urlencoded"


def signing_in(login, commune):
    """In at one node, a page at the other, out again."""

    def sign_in(visitor):
        visitor.browser.cookies = {}
        page = visitor.ask("POST", "/connexion", form([("identifiant", login), ("mot-de-passe", CHOSEN)]), FORM, (303,))
        visitor.tally.count(visitor.tally.signed_in, commune)
        visitor.browser._keep_cookies(page)

    def own_account(visitor):
        page = visitor.ask("GET", "/mon-compte")
        visitor.browser.csrf = page.text.split('name="csrf" value="')[1].split('"')[0]

    def sign_out(visitor):
        visitor.ask("POST", "/deconnexion", form([("csrf", visitor.browser.csrf)]), FORM, (303,))

    return [sign_in, own_account, own_account, sign_out]


def planning(commune, day, site):
    """The pages of canteens, an order decided, a forecast now and then."""

    def orders(visitor):
        visitor.ask("GET", f"/cantines?du={day}")

    def review(visitor):
        visitor.ask("GET", "/cantines/bilan")

    def decide(visitor):
        meals = 50 + visitor.done % 40
        visitor.ask("POST", f"/cantines/commandes/{site}/{day}", form([("csrf", visitor.browser.csrf), ("repas", meals), ("raison", "essai")]), FORM, (303,))
        visitor.tally.decided[(commune, site, day)] = meals

    def forecast(visitor):
        if visitor.done % 5 == visitor.number % 5:
            visitor.ask("POST", "/cantines/previsions", form([("csrf", visitor.browser.csrf)]), FORM, (303, 409, 422))

    return [orders, decide, review, forecast]


def programs(key, host):
    def search_by_key(visitor):
        body = json.dumps({"prompt": "carte d'identité perdue", "method": "lexical", "k": 5}).encode()
        page = visitor.ask("POST", "/v1/search", body, "application/json", (200, 429))
        if page.status == 200:
            visitor.tally.count(visitor.tally.granted, key)
        else:
            with visitor.tally.lock:
                visitor.tally.refused += 1

    search_by_key.__name__ = f"/v1/search ({host})"
    return [search_by_key]
