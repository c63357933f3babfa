/** A tool that reads the document. */
export interface Tool {
  /** The folder of its steps. */
  readonly name: string;
  readonly title: string;
  readonly language: string;
  /** Commands without which it is skipped. */
  readonly needs: readonly string[];
  /** Whether it is only tried by name, or with `all`. */
  readonly extra?: true;
  /** Whether it prints what it found, rather than what its client got. */
  readonly reports?: true;
}

/** In the order of the table; the slowest last. */
export const tools: readonly Tool[] = [
  { name: 'hey-api', title: '@hey-api/openapi-ts', language: 'TypeScript', needs: ['npm'] },
  { name: 'orval', title: 'orval (fetch)', language: 'TypeScript', needs: ['npm'] },
  { name: 'python', title: 'openapi-generator python', language: 'Python', needs: ['python3', 'java'] },
  { name: 'oapi-codegen', title: 'oapi-codegen', language: 'Go', needs: ['go'] },
  { name: 'go', title: 'openapi-generator go', language: 'Go', needs: ['go', 'java', 'python3'] },
  { name: 'java', title: 'openapi-generator java', language: 'Java', needs: ['javac', 'mvn', 'python3'] },
  { name: 'rust', title: 'openapi-generator rust', language: 'Rust', needs: ['cargo', 'java', 'python3'] },
  {
    name: 'typescript-fetch',
    title: 'openapi-generator typescript-fetch',
    language: 'TypeScript',
    needs: ['npm', 'java', 'python3'],
    extra: true,
  },
  {
    name: 'openapi-python-client',
    title: 'openapi-python-client',
    language: 'Python',
    needs: ['python3'],
    extra: true,
    reports: true,
  },
  {
    name: 'datamodel-code-generator',
    title: 'datamodel-code-generator',
    language: 'Python',
    needs: ['python3'],
    extra: true,
    reports: true,
  },
  { name: 'fastmcp', title: 'fastmcp', language: 'Python', needs: ['python3'], extra: true, reports: true },
];
