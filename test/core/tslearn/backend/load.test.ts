import { ok, strictEqual, throws } from 'node:assert';
import { it } from 'node:test';
import { loadTf, setTfjsEngine, tfjsEngine } from '../../../../src/core/engines/tfjs/load.ts';

it('loads the engine that was chosen, once, or says what to do', () => {
  setTfjsEngine('node');
  try {
    loadTf();
  } catch (error) {
    ok(error instanceof Error && /install @tensorflow\/tfjs-node .* or choose "cpu" or "auto"/.test(error.message));
    setTfjsEngine('cpu');
  }
  const engine = tfjsEngine();
  const other = engine === 'cpu' ? 'node' : 'cpu';
  strictEqual(loadTf(), loadTf());
  setTfjsEngine(engine);
  setTfjsEngine('auto');
  throws(() => setTfjsEngine(other), {
    message: new RegExp(`already loaded, as "${engine}": choose "${other}" before`),
  });
  strictEqual(tfjsEngine(), engine);
});
