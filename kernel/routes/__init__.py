"""The generic doors: JSON for every command and list, a page for every command, refusals as page or problem+json."""

from kernel.routes.json_door import answers, mount, serve
from kernel.routes.outbox_shell import runner
from kernel.routes.page_door import doors
from kernel.routes.refusals import install_refusals
from kernel.routes.search_shell import search
from kernel.routes.shell_door import do

__all__ = ["answers", "do", "doors", "install_refusals", "mount", "runner", "serve", "search"]
