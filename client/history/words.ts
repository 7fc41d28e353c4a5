import { areaWords } from '../language/area.ts';

const zh = {
  title: '变更记录',
  empty: '还没有变更记录。对它的每次修改都会记在这里。',
  end: '没有更早的记录了',
};
const en: typeof zh = {
  title: 'History',
  empty: 'Nothing was changed yet. Every change of it is written down here.',
  end: 'There is nothing older',
};
export const historyWords = areaWords(zh, en);
