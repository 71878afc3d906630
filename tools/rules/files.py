"""What the repository may hold: no archive, no model, nothing large, nothing unexplained."""

import json
import re
import tomllib

from .tree import Finding

FILE_BYTES_MAX = 1_000_000
DEPENDENCIES = "docs/dependencies.md"

_BARRED = re.compile(r"\.(?:tgz|tar|gz|bz2|xz|zst|zip|7z|whl|crate|gguf|onnx|bin|pt|safetensors|so|a|o|exe|sqlite3?|db)$")
_LEFT_OVER = re.compile(r"\b(?:TO" r"DO|FIX" r"ME)\b")
# A town hall's mirror is set in the client's configuration: no file here may name a registry's host.
_REGISTRY = re.compile(r"(?:npmj" r"s\.org|pyp" r"i\.org|python" r"hosted\.org|crate" r"s\.io|deb\.deb" r"ian\.org)")
_OWN = "tools/rules/"


def weight(tree):
    for path in tree.files:
        if _BARRED.search(path):
            yield Finding("archive", path, 0, "archive, modèle ou binaire : à épingler dans third_party/deps.lock, pas à garder ici")
        if tree.size(path) >= FILE_BYTES_MAX:
            yield Finding("large", path, 0, f"{tree.size(path)} octets (moins de {FILE_BYTES_MAX})")


def left_overs(tree):
    for path in tree.files:
        if path.startswith(_OWN):
            continue
        for number, line in enumerate(tree.text(path).splitlines(), 1):
            if match := _LEFT_OVER.search(line):
                yield Finding("left-over", path, number, f"{match[0]} : le faire, ou en faire une question ouverte")
            if match := _REGISTRY.search(line):
                yield Finding("registry", path, number, f"{match[0]} : ne pas nommer l’hôte d’un registre")


def explained(tree):
    """Every dependency named in a manifest has its line in docs/dependencies.md."""
    page = tree.text(DEPENDENCIES) if DEPENDENCIES in tree.files else ""
    for manifest, name in _dependencies(tree):
        if f"`{name}`" not in page:
            yield Finding("unexplained", manifest, 0, f"« {name} » n’a pas sa ligne dans {DEPENDENCIES}")


def _dependencies(tree):
    if "third_party/deps.lock" in tree.files:
        for dep in tomllib.loads(tree.text("third_party/deps.lock")).get("dep", []):
            yield "third_party/deps.lock", dep["name"]
    for path in ("tools/apt-packages.txt", "tools/requirements.in"):
        for line in tree.text(path).splitlines() if path in tree.files else []:
            if match := re.match(r"[a-zA-Z0-9][\w.+-]*", line):
                yield path, match[0]
    for path in tree.files:
        if path.endswith("package.json"):
            manifest = json.loads(tree.text(path))
            for group in ("dependencies", "devDependencies"):
                for name in manifest.get(group, {}):
                    yield path, name


def pinned(tree):
    """npm versions are exact."""
    for path in tree.files:
        if not path.endswith("package.json"):
            continue
        manifest = json.loads(tree.text(path))
        for group in ("dependencies", "devDependencies"):
            for name, version in manifest.get(group, {}).items():
                if not re.fullmatch(r"\d+\.\d+\.\d+[\w.-]*", version):
                    yield Finding("pinned", path, 0, f"{name} {version} : écrire la version exacte")
