import type { AdviceKind, AdviceReason, AdviceReasonCode, AdviceState, NothingCode } from '../../shared/advice.ts';
import type { ShortfallCause } from '../../shared/moves.ts';
import type { UnassignedCause } from '../../shared/plan.ts';
import { areaWords } from '../language/area.ts';
import { shortDay } from '../language/dates.ts';

type Values = AdviceReason['values'];
type Reasons = Record<AdviceReasonCode, (values: Values) => string>;

const day = (value: Values[string] | undefined): string => (value === undefined ? '' : shortDay(String(value)));

const zhReasons: Reasons = {
  behind: ({ name, days, finish, deadline, lateMu }) =>
    finish === undefined
      ? `${name}：按现有农机，到期限 ${day(deadline)} 还差 ${lateMu} 亩`
      : Number(days) > 0
        ? `${name}：预计 ${day(finish)} 完成，比期限 ${day(deadline)} 晚 ${days} 天，届时还差 ${lateMu} 亩`
        : `${name}：预计 ${day(finish)} 完成，遇到故障、雨天会误期，可能差 ${lateMu} 亩`,
  chance: ({ name, percent }) => `${name}：按期完成的把握只有 ${percent}%`,
  rain: ({ name, day: on, mm }) => `${name}：${day(on)} 预计有雨 ${mm} 毫米`,
  requests: ({ count, mu, more }) => `${count} 项需求共 ${mu} 亩没有农机${Number(more) > 0 ? `；另有 ${more} 项不急的以后再排` : ''}`,
  late: ({ hours }) => `即使如此，合计仍迟 ${hours} 小时`,
  changed: () => '情况有变，已重新安排',
  scenario: () => '来自推演：按设想的情况算出，不是当前的预测',
  spare: ({ name, days, finish }) => `${name}预计 ${day(finish)} 完成，比期限早 ${days} 天，有余力`,
  road: ({ km, hours }) => `路程约 ${km} 公里，约 ${hours} 小时（估算）`,
  nearest: ({ km }) => `离得最近：${km} 公里`,
  free: ({ hours }) => (Number(hours) > 0 ? `手上的地块约 ${hours} 小时后完成` : '现在空闲'),
  gain: ({ name, days, finish }) => `${name}提前 ${days} 天，预计 ${day(finish)} 完成`,
  tracked: ({ day: on, mm }) => `履带式：${day(on)} 雨后（${mm} 毫米）能先下地`,
  asked: ({ need }) => (need === 'tracked' ? '对方要求履带式' : '割幅符合要求'),
  inTime: ({ hours }) => `按时：比要求早 ${hours} 小时完成`,
  tooLate: ({ hours }) => `比要求晚 ${hours} 小时，没有更快的安排`,
  share: ({ parts }) => `面积大，由 ${parts} 台分担`,
  kept: () => '与上次安排相同',
};

const enReasons: Reasons = {
  behind: ({ name, days, finish, deadline, lateMu }) =>
    finish === undefined
      ? `${name}: with the machines it has, ${lateMu} mu are left on the deadline of ${day(deadline)}`
      : Number(days) > 0
        ? `${name}: expected done ${day(finish)}, ${days} d after the deadline of ${day(deadline)}, with ${lateMu} mu left then`
        : `${name}: expected done ${day(finish)}; with faults and rain it may be late, with ${lateMu} mu left`,
  chance: ({ name, percent }) => `${name}: the chance to be in time is only ${percent}%`,
  rain: ({ name, day: on, mm }) => `${name}: ${mm} mm of rain expected on ${day(on)}`,
  requests: ({ count, mu, more }) =>
    `${count} requests with ${mu} mu have no machine${Number(more) > 0 ? `; ${more} that are less urgent are planned later` : ''}`,
  late: ({ hours }) => `Even so, they are late by ${hours} h in sum`,
  changed: () => 'Something has changed; planned anew',
  scenario: () => 'From a scenario: worked out for what is supposed there, not for the forecast as it stands',
  spare: ({ name, days, finish }) => `${name} is expected done ${day(finish)}, ${days} d before its deadline: it can spare some`,
  road: ({ km, hours }) => `About ${km} km and ${hours} h on the road (estimated)`,
  nearest: ({ km }) => `The nearest: ${km} km`,
  free: ({ hours }) => (Number(hours) > 0 ? `Done with its field in about ${hours} h` : 'Free now'),
  gain: ({ name, days, finish }) => `${name} gains ${days} d, expected done ${day(finish)}`,
  tracked: ({ day: on, mm }) => `Tracked: goes back on the ground first after the rain of ${day(on)} (${mm} mm)`,
  asked: ({ need }) => (need === 'tracked' ? 'Tracked, as asked for' : 'Of the width asked for'),
  inTime: ({ hours }) => `In time: done ${hours} h before it is due`,
  tooLate: ({ hours }) => `${hours} h after it is due; nothing is faster`,
  share: ({ parts }) => `Large: shared by ${parts} machines`,
  kept: () => 'As planned before',
};

const zh = {
  kinds: { moves: '县间调机建议', plan: '县内派工建议' } satisfies Record<AdviceKind, string>,
  states: {
    open: '待决定',
    approved: '已批准',
    refused: '已拒绝',
    superseded: '已被新建议取代',
    expired: '已过期',
  } satisfies Record<AdviceState, string>,
  reasons: zhReasons,
  nothing: {
    noSeason: '还没有作业季。先在“作业季设置”建立。',
    seasonOver: '这项作业已结束，不用再调机。',
    seasonClosed: '作业季已关闭，不再变动。',
    noUnits: '还没有县级单位。先在“作业季设置”导入。',
    allStale: '所有农机的位置都超过 30 分钟没有更新，不能据此建议。夜间停机时属正常，早上开工后再试。',
    mostStale: '一半以上农机的位置超过 30 分钟没有更新，据此调机会出错。请等它们恢复上传。',
    noMachines: '没有可用的农机：都在维修、下班，或没有定位。',
    nobodyLate: '各县（市、区）都能按期完成，不用调机。',
    noSpare: '有的县会晚，但别处没有富余的农机，或富余的都有任务。',
    notWorth: '能调的农机路太远，或只差一点，不值得调。',
    onlyLater: '今天调不划算；从明天起可能有建议，届时自动给出。',
    noRequests: '没有待派的需求。',
    noPlace: '不知道各县在哪里：先导入边界或地块。',
  } satisfies Record<NothingCode, string>,
  unmet: {
    deadlinePassed: '期限已过',
    notRipe: '到期限还没熟',
    weather: '下雨误工',
    tooFar: '有富余的农机，但太远',
    noSpareMachines: '全市没有富余的农机',
  } satisfies Record<ShortfallCause, string>,
  unassigned: {
    noMachine: '县内没有农机',
    skills: '没有符合要求的农机（履带、割幅，或都已谢绝）',
    capacity: '超过农机的限额',
    hours: '农机的工作时间不够',
    unreachable: '期限内赶不到',
  } satisfies Record<UnassignedCause, string>,
  machineKinds: { combine: '收割机', wheeled: '轮式收割机', tracked: '履带式收割机', seeder: '播种机' } as Record<string, string>,
  movesHeadline: (count: number, saved: string) => `今天调 ${count} 台，期限前多收 ${saved} 亩`,
  sowHeadline: (count: number, saved: string) => `今天调 ${count} 台，期限前多播 ${saved} 亩`,
  planHeadline: (orders: number, machines: number, km: string) => `${orders} 单派给 ${machines} 台，路程共 ${km} 公里`,
  nothingToSend: '没有今天要派出的。',
  way: (machines: number, kind: string, from: string, to: string) => `${machines} 台${kind}：${from} → ${to}`,
  why: '为什么',
  effect: '完成日期',
  effectColumns: { unit: '单位', stay: '不调', plan: '调后', deadline: '期限' },
  never: '两个月内完不成',
  unknown: '不详',
  steps: (count: number) => `具体农机 ${count} 台`,
  orders: (count: number) => `派工 ${count} 单`,
  laterMoves: '以后几天（到时另给建议）',
  laterSteps: (count: number) => `明天起的 ${count} 单（到时再派）`,
  unmetTitle: '仍然完不成的',
  unmetLine: (name: string, mu: string, cause: string) => `${name}：${mu} 亩，${cause}`,
  unassignedTitle: '派不出去的',
  gap: (percent: string) => `与理论最优相差 ${percent}`,
  stale: (count: number) => `位置超过 30 分钟没有更新、未参与的农机 ${count} 台`,
  made: (when: string) => `${when} 算出`,
  old: '这份建议已有一个多小时，批准时会再核对每台农机。',
  approve: '批准',
  approveAll: '批准并派出',
  edit: '修改后批准',
  refuse: '拒绝',
  cancel: '取消',
  askFor: {
    moves: (operation: string) => `算${operation}调机`,
    plan: (operation: string) => `排${operation}派工`,
  } satisfies Record<AdviceKind, (operation: string) => string>,
  renewing: '正在计算…',
  decided: (state: string, by: string, when: string) => `${by} ${state} · ${when}`,
  edited: '有修改',
  reason: '理由',
  reasonOptional: '理由（可不填，会留存）',
  reasonNeeded: '为什么不采纳（会留存）',
  approveTitle: '批准建议',
  approveExplained: (count: number) => `将向 ${count} 台农机发出任务，机手可以接受或谢绝。要么全部发出，要么都不发。`,
  editExplained: '去掉不派的，换一台农机，改去向或面积；其余照建议。',
  keep: '派出',
  to: '去向',
  area: '亩',
  exchange: '换一台',
  exchangeNone: '附近没有别的空闲农机。',
  exchangeLine: (plate: string, km: string, busy: string) => `${plate} · ${km} 公里 · ${busy}`,
  busy: { free: '空闲', inField: '在作业', onOrder: '有任务' },
  none: '至少留一台。',
  conflicts: {
    machineTaken: (values: Values) =>
      `${values.plate ?? '有一台农机'}的任务刚有变化${values.by ? `（${values.by}）` : ''}。这次都没有发出：去掉或换掉它，或重新计算。`,
    requestTaken: (values: Values) =>
      `${values.place ?? '有一项需求'}刚被别人派走一部分，只剩 ${values.openMu ?? 0} 亩。这次都没有发出：请重新计算。`,
    requestCancelled: () => '有一项需求刚被取消。这次都没有发出：请重新计算。',
    expired: () => '这份建议是前一天的，已过期。请重新计算。',
    superseded: () => '已有更新的建议取代它。请看新的一份。',
    approved: (values: Values) => `${values.by ?? '别人'}已经批准了它。`,
    refused: (values: Values) => `${values.by ?? '别人'}已经拒绝了它。`,
    version: () => '它刚有变化，请再看一遍。',
  } as Record<string, (values: Values) => string>,
  invalid: (message: string) => `没有发出：${message}`,
};

const en: typeof zh = {
  kinds: { moves: 'Moves between counties', plan: 'Plan within the county' },
  states: { open: 'to be decided', approved: 'approved', refused: 'refused', superseded: 'superseded', expired: 'expired' },
  reasons: enReasons,
  nothing: {
    noSeason: 'There is no season yet. Begin one under "Season set-up".',
    seasonOver: 'This work is over: nothing is to be moved any more.',
    seasonClosed: 'The season is closed: nothing of it changes any more.',
    noUnits: 'There are no counties yet. Import them under "Season set-up".',
    allStale:
      'No machine has said where it is for 30 minutes, so nothing can be advised. At night that is normal: try again when work has begun.',
    mostStale:
      'Of more than half of the machines nobody has known for 30 minutes where they are: moves would go wrong. Wait until they report.',
    noMachines: 'No machine can be used: they are in repair, off duty, or never said where they are.',
    nobodyLate: 'Every county will be in time: nothing is to be moved.',
    noSpare: 'Some county will be late, but nobody has machines to spare, or those have orders already.',
    notWorth: 'The machines that could go are too far off, or too little is at stake.',
    onlyLater: 'Not worth it today; from tomorrow it may be, and comes by itself then.',
    noRequests: 'No request waits for a machine.',
    noPlace: 'Nobody knows where the counties lie: import outlines or fields.',
  },
  unmet: {
    deadlinePassed: 'the deadline has passed',
    notRipe: 'not ripe by the deadline',
    weather: 'rain',
    tooFar: 'machines are idle, but too far off',
    noSpareMachines: 'no machines to spare in the city',
  },
  unassigned: {
    noMachine: 'no machine in the county',
    skills: 'no machine is as asked for (tracked, width), or all have declined',
    capacity: 'beyond what machines may do',
    hours: 'working hours do not suffice',
    unreachable: 'nobody gets there in time',
  },
  machineKinds: { combine: 'combines', wheeled: 'wheeled combines', tracked: 'tracked combines', seeder: 'seeders' },
  movesHeadline: (count, saved) => `Move ${count} today: ${saved} mu more cut in time`,
  sowHeadline: (count, saved) => `Move ${count} today: ${saved} mu more sown in time`,
  planHeadline: (orders, machines, km) => `${orders} orders for ${machines} machines, ${km} km of road`,
  nothingToSend: 'Nothing is to go out today.',
  way: (machines, kind, from, to) => `${machines} ${kind}: ${from} → ${to}`,
  why: 'Why',
  effect: 'Finish',
  effectColumns: { unit: 'Unit', stay: 'As it is', plan: 'With moves', deadline: 'Deadline' },
  never: 'not within two months',
  unknown: 'not known',
  steps: count => `${count} machines`,
  orders: count => `${count} orders`,
  laterMoves: 'Later days (advised again then)',
  laterSteps: count => `${count} orders from tomorrow (to go out then)`,
  unmetTitle: 'Still not to be met',
  unmetLine: (name, mu, cause) => `${name}: ${mu} mu, ${cause}`,
  unassignedTitle: 'For nobody',
  gap: percent => `${percent} above the bound of the best possible`,
  stale: count => `${count} machines left out: nobody has known for 30 minutes where they are`,
  made: when => `worked out ${when}`,
  old: 'This advice is more than an hour old; each machine is checked again when you approve.',
  approve: 'Approve',
  approveAll: 'Approve and send',
  edit: 'Change, then approve',
  refuse: 'Refuse',
  cancel: 'Cancel',
  askFor: { moves: operation => `Moves: ${operation.toLowerCase()}`, plan: operation => `Plan: ${operation.toLowerCase()}` },
  renewing: 'Working it out…',
  decided: (state, by, when) => `${state} by ${by} · ${when}`,
  edited: 'changed',
  reason: 'Reason',
  reasonOptional: 'Reason (optional, stays on record)',
  reasonNeeded: 'Why not (stays on record)',
  approveTitle: 'Approve advice',
  approveExplained: count => `Orders go out to ${count} machines; operators may accept or decline. All of them go out, or none.`,
  editExplained: 'Take out what is not to go, take another machine, change destination or area; the rest stays as advised.',
  keep: 'Send',
  to: 'To',
  area: 'mu',
  exchange: 'Another machine',
  exchangeNone: 'No other machine is free nearby.',
  exchangeLine: (plate, km, busy) => `${plate} · ${km} km · ${busy}`,
  busy: { free: 'free', inField: 'in a field', onOrder: 'on an order' },
  none: 'Leave at least one.',
  conflicts: {
    machineTaken: values =>
      `${values.plate ?? 'A machine'} is not as it was${values.by ? ` (${values.by})` : ''}. Nothing went out: take it out, take another, or work it out anew.`,
    requestTaken: values =>
      `Part of ${values.place ?? 'a request'} was given away just now, ${values.openMu ?? 0} mu are left. Nothing went out: work it out anew.`,
    requestCancelled: () => 'A request was cancelled just now. Nothing went out: work it out anew.',
    expired: () => 'This advice was for a day that is over. Work it out anew.',
    superseded: () => 'Newer advice has taken its place. Look at that.',
    approved: values => `${values.by ?? 'Somebody else'} has approved it already.`,
    refused: values => `${values.by ?? 'Somebody else'} has refused it already.`,
    version: () => 'It has changed just now: look at it again.',
  },
  invalid: message => `Nothing went out: ${message}`,
};

export const adviceWords = areaWords(zh, en);

export const reasonText = ({ code, values }: AdviceReason): string => adviceWords.value.reasons[code](values);
