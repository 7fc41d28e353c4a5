import type { BulletinContent, BulletinOperation, IssuedBulletin } from './bulletin.ts';
import { cutOff } from './season.ts';

/**
 * A small season worked out by hand. Xingyang: two towns that report, 60 + 3 of 100 mu, and 196 + 10 of 200 mu, which is cut down to
 * 190 + 10; the day before 40 + 2 and 100 + 0. Dengfeng reports nothing, 30 of 40 mu are measured, 18 the day before. Sowing: one town
 * reports 45 + 5 of 90 mu for the first time, the other has 180 mu planned, Dengfeng 30.
 */
const operation = (figures: Partial<BulletinOperation>): BulletinOperation => ({
  areaMu: 0,
  doneMu: 0,
  machineMu: 0,
  progress: 0,
  machineRate: null,
  todayMu: 0,
  todayMeasuredMu: 0,
  measuredMu: 0,
  reportedMachineMu: 0,
  reportedHandMu: 0,
  gapMu: 0,
  capped: false,
  ...figures,
});

export const smallContent: BulletinContent = {
  total: {
    code: '410100',
    name: '郑州市',
    level: 'city',
    terminalShare: 0.5,
    machines: { combines: 3, seeders: 1, inRepair: 1 },
    harvest: operation({
      areaMu: 340,
      doneMu: 293,
      machineMu: 280,
      progress: 293 / 340,
      machineRate: 280 / 293,
      todayMu: 133,
      todayMeasuredMu: 12,
      measuredMu: 30,
      reportedMachineMu: 256,
      reportedHandMu: 13,
      gapMu: -226,
      capped: true,
    }),
    sow: operation({
      areaMu: 300,
      doneMu: 50,
      machineMu: 45,
      progress: 50 / 300,
      machineRate: 45 / 50,
      todayMu: 50,
      reportedMachineMu: 45,
      reportedHandMu: 5,
      gapMu: -45,
    }),
  },
  units: [
    {
      code: '410182',
      name: '荥阳市',
      nameEn: 'Xingyang',
      level: 'county',
      terminalShare: 0.25,
      machines: { combines: 2, seeders: 1, inRepair: 0 },
      harvest: operation({
        areaMu: 300,
        doneMu: 263,
        machineMu: 250,
        progress: 263 / 300,
        machineRate: 250 / 263,
        todayMu: 121,
        reportedMachineMu: 256,
        reportedHandMu: 13,
        gapMu: -256,
        capped: true,
      }),
      sow: operation({
        areaMu: 270,
        doneMu: 50,
        machineMu: 45,
        progress: 50 / 270,
        machineRate: 45 / 50,
        todayMu: 50,
        reportedMachineMu: 45,
        reportedHandMu: 5,
        gapMu: -45,
      }),
    },
    {
      code: '410185',
      name: '登封市',
      level: 'county',
      terminalShare: 1,
      machines: { combines: 1, seeders: 0, inRepair: 1 },
      harvest: operation({
        areaMu: 40,
        doneMu: 30,
        machineMu: 30,
        progress: 30 / 40,
        machineRate: 30 / 30,
        todayMu: 12,
        todayMeasuredMu: 12,
        measuredMu: 30,
        gapMu: 30,
      }),
      sow: operation({ areaMu: 30 }),
    },
  ],
  remarks: { general: '今日晴，抢收正当时。', units: { '410185': '山区地块，收尾较慢' } },
};

export const smallBulletin: IssuedBulletin = {
  division: '410100',
  day: '2027-06-06',
  version: 1,
  cutOff: cutOff('2027-06-06'),
  issuedAt: cutOff('2027-06-06') + 60_000,
  author: '李调度',
  reason: null,
  changes: [],
  seasonYear: 2027,
  seasonName: '2027 三夏',
  areaSource: '市统计局',
  demo: false,
  content: smallContent,
};
