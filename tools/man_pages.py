"""Puts the man pages into the wheel (`share/man/man1`) while it is built: they are never out of date, nor in git."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ManPages(BuildHookInterface):  # type: ignore[type-arg]
    """Writes the pages into a folder that lasts as long as the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # overrides
        sys.path.insert(0, str(Path(self.root) / "tools"))
        import manual

        self.folder = tempfile.TemporaryDirectory()
        manual.main([self.folder.name])
        for page in Path(self.folder.name).iterdir():
            build_data["shared_data"][str(page)] = f"share/man/man1/{page.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002  # overrides
        self.folder.cleanup()
