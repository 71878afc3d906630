"""What one commune holds, each text with a word of its own that no other text has: a word seen elsewhere says what leaked."""
import datetime
import json

from installation import Browser, GIVEN

ROLES = ("reader", "agent", "validator", "service_administrator", "dpo", "commune_administrator")


class Town:
    def __init__(self, installation, commune, host, words, roles=ROLES):
        self.installation, self.commune, self.host = installation, commune, host
        self._words, self.secrets = iter(words), {}
        self.login = {role: f"{commune}.{role}" for role in roles}
        self.browser, self.keys, self.key_id, self.led_to = {}, {}, "", []

    def secret(self, what):
        """A word that says what it was planted in."""
        word = next(self._words)
        self.secrets[word] = what
        return word

    def command(self, *words, text=""):
        return self.installation.run(*words, "--commune", self.commune, text=text)

    def open_accounts(self):
        for role, login in self.login.items():
            self.command("user", "add", login, "--name", f"Camille {self.secret(f'name of {role}')}", "--role", role, "--stdin", text=f"{GIVEN}\n")
        self.command("group", "add", self.secret("group"), "--role", "agent")
        self.group = next(word for word, what in self.secrets.items() if what == "group")
        login = f"{self.commune}.parti"
        self.command("user", "add", login, "--name", f"Camille {self.secret('name of a closed account')}", "--role", "agent", "--stdin", text=f"{GIVEN}\n")
        self.command("group", "join", self.group, login)
        self.command("user", "disable", login)

    def fill_canteens(self):
        """Two canteens over half a year, an order decided otherwise, a meal count, a forecast."""
        names = [self.secret("canteen one"), self.secret("canteen two")]
        rows, today = ["Date;Cantine;Servis;Commandés"], datetime.date.today()
        for back in range(200, 0, -1):
            day = today - datetime.timedelta(days=back)
            if day.weekday() in (0, 1, 3, 4):
                rows += [f"{day:%d/%m/%Y};{name};{100 + 10 * place + back % 5};{112 + 10 * place}" for place, name in enumerate(names)]
        file = self.installation.home.parent / f"{self.commune}.csv"
        file.write_text("\n".join(rows))
        self.command("canteen", "import", str(file), "--days", "day_first", *(word for name in names for word in ("--name", f"{name}=nouvelle")))
        # Whatever day the walk is made, a Sunday or the first of January: today has a forecast to be reviewed.
        self.command("canteen", "calendar", "--open", today.isoformat(), "--reason", self.secret("opened day"))
        self.command("canteen", "forecast", "--linear")
        self.command("canteen", "served", "--day", today.isoformat(), "C001=97", "C002=101")

    def grant(self):
        """The commune's contents, opened to its syndicate and closed again: from then on it sees none."""
        last = (datetime.date.today() + datetime.timedelta(days=30)).isoformat()
        self.installation.run("commune", "grant", self.commune, "--text", self.secret("grant"), "--by", "maire", "--until", last)
        self.installation.run("commune", "revoke", self.commune, "1", "--by", "maire")

    def sign_in(self):
        """Twice: a session may close another."""
        for role, login in self.login.items():
            self.browser[role] = Browser(self.installation, self.host).sign_in(login)
            Browser(self.installation, self.host).sign_in_again(login)

    def accept_charter(self):
        for browser in self.browser.values():
            for form in browser.read("/charte").forms:
                if form.action.endswith("/charte"):
                    assert browser.post(form.action, form.fields, form.kind).status == 303

    def make_keys(self):
        made = json.loads(self.command("user", "key", self.login["commune_administrator"], "--name", self.secret("key"), "--right", "ask", "--right",
                                       "use_api", "--right", "see_metering", "--json"))
        self.keys["all"] = made["key"]

    def live(self):
        """What people leave on the pages."""
        planner = self.browser["agent"]
        day = (datetime.date.today() + datetime.timedelta(days=1)).isoformat()
        for path, fields in (
            ("/cantines/greves", [("jour", day), ("raison", self.secret("strike"))]),
            ("/cantines/calendrier", [("action", "jour"), ("jour", day), ("ouvert", "oui"), ("raison", self.secret("calendar"))]),
        ):
            self.fill(planner, path, dict(fields))
        self.fill(self.browser["dpo"], "/conformite/registre", {"nom": self.secret("delegate"), "contact": self.secret("contact of the delegate")})
        served = "Date;Cantine;Servis\n" + "".join(f"{datetime.date.today():%d/%m/%Y};{name};97\n" for name in (self.secret("file"),))
        self.fill(planner, "/cantines/import", {"texte": served})
        assert planner.post("/cantines/previsions", []).status == 303
        Browser(self.installation, self.host).get(f"/?q={self.secret('question')}+passeport")

    def fill(self, browser, path, fields):
        """Sends the first form of a page that has these fields, with these values."""
        for form in browser.read(path).forms:
            for sent in form.submissions() if form.method == "POST" else []:
                names = dict(sent)
                if set(fields) <= set(names) and all(names[name] == value for name, value in fields.items() if name == "action"):
                    page = browser.post(form.action, [(name, fields.get(name, value)) for name, value in sent], form.kind)
                    assert page.status in (200, 303), f"{path}: {page.status} {page.text}"
                    self.led_to += [page.location] if page.location else []
                    return
        raise AssertionError(f"aucun formulaire de {path} n’a les champs {sorted(fields)}")
