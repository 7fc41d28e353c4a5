import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { addressesOf, type Resolve, readAddress } from './webhook-address.ts';

const TIMEOUT_MS = 5000;

/** `t=SECONDS,v1=HEX`: HMAC-SHA256 of `SECONDS.BODY`. The time is signed too, so that nobody can send an old event again. */
export function signatureOf(secret: string, body: string, wall: number): string {
  const seconds = Math.floor(wall / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

export interface Delivery {
  url: string;
  secret: string;
  body: string;
  wall: number;
  onLoopback: boolean;
  timeoutMs?: number;
  resolve?: Resolve;
}

/** Posts once; follows no redirect and reads no answer. Returns the status, or in a word why there was none. */
export async function post({ url, secret, body, wall, onLoopback, timeoutMs = TIMEOUT_MS, resolve }: Delivery): Promise<string> {
  const stop = AbortSignal.timeout(timeoutMs);
  try {
    const target = readAddress(url);
    const late = new Promise<never>((_, reject) => stop.addEventListener('abort', () => reject(new Error('timeout')), { once: true }));
    const addresses = await Promise.race([addressesOf(target, onLoopback, resolve), late]);
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'X-Signature': signatureOf(secret, body, wall),
    };
    // Only to what was checked: a name that changes its address in between leads nowhere else.
    const pinned: LookupFunction = (_host, options, answer) =>
      options.all ? answer(null, addresses) : answer(null, addresses[0].address, addresses[0].family);
    return await new Promise<string>((settle, fail) => {
      const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
      const sent = send(target, { method: 'POST', headers, lookup: pinned, signal: stop, agent: false }, response => {
        settle(String(response.statusCode));
        response.destroy();
      });
      sent.on('error', fail);
      sent.end(body);
    });
  } catch (error) {
    if (stop.aborted) return 'timeout';
    const { code, message } = error as { code?: string; message: string };
    return code === 'invalid' ? 'refused address' : (code ?? message);
  }
}
