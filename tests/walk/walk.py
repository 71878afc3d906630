"""What one commune shows its own people, and the same asked again by somebody else."""
import re
import urllib.parse

MOST_A_ROUTE = 4                              # requests to one route, by each visitor: the base alone has thousands of pages
QUESTION = "/?q=passeport+perdu"
LAST = ("/deconnexion", "/fermer")            # who did it is nobody any more
FORM = "application/x-www-form-urlencoded"
WORD = "Coquelicot"
PROGRAMS = ("/api/", "/assets/", "/v1/", "/metrics")

# Bodies for the doors of programs, which have no form. Anything else is sent {}.
BODIES = {
    "/api/v1/answers": '{"question": "Comment refaire un passeport perdu ?"}',
    "/api/v1/feedback": '{"answer_id": "x", "useful": true}',
    "/v1/chat/completions": '{"model": "beffroi-base-officielle", "messages": [{"role": "user", "content": "Comment refaire un passeport perdu ?"}]}',
    "/v1/search": '{"prompt": "passeport perdu", "k": 3, "collections": ["vosdroits"]}',
}
ADDRESSES = {
    "/api/v1/search": "/api/v1/search?q=passeport",
    "/api/v1/suggest": "/api/v1/suggest?q=passe",
    "/api/v1/publications/{id}": "/api/v1/publications/F1341",
    "/assets/{file...}": "/assets/absent.js",
    "/v1/collections/{id}": "/v1/collections/vosdroits",
    "/v1/documents/{id}": "/v1/documents/F1341",
    "/v1/models/{id...}": "/v1/models/beffroi-base-officielle",
    "/administration/autorisations/{numero}/retirer": "/administration/autorisations/1/retirer",
    # The pages show these while a job is at work, or after it failed: number 1 is a forecast, done.
    "/administration/taches/{numero}/arreter": "/administration/taches/1/arreter",
    "/administration/taches/{numero}/reprendre": "/administration/taches/1/reprendre",
}


class Routes:
    def __init__(self, listed):
        self.all = listed
        self._shapes = [(route, re.compile(self._shape(route["pattern"]))) for route in sorted(listed, key=self._fixed, reverse=True)]

    @staticmethod
    def _fixed(route):
        return [not part.startswith("{") for part in route["pattern"].split("/")]

    @staticmethod
    def _shape(pattern):
        return "^" + re.sub(r"\\\{(\w+)(\\\.\\\.\\\.)?\\\}", lambda found: ".+" if found[2] else "[^/]+", re.escape(pattern)) + "$"

    def of(self, method, path):
        path = path.split("?")[0]
        return next((route for route, shape in self._shapes if route["method"] == method and shape.match(path)), None)


class Request:
    def __init__(self, method, path, fields=None, kind="", body=""):
        self.method, self.path, self.fields, self.kind, self.body = method, path, fields, kind, body

    def sent_by(self, browser, host=""):
        if self.fields is not None:
            return browser.post(self.path, self.fields, self.kind, host)
        return browser.request(self.method, self.path, self.body.encode(), "application/json" if self.body else "", host)

    def text(self):
        return urllib.parse.unquote_plus(self.path) + str(self.fields or "") + self.body

    def __str__(self):
        fields = [field for field in self.fields or [] if field[0] != "csrf"]
        return f"{self.method} {self.path}" + (f" {fields}" if fields else "")

    def without(self, words):
        """The same, where what a person typed is gone: whoever sends it must not write it into a database of their own."""
        if self.fields is None:
            return self
        return Request(self.method, self.path, [(name, WORD if any(word in value for word in words) else value) for name, value in self.fields], self.kind)


def requests_of(browsers, routes, places):
    """Every page that these visitors of one commune reach by links or from `places`, every form on them, and every route that no page leads to."""
    found = {}
    for browser in browsers:
        for request in crawl(browser, routes, places):
            found.setdefault(str(request), request)
    reached = {pattern_of(request, routes) for request in found.values()}
    for route in routes.all:
        method, pattern = route["method"], route["pattern"]
        path = ADDRESSES.get(pattern, pattern)
        if "{" in path or (method, pattern) in reached:
            continue
        if method == "GET" or pattern.startswith(PROGRAMS):
            request = Request(method, path, body="" if method == "GET" else BODIES.get(pattern, "{}"))
        else:
            request = Request(method, path, [], FORM)
        found[str(request)] = request
    return sorted(found.values(), key=lambda request: request.path.endswith(LAST))


def pattern_of(request, routes):
    route = routes.of(request.method, request.path)
    return (route["method"], route["pattern"]) if route else None


def crawl(browser, routes, places):
    counted, looked = {}, set()

    def is_new(request):
        pattern = pattern_of(request, routes)
        if pattern is None or str(request) in looked or counted.get(pattern, 0) >= MOST_A_ROUTE:
            return False
        looked.add(str(request))
        counted[pattern] = counted.get(pattern, 0) + 1
        return True

    waiting = [QUESTION, *places] + [route["pattern"] for route in routes.all if route["method"] == "GET" and "{" not in route["pattern"]]
    while waiting:
        address = urllib.parse.urlsplit(waiting.pop(0))
        request = Request("GET", address.path + (f"?{address.query}" if address.query else ""))
        if address.netloc or address.path.startswith(PROGRAMS) or not is_new(request):
            continue
        yield request
        page = browser.read(request.path)
        waiting += page.links
        for form in page.forms:
            for fields in form.submissions():
                action = urllib.parse.urlsplit(form.action).path
                if form.method != "POST":
                    waiting.append(f"{action}?{urllib.parse.urlencode(fields)}")
                elif is_new(sent := Request("POST", action, fields, form.kind)):
                    yield sent


def shown(text, request, secrets):
    """The planted words that a reply holds and that were not in the request."""
    return [f"{word} ({what})" for word, what in secrets.items() if word in text and word not in request]
