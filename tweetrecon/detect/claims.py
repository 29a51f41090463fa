"""Who gets which place: overlaps between forms, and traces of one tweet at several places of a page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace

from lxml.html import HtmlElement

from tweetrecon.model import Embed, Reject, RejectCode, Role, Stage
from tweetrecon.twitter import folding, urls, usernames

_NEVER_FILLED = {
    "form", "role", "node", "xpath", "start", "end", "text_start", "text_end", "also_forms", "beginnings", "confidence"
}  # fmt: skip
_FILLED = tuple(f.name for f in fields(Embed) if f.name not in _NEVER_FILLED)


@dataclass(slots=True)
class Claims:
    """The embeds of one page in the order in which their forms claimed them, and what lost."""

    embeds: list[Embed] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    _at: dict[HtmlElement, int] = field(default_factory=dict)
    _below: dict[HtmlElement, list[int]] = field(default_factory=dict)

    def add(self, embed: Embed, *, holds: bool = True) -> None:
        """Let an embed claim its element, unless a stronger form holds that, an ancestor, or the same tweet in it.

        ``holds`` false: what comes later may claim the element, too, as several tweets of a text may end in one.
        """
        above = self.above(embed.node)
        for number in self._below.get(embed.node, ()) if above is None else (above,):
            if same_tweet(self.embeds[number], embed) or _completes(self.embeds[number], embed):
                self.embeds[number] = enriched(self.embeds[number], embed)
                return
        if above is None or _siblings(self.embeds[above], embed):
            self._claim(embed, holds)
        elif embed.role is not Role.LINKED:
            self.rejects.append(lost(RejectCode.OVERLAPS_STRONGER_FORM, embed, self.embeds[above]))

    def is_read(self, node: HtmlElement, form: str) -> bool:
        """Whether the element stands where an embed with its text has been read, by another form or with it."""
        above = self.above(node)
        if above is None or self.embeds[above].raw_text is None:
            return False
        return not (self.embeds[above].form == form and _apart(self.embeds[above].node, node))

    def above(self, node: HtmlElement) -> int | None:
        """The number of the embed that holds the element or one of its ancestors."""
        at = self._at
        if node in at:
            return at[node]
        return next((at[n] for n in node.iterancestors() if n in at), None)

    def _claim(self, embed: Embed, holds: bool) -> None:
        number = len(self.embeds)
        self.embeds.append(embed)
        if not holds:
            return
        self._at.setdefault(embed.node, number)
        if embed.role is not Role.LINKED:
            for ancestor in embed.node.iterancestors():
                self._below.setdefault(ancestor, []).append(number)


def settle(embeds: Collection[Embed]) -> tuple[list[Embed], list[Reject]]:
    """One embed for each tweet: weaker traces of a tweet enrich its strongest and leave a reject.

    A page that shows the whole text of a tweet twice in the same form keeps both places.
    """
    kept: list[Embed] = []
    rejects: list[Reject] = []
    first: dict[tuple[str, ...], int] = {}
    by_text = not all(map(tweet_id, embeds))
    for embed in sorted(embeds, key=lambda e: e.role is Role.LINKED):
        keys = _keys(embed, by_text)
        number = next((first[key] for key in keys if key in first), None)
        if number is None or not _is_trace(kept[number], embed):
            number = len(kept)
            kept.append(embed)
        else:
            rejects.append(lost(RejectCode.SAME_TWEET_AGAIN, embed, kept[number]))
            kept[number] = enriched(kept[number], embed)
        for key in keys:
            first.setdefault(key, number)
    return kept, rejects


def same_tweet(one: Embed, other: Embed) -> bool:
    """Whether two traces are of one tweet: by id; where one states none, by author and text."""
    ids = tweet_id(one), tweet_id(other)
    if all(ids):
        return ids[0] == ids[1]
    return not {key for key in _keys(one, True) if key[0] == "text"}.isdisjoint(_keys(other, True))


def _keys(embed: Embed, by_text: bool) -> list[tuple[str, ...]]:
    """What tells that two traces are of one tweet: the id; where some state none, author and text."""
    number = tweet_id(embed)
    keys: list[tuple[str, ...]] = [("id", number)] if number else []
    if by_text and embed.raw_text and embed.raw_username:
        keys.append(("text", embed.raw_username.lower(), folding.fold(embed.raw_text).key))
    return keys


def lost(code: RejectCode, embed: Embed, holder: Embed) -> Reject:
    """The reject that an embed leaves which lost against another."""
    return Reject(
        stage=Stage.DETECT,
        code=code,
        form=embed.form,
        detail=f"claimed by {holder.form}",
        evidence=(embed.raw_url or embed.tweet_id or embed.raw_text or "")[:80] or None,
        kept=code is RejectCode.SAME_TWEET_AGAIN,
    )


def enriched(embed: Embed, weaker: Embed) -> Embed:
    """The embed with what only the weaker trace of the same tweet tells."""
    missing = {name: getattr(weaker, name) for name in _FILLED if not getattr(embed, name) and getattr(weaker, name)}
    forms = dict.fromkeys((*embed.also_forms, weaker.form, *weaker.also_forms))
    role = Role.EMBEDDED if Role.EMBEDDED in (embed.role, weaker.role) else embed.role
    return replace(embed, role=role, also_forms=tuple(f for f in forms if f != embed.form), **missing)


def tweet_id(embed: Embed) -> str | None:
    """The id that an embed states, in an attribute or in its URL."""
    if embed.tweet_id:
        return embed.tweet_id
    status = urls.parse_status(embed.raw_url) if embed.raw_url else None
    return status.tweet_id if status else None


def _completes(holder: Embed, inside: Embed) -> bool:
    """Whether an embed inside another's element gives the text that this one lacks."""
    if holder.role is Role.LINKED or holder.raw_text or not inside.raw_text or _other_author(holder, inside):
        return False
    return not (tweet_id(holder) and tweet_id(inside))


def _other_author(one: Embed, other: Embed) -> bool:
    """Whether two embeds name different accounts: in the byline, else in the status URL."""
    names = _username(one), _username(other)
    return all(names) and names[0] != names[1]


def _username(embed: Embed) -> str | None:
    status = urls.parse_status(embed.raw_url) if embed.raw_url and not embed.raw_username else None
    name = embed.raw_username or (status.username if status else None)
    return usernames.fold(name) if name else None


def _siblings(holder: Embed, embed: Embed) -> bool:
    """Whether one form read both, from one element (a script that holds many tweets) or from nested blockquotes."""
    return holder.form == embed.form and (holder.node is embed.node or _apart(holder.node, embed.node))


def _apart(outer: HtmlElement, inner: HtmlElement) -> bool:
    """Whether two elements are nested blockquotes: an unclosed one holds the next, each is read without the others."""
    return outer is not inner and outer.tag == inner.tag == "blockquote"


def _is_trace(first: Embed, again: Embed) -> bool:
    """Whether a later embed is but a trace of a tweet: of the same id if any, in another form or without text."""
    ids = tweet_id(first), tweet_id(again)
    if all(ids) and ids[0] != ids[1]:
        return False
    shown_again = first.form == again.form and again.role is Role.EMBEDDED
    return not (shown_again and first.raw_text and again.raw_text) or _is_fallback(again.node)


def _is_fallback(node: HtmlElement | None) -> bool:
    """Whether an element stands there for readers without scripts only, who see no other copy."""
    return node is not None and any(above.tag == "noscript" for above in node.iterancestors())
