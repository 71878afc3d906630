"""What a C++ file may hold: sizes, parameters, words that are not used here."""

import re

from .cpp import blank, functions
from .tree import Finding

FILE_LINES_MAX = 500
FUNCTION_LINES_MAX = 70
PARAMETERS_MAX = 5
CATCH_ALL_ROOMS = ("http", "proc", "app")  # the doors, where an unknown exception becomes an answer

_COROUTINE = re.compile(r"\bco_(?:await|yield|return)\b")
_CATCH_ALL = re.compile(r"\bcatch\s*\(\s*\.\.\.\s*\)")
_CODE = (".h", ".cpp", ".c", ".py", ".ts", ".tsx", ".js", ".mjs", ".css", ".cmake", ".sh")


def _is_code(tree, path):
    if path.endswith(_CODE):
        return True
    return "." not in path.split("/")[-1] and tree.text(path).startswith("#!")


def file_size(tree):
    for path in tree.files:
        lines = tree.text(path).count("\n")
        if lines > FILE_LINES_MAX and _is_code(tree, path):
            yield Finding("file-size", path, 0, f"{lines} lignes (au plus {FILE_LINES_MAX}) : séparer ce qui peut l’être")


def function_shape(tree):
    for path in tree.cpp():
        for function in functions(tree.text(path)):
            if function.length > FUNCTION_LINES_MAX:
                yield Finding("function-size", path, function.line,
                              f"{function.name} fait {function.length} lignes (au plus {FUNCTION_LINES_MAX})")
            if function.parameters > PARAMETERS_MAX:
                yield Finding("parameters", path, function.line,
                              f"{function.name} prend {function.parameters} paramètres (au plus {PARAMETERS_MAX}) : une structure d’options")


def words(tree):
    for path in tree.cpp():
        code = blank(tree.text(path))
        for match in _COROUTINE.finditer(code):
            yield Finding("coroutine", path, code.count("\n", 0, match.start()) + 1,
                          f"{match[0]} : gcc 12 compile mal les coroutines (docs/adr)")
        if tree.room_of(path) in CATCH_ALL_ROOMS or path.endswith("_test.cpp"):
            continue
        for match in _CATCH_ALL.finditer(code):
            yield Finding("catch-all", path, code.count("\n", 0, match.start()) + 1,
                          "catch (...) hors des portes : convertir l’exception précise à la frontière du tiers")
