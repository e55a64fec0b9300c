"""The one way onto the broker: batches of bytes in, single messages out. It knows nothing of scenes."""
