import type { IConfiguration, IForbiddenRuleType } from 'dependency-cruiser';

// Which folder may import from which: the only place where this is written down. A folder that is listed here, or a file that is, is a
// room. `npm run imports` checks every import, type imports too. docs/architecture.md has the diagram;
// docs/decisions/0010-imports-go-down.md says why.

/** What the files of a room may import from outside it. */
interface Imports {
  /** Rooms further down the list, or files and folders in them. */
  readonly rooms: readonly string[];
  /** Modules of npm and Node. Without it: any that package.json has. */
  readonly modules?: readonly string[];
}

const core = (...rooms: string[]): string[] => rooms.map((room) => `src/core/${room}`);
const server = (...rooms: string[]): string[] => rooms.map((room) => `src/server/${room}`);
const page = (...rooms: string[]): string[] => rooms.map((room) => `page/${room}`);
const door = 'src/core/server-door.ts';
const client = 'clients/typescript';

/** The rooms from top to bottom. A file belongs to the innermost one. */
export const rooms: Readonly<Record<string, Imports>> = {
  test: { rooms: ['test/reference', 'test/support', 'scripts', 'page', 'src', client, 'dependency-cruiser.config.ts'] },
  'test/reference': { rooms: ['test/support', 'src/core/index.ts'] },
  'test/support': { rooms: ['src'] },
  bench: { rooms: ['src'] },
  scripts: { rooms: ['src'] },
  examples: { rooms: ['src/core/index.ts', client] },
  'dependency-cruiser.config.ts': { rooms: [] },

  page: { rooms: [...page('view', 'import', 'form', 'state', 'service', 'dom'), client] },
  'page/guide': { rooms: page('view', 'dom') },
  'page/docs': { rooms: page('view', 'service', 'data', 'dom') },
  'page/view': { rooms: page('import', 'form', 'plot', 'state', 'service', 'data', 'dom') },
  'page/import': { rooms: page('plot', 'state', 'data', 'dom') },
  'page/form': { rooms: page('state', 'data', 'dom') },
  'page/plot': {
    rooms: [
      ...page('state', 'data', 'dom'),
      'src/core/metric/band.ts',
      'src/core/kernels/types.ts',
      'src/core/engines/solvers/normal-quantile.ts',
    ],
  },
  'page/state': { rooms: [...page('service', 'data'), client] },
  'page/service': { rooms: [...page('data'), client] },
  'page/data': { rooms: [] },
  'page/dom': { rooms: [] },
  'clients/typescript': { rooms: [] },

  'src/server': { rooms: [...server('plugins', 'routes', 'pool', 'memory', 'http', 'config.ts'), door] },
  'src/server/plugins': {
    rooms: server(
      'background',
      'datasets',
      'store',
      'memory',
      'worker',
      'pool',
      'schemas',
      'http',
      'config.ts',
      'keys',
      'version.ts',
    ),
  },
  'src/server/routes': {
    rooms: [
      ...server(
        'background',
        'database',
        'datasets',
        'formats',
        'operations',
        'pool',
        'schemas',
        'document',
        'npz',
        'http',
        'config.ts',
        'version.ts',
        'dataset-reference.ts',
      ),
      door,
    ],
  },
  'src/server/worker': {
    rooms: [...server('datasets', 'operations', 'pool', 'schemas', 'npz', 'memory', 'http'), door],
  },
  'src/server/background': {
    rooms: [
      ...server(
        'operations',
        'database',
        'datasets',
        'npz',
        'store',
        'pool',
        'memory',
        'http',
        'config.ts',
        'code-digest.ts',
      ),
      door,
    ],
  },
  'src/server/database': { rooms: [] },
  'src/server/datasets': { rooms: [...server('formats', 'store', 'memory', 'http', 'dataset-reference.ts'), door] },
  'src/server/operations': { rooms: [...server('pool', 'memory', 'schemas', 'document', 'http', 'config.ts'), door] },
  'src/server/pool': { rooms: [...server('memory', 'http', 'config.ts', 'code-digest.ts'), door] },
  'src/server/memory': { rooms: server('http') },
  'src/server/schemas': {
    rooms: [...server('document', 'formats', 'npz', 'http', 'config.ts', 'dataset-reference.ts'), door],
  },
  'src/server/document': { rooms: server('http') },
  'src/server/formats': { rooms: [...server('npz'), door] },
  'src/server/npz': { rooms: [...server('http'), door] },
  'src/server/store': { rooms: [] },
  'src/server/http': { rooms: [door] },
  'src/server/config.ts': { rooms: server('keys') },
  'src/server/keys': { rooms: [] },
  'src/server/version.ts': { rooms: [] },
  'src/server/code-digest.ts': { rooms: [door] },
  'src/server/dataset-reference.ts': { rooms: [] },

  'src/core/index.ts': {
    rooms: core('tslearn', 'operations', 'metrics', 'engines', 'metric', 'input', 'kernels', 'errors.ts'),
    modules: [],
  },
  'src/core/tslearn': {
    rooms: core('operations', 'metrics', 'engines', 'metric', 'input', 'kernels', 'errors.ts'),
    modules: ['zod', 'numpy-ts', '@tensorflow/tfjs', 'node:assert'],
  },
  'src/core/server-door.ts': {
    rooms: core('operations', 'metrics', 'engines', 'metric', 'input', 'kernels', 'errors.ts'),
    modules: [],
  },
  'src/core/operations': {
    rooms: core('metrics', 'engines', 'metric', 'input', 'kernels', 'errors.ts'),
    modules: ['zod', 'numpy-ts'],
  },
  'src/core/metrics': {
    rooms: core('engines/call-value.ts', 'engines/solvers', 'metric', 'input', 'errors.ts'),
    modules: ['zod'],
  },
  'src/core/engines': {
    rooms: core('metric', 'input', 'kernels', 'errors.ts'),
    modules: ['numpy-ts', '@tensorflow/tfjs', '@tensorflow/tfjs-node', 'node:module', 'node:util'],
  },
  'src/core/metric': { rooms: core('input', 'kernels', 'errors.ts'), modules: ['zod', '@tensorflow/tfjs'] },
  'src/core/input': {
    rooms: core('kernels/short-arrays.ts', 'errors.ts'),
    modules: ['numpy-ts', '@tensorflow/tfjs', 'leven', 'node:module'],
  },
  'src/core/kernels': { rooms: [], modules: ['node:fs'] },
  'src/core/errors.ts': { rooms: [], modules: [] },
};

/** Files that alone may import these modules, which their room lists. */
const only: Readonly<Record<string, string>> = { 'node:fs': 'src/core/kernels/simd/module.ts' };

const paths = Object.keys(rooms);
const escaped = (path: string): string => path.replaceAll('.', '\\.');
const under = (path: string): string => `^${escaped(path)}(/|$)`;
const ours = `^(${[...new Set(paths.map((path) => escaped(path.split('/')[0] as string)))].join('|')})(/|$)`;

/** Whether a file is a folder's, at any depth, or the file itself. */
export const isUnder = (file: string, path: string): boolean => file === path || file.startsWith(`${path}/`);

/** The room of a file; undefined for one that is in none. */
export const roomOf = (file: string): string | undefined =>
  paths
    .filter((path) => isUnder(file, path))
    .sort((a, b) => b.length - a.length)
    .at(0);

/** The files of a room, without those of the rooms inside it. */
function filesOf(room: string): string {
  const inside = paths.filter((path) => path.startsWith(`${room}/`)).map((path) => path.slice(room.length + 1));
  return inside.length === 0 ? under(room) : `^${room}/(?!(${inside.map(escaped).join('|')})(/|$))`;
}

/** How dependency-cruiser resolves a module: Node's to its name without `node:`, npm's to a file. */
const filesOfModule = (name: string): string =>
  name.startsWith('node:') ? `^(node:)?${name.slice('node:'.length)}$` : `(^|/)node_modules/${name}/|^${name}$`;

/** The rooms that contain a path, or that it contains. */
const reachedBy = (path: string): string[] => {
  const room = roomOf(path);
  return [...(room === undefined ? [] : [room]), ...paths.filter((one) => isUnder(one, path))];
};

function rulesOf(room: string, imports: Imports): IForbiddenRuleType[] {
  const below = paths.slice(paths.indexOf(room) + 1);
  const upward = imports.rooms.find((path) => reachedBy(path).some((one) => !below.includes(one)));
  if (upward !== undefined) throw new RangeError(`${upward} is not below ${room}: imports go down`);
  const from = { path: filesOf(room) };
  const toRooms: IForbiddenRuleType = {
    name: `${room} may import only from ${imports.rooms.join(', ') || 'itself'}`,
    severity: 'error',
    from,
    to: { path: ours, pathNot: [filesOf(room), ...imports.rooms.map(under)] },
  };
  if (imports.modules === undefined) return [toRooms];
  const toModules: IForbiddenRuleType = {
    name: `${room} may import ${imports.modules.length > 0 ? `only the modules ${imports.modules.join(', ')}` : 'no module'}`,
    severity: 'error',
    from,
    to: { pathNot: [ours, ...imports.modules.map(filesOfModule)] },
  };
  return [toRooms, toModules];
}

const configuration: IConfiguration = {
  forbidden: [
    { name: 'no circle of files', severity: 'error', from: {}, to: { circular: true } },
    // A folder is what is in it at any depth.
    { name: 'no circle of folders', severity: 'error', scope: 'folder', from: {}, to: { circular: true } },
    {
      name: 'every file is in a room',
      severity: 'error',
      from: { path: ours, pathNot: paths.map(under) },
      to: {},
    },
    ...Object.entries(only).map(
      ([name, file]): IForbiddenRuleType => ({
        name: `only ${file} may import ${name}`,
        severity: 'error',
        from: { path: '^src/core/', pathNot: under(file) },
        to: { path: filesOfModule(name) },
      }),
    ),
    ...Object.entries(rooms).flatMap(([room, imports]) => rulesOf(room, imports)),
  ],
  options: {
    parser: 'swc', // reads TypeScript as it is written: imports of types count
    doNotFollow: { path: ['node_modules'] },
    exclude: {
      path: [
        '^dist/',
        '^bench/node_modules/',
        '^src/core/kernels/assembly/',
        '^scripts/generators/programs/',
        '^clients/[^/]+/node_modules/',
      ],
    },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};

export default configuration;
