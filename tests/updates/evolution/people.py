"""What people write into the project before each update; together with the old lines it works."""

from __future__ import annotations

from tests.updates.evolution import version_1, version_2, version_3, version_4

BEFORE = {2: version_1.WRITTEN, 3: version_2.WRITTEN, 4: version_3.WRITTEN, 5: version_4.WRITTEN}
"""What was written in the version before each."""

OVER = {5: version_4.BETWEEN}
"""What people take away once a version is there."""
