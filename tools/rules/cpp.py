"""A reader of C++ just good enough for house rules: blanks comments and strings, finds functions by their braces.

Not a parser. It reads code laid out by clang-format; what it cannot recognise it leaves alone.
"""

import re
from dataclasses import dataclass

_NOISE = re.compile(
    r"""//[^\n]*|/\*.*?\*/|R"(?P<tag>[^\s()\\]{0,16})\(.*?\)(?P=tag)"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'""",
    re.DOTALL)
_PREPROCESSOR = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.MULTILINE)
_NOT_A_FUNCTION = re.compile(r"^(?:if|for|while|switch|catch|else|do|try|return|using|typedef|static_assert|namespace|extern\s*$|enum|BEFFROI_\w+)\b")
_TYPE_SCOPE = re.compile(r"^(?:(?:template\b.*?>|\[\[.*?\]\]|inline|extern|export)\s*)*(?:namespace|class|struct|union)\b", re.DOTALL)
_PARAMETERS = re.compile(r"(?P<name>~?[A-Za-z_]\w*|operator\s*(?:\(\)|[^\s\w(]+))\s*\((?!\*)")
_NO_NAME = {"decltype", "noexcept", "requires", "alignas", "explicit", "nodiscard", "deprecated", "if", "sizeof", "__attribute__"}


@dataclass(frozen=True)
class Function:
    name: str
    line: int
    length: int  # lines from the signature to the closing brace; 0 for a declaration
    parameters: int


def blank(text):
    """The same text, comments and string contents replaced by spaces, lines kept."""
    def spaces(match):
        kept = re.sub(r"[^\n]", " ", match[0])
        return f'"{kept[1:-1]}"' if match[0][0] in "\"R" and "\n" not in match[0] else kept
    return _NOISE.sub(spaces, text)


def _count_parameters(signature, start):
    """Commas at the top level of the parenthesis that opens just before `start`."""
    depth, commas, content = 1, 0, ""
    for i in range(start, len(signature)):
        c = signature[i]
        if c in "([{<":
            depth += 1
        elif c in ")]}" or (c == ">" and signature[i - 1] != "-"):
            depth -= 1
            if depth == 0:
                break
        commas += c == "," and depth == 1
        content += c
    return 0 if content.strip() in ("", "void") else commas + 1


def _signature(text):
    """(name, parameters) of what looks like a function signature, or None."""
    text = re.sub(r"^(?:\s*(?:public|private|protected)\s*:)+", "", text).strip()
    if not text or _NOT_A_FUNCTION.match(text) or _TYPE_SCOPE.match(text):
        return None
    for match in _PARAMETERS.finditer(text):
        if match["name"] in _NO_NAME:
            continue
        before = text[:match.start()]
        if "=" in before.replace("operator=", "").replace("==", "") and not before.lstrip().startswith("template"):
            return None  # an initialiser, not a function
        return match["name"], _count_parameters(text, match.end())
    return None


def functions(text):
    """Every function defined, and every one declared at the level of a class or namespace."""
    code = _PREPROCESSOR.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), blank(text))
    scopes = []     # True: a class or namespace, where functions may be; False: anything else
    opened = None   # the function being read: (name, parameters, first line, depth of its brace)
    start = parens = 0
    for i, c in enumerate(code):
        if c in "()":
            parens += 1 if c == "(" else -1
        if c not in "{};" or parens > 0:
            continue
        outside = opened is None and all(scopes)
        pending = code[start:i]
        if c == "{":
            found = _signature(pending) if outside else None
            if found:
                opened = (*found, _first_line(code, start, i), len(scopes))
            scopes.append(bool(outside and not found and _TYPE_SCOPE.match(pending.strip())))
        elif c == "}" and scopes:
            scopes.pop()
            if opened and len(scopes) == opened[3]:
                name, parameters, line, _ = opened
                yield Function(name, line, code.count("\n", 0, i) + 2 - line, parameters)
                opened = None
        elif c == ";" and outside and (found := _signature(pending)):
            yield Function(found[0], _first_line(code, start, i), 0, found[1])
        start = i + 1


def _first_line(code, start, end):
    """The line where the text between the two offsets really begins."""
    begin = start + len(code[start:end]) - len(code[start:end].lstrip())
    return code.count("\n", 0, begin) + 1
