"""The arrows: includes go to a room of a lower level, or of the same level when src/layers.toml names it."""

import re
import tomllib

from .tree import Finding

_QUOTED = re.compile(r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', re.MULTILINE)
_ANGLED = re.compile(r"^[ \t]*#[ \t]*include[ \t]+<([^>]+)>", re.MULTILINE)
_ROOM_CALL = re.compile(r"beffroi_room\(\s*(\w+)\s+LEVEL\s+(\d+)([^)]*)\)")
_OPEN_TO_ALL = ("fmt/", "tl/expected.hpp")


def rooms(tree):
    return tomllib.loads(tree.text("src/layers.toml"))["rooms"]


def law(tree):
    """src/layers.toml itself: known rooms, no arrow upwards, no circle within a level, the same words in CMake."""
    house = rooms(tree)
    for name, room in house.items():
        for used in room["uses"]:
            if used not in house:
                yield Finding("arrows", "src/layers.toml", 0, f"{name} utilise {used}, qui n’existe pas")
            elif house[used]["level"] > room["level"]:
                yield Finding("arrows", "src/layers.toml", 0, f"{name} (niveau {room['level']}) utilise {used}, plus haut")
            elif used == name or name in _reach(house, used):
                yield Finding("arrows", "src/layers.toml", 0, f"{name} et {used} s’utilisent en rond")
    yield from _cmake(tree, house)


def _reach(house, start):
    """Every room that `start` uses, directly or not."""
    seen, todo = set(), [start]
    while todo:
        for used in house.get(todo.pop(), {"uses": []})["uses"]:
            if used not in seen:
                seen.add(used)
                todo.append(used)
    return seen


def _cmake(tree, house):
    for path in tree.files:
        if not path.startswith("src/") or not path.endswith("/CMakeLists.txt"):
            continue
        room = house.get(tree.room_of(path))
        for _, level, rest in _ROOM_CALL.findall(tree.text(path)):
            words = re.search(r"\bUSES\b([^A-Z]*)", rest)
            uses = set(words[1].split()) if words else set()
            if room is None:
                yield Finding("arrows", path, 0, "la pièce n’est pas dans src/layers.toml")
            elif int(level) != room["level"]:
                yield Finding("arrows", path, 0, f"LEVEL {level}, mais src/layers.toml dit {room['level']}")
            elif extra := uses - set(room["uses"]):
                yield Finding("arrows", path, 0, f"USES {' '.join(sorted(extra))} : absent de src/layers.toml")


def arrows(tree):
    house = rooms(tree)
    for path in tree.cpp():
        room = tree.room_of(path)
        if room is None:
            continue
        if room not in house:
            yield Finding("arrows", path, 0, f"la pièce {room} n’est pas dans src/layers.toml")
            continue
        for match in _QUOTED.finditer(tree.text(path)):
            line = tree.text(path).count("\n", 0, match.start()) + 1
            if fault := _fault(house, path, room, match[1]):
                yield Finding("arrows", path, line, fault)


def _fault(house, path, room, included):
    parts = included.split("/")
    target = parts[0]
    if len(parts) == 1 or target not in house:
        return f"« {included} » : écrire \"pièce/fichier.h\" pour la maison, <…> pour un tiers"
    if target == room:
        if room == "usecases" and parts[1] != path.split("/")[2]:
            return f"un service inclut un autre service ({included}) : descendre d’un niveau ce qu’ils partagent"
        return None
    mine, theirs = house[room], house[target]
    if theirs["level"] > mine["level"]:
        return f"{room} (niveau {mine['level']}) inclut {target} (niveau {theirs['level']}), plus haut"
    if theirs["level"] == mine["level"] and target not in mine["uses"]:
        return f"{room} inclut {target}, du même niveau, sans que src/layers.toml le dise"
    return None


def public_headers(tree):
    """A public header shows only the standard library, fmt, tl::expected and the house. Adapters live in sub-folders."""
    for path in tree.cpp():
        depth = 3 if tree.room_of(path) == "usecases" else 2
        if not path.endswith(".h") or path.count("/") != depth:
            continue
        for match in _ANGLED.finditer(tree.text(path)):
            name = match[1]
            standard = "/" not in name and "." not in name
            if not standard and not name.startswith(_OPEN_TO_ALL):
                line = tree.text(path).count("\n", 0, match.start()) + 1
                yield Finding("header", path, line, f"<{name}> dans un en-tête public : à cacher dans le .cpp ou un sous-dossier")
