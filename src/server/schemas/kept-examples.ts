// One data set, as the documents show it, and one job about it. A test compares all of it with what the service answers.

export const CONTENT_EXAMPLE = {
  series: [
    [1, 2, 3, 4],
    [1, 2, 2, 3, 4],
    [5, 4, 3],
  ],
  labels: ['rises', 'rises', 'falls'],
};

export const DATASET_EXAMPLE = {
  name: 'gunpoint',
  version: 1,
  digest: 'sha256:3d19f4854add03ddbb2446af98f7e8b2686e0338005095d7b2b096b340d92af2',
  count: 3,
  d: 1,
  lengths: { min: 3, max: 5, mean: 4 },
  labels: { rises: 2, falls: 1 },
  bytes: 185,
  created: '2026-11-27T06:44:52.711Z',
};

export const SERIES_EXAMPLE = { values: [5, 4, 3], index: 2, label: 'falls' };

const JOB_ID = '92afdd37-4aa1-4dad-ba61-d41c70ea0bee';

export const JOB_EXAMPLE = {
  id: JOB_ID,
  status: 'succeeded',
  progress: { cells_done: 2447, cells: 2447, tiles_done: 1, tiles: 1, fraction: 1, seconds_left: null },
  created: '2026-11-27T06:44:54.963Z',
  started: '2026-11-27T06:44:54.977Z',
  ended: '2026-11-27T06:44:54.995Z',
  request: {
    path: '/dtw/cdist',
    query: {},
    body: {
      dataset1: DATASET_EXAMPLE.digest,
      p: null,
      metric: null,
      global_constraint: null,
      itakura_max_slope: null,
      sakoe_chiba_radius: null,
      compute_with_backend: true,
      be: 'numpy',
    },
  },
  result: `/jobs/${JOB_ID}/result`,
};

export const EVENTS_EXAMPLE = `event: job\ndata: ${JSON.stringify(JOB_EXAMPLE)}\n\n`;

export const RESULT_EXAMPLE = {
  matrix: [
    [0, 0, 4.58257569495584],
    [0, 0, 4.69041575982343],
    [4.58257569495584, 4.69041575982343, 0],
  ],
  shape: [3, 3],
  be: 'numpy',
  dtype: 'float64',
};
