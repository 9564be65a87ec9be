"""Images in a notebook: how they come, and how they are shown."""

from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.client.notebook.kernel import Kernel

CALLS = {
    "blocking": "Client().generate_image(prompt='a tiger', width=512)",
    "awaited": """
        async with AsyncClient() as client:
            image = await client.generate_image(prompt='a tiger', width=512)
        image
    """,
    "over the queue": "Client(route='queue').generate_image(prompt='a tiger', width=512)",
    "of a job": "Client().submit_image(prompt='a tiger', width=512).wait()",
    "to a file": "Client().generate_image_to_file('tiger.jpg', prompt='a tiger', width=512)",
}


@pytest.mark.parametrize("code", CALLS.values(), ids=CALLS)
def test_an_image_shows_itself(kernel: Kernel, code: str) -> None:
    """As the value of a cell it is a JPEG, with its repr beside, in a loop that runs already."""
    cell = kernel.run(code)
    assert set(cell.value) == {"image/jpeg", "text/plain"}
    assert Image.open(BytesIO(b64decode(cell.value["image/jpeg"]))).size == (512, 1024)
    assert cell.metadata == {"image/jpeg": {"alt": "a tiger", "width": 320}}
    assert "width=512, height=1024" in cell.value["text/plain"]


def test_an_image_of_another_format_shows_itself(kernel: Kernel) -> None:
    """A PNG by its type, and a WebP in HTML, which notebooks show."""
    saved = "Client().generate_image_to_file('tiger.{}', prompt='a <b>tiger</b>', width=512)"
    assert set(kernel.run(saved.format("png")).value) == {"image/png", "text/plain"}
    shown = kernel.run(saved.format("webp")).value
    assert set(shown) == {"text/html", "text/plain"}
    assert shown["text/html"].startswith('<img src="data:image/webp;base64,')
    assert shown["text/html"].endswith(' alt="a &lt;b&gt;tiger&lt;/b&gt;" width="320">')


def test_a_saved_image_whose_file_is_gone_shows_its_repr(kernel: Kernel) -> None:
    """Without an error below the cell."""
    cell = kernel.run("""
        image = Client().generate_image_to_file('tiger.jpg', prompt='a tiger')
        image.path.unlink()
        image
    """)
    assert set(cell.value) == {"text/plain"}
    assert "tiger.jpg" in cell.value["text/plain"]
    assert not cell.printed


def test_images_are_displayed_in_a_loop(kernel: Kernel) -> None:
    """Blocking, as they arrive, each below the last."""
    cell = kernel.run("""
        requests = [GenerateImageRequest(prompt=f'tiger {n}', width=512, height=512) for n in range(3)]
        with Client() as client:
            for outcome in client.generate_many(requests):
                display(outcome.unwrap())
    """)
    assert [set(one) for one in cell.displayed] == [{"image/jpeg", "text/plain"}] * 3


def test_images_are_displayed_in_a_loop_that_awaits(kernel: Kernel) -> None:
    """The same with `async for`, in the loop of the kernel."""
    cell = kernel.run("""
        requests = [GenerateImageRequest(prompt=f'tiger {n}', width=512, height=512) for n in range(3)]
        async with AsyncClient() as client:
            async for outcome in client.generate_many(requests):
                if outcome.result is None:
                    raise outcome.error
                display(outcome.result)
    """)
    assert [set(one) for one in cell.displayed] == [{"image/jpeg", "text/plain"}] * 3


def test_a_list_of_results_is_short(kernel: Kernel) -> None:
    """A list, and the outcomes in it, are shown as text, without the bytes of images."""
    cell = kernel.run("""
        with Client() as client:
            outcomes = list(client.generate_many([GenerateImageRequest(prompt='a tiger'), 'a tiger']))
        outcomes
    """)
    (text,) = cell.value.values()
    assert text.startswith(("[SuccessfulOutcome(index=", "[FailedOutcome(index="))
    assert "InvalidRequestError" in text
    assert len(text) < 1200


def test_other_libraries_take_an_image(kernel: Kernel) -> None:
    """Pillow, NumPy, and whatever takes bytes."""
    cell = kernel.run("""
        import numpy as np
        image = Client().generate_image(prompt='a tiger', width=512)
        pixels = np.asarray(image)
        print(pixels.shape, pixels.dtype, image.to_pil().size, bytes(image) == image.content)
        image.to_pil().resize((64, 128))
    """)
    assert cell.printed == "(1024, 512, 3) uint8 (512, 1024) True\n"
    assert "image/png" in cell.value


@pytest.mark.parametrize(
    ("call", "name", "said"),
    [
        ("image.to_pil()", "ModuleNotFoundError", "to_pil() needs Pillow, which is not installed: "),
        ("image.save('tiger.png')", "NotSavedError", "Pillow converts it: "),
    ],
)
def test_a_missing_library_is_named_with_the_command_of_notebooks(
    kernel: Kernel, call: str, name: str, said: str
) -> None:
    """`%pip` installs into the environment of the kernel; another `pip` may not."""
    cell = kernel.fail(f"""
        import sys
        image = Client().generate_image(prompt='a tiger')
        before, sys.modules['PIL'] = sys.modules.get('PIL'), None
        try:
            {call}
        finally:
            del sys.modules['PIL']
    """)
    assert cell.error.ename == name
    assert f"{said}%pip install pillow" in cell.error.evalue


def test_no_cell_shows_the_key(kernel: Kernel, tmp_path: Path) -> None:
    """Neither a client nor a result, a job, a batch or an error: notebooks are passed on."""
    cells = [
        kernel.run("key = os.environ['SEGMIND_API_KEY']\nclient = Client()\nclient"),
        kernel.run("client.generate_image(prompt='a tiger')"),
        kernel.run("client.submit_image(prompt='a tiger')"),
        kernel.run("Batch('tigers').run(client, [GenerateImageRequest(prompt='a tiger')], progress=True)"),
        kernel.fail("client.generate_image(prompt='')"),
        kernel.fail("Client(api_key='wrong').generate_image(prompt='a tiger')"),
    ]
    key = kernel.run("print(key)").printed.strip()
    assert key
    assert not [cell for cell in cells if key in str(cell.outputs)]
