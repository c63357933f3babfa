import type { BackendName, MetricRecord } from '../../src/core/index.ts';
import type { Tolerance } from './close-to.ts';

/** Of gradients and alignments, `ofLargest` is relative to the largest entry. */
interface BackendTolerance {
  readonly value: Tolerance;
  readonly gradient: Required<Tolerance> & { readonly ofLargest: number };
  readonly share: Tolerance;
}

/**
 * How close a backend's numbers come to the true ones.
 *
 * numpy: float64, as the references say of themselves. tfjs: float32, whose unit is 6e-8. Over the reference cases the worst
 * value is 1.4e-6 of itself (0.216 left of terms ten times as large), the worst gradient 7.1e-5 of its largest entry (d = 6,
 * n = 25: a weight is exp of a difference of two numbers near 1600), the worst share 9.1e-6.
 */
const tolerances: Readonly<Record<BackendName, BackendTolerance>> = {
  numpy: {
    value: { relative: 1e-9, absolute: 1e-12 },
    gradient: { relative: 1e-6, absolute: 1e-9, ofLargest: 0 },
    share: { relative: 1e-6, absolute: 1e-9 },
  },
  tfjs: {
    value: { relative: 3e-6, absolute: 1e-6 },
    gradient: { relative: 0, absolute: 1e-6, ofLargest: 2e-4 },
    share: { relative: 0, absolute: 3e-5 },
  },
};

/** A difference of values, or the exponential of one, has their errors over a smaller number: 9e-5 is the worst over the reference cases. */
export function toleranceOf({ be, record }: { be: BackendName; record: MetricRecord }): BackendTolerance {
  const tolerance = tolerances[be];
  const cancels = be === 'tfjs' && (record.normalized === true || record.finish === 'exp(-x)');
  return cancels ? { ...tolerance, value: { relative: 2e-4, absolute: 1e-6 } } : tolerance;
}
