"""Services that may still have a tweet: asked only by ``tweetrecon hydrate --online``, and only for ids it names.

All that reaches the network is :mod:`tweetrecon.online.client` and the package snscrape, where it is chosen.
"""
