"""What is true of Twitter, whatever page it stands in: ids, addresses, usernames, dates, retweets and bylines.

Pure functions over strings; nothing here knows of documents or markup.
"""
