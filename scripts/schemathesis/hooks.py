"""The document describes one line of application/x-ndjson, so the first line of an answer is held to it."""

import json

import schemathesis


@schemathesis.deserializer("application/x-ndjson")
def first_line(_context, response):
    return json.loads(response.content.split(b"\n", 1)[0])
