import { Bench } from 'tinybench';

/**
 * Runs contenders alternately for several rounds and returns each one's median nanoseconds per call: these machines drift, so only figures
 * of one race may be compared.
 */
export async function race<N extends string>(
  contenders: Record<N, () => unknown>,
  { rounds = 7, milliseconds = 60 }: { rounds?: number; milliseconds?: number } = {},
): Promise<Record<N, number>> {
  const medians = new Map<string, number[]>(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const bench = new Bench({ time: milliseconds, iterations: 3, warmup: round === 0, warmupTime: milliseconds });
    for (const [name, run] of Object.entries<() => unknown>(contenders)) bench.add(name, () => void run());
    await bench.run();
    for (const task of bench.tasks) {
      if (task.result.state !== 'completed')
        throw new Error(`${task.name} did not run: ${JSON.stringify(task.result)}`);
      medians.get(task.name)?.push(task.result.latency.p50 * 1e6);
    }
  }
  return Object.fromEntries([...medians].map(([name, all]) => [name, median(all)])) as Record<N, number>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}
