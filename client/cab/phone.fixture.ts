import type { Browser, BrowserContext, Page } from 'playwright-core';

/** A position of the receiver: epoch ms, degrees. */
export type Position = [at: number, lng: number, lat: number];

/**
 * Runs in the page before its own scripts: a receiver that follows a track, told how far by the test. Several positions at once make the
 * phone's time go faster; the next then come when those are on the disk, as they would be long before in a real second.
 */
function receiver({ track, everyMs, atOnce }: { track: Position[]; everyMs: number; atOnce: number }): void {
  // It is the phone's, not the page's: it goes on where it was when the page is opened again.
  const told = () => Number(localStorage.getItem('receiver.told') ?? 0);
  const wanted = () => Number(localStorage.getItem('receiver.wanted') ?? 0);
  const watches = new Map<number, PositionCallback>();
  const tell = (to: PositionCallback, [at, longitude, latitude]: Position) => {
    const none = { altitude: null, altitudeAccuracy: null, heading: null, speed: null };
    to({ timestamp: at, coords: { longitude, latitude, accuracy: 4, ...none } } as GeolocationPosition);
  };
  let next = 1;
  const geolocation: Partial<Geolocation> = {
    watchPosition(heard) {
      const id = next++;
      // Asked anew, a receiver repeats what it had; at this pace the writes of a busy disk lag some seconds of the track behind.
      for (const position of track.slice(Math.max(0, told() - 50), told())) setTimeout(() => tell(heard, position));
      watches.set(id, heard);
      return id;
    },
    clearWatch: id => void watches.delete(id),
  };
  Object.defineProperty(navigator, 'geolocation', { value: geolocation });
  const step = () => {
    if (watches.size === 0) return;
    const from = told();
    const to = Math.min(from + atOnce, wanted(), track.length);
    if (from >= to) return;
    localStorage.setItem('receiver.told', String(to));
    for (const position of track.slice(from, to)) for (const heard of watches.values()) tell(heard, position);
  };
  // A look at what the page writes to waits its turn behind the writing.
  let disk: IDBDatabase | null = null;
  const onDisk = (then: () => void) => {
    if (watches.size === 0) return then();
    if (disk) {
      disk.transaction('outboxes').objectStore('outboxes').count().onsuccess = then;
      return;
    }
    const opening = indexedDB.open('cab');
    opening.onerror = then;
    opening.onsuccess = () => {
      disk = opening.result;
      onDisk(then);
    };
  };
  if (atOnce === 1) setInterval(step, everyMs);
  else {
    const go = () => {
      step();
      setTimeout(() => onDisk(go), everyMs);
    };
    go();
  }
}

/** Runs in the page before its own scripts: what comes out of the loudspeaker is written down. */
function loudspeaker(hasVoice: boolean): void {
  const heard = (what: string) => {
    const all = JSON.parse(localStorage.getItem('loudspeaker') ?? '[]') as string[];
    localStorage.setItem('loudspeaker', JSON.stringify([...all, what]));
  };
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (when) {
    heard(`${this.frequency.value} Hz`);
    start.call(this, when);
  };
  const voice = { lang: 'zh-CN', name: 'Tingting' };
  class Utterance {
    onstart: (() => void) | null = null;
    constructor(readonly text: string) {}
  }
  const speak = (utterance: Utterance) => {
    if (utterance.text !== '') heard(utterance.text);
    setTimeout(() => utterance.onstart?.());
  };
  Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance });
  Object.defineProperty(window, 'speechSynthesis', {
    value: { getVoices: () => (hasVoice ? [voice] : []), speak, cancel: () => undefined },
  });
}

/** What was spoken and which notes were played so far. */
export const heardFrom = (page: Page): Promise<string[]> =>
  page.evaluate(() => JSON.parse(localStorage.getItem('loudspeaker') ?? '[]') as string[]);

/** An operator's phone: 390 × 844, with a track to follow. */
export async function phone(
  browser: Browser,
  options: { track?: Position[]; userAgent?: string; everyMs?: number; atOnce?: number; hasVoice?: boolean; keepsPage?: boolean } = {},
): Promise<BrowserContext> {
  const { track = [], userAgent, everyMs = 8, atOnce = 1, hasVoice = true, keepsPage = true } = options;
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    serviceWorkers: keepsPage ? 'allow' : 'block',
    ...(userAgent !== undefined && { userAgent }),
  });
  await context.addInitScript(receiver, { track, everyMs, atOnce });
  await context.addInitScript(loudspeaker, hasVoice);
  return context;
}

/** Lets the receiver go on until it has told so many positions of its track. */
export const driveTo = async (page: Page, position: number): Promise<void> => {
  await page.evaluate(to => localStorage.setItem('receiver.wanted', String(to)), position);
};
export const drivenTo = (page: Page): Promise<number> => page.evaluate(() => Number(localStorage.getItem('receiver.told') ?? 0));

/** What the page tells of itself where it goes wrong; that a phone without a network cannot load is no complaint. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    const isExpected = /status of 401|net::ERR_|WebSocket connection/.test(message.text());
    if (message.type() === 'error' && !isExpected) complaints.push(message.text());
  });
  return complaints;
}

/** What is needed of a server for tests. */
interface Server {
  token(who: { role: 'administrator'; name: string }): Promise<string>;
  send(method: string, path: string, body: unknown, token: string): Promise<{ body: unknown }>;
}

/** The link of a new operator's invitation. */
export async function invitation(server: Server, machine: string): Promise<string> {
  const administrator = await server.token({ role: 'administrator', name: '管理员' });
  const { body } = await server.send(
    'POST',
    '/api/v1/invitations',
    { role: 'operator', name: `机手 ${machine}`, division: null, machine, station: null },
    administrator,
  );
  return `/cab#enrol=${(body as { code: string }).code}`;
}
