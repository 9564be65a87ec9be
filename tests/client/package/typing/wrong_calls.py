"""What a consumer gets wrong in a call: each line with a mark is an error of type, and no other line is."""

import httpx

from segmind_flux_schnell import AsyncClient, Client


def wrong(client: Client, maybe: str | None) -> None:
    """Calls of the blocking client."""
    client.generate_image()  # wrong: prompt is missing
    client.generate_image(steps=4)  # wrong: prompt is missing
    client.generate_image("a tiger")  # wrong: keywords only
    client.generate_image(prompt=maybe)  # wrong: None is no prompt
    client.generate_image(prompt=b"a tiger")  # wrong: bytes
    client.generate_image(prompt="a tiger", sampler_name="eulr")  # wrong: no such sampler
    client.generate_image(prompt="a tiger", scheduler="karas")  # wrong: no such scheduler
    client.generate_image(prompt=maybe or "a tiger", scheduler=maybe or "normal")  # wrong: any text is no scheduler
    client.generate_image(prompt="a tiger", num_inference_steps=4)  # wrong: a name of another service
    client.generate_image(prompt="a tiger", hieght=1024)  # wrong: misspelt
    client.generate_image(prompt="a tiger", steps="4")  # wrong: text
    client.generate_image(prompt="a tiger", steps=4.5)  # wrong: float
    client.generate_image(prompt="a tiger", seed=None)  # wrong: UNSET leaves it out
    client.generate_image(prompt="a tiger", denoise="1")  # wrong: text
    client.generate_image(prompt="a tiger", extra_body=["unlisted"])  # wrong: no mapping
    client.generate_image(prompt="a tiger", timeout="5")  # wrong: text
    client.generate_image(prompt="a tiger").save()  # wrong: no path
    print(client.generate_image(prompt="a tiger").remaining_credits + 1)  # wrong: may be None
    print(client.generate_image(prompt="a tiger").colour)  # wrong: no such attribute
    print(client.generate_image(prompt="a tiger").to_pil().colour)  # wrong: no such attribute
    print(client.generate_image(prompt="a tiger").to_pil("RGB"))  # wrong: no such parameter


def wrongly_ordered(client: Client) -> None:
    """Jobs."""
    client.submit_image()  # wrong: prompt is missing
    client.submit_image(prompt="a tiger", on_mismatch="raise")  # wrong: the handle takes it
    client.submit_image(prompt="a tiger").save("tiger.jpg")  # wrong: a handle is no image
    print(client.submit_image(prompt="a tiger").wait().report.seed)  # wrong: may be None
    client.image_job(7)  # wrong: a number


def wrongly_viewed(client: Client) -> None:
    """Views."""
    client.with_options(5)  # wrong: keywords only
    client.with_options(timeout="5")  # wrong: text
    client.with_options(budget=5)  # wrong: a number
    client.with_options(retry="always")  # wrong: no such policy
    client.with_options(api_key="key")  # wrong: not an option of a view
    client.with_options(timout=5)  # wrong: misspelt
    client.with_options(route="fast")  # wrong: no such route
    client.with_options(hooks=print)  # wrong: no list


async def wrongly_awaited(client: Client, awaited: AsyncClient) -> None:
    """What is to be awaited, and what is not."""
    await client.generate_image(prompt="a tiger")  # wrong: nothing to await
    awaited.generate_image(prompt="a tiger").save("tiger.jpg")  # wrong: not awaited
    await awaited.generate_image(prompt="a tiger", sampler_name="eulr")  # wrong: no such sampler
    await awaited.generate_image(promt="a tiger")  # wrong: misspelt


def wrongly_made() -> None:
    """Clients."""
    Client("key")  # wrong: keywords only
    Client(api_key=5)  # wrong: a number
    Client(token="key")  # wrong: no such name
    Client(base_url=httpx.URL("http://127.0.0.1"))  # wrong: text only
    Client(transport=httpx.AsyncHTTPTransport())  # wrong: of the other kind
    AsyncClient(http_client=httpx.Client())  # wrong: of the other kind
    Client(headers=[("x-a", "b")])  # wrong: no mapping
    Client(route="fast")  # wrong: no such route
