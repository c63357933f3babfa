import { type Service, startService, untilReady } from './start-service.ts';

/** A service for the time of a test. */
export async function withService(
  env: Record<string, string>,
  use: (service: Service) => Promise<void>,
): Promise<void> {
  const service = await startService(env);
  try {
    await untilReady(service);
    await use(service);
  } finally {
    await service.close();
  }
}
