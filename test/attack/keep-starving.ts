import { Client } from '../soak/client.ts';
import { heaviest } from './heaviest.ts';

// A process that keeps 32 connections busy with the heaviest legal requests, back to back, whatever it is told, until it is killed.

const [url = '', authorization = '', localAddress = ''] = process.argv.slice(2);
const client = new Client(url, { ...(authorization && { authorization }) }, localAddress || undefined);
const inTurn = function* () {
  for (;;) yield* heaviest;
};
await client.keepAsking(inTurn(), 32, new AbortController().signal);
