/**
 * Yields, as jobs are done, how many from the first on are: 1, 2, ... up to `count`, some left out where several are done at once. Jobs do not
 * wait for whoever asks for the next number.
 *
 * @param run starts the jobs, and calls `done` with the place of each that has ended
 * @throws what `run` rejects with
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
