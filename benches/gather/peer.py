#!/usr/bin/env python3
"""peer.py PORT FEEDS IN_FLIGHT: fetches and parses feeds of the loopback nginx; prints requests/s. Stores nothing."""
import asyncio
import sys
import time

import aiohttp
import feedparser


async def main(port, feeds, in_flight):
    gate = asyncio.Semaphore(in_flight)
    entries = 0

    async def read(session, source):
        nonlocal entries
        async with gate:
            headers = {"Host": f"s{source}.example"}
            async with session.get(f"http://127.0.0.1:{port}/0/feed.xml", headers=headers) as answer:
                body = await answer.read()
        entries += len(feedparser.parse(body).entries)

    connector = aiohttp.TCPConnector(limit=in_flight)
    async with aiohttp.ClientSession(connector=connector) as session:
        started = time.monotonic()
        await asyncio.gather(*(read(session, source) for source in range(feeds)))
        seconds = time.monotonic() - started
    if not entries:
        sys.exit("no entries were read")
    print(feeds / seconds)


asyncio.run(main(*map(int, sys.argv[1:])))
