import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { dtw, evaluate } from '../../src/core/index.ts';
import { AT_ONCE, noBrowser } from './browser.ts';
import { drop } from './drop.ts';
import { servedPage } from './served-page.ts';
import { shownValue, showsValue } from './shown.ts';

type Row = number | number[];
const wave = (n: number, of: (k: number) => number) => Array.from({ length: n }, (_, k) => of(k));
/** Drops a pair and waits for its value. */
async function show(page: Page, s1: Row[], s2: Row[]): Promise<void> {
  const before = await shownValue(page);
  await drop(page, [['pair.json', JSON.stringify({ s1, s2 })]]);
  await shownValue(page, before);
}
const labels = (page: Page) => page.locator('#alignment .axis .tick text').allTextContents();
const caption = async (page: Page) => (await page.textContent('#alignment .note')) ?? '';
/** Waits until what was chosen is a step of the history: no other has come for longer than one takes. */
const rested = (page: Page) =>
  page.evaluate(async () => {
    for (let last = ''; last !== location.hash; await new Promise((done) => setTimeout(done, 350)))
      last = location.hash;
  });
/** Where the arrows of a series end beside where they start, in pixels down the page. */
const rises = (page: Page, name: 's1' | 's2') =>
  page.locator(`#alignment .arrows.${name}`).evaluate((path) => {
    const stems = [...(path.getAttribute('d') ?? '').matchAll(/M[\d.-]+ ([\d.-]+)V([\d.-]+)/g)];
    return stems.map(([, from, to]) => Number(to) - Number(from));
  });

describe('the figures of a pair', { skip: noBrowser, concurrency: AT_ONCE }, () => {
  const open = servedPage();

  it('points the arrows the way that makes series more alike, for distances and similarities both', async () => {
    const { page } = await open();
    // s1 lies below s2 by less than a bandwidth: it has to rise, s2 to fall.
    const [low, high] = [wave(20, (k) => Math.sin(k / 3)), wave(20, (k) => Math.sin(k / 3) + 0.5)];
    await show(page, low, high);
    for (const metric of ['euclidean', 'gak']) {
      await page.selectOption('#metric', metric);
      await page.waitForFunction((name) => document.querySelector('output.value code')?.textContent === name, metric);
      const [one, other] = [await rises(page, 's1'), await rises(page, 's2')];
      assert.ok(one.length > 5 && one.every((rise) => rise < 0), `${metric}: s1 ${one}`);
      assert.ok(other.length > 5 && other.every((rise) => rise > 0), `${metric}: s2 ${other}`);
      assert.match(await caption(page), /more alike/);
    }
  });

  it('says which end of the values is alike, and what a negative soft-dtw means', async () => {
    const { page } = await open();
    await shownValue(page);
    const direction = page.locator('.direction');
    assert.match((await direction.textContent()) ?? '', /distance: 0 is the same/);
    await page.selectOption('#metric', 'gak');
    await page.getByText('similarity: the larger, the more alike').waitFor();
    await page.selectOption('#metric', 'soft-dtw');
    await page.getByText('the smaller, the more alike').waitFor();
    assert.match((await page.textContent('.bought')) ?? '', /Below 0, because a soft minimum/);
  });

  it('says what stretching bought, and turns the lines from straight to warped', async () => {
    const { page } = await open();
    const [s1, s2] = [wave(40, (k) => Math.sin(k / 5)), wave(40, (k) => Math.sin(k / 5 - 0.7))];
    await show(page, s1, s2);
    const { value } = evaluate('euclidean', s1, s2);
    const says = `With stretching ${dtw(s1, s2).toPrecision(3)}, step by step ${value.toPrecision(3)}.`;
    await page.getByText(says).waitFor();
    const links = () => page.locator('#alignment .links path').last().getAttribute('d');
    const slants = async () =>
      [...((await links()) ?? '').matchAll(/M([\d.]+) [\d.]+L([\d.]+)/g)].map(
        ([, from, to]) => Number(to) - Number(from),
      );
    assert.ok((await slants()).some((slant) => Math.abs(slant) > 20));
    await page.getByLabel('Straight').fill('0');
    assert.ok((await slants()).every((slant) => Math.abs(slant) < 0.2));
    await show(page, s1, s2.slice(0, 30));
    await page.getByText('(the shorter one stretched evenly)').waitFor();
  });

  it('draws what metrics without a path do, or says why there is nothing to draw', async () => {
    const { page } = await open();
    await shownValue(page);
    const choose = async (metric: string) => {
      await page.selectOption('#metric', metric);
      await page.waitForFunction((name) => document.querySelector('output.value code')?.textContent === name, metric);
    };
    const count = async () =>
      ((await page.locator('#alignment .links path').last().getAttribute('d')) ?? '').split('M').length - 1;
    await choose('manhattan');
    assert.ok((await count()) > 50);
    assert.match(await caption(page), /same step/);
    await choose('sbd');
    assert.ok((await count()) > 50);
    assert.match(await caption(page), /moved as a whole, \d+ steps? (later|earlier)|not moved/);
    await choose('gak');
    const levels = await page
      .locator('#alignment .links path')
      .evaluateAll((all) => all.map((one) => (one.getAttribute('d') ?? '').split('M').length - 1));
    assert.ok(levels.filter((lines) => lines > 5).length > 1, `lines of each darkness: ${levels}`);
    assert.match(await caption(page), /sums over all alignments: the darker a line, the larger the part of the sum/);
    await page.getByLabel('Distances').waitFor();
    await choose('soft-dtw-normalized');
    assert.ok((await page.locator('#alignment .links path').first().getAttribute('d')) !== '');
    assert.match(await caption(page), /no alignment of its own/);
    await choose('dtw-independent');
    assert.ok((await count()) > 50);
    assert.match(await caption(page), /with one channel, that is dtw/);
    await choose('sax');
    assert.equal((await page.locator('#alignment .letters text').allTextContents()).join('').length, 20);
  });

  it('draws the alignment of each channel by itself where channels are warped separately, and switches between them', async () => {
    const { page, faults } = await open();
    // The first channel of s2 comes 5 steps later, the second 9 steps earlier.
    const bump = (at: number) => (k: number) => (1 + at / 100) * Math.exp(-(((k - at) / 4) ** 2));
    const [one, other] = [
      [bump(20), bump(30)],
      [bump(25), bump(21)],
    ].map(([a, b]) => wave(50, (k) => k).map((k) => [a?.(k) as number, b?.(k) as number]));
    await show(page, one as number[][], other as number[][]);
    const drawnFor = (metric: string, channel: number) =>
      page.waitForFunction(
        ([name, c]) =>
          document.querySelector('output.value code')?.textContent === name &&
          document.querySelector('#alignment .note')?.textContent?.includes(`channel ${c}`),
        [metric, channel] as const,
      );
    const path = () => page.locator('#cost path.path').getAttribute('d');
    await page.selectOption('#metric', 'dtw-independent');
    await drawnFor('dtw-independent', 0);
    assert.match((await page.textContent('#cost .legend-title')) ?? '', /of s2, channel 0/);
    assert.equal(
      await page.textContent('output.value b'),
      evaluate('dtw-independent', one, other).value.toPrecision(6),
    );
    const first = await path();
    await page.getByLabel('Matches of').selectOption({ label: 'channel 1' });
    await drawnFor('dtw-independent', 1);
    assert.match((await page.textContent('#cost .legend-title')) ?? '', /of s2, channel 1/);
    assert.notEqual(await path(), first);
    assert.ok(await page.getByLabel('channel 1', { exact: true }).isDisabled());
    const [csv] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#alignment .save').getByRole('button', { name: 'CSV' }).click(),
    ]);
    const text = (await (await csv.createReadStream()).toArray()).join('');
    const expected = evaluate('dtw', wave(50, bump(30)), wave(50, bump(21)), {}, { path: true }).path as number[][];
    const [head, ...rows] = text.trim().split('\n');
    assert.equal(head, 'i,j,s1_1,s2_1');
    assert.deepEqual(
      rows.map((row) => row.split(',').slice(0, 2).map(Number)),
      expected,
    );
    // Softly, and shifted: the same switch.
    await page.locator('#fields').getByLabel('gamma').first().fill('0.1');
    await page.getByText(/^Soft alignment, channel 1/).waitFor();
    await page.selectOption('#metric', 'sbd');
    await drawnFor('sbd', 1);
    assert.match(await caption(page), /channel 1 of s2 is moved as a whole, 9 steps later/);
    await page.getByLabel('Matches of').selectOption('0');
    await drawnFor('sbd', 0);
    assert.match(await caption(page), /channel 0 of s2 is moved as a whole, 5 steps earlier/);
    assert.deepEqual(faults, []);
  });

  it('shows the value of a metric with gamma, and says that it has no single path', async () => {
    const { page, faults } = await open();
    const [s1, s2] = [wave(20, (k) => Math.sin(k / 3)), wave(20, (k) => Math.cos(k / 3))];
    await show(page, s1, s2);
    await page.selectOption('#metric', 'msm');
    await showsValue(page, evaluate('msm', s1, s2).value);
    await page.locator('#fields').getByLabel('gamma').first().fill('0.5');
    await showsValue(page, evaluate('msm', s1, s2, { gamma: 0.5 }).value);
    assert.match(await caption(page), /all paths count, .* no single one to draw/);
    assert.deepEqual(faults, []);
  });

  it('moves a point under the mouse and a finger, and the value follows', async () => {
    const { page, faults } = await open('', { hasTouch: true });
    const [s1, s2] = [
      [0, 1, 2, 1, 0, 0, 1, 0],
      [0, 1, 2, 2, 1, 0, 0, 1],
    ];
    await show(page, s1, s2);
    await page.getByLabel('Move points').check();
    const laidOut = () => page.getByText('With stretching').waitFor(); // the last thing that changes the layout
    await laidOut();
    const dot = (which: string, k: number) => page.locator(`#alignment .series.${which} circle`).nth(k);
    const values = async (name: string) => JSON.parse(await page.inputValue(`#${name}-text`)) as number[];
    const from = await dot('s1', 2).boundingBox();
    const to = await dot('s1', 4).boundingBox();
    if (!from || !to) throw new Error('there are no points');
    await page.mouse.move(from.x + 3, from.y + 3);
    await page.mouse.down();
    await page.mouse.move(from.x + 3, to.y + to.height / 2, { steps: 6 });
    await page.mouse.up();
    await page.waitForFunction(() => document.querySelectorAll('#alignment .cross circle').length !== 1);
    const moved = await values('s1');
    assert.deepEqual(moved.toSpliced(2, 1), s1.toSpliced(2, 1));
    assert.ok(Math.abs(moved[2] as number) < 0.02, `${moved[2]}`);
    await showsValue(page, dtw(moved, s2));
    await laidOut();
    await rested(page);
    await page.locator('#alignment .save').scrollIntoViewIfNeeded();
    const touched = await dot('s2', 5).boundingBox();
    if (!touched) throw new Error('there is no point');
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y = 0) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: touched.x + 3, y: touched.y + 3 + y }],
      });
    const top = () => page.locator('#alignment .plot').evaluate((plot) => Math.round(plot.getBoundingClientRect().top));
    const before = await top();
    await touch('touchStart');
    for (let y = 0; y >= -40; y -= 8) await touch('touchMove', y);
    await touch('touchEnd');
    await page.waitForFunction(
      (old) => document.querySelector('output.value b')?.textContent !== old,
      dtw(moved, s2).toPrecision(6),
    );
    const other = await values('s2');
    assert.ok((other[5] as number) > 0.3, `${other}`);
    await showsValue(page, dtw(moved, other));
    assert.ok(Math.abs((await top()) - before) <= 2, 'the finger does not scroll the page');
    await rested(page);
    await page.getByRole('button', { name: 'Undo' }).click();
    await showsValue(page, dtw(moved, s2));
    assert.deepEqual(faults, []);
  });

  it('says of every scale of colours which end is alike', async () => {
    const { page, faults } = await open();
    const before = await shownValue(page);
    assert.match((await page.locator('#cost .legend-title').textContent()) ?? '', /dark is alike/);
    await page.selectOption('#metric', 'soft-dtw');
    await shownValue(page, before);
    assert.match((await page.locator('#cost .legend-title').textContent()) ?? '', /bright is much/);
    await page.getByLabel('A data set').check();
    await page.locator('#matrix .tree').waitFor();
    assert.match((await page.locator('#matrix .legend-title').textContent()) ?? '', /dark is alike/);
    await page.selectOption('#metric', 'gak');
    await page.getByText(/row and column \(bright is alike\)/).waitFor();
    assert.deepEqual(faults, []);
  });

  it('says why there is no soft alignment of more than a million cells', async () => {
    const { page, faults } = await open('#metric=soft-dtw');
    await shownValue(page);
    await show(
      page,
      wave(1100, (k) => Math.sin(k / 20)),
      wave(1100, (k) => Math.sin(k / 19)),
    );
    await page.getByText('The soft alignment has more than a million cells, so it is not requested.').waitFor();
    assert.deepEqual(faults, []);
  });

  it('labels values of 1e9, 1e9 and a little more, constants, and single points', async () => {
    const { page, faults } = await open();
    const short = async () => {
      const found = await labels(page);
      assert.ok(found.length > 6 && found.every((text) => text.length <= 7), found.join(' '));
      const left = await page.locator('#alignment .axis').nth(1).locator('.tick text').allTextContents();
      assert.equal(new Set(left).size, left.length, left.join(' '));
    };
    await show(
      page,
      wave(30, (k) => 1e9 * Math.sin(k)),
      wave(30, (k) => 1e9 * Math.cos(k)),
    );
    await short();
    await page.getByText('value (× 10⁹)').waitFor();
    await show(
      page,
      wave(30, (k) => 1e9 + Math.sin(k)),
      wave(30, (k) => 1e9 + Math.cos(k)),
    );
    await short();
    await page.getByText('value (+ 1,000,000,000)').waitFor();
    await show(
      page,
      wave(30, () => 7),
      wave(30, () => 7.5),
    );
    await short();
    await show(page, [3], [5]);
    await showsValue(page, 2);
    assert.equal(await page.locator('#alignment .series circle').count(), 2);
    assert.deepEqual(faults, []);
  });

  it('gives 5,000 and 8 steps a scale of time each, and thins lines and arrows', async () => {
    const { page, faults } = await open();
    await show(
      page,
      wave(5000, (k) => Math.sin(k / 200) + 0.2 * Math.sin(k * 1.7)),
      [0, 1, 0, -1, 0, 1, 0, -1],
    );
    const [left, right] = await page.locator('#alignment .series.s2').evaluate((lines) => {
      const { left, right } = lines.getBoundingClientRect();
      return [left, right];
    });
    const plot = await page.locator('#alignment .plot').boundingBox();
    assert.ok((right as number) - (left as number) > 0.8 * (plot?.width ?? Number.POSITIVE_INFINITY));
    assert.match(await caption(page), /own time scale/);
    await show(
      page,
      wave(5000, (k) => Math.sin(k / 200) + 0.2 * Math.sin(k * 1.7)),
      wave(5000, (k) => Math.sin(k / 190)),
    );
    assert.ok((await rises(page, 's1')).length <= (plot?.width ?? 0) / 5);
    const lines = (await page.locator('#alignment .links path').last().getAttribute('d')) ?? '';
    assert.ok(lines.split('M').length < (plot?.width ?? 0) / 3);
    assert.deepEqual(faults, []);
  });

  it('shows a cross-hair and its words where a finger points, and keeps them when it is lifted', async () => {
    const { page } = await open('', { hasTouch: true, viewport: { width: 390, height: 844 } });
    await shownValue(page);
    for (const figure of ['#alignment .plot', '#cost .chart']) {
      await page.locator(figure).scrollIntoViewIfNeeded();
      await page.locator(figure).tap({ position: { x: 180, y: 150 } });
      await page.locator('#alignment .cross circle').first().waitFor({ state: 'attached' });
      const tip = page.locator('.tooltip');
      await tip.waitFor();
      assert.match((await tip.textContent()) ?? '', /s1\[\d+\] = .*s2\[\d+\] = .*distance/);
      const box = await tip.boundingBox();
      assert.ok(box && box.x >= 0 && box.x + box.width <= 390);
    }
  });

  it('enlarges under two fingers, and leaves the page as large as it is', async () => {
    const { page } = await open('', { hasTouch: true, viewport: { width: 390, height: 844 } });
    await shownValue(page);
    const plot = page.locator('#alignment .plot');
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    if (!box) throw new Error('there is no picture');
    const session = await page.context().newCDPSession(page);
    const fingers = (apart: number) => [-apart, apart].map((dx, id) => ({ x: box.x + 200 + dx, y: box.y + 100, id }));
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(30) });
    for (let apart = 40; apart <= 90; apart += 10) {
      await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(apart) });
    }
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await page.waitForFunction(() => !document.querySelector('.zoom button:last-child')?.hasAttribute('disabled'));
    const ticks = (await page.locator('#alignment .axis').first().locator('.tick text').allTextContents()).map(Number);
    assert.ok((ticks.at(-1) as number) - (ticks[0] as number) < 75, ticks.join(' '));
    assert.equal(await page.evaluate(() => visualViewport?.scale), 1);
  });

  it('draws fewer matches on a phone, so far apart that they make no pattern', async () => {
    const { page } = await open('', { viewport: { width: 360, height: 800 } });
    await shownValue(page);
    const lines = (await page.locator('#alignment .links path').last().getAttribute('d')) ?? '';
    const ends = [...lines.matchAll(/M([\d.]+) [\d.]+L([\d.]+)/g)].map(([, a, b]) => Number(a) + Number(b));
    assert.ok(ends.length > 10);
    assert.ok(ends.every((end, k) => k === 0 || end - ends[k - 1] >= 9.7));
  });

  it('keeps the figure where it is while the value changes', async () => {
    const { page } = await open();
    await shownValue(page);
    await page.getByText('With stretching').waitFor();
    const places = page.evaluate(async () => {
      const plot = document.querySelector('#alignment .plot') as Element;
      const seen = new Set<number>();
      for (const began = performance.now(); performance.now() - began < 1500; ) {
        seen.add(Math.round(plot.getBoundingClientRect().top + scrollY));
        await new Promise((done) => requestAnimationFrame(done));
      }
      return [...seen];
    });
    for (const radius of ['9', '5', '3', '2']) {
      await page.getByLabel('sakoe_chiba_radius', { exact: true }).fill(radius);
      await page.waitForFunction((text) => location.hash.includes(`sakoe_chiba_radius=${text}`), radius);
    }
    assert.equal((await places).length, 1, `${await places}`);
  });

  it('enlarges what is dragged across, and draws all again', async () => {
    const { page } = await open();
    await shownValue(page);
    const box = await page.locator('#alignment .plot').boundingBox();
    if (!box) throw new Error('there is no picture');
    const steps = async () =>
      (await page.locator('#alignment .axis').first().locator('.tick text').allTextContents()).map(Number);
    const all = await steps();
    await page.mouse.move(box.x + box.width * 0.4, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 120, { steps: 4 });
    await page.mouse.up();
    const some = await steps();
    assert.ok(some[0] > 40 && (some.at(-1) as number) < 100, some.join(' '));
    await page.getByRole('button', { name: 'Enlarge the middle' }).click();
    assert.ok(
      ((await steps()).at(-1) as number) - ((await steps())[0] as number) < 0.7 * ((some.at(-1) as number) - some[0]),
    );
    await page.getByRole('button', { name: 'Draw all steps' }).click();
    assert.deepEqual(await steps(), all);
  });

  it('draws of 5,000 steps no more than the screen can show, however far it is zoomed', async () => {
    const { page, faults } = await open();
    await show(
      page,
      wave(5000, (k) => Math.sin(k / 200)),
      wave(5000, (k) => Math.sin(k / 190)),
    );
    const plot = page.locator('#alignment .plot');
    const { width } = (await plot.boundingBox()) as { width: number };
    const counts = () =>
      page.evaluate(() => ({
        points: [...document.querySelectorAll('#alignment .series.s1 path')]
          .map((one) => (one.getAttribute('d') ?? '').split(/[ML]/).length)
          .reduce((sum, one) => sum + one, 0),
        links: [...document.querySelectorAll('#alignment .links path')]
          .map((one) => (one.getAttribute('d') ?? '').split('M').length)
          .reduce((sum, one) => sum + one, 0),
        elements: document.querySelectorAll('#alignment *').length,
      }));
    let visible = 5000;
    while (visible > 40) {
      const { points, links, elements } = await counts();
      assert.ok(points > Math.min(visible, width) / 2, `${points} points for ${visible} steps`);
      assert.ok(
        points <= 4 * width && links <= width && elements < 600,
        `${points} points, ${links} lines, ${elements} elements`,
      );
      const before = await page.locator('#alignment .series.s1 path').first().getAttribute('d');
      await plot.evaluate((host) => {
        const { left, top, width: wide } = host.getBoundingClientRect();
        const at = { clientX: left + wide / 2, clientY: top + 50 };
        host.dispatchEvent(new WheelEvent('wheel', { deltaY: -208, ctrlKey: true, cancelable: true, ...at }));
      });
      assert.notEqual(await page.locator('#alignment .series.s1 path').first().getAttribute('d'), before);
      visible /= 2;
    }
    assert.deepEqual(faults, []);
  });

  it('tells channels apart and switches them', async () => {
    const { page } = await open();
    await show(
      page,
      wave(30, (k) => k).map((k) => [Math.sin(k), Math.cos(k), k / 30]),
      wave(30, (k) => k).map((k) => [Math.sin(k), 0, 1]),
    );
    const lines = page.locator('#alignment .series.s1 path');
    assert.equal(await lines.count(), 3);
    const dashes = await lines.evaluateAll((paths) => paths.map((path) => getComputedStyle(path).strokeDasharray));
    assert.equal(new Set(dashes).size, 3);
    await page.getByLabel('channel 1').uncheck();
    assert.equal(await lines.count(), 2);
    await page.getByLabel('channel 1').check();
    assert.equal(await lines.count(), 3);
  });

  it('pulls s1 where it is seen, over a ghost of where it began', async () => {
    const { page } = await open('#metric=soft-dtw', { reducedMotion: 'reduce' });
    await shownValue(page);
    const line = await page.locator('#alignment .series.s1 path').getAttribute('d');
    const button = page.getByRole('button', { name: 'Pull s1 towards s2' });
    const [plot, pull] = [await page.locator('#alignment .plot').boundingBox(), await button.boundingBox()];
    assert.ok((pull?.y ?? 9999) - (plot?.y ?? 0) < 800, 'the button and the picture fit one screen');
    await button.click();
    await page.waitForFunction(() => document.querySelector('#pull [role=status]')?.textContent?.startsWith('From'));
    assert.equal(await page.locator('#alignment .ghost path').getAttribute('d'), line);
    assert.notEqual(await page.locator('#alignment .series.s1 path').getAttribute('d'), line);
    await page.getByRole('button', { name: 'Restore s1' }).click();
    await page.locator('#alignment .ghost').waitFor({ state: 'detached' });
  });
});
