import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { read, readText } from '../../page/data/read.ts';

const folder = new URL('../fixtures/files/', import.meta.url);
const file = async (name: string) => await read(readFileSync(new URL(name, folder)), name);
const { left, right } = JSON.parse(readFileSync(new URL('named.json', folder), 'utf8')) as {
  left: number[];
  right: number[];
};

describe('reading files of other programs', () => {
  const pairs: [string, string, string][] = [
    ['pandas-index.csv', 'left', 'right'],
    ['pandas-no-index.csv', 'left', 'right'],
    ['pandas-dates.csv', 'left', 'right'],
    ['pandas-long.csv', 'left', 'right'],
    ['pandas.json', 'left', 'right'],
    ['pandas-records.json', 'left', 'right'],
    ['pandas-split.json', 'left', 'right'],
    ['excel-german.csv', 'links', 'rechts'],
    ['excel-german-1252.csv', 'größe', 'höhe'],
    ['excel-unicode.txt', 'links', 'rechts'],
    ['excel-sep.csv', 'links', 'rechts'],
    ['r-write-csv.csv', 'left', 'right'],
    ['r-write-csv2.csv', 'left', 'right'],
    ['r-write-table.txt', 'left', 'right'],
    ['numpy-savetxt.txt', 'left', 'right'],
    ['instrument.csv', 'Left (mm)', 'Right (mm)'],
    ['two-columns.csv', 'two-columns 0', 'two-columns 1'],
    ['two-rows.csv', 'two-rows 0', 'two-rows 1'],
    ['two-rows.npy', 'two-rows 0', 'two-rows 1'],
    ['unequal-rows.csv', 'unequal-rows 0', 'unequal-rows 1'],
    ['two-series.json', 'two-series 0', 'two-series 1'],
    ['named.json', 'left', 'right'],
    ['pair.npz', 's1', 's2'],
    ['wide.parquet', 'left', 'right'],
    ['wide-zstd.parquet', 'left', 'right'],
    ['wide-gzip.parquet', 'left', 'right'],
    ['long.parquet', 'left', 'right'],
    ['libreoffice.csv', 'links', 'rechts'],
    ['sheets.csv', 'left', 'right'],
    ['newest-first.csv', 'left', 'right'],
    ['source-below.csv', 'left', 'right'],
    ['world-bank.csv', 'Aruba', 'Chad'],
    ['sas.csv', 'left', 'right'],
    ['stata.csv', 'left', 'right'],
    ['m4.csv', 'Y1', 'Y2'],
    ['influxdb.csv', 'web1', 'web2'],
    ['influxdb.json', 'web1', 'web2'],
    ['prometheus.json', 'node', 'db'],
    ['graphite.json', 'web1', 'web2'],
    ['graphite.csv', 'web1', 'web2'],
    ['opentsdb.json', 'web1', 'web2'],
    ['grafana.csv', 'left (ms)', 'right (°C)'],
    ['grafana-series.csv', 'web1', 'web2'],
    ['home-assistant.csv', 'sensor.left', 'sensor.right'],
    ['fitbit.csv', '1503960366', '1624580081'],
    ['labview.lvm', 'left', 'right'],
    ['tektronix.csv', 'CH1', 'CH2'],
    ['rigol.csv', 'CH1 (Volt)', 'CH2 (Volt)'],
    ['arduino.txt', 'left', 'right'],
    ['psql.txt', 'left', 'right'],
    ['table.md', 'left', 'right'],
    ['chart.json', 'left', 'right'],
    ['highcharts.json', 'left', 'right'],
    ['plotly.json', 'left', 'right'],
    ['open-meteo.json', 'left', 'right'],
    ['pandas-index.json', 'left', 'right'],
    ['numpy.txt', 'left', 'right'],
    ['matlab.txt', 'matlab 0', 'matlab 1'],
    ['zipped.csv.zip', 'left', 'right'],
  ];
  for (const [name, one, other] of pairs) {
    it(`finds two series and their names in ${name}`, async () => {
      const { series } = await file(name);
      assert.deepEqual(
        series.map((found) => found.name),
        [one, other],
      );
      const [first = [], second = []] = series.map(({ values }) => values as number[]);
      assert.deepEqual(first, left);
      assert.deepEqual(second.slice(0, 45), right.slice(0, 45));
    });
  }

  it('takes of an export of a watch the column of values alone, not that of versions', async () => {
    const { series, choices } = await file('apple-health.csv');
    assert.deepEqual(
      series.map(({ name, values }) => ({ name, values })),
      [{ name: 'value', values: left }],
    );
    assert.equal(choices.roles?.[3], 'time');
  });

  it('says what it left out above and below the numbers, and that it turned them round', async () => {
    const notes = async (name: string) => (await file(name)).notes.join('; ');
    assert.equal(await notes('tektronix.csv'), '7 lines above the table skipped');
    assert.equal(await notes('source-below.csv'), '1 line below the table skipped');
    assert.equal(await notes('sheets.csv'), '1 line below the table skipped');
    assert.equal(await notes('newest-first.csv'), 'the newest came first: put in order of time');
  });

  it('puts quantities of one kind in one unit', () => {
    const { series } = readText('time,memory\n12:00,1 GiB\n12:01,512 MiB\n12:02,2 GiB\n12:03,NaN\n12:04,1.5 GiB\n');
    assert.deepEqual(series[0]?.values, [1, 0.5, 2, 1.75, 1.5]);
    assert.equal(series[0]?.name, 'memory (GiB)');
    assert.throws(() => readText('time,size\n12:00,1 kg\n12:01,2 m\n'), /No column holds numbers/);
  });

  it('tells days and months apart by the order of time, and splits by what a column says only where time starts over', () => {
    const days = Array.from({ length: 40 }, (_, k) => `${1 + (k % 28)}.${1 + Math.floor(k / 28)}.2024`);
    const weather = (k: number) => (k % 2 ? 'rain' : 'sun');
    const one = readText(`Tag;Wetter;Grad\n${days.map((day, k) => `${day};${weather(k)};${k % 7},5`).join('\n')}`);
    assert.deepEqual(
      one.series.map(({ name, values }) => [name, values.length]),
      [['Grad', 40]],
    );
    const rows = ['a', 'b'].flatMap((name) => days.map((day, k) => `${day};${name};${k % 7},5`));
    const two = readText(`Tag;Ort;Grad\n${rows.toReversed().join('\n')}`);
    assert.deepEqual(
      two.series.map(({ name, values }) => [name, values[2]]),
      [
        ['b', 2.5],
        ['a', 2.5],
      ],
    );
  });

  it('reads what consoles print and code says', () => {
    const printed: readonly (readonly [text: string, ...series: (readonly (number | readonly number[])[])[]])[] = [
      ['[1. 2. 3.\n 4.5]', [1, 2, 3, 4.5]],
      ['[[1. 2.]\n [3. 4.]\n [5. nan]]', [[1, 2], [3, 4], [5, 4]]], // biome-ignore format: rows
      [' [1] 20.1 20.5\n [3] 22.0 NA\n [5] 21\n', [20.1, 20.5, 22, 21.5, 21]],
      ['tensor([1., 2.], device="cuda:0", requires_grad=True)', [1, 2]],
      ['[np.float64(1.5), np.float64(-2e-3)]', [1.5, -0.002]],
      ['c(1, 2.5, 3)', [1, 2.5, 3]],
      ['(1, 2, 3)', [1, 2, 3]],
      ['[1, 2, 3,]', [1, 2, 3]],
      ['x <- c(1, 2) # of R\ny <- c(2, 3)', [1, 2], [2, 3]],
      ["{'s1': [1, 2, 3], 's2': (3, 4)}", [1, 2, 3], [3, 4]],
      ['s1: [1, 2, 3]\ns2: [2, 3, 4]\n', [1, 2, 3], [2, 3, 4]],
    ];
    for (const [text, ...expected] of printed) {
      assert.deepEqual(
        readText(text).series.map(({ values }) => values),
        expected,
        text,
      );
    }
    assert.throws(() => readText('[0.1 0.2 ... 9.8 9.9]'), { message: /leaves numbers out.*print all of them/ });
  });

  it('finds names and classes next to rows', async () => {
    const wide = await file('pandas-wide.csv');
    assert.deepEqual(
      wide.series.map(({ name }) => name),
      ['ann', 'ben', 'cem'],
    );
    const ucr = await file('ucr.tsv');
    assert.deepEqual(
      ucr.series.map(({ label, values }) => [label, values.length]),
      ['1', '2', '1', '2', '1', '2', '1', '2'].map((label) => [label, 60]),
    );
    const lists = await file('lists.parquet');
    assert.deepEqual(
      lists.series.map(({ name, label }) => `${name}${label}`),
      ['a1', 'b1', 'c2'],
    );
    const { series } = await file('labelled.npz');
    assert.deepEqual(
      series.map(({ label }) => label),
      ['walk', 'run', 'walk'],
    );
  });

  it('reads one column with decimal commas as one series, and says that it guessed', async () => {
    const { series, notes } = await file('decimal-commas.txt');
    assert.deepEqual(series[0]?.values, left);
    assert.match(notes.join(), /one column of decimals/);
    assert.deepEqual(readText('1,5\n2,5\n3,75\n-0,5').series[0]?.values, [1.5, 2.5, 3.75, -0.5]);
  });

  it('reads two columns of integers if that is likelier, and either if told to', () => {
    const index = readText('0,5\n1,7\n2,9\n3,12\n4,10');
    assert.deepEqual(index.series[0]?.values, [5, 7, 9, 12, 10]);
    const waves = Array.from(
      { length: 40 },
      (_, k) => `${500 + Math.round(90 * Math.sin(k / 5))},${480 + Math.round(90 * Math.cos(k / 5))}`,
    );
    assert.equal(readText(waves.join('\n')).series.length, 2);
    assert.equal(readText(waves.join('\n'), { delimiter: '', decimal: ',' }).series.length, 1);
    assert.equal(readText('1,5\n2,5', { delimiter: ',' }).series.length, 2);
    assert.equal(readText('a,b\n1,5\n2,7\n9,9').series.length, 2);
  });

  it('reads thousands apart, dates, and empty cells at the end of a shorter column', async () => {
    const { series } = await file('excel-thousands.csv');
    assert.deepEqual(
      series.map(({ values }) => values[1]),
      [1037, 90991],
    );
    assert.deepEqual(
      readText('a;b\n1,5;2,5\n3,5;4,5\n;6,5').series.map(({ values }) => values),
      [
        [1.5, 3.5],
        [2.5, 4.5, 6.5],
      ],
    );
    assert.deepEqual(readText('a\n1.234,5\n2.345,25').series[0]?.values, [1234.5, 2345.25]);
  });

  it('fills in missing values inside a series, says so, and leaves them if told to', async () => {
    const { series, notes } = await file('pandas-gaps.csv');
    assert.match(notes.join(), /3 missing values filled in/);
    assert.equal(series[0]?.values[11], ((left[9] as number) + (left[13] as number)) / 2);
    const kept = await read(readFileSync(new URL('pandas-gaps.csv', folder)), 'gaps.csv', { gaps: 'keep' });
    assert.ok(Number.isNaN(kept.series[0]?.values[11]));
    const { series: found } = await file('python-nan.json');
    assert.equal(found[0]?.values.length, 60);
  });

  it('keeps channels, their names, and the order of axes', async () => {
    const channels = await file('channels.npy');
    assert.deepEqual(
      channels.series.map(({ values }) => [values].flat(2).length),
      [120],
    );
    const block = readText(
      JSON.stringify([
        [
          [1, 2, 3, 4],
          [5, 6, 7, 8],
        ],
        [
          [1, 2, 3, 5],
          [5, 6, 7, 9],
        ],
      ]),
    );
    assert.deepEqual(block.choices, { layout: 'channels_first' });
    assert.deepEqual(block.series[0]?.values[0], [1, 5]);
    const { series } = readText('time,x,y\n0,1,2\n1,3,4\n2,5,6\n3,7,8', { arrangement: 'channels' });
    assert.deepEqual(series[0]?.channels, ['x', 'y']);
  });

  it('unpacks .gz', async () => {
    const { gzipSync } = await import('node:zlib');
    const { series } = await read(gzipSync('left,right\n1,2\n3,4\n'), 'own.csv.gz');
    assert.deepEqual(
      series.map(({ name }) => name),
      ['left', 'right'],
    );
  });

  it('reads percentages and amounts of money', () => {
    const { series } = readText('Date,Open,Change\n2024-01-01,"$1,200.50",1.5 %\n2024-01-02,"-$3.00",-2%\n');
    assert.deepEqual(
      series.map(({ values }) => values),
      [
        [1200.5, -3],
        [1.5, -2],
      ],
    );
    const euros = readText('Tag;Umsatz\n01.02.2024;1.200,50 €\n02.02.2024;7,25 €\n');
    assert.deepEqual(euros.series[0]?.values, [1200.5, 7.25]);
  });

  it('finds series in JSON that names each, or wraps all of them', () => {
    const series = [
      { name: 'a', values: [1, 2, 3, 4] },
      { name: 'b', values: [2, 3, 4, 5] },
    ];
    for (const data of [series, { series }, { data: { series } }, { result: { data: series, count: 2 }, ok: true }]) {
      const found = readText(JSON.stringify(data)).series;
      assert.deepEqual(
        found.map(({ name, values }) => ({ name, values })),
        series,
      );
    }
  });

  it('reads a column of half a million steps', () => {
    const steps = Array.from({ length: 500_000 }, (_, t) => `${t},${t % 7}`);
    const { series } = readText(`time,value\n${steps.join('\n')}`);
    assert.equal(series[0]?.values.length, 500_000);
  });

  it('says how to write a Parquet file that is compressed otherwise', async () => {
    await assert.rejects(file('wide-brotli.parquet'), { message: /BROTLI, .*Write it with zstd, gzip or snappy/ });
  });

  it('takes seconds and milliseconds since 1970 for times', () => {
    for (const unit of [1, 1000]) {
      const rows = Array.from({ length: 20 }, (_, t) => [(1_709_280_000 + 60 * t) * unit, Math.sin(t)]);
      const { series } = readText(JSON.stringify(rows.map(([at, value]) => ({ at, value }))));
      assert.deepEqual(
        series.map(({ name }) => name),
        ['value'],
      );
    }
  });

  const refused: [string, string | Buffer, RegExp][] = [
    ['a word among numbers', 'a,b\n1,2\n3,x\n5,6', /Line 3, value 2: “x” is not a number/],
    ['a number beyond all', '[1, 1e400]', /Value 2 is too large/],
    ['words alone', 'just\nsome\nwords', /No column holds numbers/],
    ['nothing', ' \n ', /nothing here/],
    ['names alone', 'time,left,right\n', /only names here, time, left, right: the numbers are missing/],
    ['an HDF5 file', Buffer.from([0x89, 0x48, 0x44, 0x46, 0, 0]), /HDF5 file: save the numbers/],
    ['a Feather file', Buffer.from('ARROW1\0\0and so on'), /an Arrow file \(Feather\): save the numbers as CSV/],
    ['a Stata file', Buffer.from('<stata_dta><header>'), /a Stata file: save the numbers/],
    ['a SAS file', Buffer.concat([Buffer.alloc(12), Buffer.from([0xc2, 0xea, 0x81, 0x60])]), /a SAS file: save/],
    [
      'a watch’s file',
      Buffer.from([14, 16, 0, 0, 0, 0, 0, 0, 0x2e, 0x46, 0x49, 0x54, 0, 0]),
      /a FIT file of a sports watch/,
    ],
    ['Apple’s export', '<?xml version="1.0"?>\n<!DOCTYPE HealthData [\n]>', /the export of Apple Health \(XML\): save/],
    ['a track', '<?xml version="1.0"?>\n<gpx creator="x">', /a GPX track \(XML\): save/],
    ['what is no text, without a zero', Buffer.from([0x93, 1, 2, 3]), /neither text/],
    ['a picture called .csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), /a picture \(PNG\): save the numbers/],
    ['a pickle', Buffer.from([0x80, 4, 0x95, 0, 0]), /a pickle of Python: save the numbers/],
    ['a web page', '<!DOCTYPE html><p>1, 2', /web page or XML: save the numbers/],
    ['a list that is also a row', '[[1, 2], 3]', /here one is both/],
    ['what is no text', Buffer.from([1, 0, 2, 0, 3]), /neither text/],
    ['a broken zip', Buffer.from('PK\u0003\u0004 and so on'), /zip cannot be opened/],
    ['a broken Parquet file', Buffer.from('PAR1 and so on PAR1'), /Parquet file cannot be read/],
  ];
  for (const [what, content, message] of refused) {
    it(`says what is wrong with ${what}`, async () => {
      await assert.rejects(read(Buffer.from(content as string), 'own.csv'), { message });
    });
  }
});

/** A way to write a table. */
const dialects = fc.record({
  written: fc.constantFrom([',', '.'], [';', ','], [';', '.'], ['\t', ','], ['\t', '.'], ['|', '.']),
  newline: fc.constantFrom('\n', '\r\n'),
  bom: fc.boolean(),
  header: fc.boolean(),
  quotes: fc.boolean(),
  index: fc.constantFrom('none', 'count', 'dates'),
  closing: fc.boolean(),
});

describe('the reader of tables', () => {
  it('reads back what any program wrote: delimiter, decimal sign, quotes, header, index, end of line', () => {
    const value = fc.integer({ min: -99_999, max: 99_999 }).map((whole) => whole / 100 + 0.001);
    const table = fc
      .integer({ min: 2, max: 5 })
      .chain((width) =>
        fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 6, maxLength: 30 }),
      );
    fc.assert(
      fc.property(table, dialects, (rows, { written: [mark, sign], newline, bom, header, quotes, index, closing }) => {
        const quoted = (text: string) => (quotes ? `"${text}"` : text);
        const lines = rows.map((row, k) => [
          ...(index === 'none' ? [] : [index === 'count' ? `${k}` : `2024-01-${String(k + 1).padStart(2, '0')}`]),
          ...row.map((one) => one.toFixed(3).replace('.', sign as string)),
        ]);
        const names = [...(index === 'none' ? [] : ['']), ...(rows[0] as number[]).map((_, k) => `col ${'abcde'[k]}`)];
        const all = (header ? [names, ...lines] : lines).map(
          (cells) => cells.map(quoted).join(mark) + (closing && !header ? (mark as string) : ''),
        );
        const { series } = readText((bom ? '\ufeff' : '') + all.join(newline) + newline);
        assert.deepEqual(
          series.map(({ values }) => values),
          (rows[0] as number[]).map((_, c) => rows.map((row) => Number((row[c] as number).toFixed(3)))),
        );
        if (header) assert.equal(series[0]?.name, 'col a');
      }),
      { numRuns: 300, seed: 18 },
    );
  });

  it('answers any JSON with series or a sentence', () => {
    const scalar = fc.oneof(fc.integer(), fc.constantFrom(null, 1.5, 'x', '2', '2024-01-01', true));
    const name = fc.constantFrom(
      'series',
      'data',
      'values',
      'name',
      'label',
      'time',
      's1',
      'a',
      'columns',
      'index',
      '0',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        scalar,
        fc.array(scalar, { maxLength: 5 }),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(name, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(value, fc.constantFrom('any', 'series', 'dataset'), (data, wanted) => {
        try {
          assert.ok(readText(JSON.stringify(data), {}, wanted as 'any').series.length > 0);
        } catch (error) {
          assert.match((error as Error).constructor.name, /^ParseError$/, String(error));
        }
      }),
      { numRuns: 3000, seed: 18 },
    );
  });

  it('answers any text with series of numbers or a sentence', () => {
    const bits = fc.constantFrom(
      '1',
      '-2.5',
      '3,5',
      ',',
      ';',
      '\t',
      '\n',
      '\n',
      ' ',
      '"',
      'a',
      'NaN',
      '[',
      ']',
      '{',
      '}',
      ':',
      '#',
      '2024-01-01',
      '@data\n',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 40 }), fc.constantFrom('any', 'series', 'dataset'), (parts, wanted) => {
        try {
          const { series } = readText(parts.join(''), {}, wanted as 'any');
          assert.ok(series.length > 0 && series.every(({ name }) => name !== undefined));
        } catch (error) {
          assert.match((error as Error).constructor.name, /^ParseError$/, String(error));
        }
      }),
      { numRuns: 2000, seed: 18 },
    );
  });
});
