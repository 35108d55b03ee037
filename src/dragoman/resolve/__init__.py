"""What only several documents together tell: copies and stories, one event of many reports, one actor of many names."""
