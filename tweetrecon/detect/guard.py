"""The one place where an exception of a form ends: one defect must not cost a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from tweetrecon.forms.form import Form, TextForm
from tweetrecon.model import Embed, Reject, RejectCode, Stage


def guarded(
    form: Form | TextForm, read: Callable[[], Iterable[Embed | Reject]], rejects: list[Reject]
) -> Iterator[Embed]:
    """The embeds that a form reads; its refusals, and the exception that ends it, go to ``rejects``."""
    try:
        for item in read():
            if isinstance(item, Reject):
                rejects.append(replace(item, form=form.name))
            else:
                yield item
    except Exception as error:  # noqa: BLE001
        detail = f"{type(error).__name__}: {error}"
        rejects.append(Reject(stage=Stage.DETECT, code=RejectCode.FORM_CRASHED, form=form.name, detail=detail))
