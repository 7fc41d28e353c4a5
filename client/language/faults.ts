import type { FaultKind } from '../../shared/repair.ts';
import { areaWords } from './area.ts';

const zh: Record<FaultKind, string> = {
  header: '割台',
  threshing: '脱粒清选',
  engine: '发动机',
  hydraulics: '液压',
  transmission: '传动',
  tyreOrTrack: '轮胎履带',
  electrics: '电路',
  other: '其他',
};

const en: typeof zh = {
  header: 'Header',
  threshing: 'Threshing',
  engine: 'Engine',
  hydraulics: 'Hydraulics',
  transmission: 'Drive',
  tyreOrTrack: 'Tyre or track',
  electrics: 'Electrics',
  other: 'Other',
};

/** What is broken, as people say it. */
export const faultWords = areaWords(zh, en);
