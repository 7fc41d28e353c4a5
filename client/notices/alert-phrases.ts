import type { AlertRule } from '../../shared/alert.ts';
import type { Operation } from '../../shared/season.ts';

/** Minutes as a person says them: 45 分钟, 2 小时 5 分. */
const zhTime = (minutes: number): string =>
  minutes < 60 ? `${minutes} 分钟` : minutes % 60 === 0 ? `${minutes / 60} 小时` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`;
const enTime = (minutes: number): string =>
  minutes < 60 ? `${minutes} min` : minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;

export const alertZh = {
  rules: {
    silent: '失联',
    idle: '停歇',
    outside: '越界',
    chance: '可能误期',
    unsown: '割后未播',
    station: '维修站拥堵',
    handedOver: '外来机待派',
    twoDevices: '一机两端',
    shifted: '坐标偏移',
    objection: '异议待处理',
  } satisfies Record<AlertRule, string>,
  operations: { harvest: '麦收', sow: '夏播' } satisfies Record<Operation, string>,
  silent: (minutes: number, heard: string) => `上工中，已 ${zhTime(minutes)} 没有消息（最后 ${heard}）`,
  silentMany: (machines: number, operation: string, minutes: number) =>
    `${operation}有 ${machines} 台上工农机没有消息，最久 ${zhTime(minutes)}，请查网络`,
  idle: (minutes: number) => `白天停着没有作业，已 ${zhTime(minutes)}`,
  idleMany: (machines: number, operation: string, minutes: number) => `${operation}有 ${machines} 台农机白天停着，最久 ${zhTime(minutes)}`,
  outside: (home: string, there: string) => `属${home}，现在${there}，没有派单或调机`,
  outsideCity: (home: string) => `属${home}，现已出市，没有派单或调机`,
  chance: (operation: string, percent: string, mu: string) => `${operation}按期完成的把握只有 ${percent}，还剩 ${mu} 亩`,
  unsown: (limitH: number, fields: number, mu: string, oldestH: number) =>
    `割后超过 ${limitH} 小时没有播种：${fields} 块 ${mu} 亩，最久 ${oldestH} 小时`,
  station: (repairs: number, waiting: number) => `在修 ${repairs} 台，其中 ${waiting} 台还没人接手`,
  longest: (hours: number) => `，最久等了 ${hours} 小时`,
  twoDevices: (devices: number, km: number) => `有 ${devices} 个终端同时上报，相距 ${km} 公里，面积可能重复`,
  twoDevicesNear: (devices: number) => `有 ${devices} 个终端在一处同时上报，面积可能重复`,
  handedOver: (station: string, minutes: number) => `${station}已交给调度员，等派活 ${zhTime(minutes)}`,
  shifted: '位置像是 GCJ-02（火星坐标），作业落在地块外、不计亩数：请把终端改成 WGS-84',
  objection: (objections: number, hours: number) =>
    `${objections > 1 ? `${objections} 条异议` : '机手的异议'}等了 ${zhTime(60 * hours)}，还没有答复`,
  level2: '已升级',
  acknowledge: '知道了',
  acknowledged: (by: string, when: string) => `${by} 已知悉 ${when}`,
  since: (when: string) => `${when} 起`,
  ended: (when: string) => `${when} 结束`,
  open: '在地图上看',
  failed: '没有确认成功，请再试',
};

export type AlertPhrases = typeof alertZh;

export const alertEn: AlertPhrases = {
  rules: {
    silent: 'Silent',
    idle: 'Idle',
    outside: 'Outside its county',
    chance: 'May be late',
    unsown: 'Cut, not sown',
    station: 'Station overloaded',
    handedOver: 'Visitor without work',
    twoDevices: 'Two devices',
    shifted: 'Shifted places',
    objection: 'Objection waits',
  },
  operations: { harvest: 'Harvest', sow: 'Sowing' },
  silent: (minutes, heard) => `on duty, and not heard for ${enTime(minutes)} (last at ${heard})`,
  silentMany: (machines, operation, minutes) =>
    `${operation}: ${machines} machines on duty are not heard, the longest for ${enTime(minutes)}; look at the network`,
  idle: minutes => `standing in daylight for ${enTime(minutes)}`,
  idleMany: (machines, operation, minutes) => `${operation}: ${machines} machines stand in daylight, the longest for ${enTime(minutes)}`,
  outside: (home, there) => `belongs to ${home}, is in ${there} now without an order or move`,
  outsideCity: home => `belongs to ${home}, has left the city without an order or move`,
  chance: (operation, percent, mu) => `${operation}: the chance to be in time is only ${percent}, ${mu} mu are left`,
  unsown: (limitH, fields, mu, oldestH) =>
    `cut more than ${limitH} h ago and not sown: ${fields} fields, ${mu} mu, the oldest ${oldestH} h`,
  station: (repairs, waiting) => `${repairs} repairs open, ${waiting} of them not begun`,
  longest: hours => `, the longest wait ${hours} h`,
  twoDevices: (devices, km) => `${devices} devices report at once, ${km} km apart: area may be counted twice`,
  twoDevicesNear: devices => `${devices} devices report at once from one place: area may be counted twice`,
  handedOver: (station, minutes) => `${station} handed it to the dispatcher; it has waited ${enTime(minutes)} for work`,
  shifted: 'its places look like GCJ-02, so that its work counts in no field: set the terminal to WGS-84',
  objection: (objections, hours) =>
    `${objections > 1 ? `${objections} objections have` : "an operator's objection has"} waited ${enTime(60 * hours)} for an answer`,
  level2: 'escalated',
  acknowledge: 'Got it',
  acknowledged: (by, when) => `${by} knows, ${when}`,
  since: when => `since ${when}`,
  ended: when => `ended ${when}`,
  open: 'See on the map',
  failed: 'Not confirmed, try again',
};
