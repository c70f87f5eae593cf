"""Copies the front-end files that are served, and only those, from node_modules/ to static/vendor/.

The set-up (bin/environment.sh) runs it whenever package-lock.json or this file changes. What changes on the way:
- govuk-frontend's font is licensed for one government's domain only, and its crest is that government's: both
  go; the font family becomes the custom property --font-family, which our own style sheet sets;
- source maps stay behind, so the lines that point at them go too.
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
SERVED = ROOT / "static" / "vendor"

FILES = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.css": "govuk-frontend.min.css",
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
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
FONT_FACE = re.compile(r"(/\*![^*]*\*/)?@font-face\{[^}]*\}")
FONT_FAMILY = "GDS Transport,arial,sans-serif"
CREST = re.compile(r"url\(/assets/images/govuk-crest\.svg\)")


def without_borrowed_marks(css: str) -> str:
    """govuk-frontend's style sheet without the font and the crest that are not ours to show."""
    css = FONT_FACE.sub("", css).replace(FONT_FAMILY, "var(--font-family,sans-serif)")
    css = CREST.sub("none", css)
    if "GDS Transport" in css or "url(/assets" in css:
        sys.exit("bin/vendor.py: govuk-frontend's style sheet has changed its shape; adapt the patterns")
    return css


def copy_served_files() -> None:
    """Fill static/vendor/ anew; the folder appears whole or not at all."""
    fresh = SERVED.with_name(".vendor-new")
    shutil.rmtree(fresh, ignore_errors=True)
    for source, target in FILES.items():
        text = SOURCE_MAP.sub("", (PACKAGES / source).read_text(encoding="utf-8"))
        if target == "govuk-frontend.min.css":
            text = without_borrowed_marks(text)
        (fresh / target).parent.mkdir(parents=True, exist_ok=True)
        (fresh / target).write_text(text, encoding="utf-8")
    shutil.rmtree(SERVED, ignore_errors=True)
    fresh.rename(SERVED)


if __name__ == "__main__":
    try:
        copy_served_files()
    except FileNotFoundError as missing:
        sys.exit(f"bin/vendor.py: {missing.filename} is not there: run bin/serve or npm ci first")
