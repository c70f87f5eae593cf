"""Copies the front-end files that are served, and only those, from node_modules/ to static/vendor/.

The set-up (bin/environment.sh) runs it whenever package-lock.json or this file changes. What changes on the
way: source maps stay behind, so the lines that point at them go too.
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
SERVED = ROOT / "static" / "vendor"

FILES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE",
    "echarts/dist/echarts.min.js": "echarts.min.js",
    "echarts/LICENSE": "echarts.LICENSE",
    "echarts/NOTICE": "echarts.NOTICE",
    "swagger-ui-dist/swagger-ui.css": "swagger-ui/swagger-ui.css",
    "swagger-ui-dist/swagger-ui-bundle.js": "swagger-ui/swagger-ui-bundle.js",
    "swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt": "swagger-ui/swagger-ui-bundle.js.LICENSE.txt",
    "swagger-ui-dist/swagger-ui-standalone-preset.js": "swagger-ui/swagger-ui-standalone-preset.js",
    "swagger-ui-dist/LICENSE": "swagger-ui/LICENSE",
    "swagger-ui-dist/NOTICE": "swagger-ui/NOTICE",
}
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*$")


def copy_served_files() -> None:
    """Fill static/vendor/ anew; the folder appears whole or not at all."""
    fresh = SERVED.with_name(".vendor-new")
    shutil.rmtree(fresh, ignore_errors=True)
    for source, target in FILES.items():
        text = SOURCE_MAP.sub("", (PACKAGES / source).read_text(encoding="utf-8"))
        (fresh / target).parent.mkdir(parents=True, exist_ok=True)
        (fresh / target).write_text(text, encoding="utf-8")
    shutil.rmtree(SERVED, ignore_errors=True)
    fresh.rename(SERVED)


if __name__ == "__main__":
    try:
        copy_served_files()
    except FileNotFoundError as missing:
        sys.exit(f"bin/vendor.py: {missing.filename} is not there: run bin/serve or npm ci first")
