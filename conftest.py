"""Sets up every pytest run: private kernel settings, figures compared, property tests repeatable."""

import os

import hypothesis
import hypothesis.configuration
import kernel_env


def pytest_configure(config):
    """Before any kernel starts; the kernels inherit the environment."""
    private = kernel_env.isolate()
    # figures.save compares with figures/ and raises, so that a test run never writes into the clone
    os.environ["CHIPNOTES_FIGURES"] = "check"
    # the same examples every time, no time limit each, and no .hypothesis folder in a read-only checkout
    hypothesis.configuration.set_hypothesis_home_dir(private / "hypothesis")
    hypothesis.settings.register_profile("chipnotes", derandomize=True, deadline=None, database=None)
    hypothesis.settings.load_profile("chipnotes")
