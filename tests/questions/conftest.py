"""Mia's call for questions."""

import pytest

from tests.conftest import World
from tests.questions.calls import Call, open_call


@pytest.fixture
def call(world: World) -> Call:
    return open_call(world)
