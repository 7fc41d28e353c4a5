import type { DecisionVerdict, ObjectionReason, ObjectionState } from '../../shared/claim.ts';
import { areaWords } from '../language/area.ts';

const zh = {
  title: '异议与完工',
  none: '没有等答复的异议，也没有等确认的完工。机手在手机上提出后会列在这里。',
  noneOnField: '这块地没有异议。',
  all: '看全部',
  openOnly: '只看待答复',
  operations: { harvest: '麦收', sow: '夏播' },
  reasons: {
    less: '面积少了',
    more: '面积多了',
    notMine: '不是我干的',
    width: '宽度不对',
    other: '其他',
  } satisfies Record<ObjectionReason, string>,
  states: { open: '待答复', upheld: '已协商', refused: '不改' } satisfies Record<ObjectionState, string>,
  verdicts: { upheld: '同意，按协商亩数', refused: '不改', measureAgain: '重新测量' } satisfies Record<DecisionVerdict, string>,
  says: (mu: string) => `机手说 ${mu} 亩`,
  measured: (mu: string) => `实测 ${mu} 亩`,
  measuredThen: (mu: string) => `提出时实测 ${mu} 亩`,
  ofField: (covered: string, field: string) => `整块 ${covered} / ${field} 亩`,
  evidence: '看证据单',
  agreed: '协商亩数',
  reason: '理由（机手会看到）',
  settle: '答复',
  decided: (by: string, when: string) => `${by} · ${when}`,
  agreedMu: (mu: string) => `协商 ${mu} 亩`,
  saysDone: '机手说全干完了',
  confirm: '确认完工',
  reopen: '改回未完成',
  byRule: '按规则判定',
  confirmWhy: '现场看过或问过：进度按整块计；亩数按轨迹加上不超过一个幅宽的空隙算，更宽的空隙不填。',
  reopenWhy: '还有没干完的：进度只计已覆盖的。',
  word: {
    finished: (by: string, when: string) => `${by} 确认完工 · ${when}`,
    open: (by: string, when: string) => `${by} 改回未完成 · ${when}`,
    rule: (by: string, when: string) => `${by} 改回按规则 · ${when}`,
    claimed: (by: string, when: string) => `机手 ${by} 说全干完了 · ${when}`,
  },
  ruleSays: (mu: string) => `按规则：${mu} 亩`,
  ruleFinished: '完成',
  ruleOpen: '未完成',
  wordReason: '为什么（会记入记录）',
  problems: {
    version: '别人刚刚答复过，请看最新的再定。',
    closed: '作业季已经封存，不能再改。',
    nothing: '这块地什么都没测到，不能确认完工。',
    other: '没有办成，请再试一次。',
  },
  cancel: '取消',
};

const en: typeof zh = {
  title: 'Objections and finished fields',
  none: 'No objection waits for an answer, and no field to be confirmed. What operators say on their phones is listed here.',
  noneOnField: 'No objections to this field.',
  all: 'Show all',
  openOnly: 'Waiting only',
  operations: { harvest: 'Wheat', sow: 'Corn' },
  reasons: { less: 'Too little', more: 'Too much', notMine: 'Not my work', width: 'Wrong width', other: 'Other' },
  states: { open: 'Waiting', upheld: 'Agreed', refused: 'Not changed' },
  verdicts: { upheld: 'Agree on mu', refused: 'No change', measureAgain: 'Measure again' },
  says: mu => `Operator says ${mu} mu`,
  measured: mu => `Measured ${mu} mu`,
  measuredThen: mu => `measured ${mu} mu when it came`,
  ofField: (covered, field) => `whole field ${covered} / ${field} mu`,
  evidence: 'Evidence',
  agreed: 'Agreed mu',
  reason: 'Reason (the operator reads it)',
  settle: 'Answer',
  decided: (by, when) => `${by} · ${when}`,
  agreedMu: mu => `Agreed ${mu} mu`,
  saysDone: 'The operator says that it is done',
  confirm: 'Confirm finished',
  reopen: 'Not finished',
  byRule: 'Leave it to the rules',
  confirmWhy:
    'Seen or asked: progress counts the whole field; mu are those of the track and of gaps of up to one width. Wider gaps are not filled.',
  reopenWhy: 'Some of it is left: progress counts only what is covered.',
  word: {
    finished: (by, when) => `${by} confirmed it finished · ${when}`,
    open: (by, when) => `${by} took it back as not finished · ${when}`,
    rule: (by, when) => `${by} left it to the rules · ${when}`,
    claimed: (by, when) => `Operator ${by} says it is done · ${when}`,
  },
  ruleSays: mu => `By rule: ${mu} mu`,
  ruleFinished: 'finished',
  ruleOpen: 'not finished',
  wordReason: 'Why (kept on record)',
  problems: {
    version: 'Somebody else has just answered: look at the latest first.',
    closed: 'The season is closed: nothing changes any more.',
    nothing: 'Nothing was measured in this field that could be finished.',
    other: 'That did not work; try again.',
  },
  cancel: 'Cancel',
};

export const claimListWords = areaWords(zh, en);

/** Why the server did not take it. */
export function problemSaid(message: string): string {
  const { problems } = claimListWords.value;
  if (message.startsWith('version:')) return problems.version;
  if (message.startsWith('nothing:')) return problems.nothing;
  return message.includes('season is closed') ? problems.closed : problems.other;
}
