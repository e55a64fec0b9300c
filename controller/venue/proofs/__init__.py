"""What can be proved wrong with a venue whose every word is right, before anything runs. One file a proof."""
