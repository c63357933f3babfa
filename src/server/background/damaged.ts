/** A file of a result is not what was written: its tile must be recomputed. */
export class Damaged extends Error {
  readonly tile: number;

  constructor(tile: number) {
    super(`tile ${tile} is damaged`);
    this.name = 'Damaged';
    this.tile = tile;
  }
}
