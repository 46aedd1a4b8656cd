import { SyncError } from '@sync/domain';
import { StorageError } from '@sync/storage';
import { Problem } from './problem.js';

const maxBytes = 1024 * 1024;

/** What body-parser marks its errors with. */
function parserType(error: unknown): string | undefined {
  const type = error instanceof Error && 'type' in error ? error.type : undefined;
  return typeof type === 'string' ? type : undefined;
}

function fromBodyParser(error: unknown): Problem | undefined {
  switch (parserType(error)) {
    case undefined:
      return undefined;
    case 'entity.too.large':
      return new Problem(
        'TOO_LARGE',
        `A body may have at most ${maxBytes} bytes; send it in several requests`,
      );
    case 'entity.parse.failed':
      return new Problem('MALFORMED_JSON', 'The body cannot be parsed; send one JSON object in UTF-8');
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new Problem('UNSUPPORTED_MEDIA_TYPE', 'Send JSON in UTF-8, plain or gzip');
    default:
      return new Problem('INVALID_REQUEST', 'The body could not be read completely; send the request again');
  }
}

/** Errors of the adapters speak of Xero's consent here, or of a value that a request carried. */
function fromSyncError(error: SyncError): Problem {
  switch (error.kind) {
    case 'validation':
      return new Problem('INVALID_REQUEST', error.message);
    case 'transient':
    case 'rate-limited':
      return new Problem('UNAVAILABLE', `${error.message}; try again in a minute`);
    default:
      return new Problem('XERO_REFUSED', `${error.message}; connect Xero again`);
  }
}

/** The problem that an error stands for; what is unknown tells nothing of itself. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof SyncError && error.kind !== 'bug') return fromSyncError(error);
  if (error instanceof StorageError && error.transient) {
    return new Problem(
      'UNAVAILABLE',
      'The database does not answer; nothing was stored, try again in a minute',
    );
  }
  return (
    fromBodyParser(error) ??
    new Problem('INTERNAL', 'The request was not carried out; report it with this correlationId if it stays')
  );
}
