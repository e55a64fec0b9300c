"""Prints each source file longer than 400 lines and each function longer than 50, as file:line; exits 1 if any is.

Looks at what git tracks or would track, except docs/evidence, which holds what others wrote and measured.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE_LINES, FUNCTION_LINES = 400, 50
SOURCES = {".py", ".c", ".h", ".js", ".mjs", ".css", ".html", ".sh", ""}  # no suffix: Makefile, .ci/run
LONG_BY_NATURE = {"LICENSE"}


def files_in_git(root: Path) -> list[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout.split("\0")
    return [path for name in sorted(set(names)) if name and (path := root / name).is_file()]


def sources(root: Path) -> list[Path]:
    evidence = root / "docs" / "evidence"
    return [
        path
        for path in files_in_git(root)
        if path.suffix in SOURCES and path.name not in LONG_BY_NATURE and evidence not in path.parents
    ]


def too_long(path: Path) -> Iterator[tuple[int, str]]:
    """(line, what is wrong there)."""
    text = path.read_text("utf-8", "replace")
    if (lines := len(text.splitlines())) > FILE_LINES:
        yield 1, f"{lines} lines, limit {FILE_LINES}"
    if path.suffix != ".py":
        return
    for node in ast.walk(ast.parse(text, str(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield node.lineno, f"{node.name}: {lines} lines, limit {FUNCTION_LINES}"


def main(root: Path = ROOT) -> int:
    offences = [f"{path.relative_to(root)}:{line}: {what}" for path in sources(root) for line, what in too_long(path)]
    print("\n".join(offences) or f"no file over {FILE_LINES} lines, no function over {FUNCTION_LINES}")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
