import { expect, test } from 'vitest';
import { readTrack } from './track.ts';

test('a track is read by its header, whatever the columns and the form of the time', () => {
  const noon = Date.parse('2021-06-05T12:00:00+08:00');
  expect(readTrack('fixTime,lng,lat,speedKmh,headingDeg,label\n2021-06-05T12:00:00+08:00,113.5,34.5,5.6,299,road\n').fixes).toEqual([
    { fixTime: noon, lng: 113.5, lat: 34.5, speedKmh: 5.6, headingDeg: 299, accuracyM: null, widthM: null, working: null },
  ]);
  expect(
    readTrack(`lat,lng,fixTime,working,workingWidthM\r\n34.5,113.5,${noon},1,2.5\r\n34.5,113.5,2021-06-05T12:00:00,0,\r\n`).fixes,
  ).toEqual([
    { fixTime: noon, lng: 113.5, lat: 34.5, speedKmh: null, headingDeg: null, accuracyM: null, widthM: 2.5, working: 1 },
    { fixTime: noon, lng: 113.5, lat: 34.5, speedKmh: null, headingDeg: null, accuracyM: null, widthM: null, working: 0 },
  ]);
});

test('rows that cannot be a fix are counted by reason and leave the others alone', () => {
  const text = [
    'fixTime,lng,lat,speedKmh',
    'yesterday,113,34,5',
    '1,213,34,5',
    '1,,34,5',
    '1,113,north,5',
    '1,113,34,fast',
    '1,113,34,-1',
    '1,113,34,5',
    '',
  ];
  const track = readTrack(text.join('\n'));
  expect(track.fixes.map(fix => fix.speedKmh)).toEqual([5]);
  expect([...track.bad]).toEqual([
    ['fixTime is no time', 1],
    ['lng is no longitude', 2],
    ['lat is no latitude', 1],
    ['a number cannot be read', 1],
    ['a number is out of range', 1],
  ]);
});

test('a file without the needed columns is no track', () => {
  expect(() => readTrack('time,x,y\n1,2,3')).toThrow('the track has no column fixTime, lng, lat');
});
