// npm run bench: every speed target with what this machine reaches, in one process and one run.
import { cpus } from 'node:os';
import { cReference } from './c-reference.ts';
import { cdistRows } from './cdist-row.ts';
import { cdistShortRows } from './cdist-short.ts';
import { httpRows } from './http.ts';
import { neighborsRows } from './neighbors-row.ts';
import { pairsRows } from './pairs-row.ts';
import { peers } from './peers.ts';
import { dtwRows, dtwVariantRows, type Row, softRows } from './rows.ts';

console.log(`Node ${process.version}, ${cpus()[0]?.model} x ${cpus().length}, ${process.platform} ${process.arch}\n`);
const inC = cReference();
if (inC === undefined) console.log('gcc is not installed: skipping the comparison with C\n');

print(await dtwRows(await peers(), inC));
print(await dtwVariantRows());
print(await softRows());
print(await cdistRows());
print(await cdistShortRows());
print(await pairsRows());
print(await neighborsRows());
print(await httpRows());

function print(rows: readonly Row[]): void {
  for (const { task, ratio, target, atLeast, measured, perCell } of rows) {
    const kept = atLeast ? measured >= target : measured <= target;
    const bound = `${atLeast ? '>=' : '<='} ${target}`;
    const cell = perCell === undefined ? '' : `${perCell.toFixed(2)} ns/cell`;
    console.log(
      `${kept ? 'pass ' : 'SHORT'} ${task.padEnd(44)} ${ratio.padEnd(26)} ${bound.padEnd(8)} ${measured.toFixed(2).padStart(8)}  ${cell}`,
    );
  }
}
