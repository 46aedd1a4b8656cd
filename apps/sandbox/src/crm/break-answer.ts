import type { RequestHandler, Response } from 'express';
import type { CrmFaults, Fault } from './faults.js';
import { sendProblem } from './problem.js';

const HTML =
  '<!doctype html><html><head><title>Sign in</title></head><body><h1>Please sign in</h1></body></html>';

/** Answers badly where a fault says so, and passes on otherwise. */
export function breakAnswers(faults: CrmFaults): RequestHandler {
  return (_request, response, next) => {
    const fault = faults.next();
    if (fault === null) next();
    else answerBadly(fault, response, next);
  };
}

function answerBadly(fault: Fault, response: Response, next: () => void): void {
  switch (fault.mode) {
    case 'html':
      response.status(200).type('html').send(HTML);
      return;
    case 'half-json':
      response.status(200).type('json').send('{"changes": [{"id": "1"}, {"id": "2"');
      return;
    case 'error-500':
      sendProblem(response, 500, 'internal', 'Something broke on purpose.');
      return;
    case 'wrong-key':
      sendProblem(response, 401, 'unauthorized', 'The key was refused on purpose.');
      return;
    case 'wrong-shape':
      response.json({ data: { rows: [] }, success: true });
      return;
    case 'redirect':
      response.redirect(302, 'http://169.254.169.254/latest/meta-data/');
      return;
    case 'lost-answer':
      response.end = () => response.destroy();
      next();
      return;
    case 'slow':
      wait(fault.delayMs, response, next);
      return;
    case 'none':
      next();
  }
}

/** A reader that has left must not keep the timer. */
function wait(delayMs: number, response: Response, next: () => void): void {
  const timer = setTimeout(next, delayMs);
  response.once('close', () => clearTimeout(timer));
}
