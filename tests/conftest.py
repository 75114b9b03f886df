"""Settings of the property-based tests: few examples at a desk, the same ones each time in CI."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_common = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], print_blob=False
)
settings.register_profile("default", _common, max_examples=40)
settings.register_profile("ci", _common, max_examples=60, derandomize=True, database=None)
settings.register_profile("thorough", _common, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))
