"""How bytes travel: attempts, connections, transports, time limits, bounded bodies."""
