"""Every verb of the command line, found by reading its help."""
import re

# Verbs that act on the installation, its models or files, and take no commune: they read nothing that belongs to one.
OF_THE_INSTALLATION = (
    "serve", "routes", "ask", "search", "import", "sources", "models", "mask", "eval", "store", "backup", "restore", "canteen backtest",
    "canteen check",
)


def verbs(installation, words=()):
    """(words, help) of every command that has no command below it."""
    text = installation.run(*words, "--help")
    below = re.search(r"^Subcommands?:\n((?:  .*\n?)+)", text, re.MULTILINE)
    if not below:
        yield words, text
        return
    for name in re.findall(r"^  (\S+)", below[1], re.MULTILINE):
        yield from verbs(installation, (*words, name))


def asked_elsewhere(words, text, theirs):
    """The verb at our commune, with what it asks for taken from another; None when it takes no commune."""
    if words[0] == "commune" or "--commune" not in text:
        return None
    line = [*words, "--commune", theirs["ours"]]
    for name in re.findall(r"^  (\S+) .*REQUIRED", text, re.MULTILINE):
        if name == "--commune":
            continue
        value = theirs.get(name.split(",")[-1].lstrip("-"))
        if name == "--name" or (words[-1] == "add" and name == "name"):
            value = "Un nom nouveau"  # theirs would be ours from then on
        assert value is not None, f"« {' '.join(words)} » demande {name} : dites à tests/walk ce que l’autre commune a sous ce nom"
        line += [name, value] if name.startswith("-") else [value]
    return line
