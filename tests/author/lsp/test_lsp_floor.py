"""While an editor is answered, what is checked behind the answer waits."""

from __future__ import annotations

import asyncio
import threading
import time

from goldenthread.author.lsp.floor import Floor


def test_what_is_behind_waits_while_an_answer_is_made_and_goes_on_when_nobody_asks() -> None:
    floor = Floor()
    done: list[str] = []
    begun = threading.Event()

    def behind() -> None:
        for n in range(3):
            begun.set()
            floor.wait()
            done.append(f"part {n}")

    async def answering() -> None:
        working = asyncio.get_running_loop().run_in_executor(None, behind)
        assert begun.wait(10)
        time.sleep(0.05)  # the answer that is being made
        done.append("answer")
        await working

    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(floor)) as runner:
        runner.run(answering())
    assert done == ["answer", "part 0", "part 1", "part 2"]


def test_nothing_is_left_waiting_when_the_editor_has_gone() -> None:
    floor = Floor()
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(floor)) as runner:
        runner.run(asyncio.sleep(0))
    waiting = threading.Thread(target=floor.wait, daemon=True)
    waiting.start()
    waiting.join(10)
    assert not waiting.is_alive()
