"""The one way onto the broker. A transport carries batches of bytes in and single messages out; it knows nothing of scenes."""
