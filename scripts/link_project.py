"""Makes the packages importable in this virtual environment and gives it `marketplace`.

The same as `pip install --editable .`, without a build: no build tool has to be fetched, and a
changed file works at once. Run by the environment's own python.
"""

import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

SCRIPT = """#!{python}
from marketplace.app.cli import main

main()
"""

Path(sysconfig.get_path("purelib"), "cho-phien.pth").write_text(f"{ROOT}\n", encoding="utf-8")
command = Path(sysconfig.get_path("scripts"), "marketplace")
command.write_text(SCRIPT.format(python=sys.executable), encoding="utf-8")
command.chmod(0o755)
