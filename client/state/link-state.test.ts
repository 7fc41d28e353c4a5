import { expect, test } from 'vitest';
import { linkState } from './link-state.ts';

const heard = { connected: true, lastBeatAt: 100_000, since: 90_000 };

test('five seconds of silence turn the line amber and ten turn it red', () => {
  expect([101, 105, 105.001, 109.999, 110].map(s => linkState(heard, s * 1000))).toEqual(['live', 'live', 'slow', 'slow', 'lost']);
});

test('a closed socket is red at once', () => {
  expect(linkState({ ...heard, connected: false }, 100_500)).toBe('lost');
});

test('before the first message the page is connecting, and lost when none comes', () => {
  const waiting = { connected: false, lastBeatAt: null, since: 0 };
  expect([linkState(waiting, 3000), linkState(waiting, 10_000)]).toEqual(['connecting', 'lost']);
});
