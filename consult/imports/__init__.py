"""What comes in from elsewhere: files that forms left behind, and posts under a hashtag."""
