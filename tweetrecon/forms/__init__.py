"""Every form, in order of priority: where two claim the same place, the earlier wins."""

from __future__ import annotations

from tweetrecon.forms import (
    amp_twitter,
    bare_url,
    blackbird_pie,
    cited_blockquote,
    claim_review,
    embed_card,
    escaped_markup,
    flat_byline,
    microformat,
    nitter_page,
    onebox,
    permalink_card,
    placeholder,
    plain_blockquote,
    publisher_frame,
    quoted_blockquote,
    rendered_widget,
    screenshot_link,
    script_state,
    social_embed,
    status_link,
    substack,
    tweet_card,
    tweet_tag,
    tweets_paragraph,
    twitter_blockquote,
    twitter_page,
    wordpress_block,
    wordpress_shortcode,
    x_page,
)
from tweetrecon.forms.form import Form, TextForm

FORMS: tuple[Form, ...] = (
    twitter_page.FORM,
    nitter_page.FORM,
    x_page.FORM,
    microformat.FORM,
    blackbird_pie.FORM,
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
    tweet_tag.FORM,
    placeholder.FORM,
    claim_review.FORM,
    script_state.FORM,
    tweets_paragraph.FORM,
    permalink_card.FORM,
    cited_blockquote.FORM,
    quoted_blockquote.FORM,
    screenshot_link.FORM,
    bare_url.FORM,
    status_link.FORM,
)
"""Forms in markup."""

TEXT_FORMS: tuple[TextForm, ...] = (
    flat_byline.FORM,
    tweet_tag.TEXT_FORM,
    wordpress_shortcode.FORM,
    bare_url.TEXT_FORM,
)
"""Forms in text; they read plain documents, and what markup forms left of pages."""
