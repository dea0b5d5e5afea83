import pytest

from cleaner import Restorer


@pytest.fixture(scope="session")
def restorer() -> Restorer:
    """One restorer for all tests: loading is what takes time."""
    return Restorer()
