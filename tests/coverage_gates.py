"""Says how far coverage is from its goals and fails below their floors; the last part of bin/test.

Goals and floors stand in pyproject.toml: the goal is what is aimed at, the floor what was reached and is not lost again.
Reads the report of `coverage json`. A share counts lines and branches together, so 100 means that every branch ran.
"""

import json
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

Files = dict[str, dict[str, Any]]


def share(summaries: list[dict[str, Any]]) -> float:
    """Covered lines and branches in percent, rounded down to hundredths so that 99.999 is not 100."""
    covered = sum(s["covered_lines"] + s.get("covered_branches", 0) for s in summaries)
    all_of_them = sum(s["num_statements"] + s.get("num_branches", 0) for s in summaries)
    return covered * 10_000 // all_of_them / 100 if all_of_them else 100.0


def files_of(gate: dict[str, Any], files: Files) -> Files:
    """The measured files a gate speaks of."""
    return {name: file for name, file in files.items() if any(fnmatch(name, p) for p in gate["files"])}


def spans(lines: list[int]) -> str:
    """Line numbers as a reader wants them: 3–5, 9."""
    groups: list[list[int]] = []
    for line in sorted(lines):
        if groups and line == groups[-1][-1] + 1:
            groups[-1].append(line)
        else:
            groups.append([line])
    return ", ".join(str(g[0]) if len(g) == 1 else f"{g[0]}–{g[-1]}" for g in groups)


def shortfalls(files: Files, at_least: float) -> list[str]:
    """The files below the line, worst first, with the lines and the branches (from → to) that did not run."""
    rows = [(share([file["summary"]]), name, file) for name, file in files.items()]
    return [
        f"  {figure:6.2f} %  {name}  {spans(file['missing_lines'])}  "
        + " ".join(f"{here}→{there}" for here, there in file.get("missing_branches", [])[:12])
        for figure, name, file in sorted(rows, key=lambda row: row[:2])
        if figure < at_least
    ]


def judge(files: Files, gates: dict[str, Any]) -> bool:
    """Print each gate's figure and what is missing of its goal; True where none is below its floor."""
    holds = True
    for gate in [*gates["gate"], {"name": "everything", "files": ["*"], **gates["overall"]}]:
        chosen = files_of(gate, files)
        figure = share([file["summary"] for file in chosen.values()])
        holds = holds and bool(chosen) and figure >= gate["floor"]
        if figure < gate["goal"]:
            print("\n".join(shortfalls(chosen, gate["goal"])))
        aims = f"goal {gate['goal']} %, floor {gate['floor']} %"
        print(f"Coverage of {gate['name']}: {figure:.2f} % ({aims}, {len(chosen)} files)")
    return holds


if __name__ == "__main__":
    report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    sys.exit(0 if judge(report["files"], project["tool"]["shuheng"]["coverage"]) else 1)
