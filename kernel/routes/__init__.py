"""The generic doors: JSON for every command and list, a page for every command, refusals as page or problem+json."""

from kernel.routes.json_door import mount, serve
from kernel.routes.page_door import doors
from kernel.routes.refusals import install_refusals
from kernel.routes.shell_door import do

__all__ = ["do", "doors", "install_refusals", "mount", "serve"]
