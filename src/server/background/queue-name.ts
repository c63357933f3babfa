/** The name of the queue that holds the tiles of a job. */
export const queueName = (job: string): string => `job-${job}`;
