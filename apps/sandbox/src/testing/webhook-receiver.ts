import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from './sandbox-client.js';

/** An app that listens for webhooks, and answers as it is told to. */
export interface WebhookReceiver {
  readonly url: string;
  readonly key: string;
  /** Events in the order in which they came. */
  readonly events: Json[];
  /** Bodies that were rightly signed, those without events included. */
  readonly bodies: Json[];
  /** What the next requests that are rightly signed are answered; 200 when it is empty. */
  readonly answers: number[];
  /** Waits until so many events have come. */
  until(count: number): Promise<Json[]>;
  close(): void;
}

/** Starts a receiver; `wrongly` is what it answers to a wrong signature. */
export async function openReceiver(wrongly = 401): Promise<WebhookReceiver> {
  const key = 'webhook-key';
  const [events, bodies, answers]: [Json[], Json[], number[]] = [[], [], []];
  const server = createServer((request, response) => {
    void bytesOf(request).then((body) => {
      const signature = createHmac('sha256', key).update(body).digest('base64');
      const good = request.headers['x-xero-signature'] === signature;
      const status = good ? (answers.shift() ?? 200) : wrongly;
      const parsed = JSON.parse(body.toString());
      if (good) bodies.push(parsed);
      if (status === 200) events.push(...parsed.events);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/xero`;
  const until = async (count: number): Promise<Json[]> => {
    for (const end = Date.now() + 4000; events.length < count && Date.now() < end; ) await pause(5);
    return events;
  };
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url, key, events, bodies, answers, until, close };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Waits, in ms of real time. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
