"""Every form, in order of priority: where two claim the same place, the earlier wins."""

from __future__ import annotations

from tweetrecon.forms import status_link, twitter_blockquote
from tweetrecon.forms.form import Form, TextForm

FORMS: tuple[Form, ...] = (
    twitter_blockquote.FORM,
    status_link.FORM,
)
"""Forms in markup."""

TEXT_FORMS: tuple[TextForm, ...] = ()
"""Forms in text; they read plain documents, and what markup forms left of pages."""
