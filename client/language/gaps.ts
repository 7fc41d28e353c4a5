import type { TrackGapCause } from '../../shared/track-gap.ts';
import { areaWords } from './area.ts';

const zh = {
  title: '缺记录',
  count: (count: number) => `缺记录 ${count} 段`,
  none: '这段时间没有缺记录',
  line: (from: string, to: string, minutes: string) => `${from} – ${to} · ${minutes} 分钟`,
  causes: {
    locked: '锁屏或切到别的应用',
    closed: '手机上没有打开本页',
    noPosition: '没有卫星信号',
    thinned: '手机存满，舍去了较旧的定位',
    refused: '定位偏差太大，没有采用',
    offDuty: '下工，不记录',
    waiting: '上工中，还没有收到',
    unknown: '原因不明：关机、没电或没有上传',
  } satisfies Record<TrackGapCause, string>,
};

const en: typeof zh = {
  title: 'Gaps in the record',
  count: count => (count === 1 ? '1 gap in the record' : `${count} gaps in the record`),
  none: 'No gaps in this time',
  line: (from, to, minutes) => `${from} – ${to} · ${minutes} min`,
  causes: {
    locked: 'Screen locked, or another app',
    closed: 'The page was not open on the phone',
    noPosition: 'No satellite signal',
    thinned: 'Phone full: older positions given up',
    refused: 'Positions too far off were not used',
    offDuty: 'Off duty, nothing is recorded',
    waiting: 'On duty, nothing received yet',
    unknown: 'Not known: switched off, no power, or not sent',
  },
};

export const gapWords = areaWords(zh, en);
