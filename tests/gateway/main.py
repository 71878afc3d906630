"""Runs the cases of this folder, one town for all but those that need their own, and counts them."""
import os
import sys
import traceback
from pathlib import Path
from xml.sax.saxutils import escape

import cases
import hostile
from town import Town


def run(name, case, report):
    try:
        case()
        print(f"  réussi : {name}")
        report.append((name, ""))
    except Exception:  # whatever went wrong is this case's failure, and the next one runs
        print(f"  échoué : {name}\n{traceback.format_exc()}")
        report.append((name, f"<failure>{escape(traceback.format_exc())}</failure>"))


def main():
    report, wanted = [], sys.argv[1:]
    chosen = lambda found: [(name, case) for name, case in found if not wanted or case.__name__ in wanted]
    shared = chosen(cases.SHARED + hostile.SHARED)
    if shared:
        with Town() as town:
            for name, case in shared:
                run(name, lambda: case(town), report)
    for name, case in chosen(cases.ALONE):
        run(name, case, report)
    if os.environ.get("REPORT"):
        lines = "".join(f"<testcase classname=\"gateway\" name=\"{escape(name)}\">{result}</testcase>" for name, result in report)
        Path(os.environ["REPORT"]).write_text(f"<testsuite name=\"gateway\">{lines}</testsuite>", encoding="utf-8")
    return 1 if any(result for _, result in report) else 0


if __name__ == "__main__":
    sys.exit(main())
