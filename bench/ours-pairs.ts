// Prints Warpserve's microseconds for the batches of bench/python/pairs.py, as JSON: values and gradients of 64 pairs of n steps, by n.
import { pairsTask } from './pairs-task.ts';
import { race } from './race.ts';

const tasks = Object.fromEntries([24, 100, 300].map((n) => [String(n), pairsTask(n, true)]));
const times = await race(tasks, { rounds: 3, milliseconds: 60 });
console.log(JSON.stringify(Object.fromEntries(Object.entries(times).map(([n, ns]) => [n, ns / 1e3]))));
