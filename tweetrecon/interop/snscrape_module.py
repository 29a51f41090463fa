"""The module ``snscrape.modules.twitter``, on every Python that snscrape itself can be installed on.

From Python 3.12 on ``import snscrape.modules`` fails: its ``__init__`` calls ``FileFinder.find_module``, which is gone
(snscrape issue 782). The module itself is sound, so it is loaded from its file, under its own name.
"""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from typing import Any

from tweetrecon.errors import ConfigurationError

NAME = "snscrape.modules.twitter"


@cache
def load() -> Any:
    """The module. Raises ConfigurationError where snscrape is not installed or cannot be loaded."""
    if NAME in sys.modules:
        return sys.modules[NAME]
    try:
        base = importlib.import_module("snscrape.base")
        path = Path(str(base.__file__)).with_name("modules") / "twitter.py"
        spec = importlib.util.spec_from_file_location(NAME, path)
        if spec is None or spec.loader is None:
            raise ImportError(f"{path} is missing")
        module = importlib.util.module_from_spec(spec)
        sys.modules[NAME] = module
        spec.loader.exec_module(module)
    except (ImportError, AttributeError, OSError) as error:
        sys.modules.pop(NAME, None)
        raise ConfigurationError(f"snscrape cannot be loaded ({error}); pip install 'tweetrecon[snscrape]'") from error
    return module
