"""Every form, in order of priority: where two claim the same place, the earlier wins."""

from __future__ import annotations

from tweetrecon.forms import (
    amp_twitter,
    bare_url,
    embed_card,
    escaped_markup,
    flat_byline,
    onebox,
    placeholder,
    plain_blockquote,
    publisher_frame,
    quoted_blockquote,
    rendered_widget,
    script_state,
    social_embed,
    status_link,
    substack,
    tweet_card,
    tweets_paragraph,
    twitter_blockquote,
    wordpress_block,
    wordpress_shortcode,
)
from tweetrecon.forms.form import Form, TextForm

FORMS: tuple[Form, ...] = (
    escaped_markup.FORM,
    twitter_blockquote.FORM,
    rendered_widget.FORM,
    substack.FORM,
    onebox.FORM,
    embed_card.FORM,
    plain_blockquote.FORM,
    tweet_card.FORM,
    social_embed.FORM,
    publisher_frame.FORM,
    amp_twitter.FORM,
    wordpress_block.FORM,
    placeholder.FORM,
    script_state.FORM,
    tweets_paragraph.FORM,
    quoted_blockquote.FORM,
    bare_url.FORM,
    status_link.FORM,
)
"""Forms in markup."""

TEXT_FORMS: tuple[TextForm, ...] = (
    flat_byline.FORM,
    wordpress_shortcode.FORM,
    bare_url.TEXT_FORM,
)
"""Forms in text; they read plain documents, and what markup forms left of pages."""
