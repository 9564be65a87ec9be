"""What a consumer gets wrong with requests as objects: each line with a mark is an error of type, and no other is."""

from segmind_flux_schnell import APIError, AsyncClient, Client, GenerateImageRequest, NotEnoughCreditsError
from segmind_flux_schnell.api.images import generate_image

GenerateImageRequest()  # wrong: prompt is missing
GenerateImageRequest(prompt=5)  # wrong: a number
GenerateImageRequest(prompt="a tiger", sampler_name="eulr")  # wrong: no such sampler
GenerateImageRequest(prompt="a tiger", steps=None)  # wrong: UNSET leaves it out
GenerateImageRequest(prompt="a tiger", num_inference_steps=4)  # wrong: a name of another service
GenerateImageRequest.from_dict("a tiger")  # wrong: no mapping

request = GenerateImageRequest(prompt="a tiger")
request.scheduler = "karas"  # wrong: no such scheduler
request.steps = "4"  # wrong: text
request.num_inference_steps = 4  # wrong: no such attribute


def wrongly_sent(client: Client, awaited: AsyncClient) -> None:
    """The conventional functions."""
    generate_image.sync(client=client, body={"prompt": "a tiger"})  # wrong: a dict
    generate_image.sync(client=awaited, body=request)  # wrong: of the other kind
    generate_image.sync(body=request)  # wrong: client is missing
    print(generate_image.sync_detailed(client=client, body=request).parsed.content)  # wrong: ErrorBody, or None


async def wrongly_awaited(client: Client) -> None:
    """The conventional functions that are awaited."""
    await generate_image.asyncio(client=client, body=request)  # wrong: of the other kind


def wrongly_caught(error: APIError, refused: NotEnoughCreditsError) -> None:
    """Errors."""
    print(error.status_code)  # wrong: not every error has one
    print(refused.body.error)  # wrong: may be None
