"""What several notebooks share: findings, the worlds they are put to, comparing of readers, charts."""
