"""What each provider's documents mean: message to item, reply to receipts and reports. No I/O, no clients."""
