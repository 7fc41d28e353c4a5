import { expect, test } from 'vitest';
import { packFixes, unpackFixes } from '../../shared/packing.ts';
import { stripsOf } from './ingest-ground.ts';
import { runIngestBench } from './ingest-run.ts';
import { sizes } from './ingest-size.ts';
import { trackOf } from './ingest-track.ts';

test('a track is the same wherever it is made, works for 90 % of its fixes, and stays in its block of fields', () => {
  const order = { fixes: 1260, fields: 10, since: Date.UTC(2026, 5, 5) };
  const track = trackOf(7, order);
  expect(trackOf(7, order)).toEqual(track);
  expect(unpackFixes(packFixes(track)).map(fix => fix.seq)).toEqual(Array.from({ length: 1260 }, (_, i) => i + 1));
  const working = track.filter(fix => fix.working === 1).length / track.length;
  expect(working).toBeGreaterThan(0.88);
  expect(working).toBeLessThan(0.92);
  const corners = stripsOf(7, 10).flatMap(strip => strip.ring);
  const [lngs, lats] = [corners.map(([lng]) => lng), corners.map(([, lat]) => lat)];
  // 6 m: a turn and the receiver's drift.
  const margin = 6 / 90_000;
  for (const { lng, lat } of track) {
    expect(lng).toBeGreaterThan(Math.min(...lngs) - margin);
    expect(lng).toBeLessThan(Math.max(...lngs) + margin);
    expect(lat).toBeGreaterThan(Math.min(...lats) - margin);
    expect(lat).toBeLessThan(Math.max(...lats) + margin);
  }
});

test('the bench measures every phase, and what was stored and covered is what was driven', async () => {
  const { digest, digestIsRight, ...result } = await runIngestBench(sizes.smoke, () => undefined);
  const { machines, fields, trackFixes, pacedSeconds, idleSockets } = sizes.smoke;
  const sent = machines * (trackFixes + pacedSeconds);
  expect(digestIsRight).toBe(true);
  expect(digest).toMatchObject({ fixes: sent, totals: { accepted: sent, refused: 0, thinned: 0, fields: machines } });
  expect(result).toMatchObject({ machines, fields, fixes: machines * trackFixes, ackSockets: machines, sockets: idleSockets });
  const { rawEchoFixesPerS, durableFixesPerS, ratio, ackP50Ms, ackP99Ms, bytesPerFix } = result;
  for (const measured of [rawEchoFixesPerS, durableFixesPerS, ratio, ackP50Ms]) expect(measured).toBeGreaterThan(0);
  expect(ackP99Ms).toBeGreaterThanOrEqual(ackP50Ms);
  expect(result.rssPerSocketKb).toEqual(expect.any(Number));
  expect(bytesPerFix).toBeLessThan(16);
}, 120_000);
