"""The demo's processes: each in a session of its own, ended with the demo, started again after a kill of ours."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

GOODBYE_SECONDS = 3.0


class PartEnded(Exception):  # noqa: N818 - a fact that ends the demo
    """A process ended that should not have; the message names its log."""


class Part:
    """One process after another. A session of its own: Ctrl-C reaches the demo alone, which then ends it."""

    def __init__(self, command: Sequence[str], log: Path, environment: Mapping[str, str]) -> None:
        self._command = command
        self._log = log
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None
        self._killed = False

    @property
    def is_there(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Starts it; its log goes on."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=dict(self._environment),
                start_new_session=True,
            )

    async def keep(self) -> None:
        """Until it is cancelled: starts it again whenever it was killed here. Raises ``PartEnded``."""
        while self._process is not None:
            code = await self._process.wait()
            if not self._killed:
                raise PartEnded(f"a part of the demo ended with {code}; its log is {self._log}")
            self._killed = False
            await self.start()

    def kill(self) -> bool:
        """kill -9. False if it does not run just now."""
        if not self.is_there or self._killed or self._process is None:
            return False
        self._killed = True
        self._process.kill()
        return True

    async def stop(self) -> None:
        """SIGTERM, and kill -9 if that does not help."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            async with asyncio.timeout(GOODBYE_SECONDS):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


@asynccontextmanager
async def part(name: str, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> AsyncIterator[Part]:
    """A running part; its log is ``{name}.log`` in ``folder``."""
    found = Part(command, folder / f"{name}.log", environment)
    await found.start()
    try:
        yield found
    finally:
        await found.stop()
