# @generated from openapi/flux-schnell.yaml (SHA-256 80f6a332d87e) by `make generate`. Do not edit: change that file.
"""The clients: one method for each operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from . import results as _results
from ._runtime.client.clients import AsyncClient as _AsyncClient
from ._runtime.client.clients import SyncClient as _SyncClient
from ._runtime.client.retrying import Backoff, RetryOption
from ._runtime.spec.credentials import hidden as _hidden
from ._runtime.spec.service import Settings as _Settings
from ._runtime.validation.checking import checked_arguments, unchecked
from ._service import SERVICE as _SERVICE
from .api.images import generate_image as _generate_image
from .models.generate_image_request import FIELDS as _GENERATE_IMAGE_REQUEST_FIELDS
from .models.generate_image_request import GenerateImageRequest
from .models.generate_image_request_sampler_name import (
    GenerateImageRequestSamplerName,
)
from .models.generate_image_request_scheduler import (
    GenerateImageRequestScheduler,
)
from .types import UNSET, Unset

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncGenerator, Generator, Iterable, Mapping, Sequence

    import httpx

    from ._runtime.client.budget import Budget
    from ._runtime.client.events import Hook
    from ._runtime.client.many import Outcome
    from ._runtime.spec.credentials import Secret as _Secret
    from ._runtime.transport.timeouts import Timeout
    from .results import GenerateImageFile, GenerateImageResult


class Client(_SyncClient):
    """The blocking client of Segmind Flux Schnell. It can be shared between threads, and is closed at the end of a `with`.

    Args:
        api_key: The key that goes into the header `x-api-key`. Taken from the environment variable SEGMIND_API_KEY by
            default. No repr, log or pickle shows it.
        base_url: Where the service lives, by default https://api.segmind.com.
        timeout: Seconds that a whole call may take, with its retries and the waits between them, or None for no limit; or a
            `httpx.Timeout` with a limit for each phase of an attempt. By default 300 seconds, of which 10 for a connection.
            How long the system takes to look up a name is beyond it.
        retry: When a call is sent again: a policy, "unknown-too" to send again also what may have been billed, or None for
            never. By default only what cannot have bought anything: see `Backoff`.
        budget: What may be spent. Several clients can share one.
        hooks: Called with `AttemptStarted` before each attempt, and with `AttemptEnded` after it.
        headers: Further headers for every request.
        provenance: Whether images are saved with the request that they came from, prompt and all.
        max_response_bytes: Most bytes to take of a response, or None for what the document lets an image have.
        allow_http: Whether the key may be sent over the network without TLS. To this machine it always may.
        proxy: A proxy to go through; by default the one that the environment names.
        transport: A transport of `httpx` to send with.
        http_client: A client of `httpx` to send with. It is not closed with this one, and proxy and transport are its own.

    Raises:
        ConfigurationError: Something of this cannot be used.
        MissingKeyError: There is no key, neither here nor in the environment.

    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        retry: RetryOption = Backoff(),
        budget: Budget | None = None,
        hooks: Sequence[Hook] = (),
        headers: Mapping[str, str] | None = None,
        provenance: bool = True,
        max_response_bytes: int | None = None,
        allow_http: bool = False,
        proxy: str | httpx.URL | httpx.Proxy | None = None,
        transport: httpx.BaseTransport | None = None,
        http_client: httpx.Client | None = None,
    ) -> None:
        keys: dict[str, _Secret | None] = {
            "api_key": _hidden(api_key),
        }
        # Should anything of this fail, tools that show local variables find no key.
        del api_key
        super().__init__(
            _Settings.gather(
                _SERVICE,
                keys,
                base_url,
                headers,
                allow_http=allow_http,
                provenance=provenance,
                max_response_bytes=max_response_bytes,
            ),
            timeout=timeout,
            retry=retry,
            budget=budget,
            hooks=hooks,
            proxy=proxy,
            transport=transport,
            http_client=http_client,
        )

    @checked_arguments(*_generate_image.PARAMETERS, *_GENERATE_IMAGE_REQUEST_FIELDS, extra_body="extra_body")
    def generate_image(
        self,
        *,
        prompt: str,
        steps: int | Unset = 4,
        seed: int | Literal["random"] | Unset = 123456789,
        sampler_name: GenerateImageRequestSamplerName | Unset = "euler",
        scheduler: GenerateImageRequestScheduler | Unset = "normal",
        samples: int | Unset = 1,
        width: int | Unset = 1024,
        height: int | Unset = 1024,
        denoise: float | Unset = 1.0,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
    ) -> GenerateImageResult:
        """Generate an image from a text prompt.

        Takes about 10 seconds, minutes when the model has to be started first. The same parameters with the same seed
        give the same image, and a call that leaves the seed out uses a constant one: it buys the same image each time.

        Args:
            prompt: What the image shall show, in words. (str, at least 1 character; evidence: page; minLength:
                inferred)
            steps: Inference steps, each of which refines the image. (int, 1 to 8; evidence: page) Default: 4.
            seed: Start of the random numbers. The same seed with the same parameters gives the same image; -1 asks the
                service to draw a seed. The default is a constant: calls that leave it out buy the same image each time.
                (int, within 64 bits, or 'random'; evidence: page; format: seen) Default: 123456789.
            sampler_name: Sampling algorithm. The page's list is cut off: the first ten names are the vendor's, the
                others are those of the ComfyUI release whose list starts with the same ten. (one of euler, euler_pp,
                euler_ancestral, euler_ancestral_pp, heun, heunpp2, dpm_2, dpm_2_ancestral, lms, dpm_fast, dpm_adaptive,
                dpmpp_2s_ancestral, dpmpp_sde, dpmpp_sde_gpu, dpmpp_2m, dpmpp_2m_sde, dpmpp_2m_sde_gpu, dpmpp_3m_sde,
                dpmpp_3m_sde_gpu, ddpm, lcm, ipndm, ipndm_v, deis, ddim, uni_pc, uni_pc_bh2; evidence: page; enum: 10
                vendor, 17 inferred) Default: 'euler'.
            scheduler: How the noise falls from step to step. (one of normal, karras, exponential, sgm_uniform, simple,
                ddim_uniform; evidence: page; enum: vendor) Default: 'normal'.
            samples: How many samples to generate. What a response with more than one looks like is not documented.
                (int; evidence: page) Default: 1.
            width: Width of the image in pixels. (int, 512 to 2048, a multiple of 8; evidence: page) Default: 1024.
            height: Height of the image in pixels. (int, 512 to 2048, a multiple of 8; evidence: page) Default: 1024.
            denoise: How much of the noise is taken away; 1 is all of it. (float, 0 to 1; evidence: page) Default: 1.0.
            extra_body: Fields of the body that this client does not know yet, sent as they are. One that it does know
                is sent from here.
            timeout: As that of the client, for this call.

        Raises:
            InvalidRequestError: The call breaks a rule; nothing was sent.
            MissingKeyError: The client has no key for this operation; nothing was sent.
            BudgetExhaustedError: The call would spend more than the client's budget allows; nothing was sent.
            NotSentError: No connection came about; nothing was sent.
            OutcomeUnknownError: The request was sent, and no whole response came back.
            BadRequestError: 400. The body is malformed, or a field is missing.
            UnauthorizedError: 401. The API key is missing, wrong or expired.
            ModelNotPermittedError: 403. The account may not use this model.
            NotFoundError: 404. The requested URL does not exist.
            MethodNotAllowedError: 405. The requested HTTP method is not allowed.
            NotEnoughCreditsError: 406. Not enough credits. Newer pages of the vendor use this status also for an
                invalid content type, a value that was rejected before running, and a team's limit; the message alone
                tells which.
            ModelRetiredError: 410. The model has been taken out of service.
            RateLimitedError: 429. Too many requests in too short a time.
            ServerError: 500. The service had an issue with processing.
            ServiceUnavailableError: 503. The service cannot take the request now; it may be starting the model.
            RedirectRefusedError: The response is a redirect, which is not followed.
            GatewayError: The response is a 5xx that the document does not explain: the outcome is unknown.
            UndocumentedStatusError: The response has a status that is not documented.
            InvalidImageError: The response is a success without the image that was asked for; it has the bytes.
        """
        _request = _generate_image.build_request(
            body=unchecked(
                GenerateImageRequest,
                prompt=prompt,
                steps=steps,
                seed=seed,
                sampler_name=sampler_name,
                scheduler=scheduler,
                samples=samples,
                width=width,
                height=height,
                denoise=denoise,
            ),
        )
        return self.call(
            _generate_image.OPERATION,
            _request,
            extra_body=extra_body,
            timeout=timeout,
        )

    @checked_arguments(
        *_generate_image.PARAMETERS, *_GENERATE_IMAGE_REQUEST_FIELDS, extra_body="extra_body", positional="path"
    )
    def generate_image_to_file(
        self,
        path: str | os.PathLike[str],
        *,
        prompt: str,
        steps: int | Unset = 4,
        seed: int | Literal["random"] | Unset = 123456789,
        sampler_name: GenerateImageRequestSamplerName | Unset = "euler",
        scheduler: GenerateImageRequestScheduler | Unset = "normal",
        samples: int | Unset = 1,
        width: int | Unset = 1024,
        height: int | Unset = 1024,
        denoise: float | Unset = 1.0,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
    ) -> GenerateImageFile:
        """`generate_image` into a file, with little memory however large it is.

        Args:
            path: Where to write it. What is there is replaced, once all has come and is checked: after any fault the
                file is whole or absent.
            prompt: What the image shall show, in words. (str, at least 1 character; evidence: page; minLength:
                inferred)
            steps: Inference steps, each of which refines the image. (int, 1 to 8; evidence: page) Default: 4.
            seed: Start of the random numbers. The same seed with the same parameters gives the same image; -1 asks the
                service to draw a seed. The default is a constant: calls that leave it out buy the same image each time.
                (int, within 64 bits, or 'random'; evidence: page; format: seen) Default: 123456789.
            sampler_name: Sampling algorithm. The page's list is cut off: the first ten names are the vendor's, the
                others are those of the ComfyUI release whose list starts with the same ten. (one of euler, euler_pp,
                euler_ancestral, euler_ancestral_pp, heun, heunpp2, dpm_2, dpm_2_ancestral, lms, dpm_fast, dpm_adaptive,
                dpmpp_2s_ancestral, dpmpp_sde, dpmpp_sde_gpu, dpmpp_2m, dpmpp_2m_sde, dpmpp_2m_sde_gpu, dpmpp_3m_sde,
                dpmpp_3m_sde_gpu, ddpm, lcm, ipndm, ipndm_v, deis, ddim, uni_pc, uni_pc_bh2; evidence: page; enum: 10
                vendor, 17 inferred) Default: 'euler'.
            scheduler: How the noise falls from step to step. (one of normal, karras, exponential, sgm_uniform, simple,
                ddim_uniform; evidence: page; enum: vendor) Default: 'normal'.
            samples: How many samples to generate. What a response with more than one looks like is not documented.
                (int; evidence: page) Default: 1.
            width: Width of the image in pixels. (int, 512 to 2048, a multiple of 8; evidence: page) Default: 1024.
            height: Height of the image in pixels. (int, 512 to 2048, a multiple of 8; evidence: page) Default: 1024.
            denoise: How much of the noise is taken away; 1 is all of it. (float, 0 to 1; evidence: page) Default: 1.0.
            extra_body: Fields of the body that this client does not know yet, sent as they are. One that it does know
                is sent from here.
            timeout: As that of the client, for this call.

        Raises:
            InvalidRequestError: The call breaks a rule; nothing was sent.
            MissingKeyError: The client has no key for this operation; nothing was sent.
            BudgetExhaustedError: The call would spend more than the client's budget allows; nothing was sent.
            NotSentError: No connection came about; nothing was sent.
            OutcomeUnknownError: The request was sent, and no whole response came back.
            BadRequestError: 400. The body is malformed, or a field is missing.
            UnauthorizedError: 401. The API key is missing, wrong or expired.
            ModelNotPermittedError: 403. The account may not use this model.
            NotFoundError: 404. The requested URL does not exist.
            MethodNotAllowedError: 405. The requested HTTP method is not allowed.
            NotEnoughCreditsError: 406. Not enough credits. Newer pages of the vendor use this status also for an
                invalid content type, a value that was rejected before running, and a team's limit; the message alone
                tells which.
            ModelRetiredError: 410. The model has been taken out of service.
            RateLimitedError: 429. Too many requests in too short a time.
            ServerError: 500. The service had an issue with processing.
            ServiceUnavailableError: 503. The service cannot take the request now; it may be starting the model.
            RedirectRefusedError: The response is a redirect, which is not followed.
            GatewayError: The response is a 5xx that the document does not explain: the outcome is unknown.
            UndocumentedStatusError: The response has a status that is not documented.
            InvalidImageError: The response is a success without the image that was asked for; it has the bytes.
            NotSavedError: The disk did not take it; the error has the bytes.
        """
        _request = _generate_image.build_request(
            body=unchecked(
                GenerateImageRequest,
                prompt=prompt,
                steps=steps,
                seed=seed,
                sampler_name=sampler_name,
                scheduler=scheduler,
                samples=samples,
                width=width,
                height=height,
                denoise=denoise,
            ),
        )
        return self.call_to_file(
            _generate_image.OPERATION,
            _request,
            _results.GenerateImageFile,
            _results.GENERATE_IMAGE_RESULT_SPEC,
            path,
            extra_body=extra_body,
            timeout=timeout,
        )

    def generate_many(
        self,
        requests: Iterable[GenerateImageRequest],
        *,
        in_flight: int = 8,
        timeout: Timeout | Unset = UNSET,
    ) -> Generator[Outcome[GenerateImageRequest, GenerateImageResult], None, None]:
        """Call `generate_image` for many requests, and yield an `Outcome` of each as it comes.

        Never stops for one that fails: its outcome has the error. Requests are drawn as there is room for them.

        Closed early, or left by an exception, it waits for the calls on their way, since they may be bought already.
        Nobody gets their outcomes, but the client and its budget learn them.

        Args:
            requests: The requests. What is none becomes an outcome with an `InvalidRequestError`.
            in_flight: Most calls at once, at least 1.
            timeout: As that of the client, for each call.

        Raises:
            ConfigurationError: `in_flight` is no whole number from 1; nothing was sent.
        """
        from ._runtime.client.many import many as _many

        return _many(
            self,
            _generate_image.job(),
            requests,
            in_flight=in_flight,
            timeout=timeout,
        )


class AsyncClient(_AsyncClient):
    """The asynchronous client of Segmind Flux Schnell, closed at the end of an `async with`.

    Args:
        api_key: The key that goes into the header `x-api-key`. Taken from the environment variable SEGMIND_API_KEY by
            default. No repr, log or pickle shows it.
        base_url: Where the service lives, by default https://api.segmind.com.
        timeout: Seconds that a whole call may take, with its retries and the waits between them, or None for no limit; or a
            `httpx.Timeout` with a limit for each phase of an attempt. By default 300 seconds, of which 10 for a connection.
        retry: When a call is sent again: a policy, "unknown-too" to send again also what may have been billed, or None for
            never. By default only what cannot have bought anything: see `Backoff`.
        budget: What may be spent. Several clients can share one.
        hooks: Called with `AttemptStarted` before each attempt, and with `AttemptEnded` after it.
        headers: Further headers for every request.
        provenance: Whether images are saved with the request that they came from, prompt and all.
        max_response_bytes: Most bytes to take of a response, or None for what the document lets an image have.
        allow_http: Whether the key may be sent over the network without TLS. To this machine it always may.
        proxy: A proxy to go through; by default the one that the environment names.
        transport: A transport of `httpx` to send with, or "httpx" or "aiohttp" for one of the client's own. By
            default the one over aiohttp, which holds thousands of calls at once, if the extra `aiohttp` is installed and no
            proxy is gone through.
        http_client: A client of `httpx` to send with. It is not closed with this one, and proxy and transport are its own.

    Raises:
        ConfigurationError: Something of this cannot be used.
        MissingKeyError: There is no key, neither here nor in the environment.

    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        retry: RetryOption = Backoff(),
        budget: Budget | None = None,
        hooks: Sequence[Hook] = (),
        headers: Mapping[str, str] | None = None,
        provenance: bool = True,
        max_response_bytes: int | None = None,
        allow_http: bool = False,
        proxy: str | httpx.URL | httpx.Proxy | None = None,
        transport: httpx.AsyncBaseTransport | Literal["httpx", "aiohttp"] | None = None,
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        keys: dict[str, _Secret | None] = {
            "api_key": _hidden(api_key),
        }
        # Should anything of this fail, tools that show local variables find no key.
        del api_key
        super().__init__(
            _Settings.gather(
                _SERVICE,
                keys,
                base_url,
                headers,
                allow_http=allow_http,
                provenance=provenance,
                max_response_bytes=max_response_bytes,
            ),
            timeout=timeout,
            retry=retry,
            budget=budget,
            hooks=hooks,
            proxy=proxy,
            transport=transport,
            http_client=http_client,
        )

    @checked_arguments(*_generate_image.PARAMETERS, *_GENERATE_IMAGE_REQUEST_FIELDS, extra_body="extra_body")
    async def generate_image(
        self,
        *,
        prompt: str,
        steps: int | Unset = 4,
        seed: int | Literal["random"] | Unset = 123456789,
        sampler_name: GenerateImageRequestSamplerName | Unset = "euler",
        scheduler: GenerateImageRequestScheduler | Unset = "normal",
        samples: int | Unset = 1,
        width: int | Unset = 1024,
        height: int | Unset = 1024,
        denoise: float | Unset = 1.0,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
    ) -> GenerateImageResult:
        """Generate an image from a text prompt.

        Takes about 10 seconds, minutes when the model has to be started first. The same parameters with the same seed
        give the same image, and a call that leaves the seed out uses a constant one: it buys the same image each time.

        Args:
            prompt: What the image shall show, in words. (str, at least 1 character; evidence: page; minLength:
                inferred)
            steps: Inference steps, each of which refines the image. (int, 1 to 8; evidence: page) Default: 4.
            seed: Start of the random numbers. The same seed with the same parameters gives the same image; -1 asks the
                service to draw a seed. The default is a constant: calls that leave it out buy the same image each time.
                (int, within 64 bits, or 'random'; evidence: page; format: seen) Default: 123456789.
            sampler_name: Sampling algorithm. The page's list is cut off: the first ten names are the vendor's, the
                others are those of the ComfyUI release whose list starts with the same ten. (one of euler, euler_pp,
                euler_ancestral, euler_ancestral_pp, heun, heunpp2, dpm_2, dpm_2_ancestral, lms, dpm_fast, dpm_adaptive,
                dpmpp_2s_ancestral, dpmpp_sde, dpmpp_sde_gpu, dpmpp_2m, dpmpp_2m_sde, dpmpp_2m_sde_gpu, dpmpp_3m_sde,
                dpmpp_3m_sde_gpu, ddpm, lcm, ipndm, ipndm_v, deis, ddim, uni_pc, uni_pc_bh2; evidence: page; enum: 10
                vendor, 17 inferred) Default: 'euler'.
            scheduler: How the noise falls from step to step. (one of normal, karras, exponential, sgm_uniform, simple,
                ddim_uniform; evidence: page; enum: vendor) Default: 'normal'.
            samples: How many samples to generate. What a response with more than one looks like is not documented.
                (int; evidence: page) Default: 1.
            width: Width of the image in pixels. (int, 512 to 2048, a multiple of 8; evidence: page) Default: 1024.
            height: Height of the image in pixels. (int, 512 to 2048, a multiple of 8; evidence: page) Default: 1024.
            denoise: How much of the noise is taken away; 1 is all of it. (float, 0 to 1; evidence: page) Default: 1.0.
            extra_body: Fields of the body that this client does not know yet, sent as they are. One that it does know
                is sent from here.
            timeout: As that of the client, for this call.

        Raises:
            InvalidRequestError: The call breaks a rule; nothing was sent.
            MissingKeyError: The client has no key for this operation; nothing was sent.
            BudgetExhaustedError: The call would spend more than the client's budget allows; nothing was sent.
            NotSentError: No connection came about; nothing was sent.
            OutcomeUnknownError: The request was sent, and no whole response came back.
            BadRequestError: 400. The body is malformed, or a field is missing.
            UnauthorizedError: 401. The API key is missing, wrong or expired.
            ModelNotPermittedError: 403. The account may not use this model.
            NotFoundError: 404. The requested URL does not exist.
            MethodNotAllowedError: 405. The requested HTTP method is not allowed.
            NotEnoughCreditsError: 406. Not enough credits. Newer pages of the vendor use this status also for an
                invalid content type, a value that was rejected before running, and a team's limit; the message alone
                tells which.
            ModelRetiredError: 410. The model has been taken out of service.
            RateLimitedError: 429. Too many requests in too short a time.
            ServerError: 500. The service had an issue with processing.
            ServiceUnavailableError: 503. The service cannot take the request now; it may be starting the model.
            RedirectRefusedError: The response is a redirect, which is not followed.
            GatewayError: The response is a 5xx that the document does not explain: the outcome is unknown.
            UndocumentedStatusError: The response has a status that is not documented.
            InvalidImageError: The response is a success without the image that was asked for; it has the bytes.
        """
        _request = _generate_image.build_request(
            body=unchecked(
                GenerateImageRequest,
                prompt=prompt,
                steps=steps,
                seed=seed,
                sampler_name=sampler_name,
                scheduler=scheduler,
                samples=samples,
                width=width,
                height=height,
                denoise=denoise,
            ),
        )
        return await self.call(
            _generate_image.OPERATION,
            _request,
            extra_body=extra_body,
            timeout=timeout,
        )

    @checked_arguments(
        *_generate_image.PARAMETERS, *_GENERATE_IMAGE_REQUEST_FIELDS, extra_body="extra_body", positional="path"
    )
    async def generate_image_to_file(
        self,
        path: str | os.PathLike[str],
        *,
        prompt: str,
        steps: int | Unset = 4,
        seed: int | Literal["random"] | Unset = 123456789,
        sampler_name: GenerateImageRequestSamplerName | Unset = "euler",
        scheduler: GenerateImageRequestScheduler | Unset = "normal",
        samples: int | Unset = 1,
        width: int | Unset = 1024,
        height: int | Unset = 1024,
        denoise: float | Unset = 1.0,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
    ) -> GenerateImageFile:
        """`generate_image` into a file, with little memory however large it is.

        Args:
            path: Where to write it. What is there is replaced, once all has come and is checked: after any fault the
                file is whole or absent.
            prompt: What the image shall show, in words. (str, at least 1 character; evidence: page; minLength:
                inferred)
            steps: Inference steps, each of which refines the image. (int, 1 to 8; evidence: page) Default: 4.
            seed: Start of the random numbers. The same seed with the same parameters gives the same image; -1 asks the
                service to draw a seed. The default is a constant: calls that leave it out buy the same image each time.
                (int, within 64 bits, or 'random'; evidence: page; format: seen) Default: 123456789.
            sampler_name: Sampling algorithm. The page's list is cut off: the first ten names are the vendor's, the
                others are those of the ComfyUI release whose list starts with the same ten. (one of euler, euler_pp,
                euler_ancestral, euler_ancestral_pp, heun, heunpp2, dpm_2, dpm_2_ancestral, lms, dpm_fast, dpm_adaptive,
                dpmpp_2s_ancestral, dpmpp_sde, dpmpp_sde_gpu, dpmpp_2m, dpmpp_2m_sde, dpmpp_2m_sde_gpu, dpmpp_3m_sde,
                dpmpp_3m_sde_gpu, ddpm, lcm, ipndm, ipndm_v, deis, ddim, uni_pc, uni_pc_bh2; evidence: page; enum: 10
                vendor, 17 inferred) Default: 'euler'.
            scheduler: How the noise falls from step to step. (one of normal, karras, exponential, sgm_uniform, simple,
                ddim_uniform; evidence: page; enum: vendor) Default: 'normal'.
            samples: How many samples to generate. What a response with more than one looks like is not documented.
                (int; evidence: page) Default: 1.
            width: Width of the image in pixels. (int, 512 to 2048, a multiple of 8; evidence: page) Default: 1024.
            height: Height of the image in pixels. (int, 512 to 2048, a multiple of 8; evidence: page) Default: 1024.
            denoise: How much of the noise is taken away; 1 is all of it. (float, 0 to 1; evidence: page) Default: 1.0.
            extra_body: Fields of the body that this client does not know yet, sent as they are. One that it does know
                is sent from here.
            timeout: As that of the client, for this call.

        Raises:
            InvalidRequestError: The call breaks a rule; nothing was sent.
            MissingKeyError: The client has no key for this operation; nothing was sent.
            BudgetExhaustedError: The call would spend more than the client's budget allows; nothing was sent.
            NotSentError: No connection came about; nothing was sent.
            OutcomeUnknownError: The request was sent, and no whole response came back.
            BadRequestError: 400. The body is malformed, or a field is missing.
            UnauthorizedError: 401. The API key is missing, wrong or expired.
            ModelNotPermittedError: 403. The account may not use this model.
            NotFoundError: 404. The requested URL does not exist.
            MethodNotAllowedError: 405. The requested HTTP method is not allowed.
            NotEnoughCreditsError: 406. Not enough credits. Newer pages of the vendor use this status also for an
                invalid content type, a value that was rejected before running, and a team's limit; the message alone
                tells which.
            ModelRetiredError: 410. The model has been taken out of service.
            RateLimitedError: 429. Too many requests in too short a time.
            ServerError: 500. The service had an issue with processing.
            ServiceUnavailableError: 503. The service cannot take the request now; it may be starting the model.
            RedirectRefusedError: The response is a redirect, which is not followed.
            GatewayError: The response is a 5xx that the document does not explain: the outcome is unknown.
            UndocumentedStatusError: The response has a status that is not documented.
            InvalidImageError: The response is a success without the image that was asked for; it has the bytes.
            NotSavedError: The disk did not take it; the error has the bytes.
        """
        _request = _generate_image.build_request(
            body=unchecked(
                GenerateImageRequest,
                prompt=prompt,
                steps=steps,
                seed=seed,
                sampler_name=sampler_name,
                scheduler=scheduler,
                samples=samples,
                width=width,
                height=height,
                denoise=denoise,
            ),
        )
        return await self.call_to_file(
            _generate_image.OPERATION,
            _request,
            _results.GenerateImageFile,
            _results.GENERATE_IMAGE_RESULT_SPEC,
            path,
            extra_body=extra_body,
            timeout=timeout,
        )

    def generate_many(
        self,
        requests: Iterable[GenerateImageRequest],
        *,
        in_flight: int = 8,
        timeout: Timeout | Unset = UNSET,
    ) -> AsyncGenerator[Outcome[GenerateImageRequest, GenerateImageResult], None]:
        """Call `generate_image` for many requests, and yield an `Outcome` of each as it comes.

        Never stops for one that fails: its outcome has the error. Requests are drawn as there is room for them.

        Closed early, or left by an exception, it waits for the calls on their way, since they may be bought already.
        Nobody gets their outcomes, but the client and its budget learn them. Only where the task itself is cancelled,
        or something fails that is no `APIError`, the calls on their way are cancelled: what came of them is unknown.
        Use `contextlib.aclosing` where a loop may be left early.

        Args:
            requests: The requests. What is none becomes an outcome with an `InvalidRequestError`.
            in_flight: Most calls at once, at least 1.
            timeout: As that of the client, for each call.

        Raises:
            ConfigurationError: `in_flight` is no whole number from 1; nothing was sent.
        """
        from ._runtime.client.many import many_async as _many_async

        return _many_async(
            self,
            _generate_image.job(),
            requests,
            in_flight=in_flight,
            timeout=timeout,
        )


__all__ = ["AsyncClient", "Client"]
