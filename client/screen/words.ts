import type { Operation } from '../../shared/season.ts';
import { areaWords } from '../language/area.ts';

const zh = {
  title: (city: string) => `${city}三夏农机作业`,
  deadline: (day: string, left: string) => `截止 ${day} · ${left}`,
  expected: '应达',
  done: { harvest: '已收', sow: '已播' } satisfies Record<Operation, string>,
  of: { harvest: '种植', sow: '计划' } satisfies Record<Operation, string>,
  today: '今日实测',
  counties: '各县（市、区）· 落后在前',
  machines: '农机',
  online: '在线',
  working: '作业',
  inRepair: '维修',
  registered: '登记',
  noToken: '缺少令牌。请在“通报 → 大屏”新建大屏，用给出的地址打开本页。',
  refused: '令牌已失效或被收回。请在“通报 → 大屏”重新建一个；本页每半分钟重试。',
  connecting: '正在连接…',
};
const en: typeof zh = {
  title: city => `${city}: harvest and sowing`,
  deadline: (day, left) => `by ${day} · ${left}`,
  expected: 'Should be',
  done: { harvest: 'Cut', sow: 'Sown' },
  of: { harvest: 'planted', sow: 'planned' },
  today: 'Measured today',
  counties: 'Counties, latest first',
  machines: 'Machines',
  online: 'online',
  working: 'working',
  inRepair: 'in repair',
  registered: 'registered',
  noToken: 'There is no token. Make a screen under Bulletin → Big screen and open this page by its address.',
  refused: 'The token is no longer valid. Make a new one under Bulletin → Big screen; this page tries again every half minute.',
  connecting: 'Connecting…',
};
export const screenWords = areaWords(zh, en);
