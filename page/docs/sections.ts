import { grouped, groupOf } from '../data/metric-groups.ts';
import type { OpenApi, Route } from './document.ts';

/** Operations that belong together: of one metric, or under one tag. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** The heading above it: a family of metrics. */
  readonly family: string;
  readonly routes: readonly Route[];
}

/** The metrics by family, each with its operations; then the other tags. */
export function sectionsOf(document: OpenApi, routes: readonly Route[]): Section[] {
  const { tags: all = [] } = document;
  const kinds = new Set(all.filter((tag) => tag['x-metrics']).map(({ name }) => name));
  const ofMetrics = routes.filter(({ tags }) => tags?.some((name) => kinds.has(name)));
  const names = [...new Set(ofMetrics.map(({ path }) => path.split('/')[1] as string))].map((name) => ({ name }));
  const metrics = grouped(names).flatMap(([, members]) =>
    members.map(({ name }) => {
      const own = ofMetrics.filter(({ path }) => path.split('/')[1] === name);
      const title = own.find(({ path }) => path === `/${name}`)?.summary ?? name;
      return { id: `metric-${name}`, title: `${name} · ${title}`, family: groupOf(name), routes: own };
    }),
  );
  const others = all
    .filter(({ name }) => !kinds.has(name))
    .map(({ name, description = '' }) => ({
      id: `tag-${name}`,
      title: description || name,
      family: `${name[0]?.toUpperCase()}${name.slice(1)}`,
      routes: routes.filter(({ tags }) => tags?.includes(name)),
    }));
  const sections = [...metrics, ...others];
  const placed = new Set(sections.flatMap((section) => section.routes));
  const left = routes.filter((route) => !placed.has(route));
  return [...sections, { id: 'others', title: 'Under no tag', family: 'Others', routes: left }].filter(
    (section) => section.routes.length > 0,
  );
}
