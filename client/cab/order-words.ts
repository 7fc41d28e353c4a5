import type { DeclineReason, OrderConflict, OrderState } from '../../shared/work-order.ts';
import { areaWords } from '../language/area.ts';
import { type Attention, type CabOrder, placeOf } from './inbox.ts';
import type { Way } from './place.ts';
import { conflictOf, hoursIn, offerIn } from './spoken.ts';

const zh = {
  newWork: '新任务',
  newMove: '调机任务',
  moreBehind: (count: number) => `后面还有 ${count} 个新任务`,
  area: '面积',
  distance: '距离',
  drive: '路上',
  price: '亩价',
  priceOpen: '面议',
  mu: '亩',
  km: '公里',
  yuanPerMu: '元/亩',
  about: '约',
  ground: '地块',
  measured: '已测',
  hours: hoursIn.zh,
  window: '时间',
  windowOf: (from: string, to: string) => `${from} 到 ${to}`,
  fields: (count: number) => `${count} 块地`,
  contact: '联系人',
  note: '备注',
  call: '打电话',
  navigate: '导航',
  otherMap: '其他地图',
  navigateNote: '看导航时本页在后台，可能缺记录。',
  accept: '接受',
  decline: '不接',
  cannot: '做不了',
  declineTitle: '为什么不接？',
  reasons: {
    tooFar: '太远',
    broken: '机器坏了',
    otherWork: '有别的活',
    price: '价格低',
    ground: '地不能下',
    rest: '要休息',
    other: '其他',
  } satisfies Record<DeclineReason, string>,
  back: '返回',
  states: {
    offered: '新任务',
    accepted: '已接单',
    onTheWay: '前往',
    working: '作业',
    done: '已完成',
    settled: '已结算',
    declined: '不接',
    withdrawn: '已撤回',
  } satisfies Record<OrderState, string>,
  waiting: '待传',
  waitingNote: '网络恢复后自动告诉调度员',
  acts: { accept: '接受', setOut: '出发', start: '到了，开工', finish: '做完了' },
  arrived: '到了',
  finishAsk: '这一单做完了？',
  finishYes: '做完了',
  finishNo: '还没有',
  seenArrived: (time: string) => `${time} 已到达（按定位）`,
  further: (count: number) => `后面还有 ${count} 单`,
  today: (count: number) => `今天已结束 ${count} 单`,
  understood: '知道了',
  withdrawn: '调度员已撤回',
  why: '原因',
  refused: '没有办成',
  conflicts: {
    withdrawn: '调度员已撤回这一单。',
    taken: '这一单已给了别的农机。',
    answered: '这一单已经答复过了。',
    ended: '这一单已经结束了。',
    machineTaken: '这台农机已有别的安排。',
    requestTaken: '这块活已有别人做。',
    requestCancelled: '农户已取消这块活。',
  } satisfies Record<OrderConflict, string>,
  otherConflict: '服务器没有接受。请问调度员。',
  mute: '点一下屏幕，新任务才会响。',
  severe: '紧急通知',
  notice: '通知',
  noticesTitle: '通知',
  noNotices: '没有通知。调度员发来的会列在这里。',
  unread: (count: number) => `${count} 条未读`,
  from: (author: string, time: string) => `${author} · ${time}`,
  repeats: '没有按“知道了”，每分钟提醒一次。',
  openNotices: (count: number) => `通知 ${count}`,
  speakOffer: offerIn.zh,
  speakWithdrawn: (place: string, reason: string) => `${place}，调度员已撤回${reason ? `：${reason}` : ''}。`,
  speakRefused: (place: string, why: string) => `${place}，${why}`,
  speakSevere: (text: string) => `紧急通知：${text}`,
};

const en: typeof zh = {
  newWork: 'New order',
  newMove: 'Order to move',
  moreBehind: count => `${count} more behind it`,
  area: 'Area',
  distance: 'Distance',
  drive: 'Road',
  price: 'Price',
  priceOpen: 'to agree',
  mu: 'mu',
  km: 'km',
  yuanPerMu: 'yuan/mu',
  about: 'about',
  ground: 'Ground',
  measured: 'Measured',
  hours: hoursIn.en,
  window: 'When',
  windowOf: (from, to) => `${from} to ${to}`,
  fields: count => (count === 1 ? '1 field' : `${count} fields`),
  contact: 'Contact',
  note: 'Note',
  call: 'Call',
  navigate: 'Navigate',
  otherMap: 'Other map',
  navigateNote: 'While the map is in front, this page may miss positions.',
  accept: 'Accept',
  decline: 'Decline',
  cannot: 'Cannot',
  declineTitle: 'Why not?',
  reasons: {
    tooFar: 'Too far',
    broken: 'Broken down',
    otherWork: 'Other work',
    price: 'Price too low',
    ground: 'Ground unfit',
    rest: 'Need rest',
    other: 'Other',
  },
  back: 'Back',
  states: {
    offered: 'New',
    accepted: 'Accepted',
    onTheWay: 'On the way',
    working: 'Working',
    done: 'Done',
    settled: 'Settled',
    declined: 'Declined',
    withdrawn: 'Withdrawn',
  },
  waiting: 'Waiting',
  waitingNote: 'The dispatcher hears of it when the network is back',
  acts: { accept: 'Accept', setOut: 'Set out', start: 'There: start', finish: 'Finished' },
  arrived: 'Arrived',
  finishAsk: 'Is this order finished?',
  finishYes: 'Finished',
  finishNo: 'Not yet',
  seenArrived: time => `Arrived ${time} (by position)`,
  further: count => `${count} more after it`,
  today: count => `${count} ended today`,
  understood: 'Understood',
  withdrawn: 'Withdrawn by the dispatcher',
  why: 'Reason',
  refused: 'It did not go through',
  conflicts: {
    withdrawn: 'The dispatcher has withdrawn this order.',
    taken: 'The order went to another machine.',
    answered: 'The order was answered already.',
    ended: 'The order has ended already.',
    machineTaken: 'This machine has other orders by now.',
    requestTaken: 'Somebody else does this work by now.',
    requestCancelled: 'The farmer has cancelled this work.',
  },
  otherConflict: 'The server did not accept it. Ask the dispatcher.',
  mute: 'Touch the screen once, so that new orders can be heard.',
  severe: 'Urgent notice',
  notice: 'Notice',
  noticesTitle: 'Notices',
  noNotices: 'No notices. What the dispatcher sends is listed here.',
  unread: count => `${count} unread`,
  from: (author, time) => `${author} · ${time}`,
  repeats: 'Until you tap "Understood" it is repeated every minute.',
  openNotices: count => `Notices ${count}`,
  speakOffer: offerIn.en,
  speakWithdrawn: (place, reason) => `${place}, withdrawn by the dispatcher${reason ? `: ${reason}` : ''}.`,
  speakRefused: (place, why) => `${place}: ${why}`,
  speakSevere: text => `Urgent notice: ${text}`,
};

export const orderWords = areaWords(zh, en);

/** Why the server did not take an answer. */
export function conflictSaid(problem: string): string {
  const { conflicts, otherConflict } = orderWords.value;
  const code = conflictOf(problem);
  return code ? conflicts[code] : otherConflict;
}

/** What is read aloud when it comes up. */
export function sentenceOf(shown: Attention, wayOf: (order: CabOrder) => Way | null): string {
  const text = orderWords.value;
  switch (shown.kind) {
    case 'severe':
      return text.speakSevere(shown.notice.text);
    case 'refused':
      return text.speakRefused(shown.about, conflictSaid(shown.problem));
    case 'withdrawn':
      return text.speakWithdrawn(placeOf(shown.order), shown.order.reason);
    case 'offered':
      return text.speakOffer({ order: shown.order, place: placeOf(shown.order), way: wayOf(shown.order) });
  }
}
