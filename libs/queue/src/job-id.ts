import { randomBytes } from 'node:crypto';

/**
 * A new id for a job, by which a ring knows whether the job in the queue is its own. It begins with a letter:
 * BullMQ refuses ids that read as an integer, which one in 2,000 random hexadecimal numbers does.
 */
export function newJobId(random: Buffer = randomBytes(8)): string {
  return `j${random.toString('hex')}`;
}
