"""The numbers of this room that could be chosen otherwise, each with its unit and its reason."""

from typing import Final

CONNECT_SECONDS: Final = 10.0
"""Seconds that connecting may take: much less than a response, since giving up costs nothing."""

RESPONSE_SECONDS: Final = 60.0
"""Seconds that a call may take if the document does not say how long the operation takes."""

LONGEST_SECONDS: Final = 1_000_000_000.0
"""Seconds of the longest timeout that a caller can set, some 30 years: operating systems do not take much more."""

SHORTEST_SECRET: Final = 8
"""Characters of the shortest key that is removed from responses: a shorter one, of a test say, can be any word."""

LONGEST_CAUSE_TEXT: Final = 4096
"""Characters of a response in which the cause of a status is looked for: longer than any message of the service."""

DECODED_BYTES: Final = 1 << 27
"""Bytes that a response is decoded to, at most, in the search for a key: a second of work. The largest body holds no
more, unless it was made to be a bomb."""

DECODING_ROUNDS: Final = 6
"""Encodings within each other that are decoded. A gateway that quotes a page that quotes a URL makes three; the rest is
for who hides a key on purpose."""

COMPRESSED_PARTS: Final = 4096
"""Places in a body that are decompressed, at most. Of random bytes, one in 16,000 looks like the start of such a part,
and its first bytes show that it is none."""

LARGEST_SEARCHED: Final = 1 << 20
"""Bytes of the largest result that is searched for a key in every encoding: a failure has no more, and what is larger
holds images, in which the search takes seconds."""
