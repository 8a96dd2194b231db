"""Who floods the sign-in holds few threads, and takes no turn from other places or from known browsers."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from symptoms.sign_in.turns import KNOWN, STRANGERS, TooBusy, Turns


class Crowd:
    """Askers that hold their turn until they are told to go."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.go = threading.Event()
        self.outcomes: Counter[str] = Counter()
        self._told = threading.Condition()

    def ask(self, asker: str) -> None:
        try:
            with self.turns.turn(asker):
                self._tell("in turn")
                assert self.go.wait(20)
        except TooBusy:
            self._tell("refused")

    def _tell(self, outcome: str) -> None:
        with self._told:
            self.outcomes[outcome] += 1
            self._told.notify_all()

    def await_that(self, is_so: Callable[[], bool]) -> None:
        with self._told:
            assert self._told.wait_for(is_so, 20), self.outcomes


def test_of_thirty_from_one_place_one_is_judged_and_one_waits() -> None:
    crowd = Crowd(Turns(places=2, seats=2, patience_s=20))
    with ThreadPoolExecutor(30) as threads:
        for _ in range(30):
            threads.submit(crowd.ask, "ward 3")
        crowd.await_that(lambda: crowd.outcomes == {"in turn": 1, "refused": 28})
        with crowd.turns.turn("ward 4"):  # another place does not notice
            pass
        crowd.go.set()
        crowd.await_that(lambda: crowd.outcomes == {"in turn": 2, "refused": 28})


def test_of_thirty_from_thirty_places_two_are_judged_and_two_wait() -> None:
    crowd = Crowd(Turns(places=2, seats=2, patience_s=20))
    with ThreadPoolExecutor(30) as threads:
        for number in range(30):
            threads.submit(crowd.ask, f"place {number}")
        crowd.await_that(lambda: crowd.outcomes == {"in turn": 2, "refused": 26})
        crowd.go.set()
        crowd.await_that(lambda: crowd.outcomes == {"in turn": 4, "refused": 26})


def test_who_waits_too_long_is_told_so_and_the_next_has_the_turn() -> None:
    turns = Turns(places=1, seats=1, patience_s=0.05)
    with turns.turn("one"), pytest.raises(TooBusy), turns.turn("one"):
        pytest.fail("two turns at once")
    with turns.turn("one"):
        pass


def test_a_turn_that_fails_is_given_back() -> None:
    turns = Turns(places=1, seats=0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns.turn("one"):
            raise ZeroDivisionError


def test_two_of_eight_threads_are_always_left_to_patients() -> None:
    assert sum(turns._places + turns._seats for turns in (STRANGERS, KNOWN)) <= 6
