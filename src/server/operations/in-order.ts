/**
 * Yields, as jobs finish, how many of the first jobs are done: 1, 2, ... up to `count`, skipping some if several finish at once. Jobs do not
 * wait for the consumer.
 *
 * @param run starts the jobs, and calls `done` with the index of each that has finished
 * @throws whatever `run` rejects with
 */
export async function* inOrder(
  count: number,
  run: (done: (at: number) => void) => Promise<unknown>,
): AsyncGenerator<number, void> {
  const ended = new Uint8Array(count);
  let ready = 0;
  let wake = () => {};
  const failures: unknown[] = [];
  const all = run((at) => {
    ended[at] = 1;
    while (ready < count && ended[ready] === 1) ready++;
    wake();
  });
  all.catch((error) => {
    failures.push(error);
    wake();
  });
  for (let told = 0; told < count; told = ready) {
    if (ready === told && failures.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (failures.length > 0) throw failures[0];
    if (ready > told) yield ready;
  }
}
