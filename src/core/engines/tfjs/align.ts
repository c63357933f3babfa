import type * as tf from '@tensorflow/tfjs';
import type { Poll } from '../../kernels/index.ts';
import type { RecurrenceProblem, Solution, Wanted } from '../../metric/problem.ts';
import { loadTf } from './load.ts';
import { type MoveTensors, moveTensors } from './move-tensors.ts';
import { prepared } from './prepare.ts';
import { trace } from './trace.ts';
import { lastCell, wavefront } from './wavefront.ts';

/** The path and the alignment come from the table itself: the path by tracing it back, the alignment as d value / d cost. */
export function align(
  problem: RecurrenceProblem,
  s1: tf.Tensor2D,
  s2: tf.Tensor2D,
  wanted: Wanted,
  poll: Poll,
): Partial<Solution> {
  const x = prepared(problem.prepare, s1, 's1');
  const y = prepared(problem.prepare, s2, 's2');
  const moves = moveTensors(problem.recurrence.moves, x, y);
  return {
    ...(wanted.path && { path: path(problem, moves, poll) }),
    ...(wanted.alignment && { alignment: alignment(problem, moves, poll) }),
  };
}

function path({ recurrence, bandOf }: RecurrenceProblem, moves: MoveTensors, poll: Poll): Int32Array {
  const [n, m] = moves.diagonal.shape;
  const table = loadTf().stack(wavefront(moves, recurrence, bandOf(n, m), poll));
  const { diagonal, up, left } = moves;
  const alike = recurrence.reduce === 'minimax' || (diagonal === up && up === left);
  const costs = alike ? undefined : [diagonal, up, left].map((cost) => cost.dataSync() as Float32Array);
  return trace({ table: table.dataSync() as Float32Array, costs, n, m });
}

/** d value / d (the cost paid in a cell), summed over all moves that pay there. */
function alignment({ recurrence, bandOf }: RecurrenceProblem, moves: MoveTensors, poll: Poll): Float64Array {
  const tf = loadTf();
  const [n, m] = moves.diagonal.shape;
  const share = tf.grad((paid: tf.Tensor) => {
    const more = (cost: tf.Tensor2D) => tf.add(cost, paid) as tf.Tensor2D;
    const diagonal = more(moves.diagonal);
    const up = moves.up === moves.diagonal ? diagonal : more(moves.up);
    const left = moves.left === moves.up ? up : more(moves.left);
    return lastCell(wavefront({ ...moves, diagonal, up, left }, recurrence, bandOf(n, m), poll));
  });
  return Float64Array.from(share(tf.zerosLike(moves.diagonal)).dataSync());
}
