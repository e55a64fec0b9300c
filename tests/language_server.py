"""A client of a language server, as an editor is one: JSON-RPC over the process's standard input and output."""

import contextlib
import json
import queue
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.brokers import needs
from tests.node import node_modules

WAIT_SECONDS = 20.0


class LanguageServer:
    """yaml-language-server with one folder open. Every wait is bounded."""

    def __init__(self, folder: Path) -> None:
        server = node_modules("yaml-language-server") / "yaml-language-server" / "bin" / "yaml-language-server"
        self._folder = folder
        self._process = subprocess.Popen(
            [needs("node"), str(server), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
        )
        self._heard: queue.Queue[dict[str, Any]] = queue.Queue()
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._asked = 0
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()
        self._ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self._tell("initialized", {})
        settings = {"yaml": {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}}
        self._tell("workspace/didChangeConfiguration", {"settings": settings})

    def opens(self, name: str) -> list[str]:
        """What it finds wrong with a file, as ``line:column message``."""
        path = self._folder / name
        text = path.read_text("utf-8")
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while path.as_uri() not in self._diagnostics:
            self._one()
        found = self._diagnostics[path.as_uri()]
        return [
            f"{one['range']['start']['line'] + 1}:{one['range']['start']['character'] + 1} {one['message']}"
            for one in found
        ]

    def completes(self, name: str, line: int, column: int) -> list[str]:
        """The words it offers there; line and column count from 1."""
        found = self._ask("textDocument/completion", self._at(name, line, column))
        return [one["label"] for one in (found["items"] if isinstance(found, dict) else found)]

    def hovers(self, name: str, line: int, column: int) -> str:
        """What it shows when one points there."""
        found = self._ask("textDocument/hover", self._at(name, line, column))
        return str(found["contents"]["value"]) if found else ""

    def close(self) -> None:
        self._process.kill()
        self._process.wait(WAIT_SECONDS)
        self._listening.join(WAIT_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _at(self, name: str, line: int, column: int) -> dict[str, Any]:
        uri = (self._folder / name).as_uri()
        return {"textDocument": {"uri": uri}, "position": {"line": line - 1, "character": column - 1}}

    def _ask(self, method: str, params: dict[str, Any]) -> Any:
        self._asked += 1
        number = self._asked
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        while True:
            said = self._one()
            if said.get("id") == number and "method" not in said:
                return said.get("result")

    def _tell(self, method: str, params: dict[str, Any]) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def _one(self) -> dict[str, Any]:
        """The next message; what it asks us is answered with nothing."""
        said = self._heard.get(timeout=WAIT_SECONDS)
        if said.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[said["params"]["uri"]] = said["params"]["diagnostics"]
        elif "id" in said and "method" in said:
            items = said.get("params", {}).get("items", [])
            self._send({"jsonrpc": "2.0", "id": said["id"], "result": [None for _ in items] or None})
        return said

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _listen(self) -> None:
        out = self._process.stdout
        assert out is not None
        while header := out.readline():
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
                while out.readline().strip():
                    pass
                self._heard.put(json.loads(out.read(length)))


@contextlib.contextmanager
def language_server(folder: Path) -> Iterator[LanguageServer]:
    server = LanguageServer(folder)
    try:
        yield server
    finally:
        server.close()
