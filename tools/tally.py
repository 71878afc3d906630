"""Adds up the suites that tools/test ran and prints the closing line; exits 1 when one failed.

Each suite left NAME.code (its exit code) and perhaps NAME.xml (JUnit). A doctest program counts for its cases.
"""

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

_DOCTEST = re.compile(r"test cases:\s*\d+\s*\|\s*(\d+) passed\s*\|\s*(\d+) failed\s*\|\s*(\d+) skipped")


def count(case):
    """(passed, failed, skipped) of one JUnit test case."""
    if inner := _DOCTEST.search(case.findtext("system-out") or ""):
        passed, failed, skipped = (int(n) for n in inner.groups())
        # doctest counts as skipped the cases its command line leaves out, none here; a crash after the count still fails
        return (passed, max(failed, 1) if case.find("failure") is not None else failed, skipped)
    if case.find("failure") is not None or case.find("error") is not None:
        return (0, 1, 0)
    return (0, 0, 1) if case.find("skipped") is not None or case.get("status") == "notrun" else (1, 0, 0)


def count_suite(code_file):
    code = int(code_file.read_text())
    report = code_file.with_suffix(".xml")
    try:
        cases = [count(case) for case in ET.parse(report).iter("testcase")] if report.exists() else []
    except ET.ParseError:
        cases = []
    passed, failed, skipped = (sum(column) for column in zip(*cases)) if cases else (0, 0, 0)
    if code and not failed:
        failed = 1  # it stopped before it could say what failed
    if not code and not cases:
        passed = 1
    return passed, failed, skipped


def main():
    total = [0, 0, 0]
    for code_file in sorted(Path(sys.argv[1]).glob("*.code")):
        counts = count_suite(code_file)
        total = [a + b for a, b in zip(total, counts)]
        print(f"  {code_file.stem:<10} {counts[0]} réussis, {counts[1]} échoués, {counts[2]} sautés")
    print(f"{total[0]} passed, {total[1]} failed" + (f", {total[2]} skipped" if total[2] else ""))
    return 1 if total[1] or not total[0] else 0


if __name__ == "__main__":
    sys.exit(main())
