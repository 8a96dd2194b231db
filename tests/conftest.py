"""What every test may use."""

pytest_plugins = ["tests.cast", "tests.running", "tests.chromium"]
