"""Makes `made_record`, the made record of the digest's tests, importable."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "digest"))
