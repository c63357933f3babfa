/** What assembly/index.ts exports besides its sweeps, which have the types of `instance.ts`. Addresses are in bytes. */
export interface Exports {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  readonly widestDiagonal: WebAssembly.Global;
  readonly tracedRow: WebAssembly.Global;
  readonly tracedColumn: WebAssembly.Global;
  describe(
    x: number,
    xStride: number,
    y: number,
    yStride: number,
    m: number,
    d: number,
    bandFirst: number,
    bandLast: number,
  ): void;
  layOutBand(lo: number, hi: number, n: number, m: number, first: number, last: number): number;
  endAt(row: number, column: number, fenced: boolean): void;
  keepCosts(at: number, stride: number): void;
  chooseCost(cost: number): void;
  setConstants(penalty: number, threshold: number): void;
  setStepCosts(fromX: number, fromY: number): void;
  setStepCostsBack(fromX: number, fromY: number): void;
  setBetween(fromX: number, fromY: number): void;
  setWarp(factor: number, whole: number): void;
  setBorders(left: number, top: number): void;
  startBorders(): void;
  setTables(even: number, odd: number): void;
  startMin(at: number, stride: number, bytes: number): void;
  keepDiagonals(): number;
  traceKept(to: number, first: number): number;
  traceGradient(first: number, gradient1: number, gradient2: number): void;
  keepMoves(at: number, index: number, k: number): void;
  lastR(row: number): number;
  lastButOneR(row: number): number;
  saveRows(to: number, first: number, last: number): void;
  restoreRows(from: number, savedFirst: number, savedLast: number, first: number, last: number): void;
  trace(to: number, row: number, column: number, k: number): number;
  startSoft(at: number, stride: number, scale: number): void;
  startSoftBorders(): void;
  keepWeights(at: number): void;
  weightsEnd(): number;
  lastMantissa(row: number): number;
  lastExponent(row: number): number;
  saveSoftRows(to: number, first: number, last: number): void;
  restoreSoftRows(from: number, first: number, last: number): void;
  startGradient(
    at: number,
    stride: number,
    row: number,
    gradient1: number,
    gradient2: number,
    alignment: number,
    shares: number,
  ): void;
  readonly spent: WebAssembly.Global;
  readonly query: WebAssembly.Global;
  describeBatch(
    candidates: number,
    stride: number,
    values: number,
    cells: number,
    lengths: number,
    longest: number,
  ): void;
  setBatchBorders(top: number, left: number): void;
  layOutLanes(bands: number, n: number, to: number, first: number, last: number): void;
  setThresholds(at: number): void;
  takeRoots(at: number, count: number): number;
  setScale(scale: number): void;
  startSoftBatch(at: number, stride: number): void;
  describePointwise(others: number, weights: number): void;
  describeCorrelations(first: number, firstValues: number, others: number, otherValues: number): void;
  describeRemainders(x: number, y: number, norms: number, values: number): void;
  startBatch(queries: number, count: number, results: number): void;
  startPruned(limit: number, rests: number): void;
  setScratch(at: number): void;
  summarize(
    from: number,
    count: number,
    m: number,
    d: number,
    size: number,
    segments: number,
    width: number,
    to: number,
  ): number;
  sumRows(from: number, d: number, size: number, segments: number, width: number, more: number, to: number): void;
  boundLanes(
    summaries: number,
    blocks: number,
    room: number,
    size: number,
    used: number,
    segments: number,
    d: number,
    first: number,
    last: number,
    lower: number,
    upper: number,
    scale: number,
    out: number,
    ends: number,
  ): void;
  cornerLanes(
    list: number,
    candidates: number,
    m: number,
    d: number,
    query: number,
    n: number,
    size: number,
    room: number,
    starts: number,
    ends: number,
  ): void;
  interleave(
    list: number,
    candidates: number,
    m: number,
    d: number,
    first: number,
    by: number,
    count: number,
    to: number,
  ): void;
  envelopeOf(series: number, m: number, d: number, windows: number, levels: number, lower: number, upper: number): void;
  startEnvelope(series: number, m: number, d: number): void;
  envelopeLevel(k: number, m: number, d: number, windows: number, lower: number, upper: number): number;
  restOf(
    query: number,
    n: number,
    d: number,
    lower: number,
    upper: number,
    rowBytes: number,
    size: number,
    end: number,
    to: number,
  ): void;
  keepEnvelopes(
    list: number,
    count: number,
    candidates: number,
    m: number,
    d: number,
    windows: number,
    levels: number,
    envelopes: number,
    stride: number,
    half: number,
    marks: number,
    mark: number,
  ): void;
  closer(
    list: number,
    count: number,
    candidates: number,
    m: number,
    d: number,
    query: number,
    n: number,
    size: number,
    lower: number,
    upper: number,
    windows: number,
    levels: number,
    envelopes: number,
    stride: number,
    marks: number,
    mark: number,
    ends: number,
    limit: number,
    bounds: number,
    middles: number,
  ): number;
  restLanes(
    list: number,
    query: number,
    n: number,
    d: number,
    envelopes: number,
    stride: number,
    half: number,
    rowBytes: number,
    size: number,
    ends: number,
    to: number,
  ): void;
  startMatches(
    query: number,
    series: number,
    length: number,
    rows: number,
    steps: number,
    at: number,
    stride: number,
    outCosts: number,
    outStarts: number,
  ): void;
  matches(begin: number, end: number): void;
  describePairs(
    x: number,
    y: number,
    n: number,
    m: number,
    d: number,
    from: number,
    to: number,
    costs: number,
    gradient1: number,
    gradient2: number,
  ): void;
  startSoftPairs(at: number, weights: number, scale: number): void;
  startSoftPairsBack(at: number): void;
  pairsMantissas(): number;
  pairsExponents(): number;
  startMinPairs(at: number, moves: number): void;
  lastOfPairs(): number;
  followPairs(): void;
  setSums(first: number, second: number, left: number, above: number): void;
  readonly [sweep: string]: unknown;
}
