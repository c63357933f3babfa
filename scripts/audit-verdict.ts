/** What became of an audit. `failed`: there is an advisory to act on. */
export interface Verdict {
  readonly failed: boolean;
  readonly lines: readonly string[];
}

/** What `npm audit --json` prints, as far as it is read here; with an error in place of vulnerabilities where the registry does not answer. */
interface Report {
  readonly vulnerabilities?: Readonly<
    Record<string, { severity: string; via: readonly (string | { title: string; url: string })[] }>
  >;
  readonly message?: string;
}

/** Advisories as grave as these have to be acted on before anything is released. */
const GRAVE = ['high', 'critical'];

/** Judges the output of `npm audit --json`. If no advisories are available, it says so and does not fail. */
export function verdictOf(printed: string): Verdict {
  const report = reportOf(printed);
  if (report.vulnerabilities === undefined) {
    const reason = report.message ?? 'no answer';
    return { failed: false, lines: [`NOT AUDITED: npm's registry gives no advisories here (${reason})`] };
  }
  const found = Object.entries(report.vulnerabilities);
  const lines = found.map(([name, { severity, via }]) => {
    const why = via.map((one) => (typeof one === 'string' ? `by ${one}` : `${one.title} ${one.url}`));
    return `${severity}: ${name}: ${why.join('; ')}`;
  });
  const failed = found.some(([, { severity }]) => GRAVE.includes(severity));
  return { failed, lines: lines.length > 0 ? lines : ['no known vulnerabilities in what runs'] };
}

function reportOf(printed: string): Report {
  try {
    return JSON.parse(printed) as Report;
  } catch {
    return {};
  }
}
