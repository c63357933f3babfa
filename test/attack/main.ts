import { availableParallelism, cpus } from 'node:os';
import { allAttacks, judge } from './judge.ts';

// npm run attack [-- word ...]: attacks a service on loopback, and says what held. With words: only attacks that have one in their name. Exits 1 if a row is SHORT.

const words = process.argv.slice(2);
const attacks = (await allAttacks()).filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
);
if (attacks.length === 0) throw new Error(`no attack has ${words.join(' or ')} in its name`);

console.log(`${cpus()[0]?.model}, ${availableParallelism()} cores for attacker and service, Node ${process.version}\n`);
const columns = ['attack', 'held', 'limit', 'measured', ''] as const;
console.log(`| ${columns.join(' | ')} |\n|${'---|'.repeat(columns.length)}`);
for (const attack of attacks) {
  const { measured, held } = await judge(attack, 1);
  console.log(`| ${attack.name} | ${attack.held} | ${attack.limit} | ${measured} | ${held ? 'pass' : 'SHORT'} |`);
  if (!held) process.exitCode = 1;
}
