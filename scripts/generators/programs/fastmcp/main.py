import asyncio
import json
import os
from pathlib import Path

import httpx
from fastmcp import Client, FastMCP


async def listed(name):
    document = json.loads((Path(os.environ["DOCUMENT"]).parent / name).read_text())
    service = httpx.AsyncClient(base_url=os.environ["WARPSERVE_URL"])
    async with Client(FastMCP.from_openapi(openapi_spec=document, client=service)) as client:
        tools = await client.list_tools()
        text = json.dumps([{"name": one.name, "description": one.description, "schema": one.inputSchema} for one in tools])
        return f"{len(tools)} tools, {len(text) // 1000} KB"


print(f"{asyncio.run(listed('openapi.json'))}; of openapi-agents.json {asyncio.run(listed('openapi-agents.json'))}")
