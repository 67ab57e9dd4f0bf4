"""What the reader of drawings learns from: see train_reader.py."""
