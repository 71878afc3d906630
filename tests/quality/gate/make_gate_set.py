#!/usr/bin/env python3
"""Makes the test set of the verification gate from real sentences of the official base.

    python3 tests/quality/gate/make_gate_set.py CORPUS.jsonl.gz > tests/quality/gate/gate.tsv

CORPUS holds one publication a line (id, audiences, text). The seed is fixed: same corpus, same set. `--each N` makes N cases of each
change (a larger set, for a closer look); `--seed S` draws others.

Each line: expected (refuse, keep) TAB change TAB cited sentences (several joined with " ‖ ") TAB sentence shown.
False sentences come from one change of meaning in a true one. In half of the cases of a change, where the base allows it, a second
sentence of the same publication that holds the swapped word or figure is cited too: finding the word somewhere is then not enough.
True ones are the rewordings of rewordings.tsv (written by hand, before the gate was run on them) and mechanical ones made here.
"""
import argparse, gzip, json, random, re, sys
from pathlib import Path

SWAPS = {  # change: list of (pattern, replacement); every pair is tried both ways where marked
    "modal": [(r"\bdoit\b", "peut"), (r"\bdevez\b", "pouvez"), (r"\bpeut\b", "doit"), (r"\bpouvez\b", "devez"), (r"\bdoivent\b", "peuvent"),
              (r"\bpeuvent\b", "doivent"), (r"\bobligatoire\b", "facultatif"), (r"\binterdite?\b", "autorisé"), (r"\bautorisée?\b", "interdit"),
              (r"\bgratuite?\b", "payant"), (r"\bil faut\b", "il est possible de")],
    "comparator": [(r"\bau moins\b", "au plus"), (r"\bau maximum\b", "au minimum"), (r"\bmoins de (?=\d)", "plus de "), (r"\bplus de (?=\d)", "moins de "),
                   (r"\bmaximum\b", "minimum"), (r"\bminimum\b", "maximum"), (r"\binférieure?s?\b", "supérieur"), (r"\bsupérieure?s?\b", "inférieur"),
                   (r"\bau plus\b", "au moins")],
    "time": [(r"\bavant\b", "après"), (r"\baprès\b", "avant"), (r"\bjusqu'au\b", "à partir du"), (r"\bà partir du\b", "jusqu'au"),
             (r"\bà compter de\b", "avant"), (r"\bpendant\b", "après")],
    "alternative": [(r"(?<=[a-zé]) ou (?=[a-zéd])", " et ")],
    "restriction": [(r" (?:seulement|uniquement|exclusivement)\b", ""), (r"\bSeule?s? ", ""), (r"\bne peut (?!pas)([^,.]{3,40}?) que ", r"peut \1 "),
                    (r"\bVous pouvez\b", "Seul le maire peut"), (r"\bne peuvent (?!pas)([^,.]{3,40}?) que ", r"peuvent \1 ")],
    "extent": [(r"\b[Ee]n principe,? ", ""), (r"\b[Ee]n général,? ", ""), (r" généralement\b", ""), (r"\bcertains\b", "tous les"),
               (r"\bcertaines\b", "toutes les"), (r" environ\b", ""), (r"\b[Tt]ous les\b", "Certains"), (r" notamment\b", "")],
    "exception": [(r",? \(?sauf [^.]*\.$", "."), (r",? sous réserve [^.]*\.$", "."), (r"\bsauf\b", "y compris"), (r",? à l'exception [^.]*\.$", "."),
                  (r",? à moins qu[^.]*\.$", "."), (r" hors ", " dans ")],
    "condition": [(r"^Si [^,]{8,90}, ([a-zéàê])", None), (r"^Lorsque? [^,]{8,90}, ([a-zéàê])", None), (r"^En cas d[^,]{4,60}, ([a-zéàê])", None),
                  (r" si vous [^.,]*\.$", "."), (r",? à condition [^.]*\.$", "."), (r" en cas d[^.,]*\.$", "."), (r"^Si ", "Même si "),
                  (r"\bmajeure?\b", "mineur"), (r"\bmineure?s?\b", "majeur"), (r"\bmariée?s?\b", "célibataire"), (r"(?<!sauf )\bsi (?=vous|le|la|l')", "sauf si ")],
    "negation_added": [(r"\bVous devez\b", "Vous ne devez pas"), (r"\bvous devez\b", "vous ne devez pas"), (r"(?<!ne )\bpeut\b(?! pas)", "ne peut pas"),
                       (r"\bVous pouvez\b", "Vous ne pouvez pas"), (r"(?<!ne )\bdoit\b(?! pas)", "ne doit pas"), (r"\best\b(?! pas)", "n'est pas"),
                       (r"\bsont\b(?! pas)", "ne sont pas"), (r"\bIl faut\b", "Il ne faut pas"), (r"\bavec\b(?! ou)", "sans")],
    "negation_removed": [(r"\bne (peut|doit|peuvent|doivent|pouvez|devez|sont|permet|bénéficie|concerne) pas\b", r"\1"), (r"\bn'(est|ont|êtes|avez|a|ont|était) pas\b", r"\1"),
                         (r"\bne ([a-zéè]+) pas\b", r"\1"), (r"\bAucune? ([a-zé]+) ", r"Tout \1 "), (r"\bsans\b", "avec"), (r"\bn'([a-zéèê]+) pas\b", r"\1"),
                         (r"\bn'([a-zéèê]+) plus\b", r"\1"), (r"\bne ([a-zéè]+) plus\b", r"\1")],
}
NAMES = ["préfecture", "mairie", "Caf", "tribunal", "consulat", "notaire", "gendarmerie", "Pôle emploi", "CPAM", "Urssaf", "Crous", "MDPH",
         "employeur", "médecin", "propriétaire", "locataire", "salarié", "bailleur", "maire", "préfet", "juge", "avocat", "huissier",
         "conjoint", "enfant", "père", "mère", "passeport", "carte d'identité", "permis de conduire", "acte de naissance", "mineur", "majeur"]
ROLES = [("locataire", "propriétaire"), ("locataire", "bailleur"), ("employeur", "salarié"), ("acheteur", "vendeur"), ("maire", "préfet"),
         ("père", "mère"), ("tuteur", "mineur"), ("créancier", "débiteur"), ("administration", "agent"), ("enfant", "parent"),
         ("époux", "enfant"), ("juge", "avocat"), ("banque", "client"), ("médecin", "malade"), ("assureur", "assuré"), ("héritier", "notaire"),
         ("tribunal", "juge"), ("fonctionnaire", "administration"), ("demandeur", "préfecture"), ("copropriétaire", "syndic")]
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
UNITS = r"(jours?|semaines?|mois|ans|années|heures?)"
NEGATION = re.compile(r"\b(?:ne|n'|pas|aucune?|jamais|sans|ni|non)\b|n'")


def sentences(path):
    """publication id -> its plain sentences: one clause or a few, no list."""
    out = {}
    for line in gzip.open(path, "rt"):
        fiche = json.loads(line)
        seen = []
        for text in fiche["text"].split("\n"):
            text = re.sub(r"\s+", " ", text).replace(" .", ".").replace(" ,", ",").strip()
            if 50 < len(text) < 230 and text.endswith(".") and ". " not in text and text[0].isupper() and text not in seen:
                seen.append(text)
        if seen:
            out[fiche["id"]] = seen
    return out


def other_number(rng, text):
    value = int(text)
    pool = [v for v in {value + 1, value * 2, max(1, value - 1), value + 5, value * 10, 3, 6, 15} if v != value]
    return str(rng.choice(sorted(pool)))


def change_number(rng, text, kind):
    patterns = {"delay": r"\b(\d{1,3})(?= " + UNITS + r"\b)", "amount": r"(?<![\d,])(?<!\d )(\d{1,3})(?=(?:,\d+)? ?(?:€|%|euros))",
                "date": r"\b(\d{1,2})(?= (?:" + "|".join(MONTHS) + r")\b)|\b(20[012]\d|19\d\d)\b", "number": r"(?<![\d*.,-])\b(\d{1,4})\b(?![\d*.,]| ?(?:€|%|" + UNITS + "|" + "|".join(MONTHS) + "))"}
    found = [m for m in re.finditer(patterns[kind], text)]
    if not found:
        return None
    m = rng.choice(found)
    return text[:m.start()] + other_number(rng, m.group(0)) + text[m.end():]


def change_unit(rng, text):
    m = re.search(r"(\d+) (jours|mois|ans|semaines)\b", text)
    return text[:m.start(2)] + rng.choice([u for u in ("jours", "mois", "ans", "semaines") if u != m.group(2)]) + text[m.end(2):] if m else None


def change_month(rng, text):
    m = re.search(r"\b(" + "|".join(MONTHS) + r")\b", text)
    return text[:m.start()] + rng.choice([x for x in MONTHS if x != m.group(0)]) + text[m.end():] if m else None


def swap_numbers(rng, text):
    found = list(re.finditer(r"(?<![\d,.*])\b\d{1,4}\b(?![\d*,.])", text))
    pairs = [(a, b) for i, a in enumerate(found) for b in found[i + 1:] if a.group() != b.group()]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    between = text[a.end():b.start()]
    if not re.search(r"[a-zé]{4}", between):
        return None
    return text[:a.start()] + b.group() + between + a.group() + text[b.end():]


def change_name(rng, text):
    present = [n for n in NAMES if re.search(r"\b" + n + r"\b", text)]
    if not present:
        return None
    old = rng.choice(present)
    return re.sub(r"\b" + old + r"\b", rng.choice([n for n in NAMES if n not in text]), text, count=1)


def swap_roles(rng, text):
    for a, b in rng.sample(ROLES, len(ROLES)):
        if len(re.findall(r"\b" + a + r"\b", text)) == 1 and len(re.findall(r"\b" + b + r"\b", text)) == 1:
            return re.sub(r"\b(?:" + a + "|" + b + r")\b", lambda m: b if m[0] == a else a, text)
    return None


def change(rng, text, kind):
    if kind in ("delay", "amount", "date", "number"):
        options = [lambda: change_number(rng, text, kind)]
        if kind == "delay":
            options.append(lambda: change_unit(rng, text))
        if kind == "date":
            options.append(lambda: change_month(rng, text))
        return rng.choice(options)()
    if kind == "numbers_swapped":
        return swap_numbers(rng, text)
    if kind == "name":
        return change_name(rng, text)
    if kind == "roles":
        return swap_roles(rng, text)
    rules = [(p, r) for p, r in SWAPS[kind] if re.search(p, text)]
    if not rules:
        return None
    pattern, replacement = rng.choice(rules)
    if replacement is None:  # the leading condition falls
        m = re.search(pattern, text)
        rest = text[m.end() - 1:]
        return rest[0].upper() + rest[1:]
    return re.sub(pattern, replacement, text, count=1)


def distractor(fiche, text, shown):
    """A sentence of the same publication that holds what was put in."""
    new = set(re.findall(r"\w+", shown)) - set(re.findall(r"\w+", text))
    for other in fiche:
        if other != text and new and new <= set(re.findall(r"\w+", other)):
            return other
    return None


def mechanical(rng, text):
    """True rewordings that need no thought."""
    options = []
    m = re.match(r"^(Si|Lorsque|Quand|En cas d[e'’])( ?[^,]{8,90}), ([^,;:(]{10,120})\.$", text)
    if m:
        options.append(m[3][0].upper() + m[3][1:] + " " + m[1][0].lower() + m[1][1:] + m[2] + ".")
    for a, b in [("Il faut ", "Vous devez "), ("il faut ", "vous devez "), ("Vous pouvez ", "Il est possible de "), ("lorsque ", "si "), ("afin de ", "pour "),
                 (" également", " aussi"), ("ne peut pas ", "ne pourra pas "), ("Cependant, ", ""), ("Toutefois, ", ""), (" 2 mois", " deux mois"),
                 (" 3 mois", " trois mois"), (" 15 jours", " quinze jours"), (" €", " euros"), ("n'est pas ", "ne sera pas "), (" 1 an", " un an")]:
        if a in text and not re.search(r"\d \d", text):
            changed = text.replace(a, b, 1)
            options.append(changed[0].upper() + changed[1:])
    return rng.choice(options) if options else None


def main():
    args = argparse.ArgumentParser()
    args.add_argument("corpus")
    args.add_argument("--each", type=int, default=0)
    args.add_argument("--seed", type=int, default=20261122)
    args = args.parse_args()
    rng = random.Random(args.seed)
    base = sentences(args.corpus)
    pool = [(fid, s) for fid, list_ in sorted(base.items()) for s in list_]
    kinds = {"negation_added": 30, "negation_removed": 30, "number": 20, "delay": 24, "amount": 20, "date": 20, "numbers_swapped": 12, "condition": 28,
             "name": 24, "roles": 12, "modal": 25, "comparator": 22, "time": 14, "alternative": 12, "exception": 10, "restriction": 6, "extent": 6}
    # Other kinds than negation are drawn half among sentences with a negation word, where there are any: counting « pas » must not help.
    lines, negated = [], 0
    for kind, count in kinds.items():
        count = args.each or count
        made = []
        for fid, text in rng.sample(pool, len(pool)):
            if len(made) >= count:
                break
            has_negation = bool(NEGATION.search(text))
            if not kind.startswith("negation") and has_negation != (len(made) % 2 == 0) and rng.random() < 0.97:
                continue
            shown = change(rng, text, kind)
            if not shown or shown == text or any(text in l for l in made):
                continue
            cited = [text]
            other = distractor(base[fid], text, shown)
            if other and rng.random() < 0.5:
                cited = [text, other] if rng.random() < 0.5 else [other, text]
            made.append("\t".join(["refuse", kind, " ‖ ".join(cited), shown]))
        lines += made
    hand = [l.rstrip("\n").split("\t") for l in (Path(__file__).parent / "rewordings.tsv").open()]
    lines += ["\t".join(["keep", "hand", source, shown]) for source, shown in hand]
    made = 0
    for fid, text in rng.sample(pool, len(pool)):
        if made >= (args.each or 20):
            break
        if bool(NEGATION.search(text)) != (made % 2 == 0):
            continue
        shown = mechanical(rng, text)
        if shown and shown != text:
            lines.append("\t".join(["keep", "mechanical", text, shown]))
            made += 1
    print("\n".join(lines))


if __name__ == "__main__":
    main()
