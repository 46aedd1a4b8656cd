import { addressOf, lookIntoDatabase } from '../look-into-database.js';
import { reasonOf } from '../reason-of.js';
import { fine, type Finding, wrong } from './finding.js';

/** The oldest Postgres that the schema is written for. */
const OLDEST = 14;

const about = 'database';

/** Whether the server answers and is new enough. Returns whether it can be asked further. */
export async function* examineDatabase(url: string): AsyncGenerator<Finding, boolean> {
  try {
    const { address, majorVersion } = await lookIntoDatabase(url);
    if (majorVersion < OLDEST) {
      yield wrong(
        about,
        `Postgres ${majorVersion} at ${address} is too old`,
        `use Postgres ${OLDEST} or newer`,
      );
      return false;
    }
    yield fine(about, `Postgres ${majorVersion} answers at ${address}`);
    return true;
  } catch (error) {
    const text = `${addressOf(url)} does not let us in: ${reasonOf(error)}`;
    yield wrong(about, text, 'start Postgres, and check address, user and password in DATABASE_URL');
    return false;
  }
}
