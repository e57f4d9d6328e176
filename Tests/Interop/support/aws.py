"""Clients of AWS that talk to `botctl simulate`."""

import boto3
from botocore.config import Config


def client(service, simulator, region="us-east-1", key="simulator", secret="simulator", **options):
    """A client of one service, without retries, so that a test sees the first answer."""
    configuration = Config(
        retries={"total_max_attempts": 1}, read_timeout=30, connect_timeout=10, **options.pop("config", {})
    )
    return boto3.client(
        service,
        endpoint_url=simulator.url,
        region_name=region,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        config=configuration,
        **options,
    )
