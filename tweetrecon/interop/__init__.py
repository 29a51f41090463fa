"""Sightings and tweets from other tools, in and out."""
