"""What others build against, written from the code: a room that reads declarations and makes documents. Pure."""
