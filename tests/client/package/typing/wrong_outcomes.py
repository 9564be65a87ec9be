"""What a consumer gets wrong with outcomes: each line with a mark is an error of type, and no other is."""

from segmind_flux_schnell import Client, FailedOutcome, GenerateImageRequest, GenerateImageResult, Outcome

Tiger = Outcome[GenerateImageRequest, GenerateImageResult]


def not_asked(client: Client, requests: list[GenerateImageRequest]) -> None:
    """Nobody has asked yet which of the two it is."""
    for outcome in client.generate_many(requests):
        outcome.result.save("tiger.jpg")  # wrong: may be None
        raise outcome.error  # wrong: may be None


def mixed_up(outcome: Tiger) -> None:
    """The one is taken for the other."""
    if outcome.result is None:
        outcome.result.save("tiger.jpg")  # wrong: None here
    elif outcome.error is None:
        print(outcome.error.billed)  # wrong: None here
    if outcome.error is not None:
        outcome.result.save("tiger.jpg")  # wrong: None here


def misused(outcome: Tiger, failed: FailedOutcome[GenerateImageRequest]) -> None:
    """What they do not have, and what they do not take."""
    outcome.index = 1  # wrong: frozen
    print(outcome.unwrap().colour)  # wrong: no such attribute
    print(failed.result.seed)  # wrong: a failure has no result
    FailedOutcome(index=0, request=failed.request)  # wrong: error is missing
    FailedOutcome(index=0, request=failed.request, error="billed")  # wrong: text
