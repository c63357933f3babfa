import type { Cluster } from '../data/cluster.ts';
import type { Scale } from './scale.ts';

/** The tree as one path of brackets, leaves on the right. `y` places a leaf, `x` a height. */
export function dendrogram(tree: Cluster, x: Scale, y: Scale): string {
  const parts: string[] = [];
  let leaf = 0;
  const visit = ({ height, parts: pair }: Cluster): number => {
    if (!pair) return y(leaf++);
    const [one, other] = pair;
    const [above, below] = [visit(one), visit(other)];
    parts.push(`M${x(one.height)} ${above}H${x(height)}V${below}H${x(other.height)}`);
    return (above + below) / 2;
  };
  visit(tree);
  return parts.join('');
}
