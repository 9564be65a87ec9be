# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""The clients: one method for each operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self

from . import models as _models
from ._runtime.base.lazy_modules import LazyModule as _LazyModule
from ._runtime.client.clients import AsyncClient as _AsyncClient
from ._runtime.client.clients import SyncClient as _SyncClient
from ._runtime.client.retrying import Backoff, RetryOption
from ._runtime.spec.credentials import hidden as _hidden
from ._runtime.spec.service import Settings as _Settings
from ._runtime.validation.checking import checked_arguments, unchecked
from ._runtime.validation.values import checked_fields as _checked_fields
from ._service import SERVICE as _SERVICE
from .types import UNSET, Unset

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncGenerator, Generator, Iterable, Mapping, Sequence

    import httpx

    from . import results as _results
    from ._runtime.client.budget import Budget
    from ._runtime.client.events import Hook
    from ._runtime.client.jobs import AsyncJob as _AsyncJob
    from ._runtime.client.jobs import SyncJob as _SyncJob
    from ._runtime.client.outcomes import Outcome
    from ._runtime.client.rate_limit import RateLimit
    from ._runtime.client.results import OnMismatch
    from ._runtime.spec.credentials import Secret as _Secret
    from ._runtime.transport.options import Certificates, Proxy, Timeout
    from .api.account import get_user_credits as _get_user_credits
    from .api.images import generate_image as _generate_image
    from .api.queue import get_request_result as _get_request_result
    from .api.queue import get_request_status as _get_request_status
    from .api.queue import submit_image as _submit_image
    from .jobs import AsyncImageJob, ImageJob
    from .models.generate_image_request import GenerateImageRequest
    from .models.generate_image_request_sampler_name import (
        GenerateImageRequestSamplerName,
    )
    from .models.generate_image_request_scheduler import (
        GenerateImageRequestScheduler,
    )
    from .models.job_result import JobResult
    from .models.job_status import JobStatus
    from .models.user_credits import UserCredits
    from .results import (
        GenerateImageFile,
        GenerateImageResult,
    )
else:
    _results = _LazyModule(".results")
    _generate_image = _LazyModule(".api.images.generate_image")
    _submit_image = _LazyModule(".api.queue.submit_image")
    _get_request_status = _LazyModule(".api.queue.get_request_status")
    _get_request_result = _LazyModule(".api.queue.get_request_result")
    _get_user_credits = _LazyModule(".api.account.get_user_credits")


class Client(_SyncClient):
    """The blocking client of Segmind Flux Schnell. Threads can share it.

    Use it in a `with` block, which closes its connections, or call `close`.

    Args:
        api_key: The key that goes into the header `x-api-key`. Defaults to the environment variable
            SEGMIND_API_KEY. It never appears in a repr, log or pickle.
        base_url: Base URL of the service. Defaults to the environment variable SEGMIND_BASE_URL, or else to
            https://api.segmind.com.
        timeout: Time limit of a call in seconds, retries and the waits between them included, or None for no
            limit; or an `httpx.Timeout` with a limit for each phase of an attempt. By default 300 seconds, of
            which 10 for a connection. It does not limit how long the system takes to resolve a host name.
        retry: When to send a call again: a policy, None for never, or "unknown-too" to send again even what may
            have been billed. By default, a call is sent again until its timeout if it cannot have been billed:
            see `Backoff`.
        budget: Limits on spending. Several clients can share one.
        on_mismatch: What to do with a whole image whose size, seed or format is not the requested one. "accept",
            the default, keeps it, with a warning in its `warnings`; "raise" raises a `MismatchError` with its
            bytes. You pay for it in both cases.
        rate_limit: How fast to send, as `"60 a minute"` or as a `RateLimit`, which clients can share. Requests
            are spaced evenly, and the timeout of a call starts when its turn comes.
        hooks: Called with an `AttemptStarted` before each attempt, and with an `AttemptEnded` after it.
        headers: Additional headers for every request.
        provenance: Whether saved images embed the request that they were made from, prompt included.
        max_response_bytes: Size limit of a response in bytes, or None for what the document implies.
        allow_http: Whether to send the key without TLS. It is always sent to this machine.
        proxy: Proxy to send through. Defaults to the one in the environment variables.
        ssl_context: Certificates to trust: an `ssl.SSLContext`, or the path of a PEM file or folder with the
            certificates of authorities. Defaults to the path in SSL_CERT_FILE, SSL_CERT_DIR, REQUESTS_CA_BUNDLE
            or CURL_CA_BUNDLE, or else to the authorities that Mozilla trusts.
        transport: An `httpx` transport to send with, instead of the client's own.
        http_client: An `httpx.Client` to send with, instead of `transport` and `proxy`. It stays open when this
            client is closed.
        route: How images are ordered: "direct" waits for each in one call; "queue" starts a job and collects it,
            with the same methods and results (`generate_image` by `submit_image`). Once a job has started, its
            image cannot get lost, and the timeout of a call limits all of it. A `rate_limit` counts the polls of
            a job, but not the download of its image.

    Raises:
        ConfigurationError: An argument, or an environment variable, cannot be used.
        MissingKeyError: No key was given, and the environment has none.
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        retry: RetryOption = Backoff(),
        budget: Budget | None = None,
        on_mismatch: OnMismatch = "accept",
        rate_limit: RateLimit | str | None = None,
        hooks: Sequence[Hook] = (),
        headers: Mapping[str, str] | None = None,
        provenance: bool = True,
        max_response_bytes: int | None = None,
        allow_http: bool = False,
        proxy: Proxy | None = None,
        ssl_context: Certificates | None = None,
        route: Literal["direct", "queue"] = "direct",
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
            on_mismatch=on_mismatch,
            rate_limit=rate_limit,
            hooks=hooks,
            proxy=proxy,
            ssl_context=ssl_context,
            transport=transport,
            http_client=http_client,
            route=route,
        )

    def with_options(
        self,
        *,
        timeout: Timeout | Unset = UNSET,
        retry: RetryOption | Unset = UNSET,
        budget: Budget | None | Unset = UNSET,
        on_mismatch: OnMismatch | Unset = UNSET,
        rate_limit: RateLimit | str | None | Unset = UNSET,
        hooks: Sequence[Hook] | Unset = UNSET,
        headers: Mapping[str, str] | None | Unset = UNSET,
        provenance: bool | Unset = UNSET,
        max_response_bytes: int | None | Unset = UNSET,
        route: Literal["direct", "queue"] | Unset = UNSET,
    ) -> Self:
        """Return a view of this client with other options. It uses the same connections and the same key.

        What you do not pass is shared with the client: the budget, the rate limit, the hooks. A view is a client, and
        can have views. Closing a view closes nothing; closing the client closes all of its views.

        Args:
            timeout: As for the client: seconds, an `httpx.Timeout`, or None for no limit.
            retry: As for the client: a policy, "unknown-too", or None for never.
            budget: Another budget in place of the client's, or None for no limit. The client's own then counts
                nothing.
            on_mismatch: "accept" or "raise".
            rate_limit: Another limit in place of the client's, or None for none.
            hooks: Called after the hooks of the client.
            headers: Added to the headers of the client; one with the same name replaces it.
            provenance: Whether saved images embed the request that they were made from.
            max_response_bytes: Size limit of a response in bytes, or None for what the document implies.
            route: "direct" or "queue".

        Raises:
            ConfigurationError: An option cannot be used.
        """
        return self._view(
            timeout=timeout,
            retry=retry,
            budget=budget,
            on_mismatch=on_mismatch,
            rate_limit=rate_limit,
            hooks=hooks,
            headers=headers,
            provenance=provenance,
            max_response_bytes=max_response_bytes,
            route=route,
        )

    @checked_arguments(
        lambda: (*_generate_image.PARAMETERS, *_checked_fields(_models.GenerateImageRequest)), extra_body="extra_body"
    )
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
        on_mismatch: OnMismatch | Unset = UNSET,
    ) -> GenerateImageResult:
        """Generate an image from a text prompt.

        A call takes about 10 seconds, or minutes if the model has to start first. The same parameters with the same
        seed give the same image. The default seed is a constant, so a call without a seed buys the same image each
        time.

        Args:
            prompt: Text that describes the image. (str, at least 1 character)
            steps: Number of inference steps, each of which refines the image. (int, 1 to 8) Default: 4.
            seed: Seed of the random numbers. The same seed with the same parameters gives the same image; -1 asks the
                service to draw one. The default is a constant, so calls that leave it out buy the same image each
                time. (int, within 64 bits, or 'random') Default: 123456789.
            sampler_name: Sampling algorithm. (one of the 27 values of `GenerateImageRequestSamplerName`) Default:
                'euler'.
            scheduler: How the noise decreases from step to step. (one of normal, karras, exponential, sgm_uniform,
                simple, ddim_uniform) Default: 'normal'.
            samples: Number of images to generate. What the response to more than one looks like is not documented.
                (int) Default: 1.
            width: Width of the image in pixels. (int, 512 to 2048, a multiple of 8) Default: 1024.
            height: Height of the image in pixels. (int, 512 to 2048, a multiple of 8) Default: 1024.
            denoise: Share of the noise to remove; 1 removes all of it. (float, 0 to 1) Default: 1.0.
            extra_body: Additional fields of the body, sent unchanged. They override documented fields.
            timeout: Time limit of this call; default: the client's.
            on_mismatch: What to do with an image that differs from the request; default: the client's.

        Raises:
            InvalidRequestError: An argument is not allowed; nothing was sent.
            MissingKeyError: The client has no key for this operation; nothing was sent.
            BudgetExhaustedError: The call would exceed the client's budget; nothing was sent.
            NotSentError: No connection could be made; nothing was sent.
            OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
            BadRequestError: 400. The body is malformed, a field is missing, or the model does not support the
                operation.
            UnauthorizedError: 401. The API key is missing, wrong or expired.
            KeyNotReceivedError: … No key reached the service.
            KeyRefusedError: … The key is wrong or has expired. The service also refuses a key that is sent as a
                bearer token.
            ModelNotPermittedError: 403. The model exists, but this account or team may not use it.
            InsufficientScopeError: … The key may not be used for this call.
            NotFoundError: 404. The requested URL does not exist.
            RequestExpiredError: … The record of a request has expired, or the service never had it.
            BalanceNotFoundError: … The account has no record of credits.
            ModelNotFoundError: … The service has no model of this name.
            MethodNotAllowedError: 405. The requested HTTP method is not allowed.
            NotAcceptableError: 406. The service refuses the request for its content type, a value, the credits or a
                spend limit.
            InvalidContentTypeError: … The content type of the request is missing, or not one that the service
                accepts.
            NotEnoughCreditsError: … The credits do not cover the call. The text names the balance, which may be above
                zero, and what the call needs.
            SpendLimitReachedError: … The team has reached its spend limit. The text names its period and its cap.
            ParameterRefusedError: … The service refuses the value of a parameter before the model runs.
            ModelRetiredError: 410. The model has been taken out of service.
            RateLimitedError: 429. Too many requests in too short a time.
            ServerError: 500. The service failed to process the request. If the parameters are new, the likeliest
                reason is a number out of its range, which fails in the model.
            ServiceUnavailableError: 503. The model may be starting; the service cannot take the request yet.
            RedirectRefusedError: The response is a redirect; redirects are not followed.
            GatewayError: The document does not explain this 5xx; the call may have been billed.
            UndocumentedStatusError: The response has an undocumented status.
            InvalidImageError: The response is a success without a whole image; the error has the bytes.
            MismatchError: The image differs from the request, and `on_mismatch` is "raise".
            JobFailedError: With `route="queue"`: the job ran and failed. It was not billed.
            JobTimeoutError: … the job is still active after the timeout. The error says how to collect it.
            JobExpiredError: … the service no longer has the job.
        """
        _request = _generate_image.build_request(
            body=unchecked(
                _models.GenerateImageRequest,
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
        return self._call(
            _generate_image.OPERATION,
            _request,
            extra_body=extra_body,
            timeout=timeout,
            on_mismatch=on_mismatch,
        )

    @checked_arguments(
        lambda: (*_generate_image.PARAMETERS, *_checked_fields(_models.GenerateImageRequest)),
        extra_body="extra_body",
        positional="path",
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
        on_mismatch: OnMismatch | Unset = UNSET,
    ) -> GenerateImageFile:
        """Call `generate_image` and write its result to a file as it arrives, in little memory.

        Args:
            path: Where to write it. An existing file is replaced once the new one has arrived and been checked; after
                any failure the file is whole or absent.
            prompt: Text that describes the image. (str, at least 1 character)
            steps: Number of inference steps, each of which refines the image. (int, 1 to 8) Default: 4.
            seed: Seed of the random numbers. The same seed with the same parameters gives the same image; -1 asks the
                service to draw one. The default is a constant, so calls that leave it out buy the same image each
                time. (int, within 64 bits, or 'random') Default: 123456789.
            sampler_name: Sampling algorithm. (one of the 27 values of `GenerateImageRequestSamplerName`) Default:
                'euler'.
            scheduler: How the noise decreases from step to step. (one of normal, karras, exponential, sgm_uniform,
                simple, ddim_uniform) Default: 'normal'.
            samples: Number of images to generate. What the response to more than one looks like is not documented.
                (int) Default: 1.
            width: Width of the image in pixels. (int, 512 to 2048, a multiple of 8) Default: 1024.
            height: Height of the image in pixels. (int, 512 to 2048, a multiple of 8) Default: 1024.
            denoise: Share of the noise to remove; 1 removes all of it. (float, 0 to 1) Default: 1.0.
            extra_body: Additional fields of the body, sent unchanged. They override documented fields.
            timeout: Time limit of this call; default: the client's.
            on_mismatch: What to do with an image that differs from the request; default: the client's.

        Raises:
            InvalidRequestError: An argument is not allowed; nothing was sent.
            MissingKeyError: The client has no key for this operation; nothing was sent.
            BudgetExhaustedError: The call would exceed the client's budget; nothing was sent.
            NotSentError: No connection could be made; nothing was sent.
            OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
            BadRequestError: 400. The body is malformed, a field is missing, or the model does not support the
                operation.
            UnauthorizedError: 401. The API key is missing, wrong or expired.
            KeyNotReceivedError: … No key reached the service.
            KeyRefusedError: … The key is wrong or has expired. The service also refuses a key that is sent as a
                bearer token.
            ModelNotPermittedError: 403. The model exists, but this account or team may not use it.
            InsufficientScopeError: … The key may not be used for this call.
            NotFoundError: 404. The requested URL does not exist.
            RequestExpiredError: … The record of a request has expired, or the service never had it.
            BalanceNotFoundError: … The account has no record of credits.
            ModelNotFoundError: … The service has no model of this name.
            MethodNotAllowedError: 405. The requested HTTP method is not allowed.
            NotAcceptableError: 406. The service refuses the request for its content type, a value, the credits or a
                spend limit.
            InvalidContentTypeError: … The content type of the request is missing, or not one that the service
                accepts.
            NotEnoughCreditsError: … The credits do not cover the call. The text names the balance, which may be above
                zero, and what the call needs.
            SpendLimitReachedError: … The team has reached its spend limit. The text names its period and its cap.
            ParameterRefusedError: … The service refuses the value of a parameter before the model runs.
            ModelRetiredError: 410. The model has been taken out of service.
            RateLimitedError: 429. Too many requests in too short a time.
            ServerError: 500. The service failed to process the request. If the parameters are new, the likeliest
                reason is a number out of its range, which fails in the model.
            ServiceUnavailableError: 503. The model may be starting; the service cannot take the request yet.
            RedirectRefusedError: The response is a redirect; redirects are not followed.
            GatewayError: The document does not explain this 5xx; the call may have been billed.
            UndocumentedStatusError: The response has an undocumented status.
            InvalidImageError: The response is a success without a whole image; the error has the bytes.
            MismatchError: The image differs from the request, and `on_mismatch` is "raise".
            JobFailedError: With `route="queue"`: the job ran and failed. It was not billed.
            JobTimeoutError: … the job is still active after the timeout. The error says how to collect it.
            JobExpiredError: … the service no longer has the job.
            NotSavedError: The file could not be written; the error has the bytes.
        """
        _request = _generate_image.build_request(
            body=unchecked(
                _models.GenerateImageRequest,
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
        return self._call_to_file(
            _generate_image.OPERATION,
            _request,
            _results.GenerateImageFile,
            _results.GENERATE_IMAGE_RESULT_SPEC,
            path,
            extra_body=extra_body,
            timeout=timeout,
            on_mismatch=on_mismatch,
        )

    def generate_many(
        self,
        requests: Iterable[GenerateImageRequest],
        *,
        in_flight: int = 8,
        timeout: Timeout | Unset = UNSET,
    ) -> Generator[Outcome[GenerateImageRequest, GenerateImageResult], None, None]:
        """Call `generate_image` for many requests, and yield an `Outcome` for each as it arrives.

        A failed call does not end the others: its outcome has the error. Requests are read as calls finish.
        `outcome.result` is None if it failed, and `outcome.error` if it did not, which type checkers know.
        `outcome.unwrap()` returns the result, or raises the error.

        If it is closed early, or left by an exception, it waits for the calls in flight, because they may have been
        billed. Their outcomes are not yielded, but the client's budget counts them. The log, and the exception in its
        notes, say how many were paid for.

        With `route="queue"` it does not wait for jobs then. They stay active: the log, and the notes of the
        exception, name those whose outcomes were not yielded, and say how to collect them.

        Args:
            requests: The requests. An invalid one becomes an outcome with an `InvalidRequestError`.
            in_flight: Maximum number of calls at once, at least 1.
            timeout: Time limit of each call; default: the client's.

        Raises:
            ConfigurationError: `in_flight` is not a whole number of at least 1; nothing was sent.
        """
        from ._runtime.client.many import many as _many

        return _many(
            self,
            _generate_image.call_template(),
            requests,
            in_flight=in_flight,
            timeout=timeout,
        )

    @checked_arguments(
        lambda: (*_submit_image.PARAMETERS, *_checked_fields(_models.GenerateImageRequest)), extra_body="extra_body"
    )
    def submit_image(
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
    ) -> ImageJob:
        """Order an image from a text prompt, and collect it later.

        The service responds at once with a `request_id`, by which the image can be collected for about an hour. A job
        cannot be cancelled.

        The method returns `ImageJob`, which can wait for the image. Its `request_id` is all that `image_job` needs to
        collect the image later.

        Args:
            prompt: Text that describes the image. (str, at least 1 character)
            steps: Number of inference steps, each of which refines the image. (int, 1 to 8) Default: 4.
            seed: Seed of the random numbers. The same seed with the same parameters gives the same image; -1 asks the
                service to draw one. The default is a constant, so calls that leave it out buy the same image each
                time. (int, within 64 bits, or 'random') Default: 123456789.
            sampler_name: Sampling algorithm. (one of the 27 values of `GenerateImageRequestSamplerName`) Default:
                'euler'.
            scheduler: How the noise decreases from step to step. (one of normal, karras, exponential, sgm_uniform,
                simple, ddim_uniform) Default: 'normal'.
            samples: Number of images to generate. What the response to more than one looks like is not documented.
                (int) Default: 1.
            width: Width of the image in pixels. (int, 512 to 2048, a multiple of 8) Default: 1024.
            height: Height of the image in pixels. (int, 512 to 2048, a multiple of 8) Default: 1024.
            denoise: Share of the noise to remove; 1 removes all of it. (float, 0 to 1) Default: 1.0.
            extra_body: Additional fields of the body, sent unchanged. They override documented fields.
            timeout: Time limit of this call; default: the client's.

        Raises:
            InvalidRequestError: An argument is not allowed; nothing was sent.
            MissingKeyError: The client has no key for this operation; nothing was sent.
            BudgetExhaustedError: The call would exceed the client's budget; nothing was sent.
            NotSentError: No connection could be made; nothing was sent.
            OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
            BadRequestError: 400. The body is malformed, a field is missing, or the model does not support the
                operation.
            UnauthorizedError: 401. The API key is missing, wrong or expired.
            KeyNotReceivedError: … No key reached the service.
            KeyRefusedError: … The key is wrong or has expired. The service also refuses a key that is sent as a
                bearer token.
            ModelNotPermittedError: 403. The model exists, but this account or team may not use it.
            InsufficientScopeError: … The key may not be used for this call.
            NotFoundError: 404. The requested URL does not exist.
            RequestExpiredError: … The record of a request has expired, or the service never had it.
            BalanceNotFoundError: … The account has no record of credits.
            ModelNotFoundError: … The service has no model of this name.
            MethodNotAllowedError: 405. The requested HTTP method is not allowed.
            NotAcceptableError: 406. The service refuses the request for its content type, a value, the credits or a
                spend limit.
            InvalidContentTypeError: … The content type of the request is missing, or not one that the service
                accepts.
            NotEnoughCreditsError: … The credits do not cover the call. The text names the balance, which may be above
                zero, and what the call needs.
            SpendLimitReachedError: … The team has reached its spend limit. The text names its period and its cap.
            ParameterRefusedError: … The service refuses the value of a parameter before the model runs.
            ModelRetiredError: 410. The model has been taken out of service.
            RateLimitedError: 429. Too many requests in too short a time.
            ServerError: 500. The service failed to process the request. If the parameters are new, the likeliest
                reason is a number out of its range, which fails in the model.
            ServiceUnavailableError: 503. The model may be starting; the service cannot take the request yet.
            RedirectRefusedError: The response is a redirect; redirects are not followed.
            GatewayError: The document does not explain this 5xx; the call may have been billed.
            UndocumentedStatusError: The response has an undocumented status.
            InvalidResponseError: The response is a success, but its body is not as documented.
        """
        from .jobs import ImageJob as _ImageJob

        _request = _submit_image.build_request(
            body=unchecked(
                _models.GenerateImageRequest,
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
        return self._submit(
            _ImageJob,
            _request,
            extra_body=extra_body,
            timeout=timeout,
        )

    def image_job(self, job: ImageJob | AsyncImageJob | str) -> ImageJob:
        """Return the handle of a job that `submit_image` has started, here or elsewhere. Nothing is sent.

        Args:
            job: The id of the job, or a handle of it, from a pickle or from another client.

        Raises:
            InvalidRequestError: It is neither.
        """
        from .jobs import ImageJob as _ImageJob

        return self._job(_ImageJob, job)

    @checked_arguments(lambda: (*_get_request_status.PARAMETERS,))
    def get_request_status(
        self,
        *,
        request_id: str,
        timeout: Timeout | Unset = UNSET,
    ) -> JobStatus:
        """Get the state of a job.

        Args:
            request_id: The id in the response to the order. (str, at least 1 character)
            timeout: Time limit of this call; default: the client's.

        Raises:
            InvalidRequestError: An argument is not allowed; nothing was sent.
            MissingKeyError: The client has no key for this operation; nothing was sent.
            NotSentError: No connection could be made; nothing was sent.
            OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
            UnauthorizedError: 401. The API key is missing, wrong or expired.
            KeyNotReceivedError: … No key reached the service.
            KeyRefusedError: … The key is wrong or has expired. The service also refuses a key that is sent as a
                bearer token.
            NotFoundError: 404. The requested URL does not exist.
            RequestExpiredError: … The record of a request has expired, or the service never had it.
            BalanceNotFoundError: … The account has no record of credits.
            ModelNotFoundError: … The service has no model of this name.
            MethodNotAllowedError: 405. The requested HTTP method is not allowed.
            UnprocessableError: 422. The job ran and failed.
            RateLimitedError: 429. Too many requests in too short a time.
            ServerError: 500. The service failed to process the request. If the parameters are new, the likeliest
                reason is a number out of its range, which fails in the model.
            ServiceUnavailableError: 503. The model may be starting; the service cannot take the request yet.
            RedirectRefusedError: The response is a redirect; redirects are not followed.
            GatewayError: The document does not explain this 5xx; the call may have been billed.
            UndocumentedStatusError: The response has an undocumented status.
            InvalidResponseError: The response is a success, but its body is not as documented.
        """
        _request = _get_request_status.build_request(
            request_id=request_id,
        )
        return self._call(
            _get_request_status.OPERATION,
            _request,
            timeout=timeout,
        )

    @checked_arguments(lambda: (*_get_request_result.PARAMETERS,))
    def get_request_result(
        self,
        *,
        request_id: str,
        timeout: Timeout | Unset = UNSET,
    ) -> JobResult:
        """Get everything about a job, including the address of its image.

        Args:
            request_id: The id in the response to the order. (str, at least 1 character)
            timeout: Time limit of this call; default: the client's.

        Raises:
            InvalidRequestError: An argument is not allowed; nothing was sent.
            MissingKeyError: The client has no key for this operation; nothing was sent.
            NotSentError: No connection could be made; nothing was sent.
            OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
            UnauthorizedError: 401. The API key is missing, wrong or expired.
            KeyNotReceivedError: … No key reached the service.
            KeyRefusedError: … The key is wrong or has expired. The service also refuses a key that is sent as a
                bearer token.
            NotFoundError: 404. The requested URL does not exist.
            RequestExpiredError: … The record of a request has expired, or the service never had it.
            BalanceNotFoundError: … The account has no record of credits.
            ModelNotFoundError: … The service has no model of this name.
            MethodNotAllowedError: 405. The requested HTTP method is not allowed.
            UnprocessableError: 422. The job ran and failed.
            RateLimitedError: 429. Too many requests in too short a time.
            ServerError: 500. The service failed to process the request. If the parameters are new, the likeliest
                reason is a number out of its range, which fails in the model.
            ServiceUnavailableError: 503. The model may be starting; the service cannot take the request yet.
            RedirectRefusedError: The response is a redirect; redirects are not followed.
            GatewayError: The document does not explain this 5xx; the call may have been billed.
            UndocumentedStatusError: The response has an undocumented status.
            InvalidResponseError: The response is a success, but its body is not as documented.
        """
        _request = _get_request_result.build_request(
            request_id=request_id,
        )
        return self._call(
            _get_request_result.OPERATION,
            _request,
            timeout=timeout,
        )

    @checked_arguments(lambda: (*_get_user_credits.PARAMETERS,))
    def get_user_credits(
        self,
        *,
        timeout: Timeout | Unset = UNSET,
    ) -> UserCredits:
        """Get the credits of the account.

        The call is free of charge and runs no model, so it also shows whether a key is good.

        Args:
            timeout: Time limit of this call; default: the client's.

        Raises:
            InvalidRequestError: An argument is not allowed; nothing was sent.
            MissingKeyError: The client has no key for this operation; nothing was sent.
            NotSentError: No connection could be made; nothing was sent.
            OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
            UnauthorizedError: 401. The API key is missing, wrong or expired.
            KeyNotReceivedError: … No key reached the service.
            KeyRefusedError: … The key is wrong or has expired. The service also refuses a key that is sent as a
                bearer token.
            NotFoundError: 404. The requested URL does not exist.
            RequestExpiredError: … The record of a request has expired, or the service never had it.
            BalanceNotFoundError: … The account has no record of credits.
            ModelNotFoundError: … The service has no model of this name.
            MethodNotAllowedError: 405. The requested HTTP method is not allowed.
            RateLimitedError: 429. Too many requests in too short a time.
            ServerError: 500. The service failed to process the request. If the parameters are new, the likeliest
                reason is a number out of its range, which fails in the model.
            ServiceUnavailableError: 503. The model may be starting; the service cannot take the request yet.
            RedirectRefusedError: The response is a redirect; redirects are not followed.
            GatewayError: The document does not explain this 5xx; the call may have been billed.
            UndocumentedStatusError: The response has an undocumented status.
            InvalidResponseError: The response is a success, but its body is not as documented.
        """
        _request = _get_user_credits.build_request()
        return self._call(
            _get_user_credits.OPERATION,
            _request,
            timeout=timeout,
        )

    def _routes(self) -> Mapping[str, type[_SyncJob[Any, Any]]]:
        from . import jobs as _jobs

        return {
            "generate_image": _jobs.ImageJob,
        }


class AsyncClient(_AsyncClient):
    """The asynchronous client of Segmind Flux Schnell. It belongs to the event loop that it is first used in.

    Use it in an `async with` block, which closes its connections, or await `aclose`.

    Args:
        api_key: The key that goes into the header `x-api-key`. Defaults to the environment variable
            SEGMIND_API_KEY. It never appears in a repr, log or pickle.
        base_url: Base URL of the service. Defaults to the environment variable SEGMIND_BASE_URL, or else to
            https://api.segmind.com.
        timeout: Time limit of a call in seconds, retries and the waits between them included, or None for no
            limit; or an `httpx.Timeout` with a limit for each phase of an attempt. By default 300 seconds, of
            which 10 for a connection.
        retry: When to send a call again: a policy, None for never, or "unknown-too" to send again even what may
            have been billed. By default, a call is sent again until its timeout if it cannot have been billed:
            see `Backoff`.
        budget: Limits on spending. Several clients can share one.
        on_mismatch: What to do with a whole image whose size, seed or format is not the requested one. "accept",
            the default, keeps it, with a warning in its `warnings`; "raise" raises a `MismatchError` with its
            bytes. You pay for it in both cases.
        rate_limit: How fast to send, as `"60 a minute"` or as a `RateLimit`, which clients can share. Requests
            are spaced evenly, and the timeout of a call starts when its turn comes.
        hooks: Called with an `AttemptStarted` before each attempt, and with an `AttemptEnded` after it.
        headers: Additional headers for every request.
        provenance: Whether saved images embed the request that they were made from, prompt included.
        max_response_bytes: Size limit of a response in bytes, or None for what the document implies.
        allow_http: Whether to send the key without TLS. It is always sent to this machine.
        proxy: Proxy to send through. Defaults to the one in the environment variables.
        ssl_context: Certificates to trust: an `ssl.SSLContext`, or the path of a PEM file or folder with the
            certificates of authorities. Defaults to the path in SSL_CERT_FILE, SSL_CERT_DIR, REQUESTS_CA_BUNDLE
            or CURL_CA_BUNDLE, or else to the authorities that Mozilla trusts.
        transport: An `httpx` transport to send with, or "aiohttp" or "httpx" for one of the client's own.
            Defaults to aiohttp, which holds thousands of calls at once, if the extra `aiohttp` is installed and
            no proxy is used.
        http_client: An `httpx.AsyncClient` to send with, instead of `transport` and `proxy`. It stays open when
            this client is closed.
        route: How images are ordered: "direct" waits for each in one call; "queue" starts a job and collects it,
            with the same methods and results (`generate_image` by `submit_image`). Once a job has started, its
            image cannot get lost, and the timeout of a call limits all of it. A `rate_limit` counts the polls of
            a job, but not the download of its image.

    Raises:
        ConfigurationError: An argument, or an environment variable, cannot be used.
        MissingKeyError: No key was given, and the environment has none.
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        retry: RetryOption = Backoff(),
        budget: Budget | None = None,
        on_mismatch: OnMismatch = "accept",
        rate_limit: RateLimit | str | None = None,
        hooks: Sequence[Hook] = (),
        headers: Mapping[str, str] | None = None,
        provenance: bool = True,
        max_response_bytes: int | None = None,
        allow_http: bool = False,
        proxy: Proxy | None = None,
        ssl_context: Certificates | None = None,
        route: Literal["direct", "queue"] = "direct",
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
            on_mismatch=on_mismatch,
            rate_limit=rate_limit,
            hooks=hooks,
            proxy=proxy,
            ssl_context=ssl_context,
            transport=transport,
            http_client=http_client,
            route=route,
        )

    def with_options(
        self,
        *,
        timeout: Timeout | Unset = UNSET,
        retry: RetryOption | Unset = UNSET,
        budget: Budget | None | Unset = UNSET,
        on_mismatch: OnMismatch | Unset = UNSET,
        rate_limit: RateLimit | str | None | Unset = UNSET,
        hooks: Sequence[Hook] | Unset = UNSET,
        headers: Mapping[str, str] | None | Unset = UNSET,
        provenance: bool | Unset = UNSET,
        max_response_bytes: int | None | Unset = UNSET,
        route: Literal["direct", "queue"] | Unset = UNSET,
    ) -> Self:
        """Return a view of this client with other options. It uses the same connections and the same key.

        What you do not pass is shared with the client: the budget, the rate limit, the hooks. A view is a client, and
        can have views. Closing a view closes nothing; closing the client closes all of its views.

        Args:
            timeout: As for the client: seconds, an `httpx.Timeout`, or None for no limit.
            retry: As for the client: a policy, "unknown-too", or None for never.
            budget: Another budget in place of the client's, or None for no limit. The client's own then counts
                nothing.
            on_mismatch: "accept" or "raise".
            rate_limit: Another limit in place of the client's, or None for none.
            hooks: Called after the hooks of the client.
            headers: Added to the headers of the client; one with the same name replaces it.
            provenance: Whether saved images embed the request that they were made from.
            max_response_bytes: Size limit of a response in bytes, or None for what the document implies.
            route: "direct" or "queue".

        Raises:
            ConfigurationError: An option cannot be used.
        """
        return self._view(
            timeout=timeout,
            retry=retry,
            budget=budget,
            on_mismatch=on_mismatch,
            rate_limit=rate_limit,
            hooks=hooks,
            headers=headers,
            provenance=provenance,
            max_response_bytes=max_response_bytes,
            route=route,
        )

    @checked_arguments(
        lambda: (*_generate_image.PARAMETERS, *_checked_fields(_models.GenerateImageRequest)), extra_body="extra_body"
    )
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
        on_mismatch: OnMismatch | Unset = UNSET,
    ) -> GenerateImageResult:
        """Generate an image from a text prompt.

        A call takes about 10 seconds, or minutes if the model has to start first. The same parameters with the same
        seed give the same image. The default seed is a constant, so a call without a seed buys the same image each
        time.

        Args:
            prompt: Text that describes the image. (str, at least 1 character)
            steps: Number of inference steps, each of which refines the image. (int, 1 to 8) Default: 4.
            seed: Seed of the random numbers. The same seed with the same parameters gives the same image; -1 asks the
                service to draw one. The default is a constant, so calls that leave it out buy the same image each
                time. (int, within 64 bits, or 'random') Default: 123456789.
            sampler_name: Sampling algorithm. (one of the 27 values of `GenerateImageRequestSamplerName`) Default:
                'euler'.
            scheduler: How the noise decreases from step to step. (one of normal, karras, exponential, sgm_uniform,
                simple, ddim_uniform) Default: 'normal'.
            samples: Number of images to generate. What the response to more than one looks like is not documented.
                (int) Default: 1.
            width: Width of the image in pixels. (int, 512 to 2048, a multiple of 8) Default: 1024.
            height: Height of the image in pixels. (int, 512 to 2048, a multiple of 8) Default: 1024.
            denoise: Share of the noise to remove; 1 removes all of it. (float, 0 to 1) Default: 1.0.
            extra_body: Additional fields of the body, sent unchanged. They override documented fields.
            timeout: Time limit of this call; default: the client's.
            on_mismatch: What to do with an image that differs from the request; default: the client's.

        Raises:
            InvalidRequestError: An argument is not allowed; nothing was sent.
            MissingKeyError: The client has no key for this operation; nothing was sent.
            BudgetExhaustedError: The call would exceed the client's budget; nothing was sent.
            NotSentError: No connection could be made; nothing was sent.
            OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
            BadRequestError: 400. The body is malformed, a field is missing, or the model does not support the
                operation.
            UnauthorizedError: 401. The API key is missing, wrong or expired.
            KeyNotReceivedError: … No key reached the service.
            KeyRefusedError: … The key is wrong or has expired. The service also refuses a key that is sent as a
                bearer token.
            ModelNotPermittedError: 403. The model exists, but this account or team may not use it.
            InsufficientScopeError: … The key may not be used for this call.
            NotFoundError: 404. The requested URL does not exist.
            RequestExpiredError: … The record of a request has expired, or the service never had it.
            BalanceNotFoundError: … The account has no record of credits.
            ModelNotFoundError: … The service has no model of this name.
            MethodNotAllowedError: 405. The requested HTTP method is not allowed.
            NotAcceptableError: 406. The service refuses the request for its content type, a value, the credits or a
                spend limit.
            InvalidContentTypeError: … The content type of the request is missing, or not one that the service
                accepts.
            NotEnoughCreditsError: … The credits do not cover the call. The text names the balance, which may be above
                zero, and what the call needs.
            SpendLimitReachedError: … The team has reached its spend limit. The text names its period and its cap.
            ParameterRefusedError: … The service refuses the value of a parameter before the model runs.
            ModelRetiredError: 410. The model has been taken out of service.
            RateLimitedError: 429. Too many requests in too short a time.
            ServerError: 500. The service failed to process the request. If the parameters are new, the likeliest
                reason is a number out of its range, which fails in the model.
            ServiceUnavailableError: 503. The model may be starting; the service cannot take the request yet.
            RedirectRefusedError: The response is a redirect; redirects are not followed.
            GatewayError: The document does not explain this 5xx; the call may have been billed.
            UndocumentedStatusError: The response has an undocumented status.
            InvalidImageError: The response is a success without a whole image; the error has the bytes.
            MismatchError: The image differs from the request, and `on_mismatch` is "raise".
            JobFailedError: With `route="queue"`: the job ran and failed. It was not billed.
            JobTimeoutError: … the job is still active after the timeout. The error says how to collect it.
            JobExpiredError: … the service no longer has the job.
        """
        _request = _generate_image.build_request(
            body=unchecked(
                _models.GenerateImageRequest,
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
        return await self._call(
            _generate_image.OPERATION,
            _request,
            extra_body=extra_body,
            timeout=timeout,
            on_mismatch=on_mismatch,
        )

    @checked_arguments(
        lambda: (*_generate_image.PARAMETERS, *_checked_fields(_models.GenerateImageRequest)),
        extra_body="extra_body",
        positional="path",
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
        on_mismatch: OnMismatch | Unset = UNSET,
    ) -> GenerateImageFile:
        """Call `generate_image` and write its result to a file as it arrives, in little memory.

        Args:
            path: Where to write it. An existing file is replaced once the new one has arrived and been checked; after
                any failure the file is whole or absent.
            prompt: Text that describes the image. (str, at least 1 character)
            steps: Number of inference steps, each of which refines the image. (int, 1 to 8) Default: 4.
            seed: Seed of the random numbers. The same seed with the same parameters gives the same image; -1 asks the
                service to draw one. The default is a constant, so calls that leave it out buy the same image each
                time. (int, within 64 bits, or 'random') Default: 123456789.
            sampler_name: Sampling algorithm. (one of the 27 values of `GenerateImageRequestSamplerName`) Default:
                'euler'.
            scheduler: How the noise decreases from step to step. (one of normal, karras, exponential, sgm_uniform,
                simple, ddim_uniform) Default: 'normal'.
            samples: Number of images to generate. What the response to more than one looks like is not documented.
                (int) Default: 1.
            width: Width of the image in pixels. (int, 512 to 2048, a multiple of 8) Default: 1024.
            height: Height of the image in pixels. (int, 512 to 2048, a multiple of 8) Default: 1024.
            denoise: Share of the noise to remove; 1 removes all of it. (float, 0 to 1) Default: 1.0.
            extra_body: Additional fields of the body, sent unchanged. They override documented fields.
            timeout: Time limit of this call; default: the client's.
            on_mismatch: What to do with an image that differs from the request; default: the client's.

        Raises:
            InvalidRequestError: An argument is not allowed; nothing was sent.
            MissingKeyError: The client has no key for this operation; nothing was sent.
            BudgetExhaustedError: The call would exceed the client's budget; nothing was sent.
            NotSentError: No connection could be made; nothing was sent.
            OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
            BadRequestError: 400. The body is malformed, a field is missing, or the model does not support the
                operation.
            UnauthorizedError: 401. The API key is missing, wrong or expired.
            KeyNotReceivedError: … No key reached the service.
            KeyRefusedError: … The key is wrong or has expired. The service also refuses a key that is sent as a
                bearer token.
            ModelNotPermittedError: 403. The model exists, but this account or team may not use it.
            InsufficientScopeError: … The key may not be used for this call.
            NotFoundError: 404. The requested URL does not exist.
            RequestExpiredError: … The record of a request has expired, or the service never had it.
            BalanceNotFoundError: … The account has no record of credits.
            ModelNotFoundError: … The service has no model of this name.
            MethodNotAllowedError: 405. The requested HTTP method is not allowed.
            NotAcceptableError: 406. The service refuses the request for its content type, a value, the credits or a
                spend limit.
            InvalidContentTypeError: … The content type of the request is missing, or not one that the service
                accepts.
            NotEnoughCreditsError: … The credits do not cover the call. The text names the balance, which may be above
                zero, and what the call needs.
            SpendLimitReachedError: … The team has reached its spend limit. The text names its period and its cap.
            ParameterRefusedError: … The service refuses the value of a parameter before the model runs.
            ModelRetiredError: 410. The model has been taken out of service.
            RateLimitedError: 429. Too many requests in too short a time.
            ServerError: 500. The service failed to process the request. If the parameters are new, the likeliest
                reason is a number out of its range, which fails in the model.
            ServiceUnavailableError: 503. The model may be starting; the service cannot take the request yet.
            RedirectRefusedError: The response is a redirect; redirects are not followed.
            GatewayError: The document does not explain this 5xx; the call may have been billed.
            UndocumentedStatusError: The response has an undocumented status.
            InvalidImageError: The response is a success without a whole image; the error has the bytes.
            MismatchError: The image differs from the request, and `on_mismatch` is "raise".
            JobFailedError: With `route="queue"`: the job ran and failed. It was not billed.
            JobTimeoutError: … the job is still active after the timeout. The error says how to collect it.
            JobExpiredError: … the service no longer has the job.
            NotSavedError: The file could not be written; the error has the bytes.
        """
        _request = _generate_image.build_request(
            body=unchecked(
                _models.GenerateImageRequest,
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
        return await self._call_to_file(
            _generate_image.OPERATION,
            _request,
            _results.GenerateImageFile,
            _results.GENERATE_IMAGE_RESULT_SPEC,
            path,
            extra_body=extra_body,
            timeout=timeout,
            on_mismatch=on_mismatch,
        )

    def generate_many(
        self,
        requests: Iterable[GenerateImageRequest],
        *,
        in_flight: int = 8,
        timeout: Timeout | Unset = UNSET,
    ) -> AsyncGenerator[Outcome[GenerateImageRequest, GenerateImageResult], None]:
        """Call `generate_image` for many requests, and yield an `Outcome` for each as it arrives.

        A failed call does not end the others: its outcome has the error. Requests are read as calls finish.
        `outcome.result` is None if it failed, and `outcome.error` if it did not, which type checkers know.
        `outcome.unwrap()` returns the result, or raises the error.

        If it is closed early, or left by an exception, it waits for the calls in flight, because they may have been
        billed. Their outcomes are not yielded, but the client's budget counts them. The log, and the exception in its
        notes, say how many were paid for. If the task itself is cancelled, or an exception other than `APIError` is
        raised, the calls in flight are cancelled, and their outcomes are unknown. Use `contextlib.aclosing` if a loop
        may be left early.

        With `route="queue"` it does not wait for jobs then. They stay active: the log, and the notes of the
        exception, name those whose outcomes were not yielded, and say how to collect them.

        Args:
            requests: The requests. An invalid one becomes an outcome with an `InvalidRequestError`.
            in_flight: Maximum number of calls at once, at least 1.
            timeout: Time limit of each call; default: the client's.

        Raises:
            ConfigurationError: `in_flight` is not a whole number of at least 1; nothing was sent.
        """
        from ._runtime.client.many import many_async as _many_async

        return _many_async(
            self,
            _generate_image.call_template(),
            requests,
            in_flight=in_flight,
            timeout=timeout,
        )

    @checked_arguments(
        lambda: (*_submit_image.PARAMETERS, *_checked_fields(_models.GenerateImageRequest)), extra_body="extra_body"
    )
    async def submit_image(
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
    ) -> AsyncImageJob:
        """Order an image from a text prompt, and collect it later.

        The service responds at once with a `request_id`, by which the image can be collected for about an hour. A job
        cannot be cancelled.

        The method returns `AsyncImageJob`, which can wait for the image. Its `request_id` is all that `image_job`
        needs to collect the image later.

        Args:
            prompt: Text that describes the image. (str, at least 1 character)
            steps: Number of inference steps, each of which refines the image. (int, 1 to 8) Default: 4.
            seed: Seed of the random numbers. The same seed with the same parameters gives the same image; -1 asks the
                service to draw one. The default is a constant, so calls that leave it out buy the same image each
                time. (int, within 64 bits, or 'random') Default: 123456789.
            sampler_name: Sampling algorithm. (one of the 27 values of `GenerateImageRequestSamplerName`) Default:
                'euler'.
            scheduler: How the noise decreases from step to step. (one of normal, karras, exponential, sgm_uniform,
                simple, ddim_uniform) Default: 'normal'.
            samples: Number of images to generate. What the response to more than one looks like is not documented.
                (int) Default: 1.
            width: Width of the image in pixels. (int, 512 to 2048, a multiple of 8) Default: 1024.
            height: Height of the image in pixels. (int, 512 to 2048, a multiple of 8) Default: 1024.
            denoise: Share of the noise to remove; 1 removes all of it. (float, 0 to 1) Default: 1.0.
            extra_body: Additional fields of the body, sent unchanged. They override documented fields.
            timeout: Time limit of this call; default: the client's.

        Raises:
            InvalidRequestError: An argument is not allowed; nothing was sent.
            MissingKeyError: The client has no key for this operation; nothing was sent.
            BudgetExhaustedError: The call would exceed the client's budget; nothing was sent.
            NotSentError: No connection could be made; nothing was sent.
            OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
            BadRequestError: 400. The body is malformed, a field is missing, or the model does not support the
                operation.
            UnauthorizedError: 401. The API key is missing, wrong or expired.
            KeyNotReceivedError: … No key reached the service.
            KeyRefusedError: … The key is wrong or has expired. The service also refuses a key that is sent as a
                bearer token.
            ModelNotPermittedError: 403. The model exists, but this account or team may not use it.
            InsufficientScopeError: … The key may not be used for this call.
            NotFoundError: 404. The requested URL does not exist.
            RequestExpiredError: … The record of a request has expired, or the service never had it.
            BalanceNotFoundError: … The account has no record of credits.
            ModelNotFoundError: … The service has no model of this name.
            MethodNotAllowedError: 405. The requested HTTP method is not allowed.
            NotAcceptableError: 406. The service refuses the request for its content type, a value, the credits or a
                spend limit.
            InvalidContentTypeError: … The content type of the request is missing, or not one that the service
                accepts.
            NotEnoughCreditsError: … The credits do not cover the call. The text names the balance, which may be above
                zero, and what the call needs.
            SpendLimitReachedError: … The team has reached its spend limit. The text names its period and its cap.
            ParameterRefusedError: … The service refuses the value of a parameter before the model runs.
            ModelRetiredError: 410. The model has been taken out of service.
            RateLimitedError: 429. Too many requests in too short a time.
            ServerError: 500. The service failed to process the request. If the parameters are new, the likeliest
                reason is a number out of its range, which fails in the model.
            ServiceUnavailableError: 503. The model may be starting; the service cannot take the request yet.
            RedirectRefusedError: The response is a redirect; redirects are not followed.
            GatewayError: The document does not explain this 5xx; the call may have been billed.
            UndocumentedStatusError: The response has an undocumented status.
            InvalidResponseError: The response is a success, but its body is not as documented.
        """
        from .jobs import AsyncImageJob as _AsyncImageJob

        _request = _submit_image.build_request(
            body=unchecked(
                _models.GenerateImageRequest,
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
        return await self._submit(
            _AsyncImageJob,
            _request,
            extra_body=extra_body,
            timeout=timeout,
        )

    def image_job(self, job: ImageJob | AsyncImageJob | str) -> AsyncImageJob:
        """Return the handle of a job that `submit_image` has started, here or elsewhere. Nothing is sent.

        Args:
            job: The id of the job, or a handle of it, from a pickle or from another client.

        Raises:
            InvalidRequestError: It is neither.
        """
        from .jobs import AsyncImageJob as _AsyncImageJob

        return self._job(_AsyncImageJob, job)

    @checked_arguments(lambda: (*_get_request_status.PARAMETERS,))
    async def get_request_status(
        self,
        *,
        request_id: str,
        timeout: Timeout | Unset = UNSET,
    ) -> JobStatus:
        """Get the state of a job.

        Args:
            request_id: The id in the response to the order. (str, at least 1 character)
            timeout: Time limit of this call; default: the client's.

        Raises:
            InvalidRequestError: An argument is not allowed; nothing was sent.
            MissingKeyError: The client has no key for this operation; nothing was sent.
            NotSentError: No connection could be made; nothing was sent.
            OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
            UnauthorizedError: 401. The API key is missing, wrong or expired.
            KeyNotReceivedError: … No key reached the service.
            KeyRefusedError: … The key is wrong or has expired. The service also refuses a key that is sent as a
                bearer token.
            NotFoundError: 404. The requested URL does not exist.
            RequestExpiredError: … The record of a request has expired, or the service never had it.
            BalanceNotFoundError: … The account has no record of credits.
            ModelNotFoundError: … The service has no model of this name.
            MethodNotAllowedError: 405. The requested HTTP method is not allowed.
            UnprocessableError: 422. The job ran and failed.
            RateLimitedError: 429. Too many requests in too short a time.
            ServerError: 500. The service failed to process the request. If the parameters are new, the likeliest
                reason is a number out of its range, which fails in the model.
            ServiceUnavailableError: 503. The model may be starting; the service cannot take the request yet.
            RedirectRefusedError: The response is a redirect; redirects are not followed.
            GatewayError: The document does not explain this 5xx; the call may have been billed.
            UndocumentedStatusError: The response has an undocumented status.
            InvalidResponseError: The response is a success, but its body is not as documented.
        """
        _request = _get_request_status.build_request(
            request_id=request_id,
        )
        return await self._call(
            _get_request_status.OPERATION,
            _request,
            timeout=timeout,
        )

    @checked_arguments(lambda: (*_get_request_result.PARAMETERS,))
    async def get_request_result(
        self,
        *,
        request_id: str,
        timeout: Timeout | Unset = UNSET,
    ) -> JobResult:
        """Get everything about a job, including the address of its image.

        Args:
            request_id: The id in the response to the order. (str, at least 1 character)
            timeout: Time limit of this call; default: the client's.

        Raises:
            InvalidRequestError: An argument is not allowed; nothing was sent.
            MissingKeyError: The client has no key for this operation; nothing was sent.
            NotSentError: No connection could be made; nothing was sent.
            OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
            UnauthorizedError: 401. The API key is missing, wrong or expired.
            KeyNotReceivedError: … No key reached the service.
            KeyRefusedError: … The key is wrong or has expired. The service also refuses a key that is sent as a
                bearer token.
            NotFoundError: 404. The requested URL does not exist.
            RequestExpiredError: … The record of a request has expired, or the service never had it.
            BalanceNotFoundError: … The account has no record of credits.
            ModelNotFoundError: … The service has no model of this name.
            MethodNotAllowedError: 405. The requested HTTP method is not allowed.
            UnprocessableError: 422. The job ran and failed.
            RateLimitedError: 429. Too many requests in too short a time.
            ServerError: 500. The service failed to process the request. If the parameters are new, the likeliest
                reason is a number out of its range, which fails in the model.
            ServiceUnavailableError: 503. The model may be starting; the service cannot take the request yet.
            RedirectRefusedError: The response is a redirect; redirects are not followed.
            GatewayError: The document does not explain this 5xx; the call may have been billed.
            UndocumentedStatusError: The response has an undocumented status.
            InvalidResponseError: The response is a success, but its body is not as documented.
        """
        _request = _get_request_result.build_request(
            request_id=request_id,
        )
        return await self._call(
            _get_request_result.OPERATION,
            _request,
            timeout=timeout,
        )

    @checked_arguments(lambda: (*_get_user_credits.PARAMETERS,))
    async def get_user_credits(
        self,
        *,
        timeout: Timeout | Unset = UNSET,
    ) -> UserCredits:
        """Get the credits of the account.

        The call is free of charge and runs no model, so it also shows whether a key is good.

        Args:
            timeout: Time limit of this call; default: the client's.

        Raises:
            InvalidRequestError: An argument is not allowed; nothing was sent.
            MissingKeyError: The client has no key for this operation; nothing was sent.
            NotSentError: No connection could be made; nothing was sent.
            OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
            UnauthorizedError: 401. The API key is missing, wrong or expired.
            KeyNotReceivedError: … No key reached the service.
            KeyRefusedError: … The key is wrong or has expired. The service also refuses a key that is sent as a
                bearer token.
            NotFoundError: 404. The requested URL does not exist.
            RequestExpiredError: … The record of a request has expired, or the service never had it.
            BalanceNotFoundError: … The account has no record of credits.
            ModelNotFoundError: … The service has no model of this name.
            MethodNotAllowedError: 405. The requested HTTP method is not allowed.
            RateLimitedError: 429. Too many requests in too short a time.
            ServerError: 500. The service failed to process the request. If the parameters are new, the likeliest
                reason is a number out of its range, which fails in the model.
            ServiceUnavailableError: 503. The model may be starting; the service cannot take the request yet.
            RedirectRefusedError: The response is a redirect; redirects are not followed.
            GatewayError: The document does not explain this 5xx; the call may have been billed.
            UndocumentedStatusError: The response has an undocumented status.
            InvalidResponseError: The response is a success, but its body is not as documented.
        """
        _request = _get_user_credits.build_request()
        return await self._call(
            _get_user_credits.OPERATION,
            _request,
            timeout=timeout,
        )

    def _routes(self) -> Mapping[str, type[_AsyncJob[Any, Any]]]:
        from . import jobs as _jobs

        return {
            "generate_image": _jobs.AsyncImageJob,
        }


__all__ = ["AsyncClient", "Client"]
