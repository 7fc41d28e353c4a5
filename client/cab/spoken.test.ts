import { describe, expect, test } from 'vitest';
import { geoLink, mapLink, wayTo } from './place.ts';
import { voiceFor } from './sound.ts';
import { conflictOf, offerIn } from './spoken.ts';

const work = { kind: 'work', areaMu: 120, pricePerMu: 60 } as const;
const move = { kind: 'move', areaMu: 1, pricePerMu: null } as const;

describe('what is read aloud', () => {
  test('of work: place, mu, kilometres, price', () => {
    const spoken = offerIn.zh({ order: work, place: '荥阳高村乡', way: { km: 8.04, hours: 0.4 } });
    expect(spoken).toBe('荥阳高村乡，120亩，8公里，亩价60元。');
  });

  test('of a move: where to, how far, how long', () => {
    const spoken = offerIn.zh({ order: move, place: '登封市大冶镇', way: { km: 34.7, hours: 1.83 } });
    expect(spoken).toBe('请转场到登封市大冶镇，35公里，约1小时50分。');
  });

  test('two is 两, tenths are said below ten only, and what is not known is left out', () => {
    const speakOffer = offerIn.zh;
    const small = { ...work, areaMu: 2, pricePerMu: null };
    expect(speakOffer({ order: small, place: '高村乡', way: { km: 2.04, hours: 0.1 } })).toBe('高村乡，两亩，两公里，价格面议。');
    expect(speakOffer({ order: { ...work, areaMu: 12.4 }, place: '高村乡', way: null })).toBe('高村乡，12亩，亩价60元。');
    expect(speakOffer({ order: { ...work, areaMu: 4.66 }, place: '高村乡', way: null })).toBe('高村乡，4.7亩，亩价60元。');
    expect(speakOffer({ order: move, place: '登封市', way: { km: 40, hours: 2 } })).toBe('请转场到登封市，40公里，约两小时。');
    expect(speakOffer({ order: move, place: '登封市', way: { km: 5, hours: 0.24 } })).toBe('请转场到登封市，5公里，约15分钟。');
  });

  test('in English', () => {
    expect(offerIn.en({ order: work, place: '高村乡', way: { km: 8, hours: 0.4 } })).toBe('高村乡, 120 mu, 8 kilometres, 60 yuan a mu.');
  });
});

test('a conflict is known by the word that its sentence begins with', () => {
  expect(conflictOf('withdrawn: the order was withdrawn at 14:02')).toBe('withdrawn');
  expect(conflictOf('order: answered')).toBe('answered');
  expect(conflictOf('the season is closed')).toBe(null);
});

test('the voice is one of the mainland where there is one; none for another language', () => {
  const voice = (lang: string) => ({ lang, name: lang }) as SpeechSynthesisVoice;
  expect(voiceFor('zh', [voice('en-US'), voice('zh-HK'), voice('zh-CN')])?.lang).toBe('zh-CN');
  expect(voiceFor('zh', [voice('zh-TW')])?.lang).toBe('zh-TW');
  expect(voiceFor('zh', [voice('cmn_CN')])?.lang).toBe('cmn_CN');
  expect(voiceFor('zh', [voice('en-US'), voice('de-DE')])).toBe(null);
});

describe('the way', () => {
  const at = { lngLat: [113.4, 34.7] as [number, number], km: 30, travelH: 1.5 };
  const order = at as Parameters<typeof wayTo>[0];

  test('is from the own last position: 0.1° of latitude are 11.12 km, by road 15.01; at 20 km/h three quarters of an hour', () => {
    const way = wayTo(order, { lng: 113.4, lat: 34.6, fixTime: 0 }, 60_000)!;
    expect(way.km).toBeCloseTo(15.01, 2);
    expect(way.hours).toBeCloseTo(0.75, 2);
  });

  test('is what the server had, where the phone has no position of the last half hour', () => {
    expect(wayTo(order, { lng: 113.4, lat: 34.6, fixTime: 0 }, 31 * 60_000)).toEqual({ km: 30, hours: 1.5 });
    expect(wayTo({ ...order, km: null, travelH: null }, null, 0)).toBe(null);
  });

  test('opens in a map of GCJ-02, some hundred metres east and south of WGS-84 here', () => {
    const to = new URL(mapLink([113.4, 34.7], '高村乡&')).searchParams.get('to')!;
    const [lng, lat, name] = to.split(',');
    expect(Number(lng) - 113.4).toBeCloseTo(0.0065, 3);
    expect(Number(lat) - 34.7).toBeCloseTo(-0.001, 3);
    expect(name).toBe('高村乡&');
    expect(geoLink([113.4, 34.7], '高村乡')).toBe(`geo:${lat},${lng}?q=${lat},${lng}(${encodeURIComponent('高村乡')})`);
  });
});
