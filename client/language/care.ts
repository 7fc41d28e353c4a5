import type { MaintenanceTask } from '../../shared/maintenance.ts';
import { areaWords } from './area.ts';

const tasksZh: Record<MaintenanceTask, string> = {
  engineOil: '换机油',
  airFilter: '清洁空气滤芯',
  grease: '加注黄油',
  belts: '检查更换皮带',
  knife: '更换割刀',
  hydraulicFilter: '换液压滤芯',
  openers: '检查开沟器',
  seedPlate: '更换排种盘',
};
const tasksEn: typeof tasksZh = {
  engineOil: 'Engine oil',
  airFilter: 'Clean the air filter',
  grease: 'Grease',
  belts: 'Check the belts',
  knife: 'New knife',
  hydraulicFilter: 'Hydraulic filter',
  openers: 'Check the openers',
  seedPlate: 'New seed plate',
};

const zh = {
  title: '保养',
  tasks: tasksZh,
  states: { due: '到期', soon: '快到期', good: '正常' },
  progress: {
    h: (since: string, every: string) => `${since} / ${every} 小时`,
    mu: (since: string, every: string) => `${since} / ${every} 亩`,
  },
  estimated: '小时按实测亩数和幅宽折算',
  repairs: (count: number) => `维修记录 ${count}`,
};

const en: typeof zh = {
  title: 'Care',
  tasks: tasksEn,
  states: { due: 'due', soon: 'due soon', good: 'good' },
  progress: { h: (since, every) => `${since} / ${every} h`, mu: (since, every) => `${since} / ${every} mu` },
  estimated: 'hours are worked out from measured mu and the working width',
  repairs: count => `Repairs ${count}`,
};

/** Recurring care, wherever it is shown. */
export const careWords = areaWords(zh, en);
