import { describe, expect, test } from 'vitest';
import { smallContent } from '../../shared/bulletin.fixture.ts';
import { ranking } from '../../shared/bulletin.ts';
import { bulletinOf, differences, type OperationFacts, type Standing, type UnitFacts } from './bulletin.ts';
import { addHeadlines, headlineOf } from './headline.ts';

/** Area, then by machine, by hand and measured: today, and the day before. */
type Row = [areaMu: number, machineMu: number, handMu: number, measuredMu: number];
const standing = ([areaMu, reportedMachineMu, reportedHandMu, measuredMu]: Row): Standing => {
  const sources = { measuredMu, reportedMachineMu, reportedHandMu };
  return { ...sources, headline: headlineOf(sources, areaMu) };
};
const sum = (standings: Standing[]): Standing => ({
  headline: addHeadlines(standings.map(one => one.headline)),
  measuredMu: standings.reduce((total, one) => total + one.measuredMu, 0),
  reportedMachineMu: standings.reduce((total, one) => total + one.reportedMachineMu, 0),
  reportedHandMu: standings.reduce((total, one) => total + one.reportedHandMu, 0),
});
const facts = (now: Row[], before: Row[]): OperationFacts => ({
  areaMu: now.reduce((total, [areaMu]) => total + areaMu, 0),
  now: sum(now.map(standing)),
  before: sum(before.map(standing)),
});

const harvest = {
  xingyang: { now: [[100, 60, 3, 0] as Row, [200, 196, 10, 0] as Row], before: [[100, 40, 2, 0] as Row, [200, 100, 0, 0] as Row] },
  dengfeng: { now: [[40, 0, 0, 30] as Row], before: [[40, 0, 0, 18] as Row] },
};
const sow = {
  xingyang: { now: [[90, 45, 5, 0] as Row, [180, 0, 0, 0] as Row], before: [[90, 0, 0, 0] as Row, [180, 0, 0, 0] as Row] },
  dengfeng: { now: [[30, 0, 0, 0] as Row], before: [[30, 0, 0, 0] as Row] },
};
const both = <Part extends { now: Row[]; before: Row[] }>(one: Part, other: Part) =>
  facts([...one.now, ...other.now], [...one.before, ...other.before]);

const city: UnitFacts = {
  code: '410100',
  name: '郑州市',
  level: 'city',
  terminalShare: 0.5,
  machines: { combines: 3, seeders: 1, inRepair: 1 },
  harvest: both(harvest.xingyang, harvest.dengfeng),
  sow: both(sow.xingyang, sow.dengfeng),
};
const xingyang: UnitFacts = {
  code: '410182',
  name: '荥阳市',
  nameEn: 'Xingyang',
  level: 'county',
  terminalShare: 0.25,
  machines: { combines: 2, seeders: 1, inRepair: 0 },
  harvest: facts(harvest.xingyang.now, harvest.xingyang.before),
  sow: facts(sow.xingyang.now, sow.xingyang.before),
};
const dengfeng: UnitFacts = {
  code: '410185',
  name: '登封市',
  level: 'county',
  terminalShare: 1,
  machines: { combines: 1, seeders: 0, inRepair: 1 },
  harvest: facts(harvest.dengfeng.now, harvest.dengfeng.before),
  sow: facts(sow.dengfeng.now, sow.dengfeng.before),
};
const remarks = { general: '今日晴，抢收正当时。', units: { '410185': '山区地块，收尾较慢', '999': '别处' } };

describe('a bulletin', () => {
  test('of two counties, one that reports by town with hand-cut and capped area, one that is measured only', () => {
    expect(bulletinOf(city, [xingyang, dengfeng], remarks)).toEqual(smallContent);
  });

  test('as it was printed on 9 June 2023: 97.69 %, 99.64 % and 98.34 %', () => {
    const at = (areaMu: number, doneMu: number, machineMu: number): OperationFacts => {
      const now = standing([areaMu, machineMu, doneMu - machineMu, 0]);
      return { areaMu, now, before: now };
    };
    const total = { ...city, harvest: at(2_205_600, 2_154_618, 2_146_796), sow: at(0, 1_544_722, 1_519_075) };
    const { harvest: cut, sow: sown } = bulletinOf(total, [], { general: '', units: {} }).total;
    expect([cut.doneMu, cut.machineMu, cut.progress, cut.machineRate, cut.todayMu]).toEqual([
      2_154_618,
      2_146_796,
      expect.closeTo(0.976885, 6),
      expect.closeTo(0.99637, 6),
      0,
    ]);
    expect([sown.progress, sown.machineRate]).toEqual([null, expect.closeTo(0.983397, 6)]);
  });
});

describe('what differs between two versions', () => {
  test('is nothing between a bulletin and itself, nor below what is printed', () => {
    expect(differences(smallContent, smallContent)).toEqual([]);
    const dust = { ...smallContent.total, harvest: { ...smallContent.total.harvest, doneMu: 293.04 } };
    expect(differences(smallContent, { ...smallContent, total: dust })).toEqual([]);
  });

  test('is named by unit and figure, before and after, with remarks last', () => {
    const corrected = { xingyang: { ...harvest.xingyang, now: [[100, 58, 3, 0] as Row, harvest.xingyang.now[1]] } };
    const after = bulletinOf(
      { ...city, harvest: both(corrected.xingyang, harvest.dengfeng) },
      [{ ...xingyang, harvest: facts(corrected.xingyang.now, corrected.xingyang.before) }, dengfeng],
      { ...remarks, general: '更正' },
    );
    const change = (code: string, name: string, figure: string, before: number | string, after: number | string) => ({
      code,
      name,
      operation: figure === 'general' ? null : 'harvest',
      figure,
      before,
      after,
    });
    expect(differences(smallContent, after)).toEqual([
      change('410100', '郑州市', 'doneMu', 293, 291),
      change('410100', '郑州市', 'machineMu', 280, 278),
      // 293/340, 291/340; 280/293, 278/291
      change('410100', '郑州市', 'progress', 0.8618, 0.8559),
      change('410100', '郑州市', 'machineRate', 0.9556, 0.9553),
      change('410100', '郑州市', 'todayMu', 133, 131),
      change('410100', '郑州市', 'reportedMachineMu', 256, 254),
      change('410182', '荥阳市', 'doneMu', 263, 261),
      change('410182', '荥阳市', 'machineMu', 250, 248),
      change('410182', '荥阳市', 'progress', 0.8767, 0.87),
      change('410182', '荥阳市', 'machineRate', 0.9506, 0.9502),
      change('410182', '荥阳市', 'todayMu', 121, 119),
      change('410182', '荥阳市', 'reportedMachineMu', 256, 254),
      change('410100', '郑州市', 'general', '今日晴，抢收正当时。', '更正'),
    ]);
  });

  test('names a unit that came or went', () => {
    const [one, other] = smallContent.units;
    expect(differences({ ...smallContent, units: [one] }, { ...smallContent, units: [one, other] })[0]).toEqual({
      code: '410185',
      name: '登封市',
      operation: null,
      figure: 'unit',
      before: null,
      after: '登封市',
    });
  });
});

test('counties are ranked by progress, with the gap to the city; equals share a rank, what has no area has none', () => {
  const ranked = (operation: 'harvest' | 'sow') =>
    ranking(smallContent, operation).map(({ unit, rank, gap }) => [unit.name, rank, gap === null ? null : Number(gap.toFixed(4))]);
  // 263/300 − 293/340, 30/40 − 293/340
  expect(ranked('harvest')).toEqual([
    ['荥阳市', 1, 0.0149],
    ['登封市', 2, -0.1118],
  ]);
  const [one, other] = smallContent.units;
  const without = { ...other, harvest: { ...other.harvest, progress: null } };
  expect(ranking({ ...smallContent, units: [without, one, { ...one, code: '3' }] }, 'harvest').map(({ rank }) => rank)).toEqual([
    1,
    1,
    null,
  ]);
});
