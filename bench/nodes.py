"""Two servers on one PostgreSQL under fifty visitors, one of them killed in the middle and started again: what the visitors see, and what the database holds afterwards.

Nothing may fail at the node that stands; quotas are those of both together; no job is done twice; nothing that was acknowledged is lost; the journals are whole.
"""
import collections
import datetime
import json
import os
import sys
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests/walk"))
from crowd import Tally, Visitor, planning, programs, searches, signing_in  # noqa: E402
from installation import GIVEN, Browser  # noqa: E402
from two_nodes import TwoNodes  # noqa: E402

HOSTS = {"alpha": "localhost", "bravo": "bravo.test"}
SEARCHERS, AGENTS, PLANNERS, PROGRAMS = 24, 6, 10, 10  # more than six passwords at once at one node are told to come back
KEYS_A_COMMUNE = 2
TIGHT = 40   # requests a minute of the second key: reached, by both nodes together
DOWN_S = 10
LEASE_S = 60  # of a job whose worker died


def next_open_days(count):
    day, days = datetime.date.today(), []
    while len(days) < count:
        day += datetime.timedelta(days=1)
        if day.weekday() in (0, 1, 3, 4):
            days.append(day.isoformat())
    return days


def fill_canteens(town, commune):
    today, rows = datetime.date.today(), ["Date;Cantine;Servis;Commandés"]
    for back in range(200, 0, -1):
        day = today - datetime.timedelta(days=back)
        if day.weekday() in (0, 1, 3, 4):
            rows += [f"{day:%d/%m/%Y};Cantine {place};{100 + 10 * place + back % 5};{112 + 10 * place}" for place in (1, 2)]
    file = town.folder / f"{commune}.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    where = ("--commune", commune)
    town.run("canteen", "import", str(file), "--days", "day_first", "--name", "Cantine 1=nouvelle", "--name", "Cantine 2=nouvelle", *where)
    town.run("canteen", "forecast", "--linear", *where)


def open_town(town, commune):
    """Accounts of its agents and planners, its canteens, its keys: {key: requests a minute}."""
    where = ("--commune", commune)
    for number in range(AGENTS + PLANNERS):
        town.run("user", "add", f"{commune}{number}", "--name", "P", "--role", "agent", "--stdin", *where, typed=f"{GIVEN}\n")
    fill_canteens(town, commune)
    town.run("quota", "set", "--requests", "100000", "--tokens", "1000000000", *where)
    town.run("quota", "set", "--usual", "--requests", "100000", "--tokens", "1000000000", *where)
    keys = {}
    for number in range(KEYS_A_COMMUNE):
        made = json.loads(town.run("user", "key", f"{commune}{list(HOSTS).index(commune)}", "--name", f"k{number}", "--right", "use_api", "--json", *where))
        keys[made["key"]] = 100000 if number == 0 else TIGHT
    for line in json.loads(town.run("quota", "show", "--json", *where)):
        if line["name"] == "k1":
            town.run("quota", "set", "--key", line["key"], "--requests", str(TIGHT), *where)
    return keys


def visitors_of(town, keys, words, tally):
    made, communes, days = [], list(HOSTS), next_open_days(3)
    logins = {}

    def add(number, commune, acts, key=""):
        visitor = Visitor(len(made), town.nodes, HOSTS[commune], tally, key)
        visitor.acts = acts
        made.append(visitor)
        return visitor

    for number in range(SEARCHERS):
        add(number, communes[number % 2], searches(words))
    for number in range(AGENTS + PLANNERS):
        commune = communes[number % 2]
        login = logins[number] = f"{commune}{number}"
        if number < AGENTS:
            owner = Browser(town.nodes[0], HOSTS[commune]).sign_in(login)
            for form in owner.read("/charte").forms if number < len(communes) else []:  # of the keys: they reach nothing before
                if form.action.endswith("/charte"):
                    owner.post(form.action, form.fields, form.kind)
            add(number, commune, signing_in(login, commune))
        else:
            planner = add(number, commune, planning(commune, days[number // 2 % len(days)], f"C{number // 2 % 2 + 1:03}"))
            planner.browser.sign_in(login)
    for number in range(PROGRAMS):
        commune = communes[number % 2]
        key = list(keys[commune])[number // 2 % KEYS_A_COMMUNE]
        add(number, commune, programs(key, commune), key)
    return made


def check_quotas(town, keys, tally):
    """What the database counted against what was answered: more only by what the killed node counted and never answered."""
    faults = []
    for commune, own in keys.items():
        for line in json.loads(town.run("quota", "show", "--json", "--commune", commune)):
            key = next((key for key in own if line["key"] and line["key"] in key), None)
            if key is None:
                continue
            used = [int(used) for used, in town.rows(f"SELECT used FROM commune_{commune}.gateway_use WHERE subject = '{line['key']}' AND kind = 'requests'")]
            granted, lost = tally.granted.get(key, 0), tally.lost.get(key, 0)
            print(f"    {commune}, {line['name']} : comptées {sum(used)}, répondues {granted}, sans réponse du nœud tué {lost}, minute la plus forte {max(used, default=0)}")
            if not granted <= sum(used) <= granted + lost or max(used, default=0) > own[key] or not used:
                faults.append(f"quota de {line['name']} de {commune} : {sum(used)} pour {granted}")
    return faults


def check_jobs(town):
    """Each done once. What the killed node had in hand, one job at a time, may have been taken again."""
    faults, done, again = [], 0, 0
    end = time.monotonic() + LEASE_S + 60
    for commune in HOSTS:
        question = f"SELECT id, state, turn FROM commune_{commune}.jobs_job ORDER BY id"
        forecasts = f"SELECT count(*) FROM commune_{commune}.jobs_job WHERE kind = 'canteen.forecast' AND turn > 0"
        while time.monotonic() < end and any(state in ("waiting", "running") for _, state, _ in town.rows(question)):
            time.sleep(1)
        over = {}
        for node in town.nodes:
            for event in node.events("job_over"):
                if event["source"] == commune:
                    over[event["job"]] = over.get(event["job"], 0) + 1
        for number, state, turn in town.rows(question):
            done += state == "done"
            again += int(turn) > 1
            if state != "done" or over.get(number, 0) > 1:
                faults.append(f"tâche {number} de {commune} : {state}, finie {over.get(number, 0)} fois")
        [[runs]], [[jobs]] = town.rows(f"SELECT count(*) FROM commune_{commune}.canteen_run"), town.rows(forecasts)
        if not int(jobs) + 1 <= int(runs) <= int(jobs) + 1 + again:  # one was made by hand
            faults.append(f"{commune} : {runs} prévisions pour {jobs} tâches")
    if again > 1:
        faults.append(f"{again} tâches prises plus d’une fois")
    return done, again, faults


def check_kept(town, tally):
    """Journals whole; each acknowledged sign-in has its line; the last decision of each order is one that was acknowledged."""
    faults, lines = [], 0
    for commune in HOSTS:
        found = town.call("audit", "verify", "--json", "--commune", commune)
        told = json.loads(found.stdout or "{}")
        lines += told.get("lines", 0)
        if found.returncode != 0 or not told.get("whole"):
            faults.append(f"journal de {commune} : {found.stdout or found.stderr}")
        [[signed]] = town.rows(f"SELECT count(*) FROM commune_{commune}.audit_line WHERE action = 'signed_in'")
        if int(signed) < tally.signed_in.get(commune, 0):
            faults.append(f"{commune} : {tally.signed_in[commune]} connexions, {signed} au journal")
        orders = town.rows(f"SELECT s.code, o.day, o.meals FROM commune_{commune}.canteen_order o JOIN commune_{commune}.canteen_site s ON s.id = o.site ORDER BY o.id")
        last = {(commune, site, day): int(meals) for site, day, meals in orders}
        faults += [f"{key} : {meals} décidés, {last.get(key)} gardés" for key, meals in tally.decided.items() if key[0] == commune and last.get(key) != meals]
    return lines, faults


def measure(program, base, questions, say, percentile):
    seconds = int(os.environ.get("BEFFROI_LOAD_S", "120"))
    words = [urllib.parse.quote(text) for text in questions[:500]]
    tally = Tally()
    with TwoNodes(program, base, HOSTS) as town:
        keys = {commune: open_town(town, commune) for commune in HOSTS}
        town.move_to_postgres()
        for node in town.nodes:
            node.start()
        visitors = visitors_of(town, keys, words, tally)
        print(f"Deux nœuds sur un PostgreSQL : {len(visitors)} visiteurs pendant {seconds} s, un nœud tué à mi-temps, relancé {DOWN_S} s après")
        began, killed = time.monotonic(), town.nodes[0]
        for visitor in visitors:
            visitor.start()
        time.sleep(seconds / 2)
        killed.kill()
        time.sleep(DOWN_S)
        killed.start()
        back = time.monotonic() - began
        time.sleep(max(5, began + seconds - time.monotonic()))
        for visitor in visitors:
            visitor.over.set()
        for visitor in visitors:
            visitor.join(60)
        spent = time.monotonic() - began
        say("demandes par seconde, sur les deux", f"{len(tally.times) / spent:.0f}")
        for node in town.nodes:
            times = [ms for name, _, ms in tally.times if name == node.name]
            say(f"{node.name} : réponses, p50, p95", f"{len(times)}, {percentile(times, 0.5):.0f} ms, {percentile(times, 0.95):.0f} ms")
        say("nœud tué : prêt de nouveau à", f"{back:.0f} s")
        say("erreurs des nœuds debout", f"{len(tally.faults)}")
        say("demandes coupées avec le nœud tué, reposées à l’autre", f"{tally.moved}")
        say("refus par quota (429)", f"{tally.refused}")
        say("connexions, décisions de commande", f"{sum(tally.signed_in.values())}, {len(tally.decided)}")
        faults = [f"{times} fois {fault}" for fault, times in collections.Counter(tally.faults).most_common(10)] + check_quotas(town, keys, tally)
        done, again, of_jobs = check_jobs(town)
        lines, of_journals = check_kept(town, tally)
        faults += of_jobs + of_journals
        say("tâches faites, dont reprises au nœud tué", f"{done}, {again}")
        say("lignes des journaux, vérifiées", f"{lines}")
        for fault in faults:
            print(f"  FAUTE : {fault}")
        for warning, times in collections.Counter(warning for node in town.nodes for warning in node.warnings()).most_common(10):
            print(f"  au journal du programme, {times} fois : {warning}")
    if faults:
        sys.exit(1)
