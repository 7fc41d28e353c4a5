import { expect, test } from 'vitest';
import type { Alert, AlertRule } from '../../shared/alert.ts';
import { alertEn, alertZh } from './alert-phrases.ts';
import { alertPlace } from './alert-place.ts';
import { alertSentence, alertSubject } from './alert-sentence.ts';

/** 6 June 2027, 10:05 in Zhengzhou. */
const AT = Date.UTC(2027, 5, 6, 2, 5);
const alert = (rule: AlertRule, values: Alert['values'], subject = 'machine:C1'): Alert => ({
  id: '',
  rule,
  subject,
  subjectName: '豫A·00001',
  division: '410182',
  lngLat: null,
  values,
  since: AT,
  lastAt: AT,
  level: 1,
  acknowledged: null,
  endedAt: null,
});
const names: Record<string, string> = { '410182': '荥阳市', '410185': '登封市' };
const said = (rule: AlertRule, values: Alert['values'], text = alertZh) => alertSentence(text, alert(rule, values), code => names[code]);

test('each rule has its sentence', () => {
  expect([
    said('silent', { minutes: 125, heardAt: AT }),
    said('silent', { machines: 12, minutes: 50, operation: 'harvest' }),
    said('idle', { minutes: 120, since: AT, operation: 'harvest' }),
    said('idle', { machines: 42, minutes: 190, since: AT, operation: 'harvest' }),
    said('outside', { there: '410185' }),
    said('outside', { there: '' }),
    said('chance', { chance: 0.314, operation: 'sow', leftMu: 12_345 }),
    said('unsown', { fields: 3, mu: 55, limitH: 48, oldestH: 60 }),
    said('station', { repairs: 6, waiting: 2, longestH: 2.5 }),
    said('station', { repairs: 6, waiting: 0, longestH: 0 }),
    said('handedOver', { station: '东站', minutes: 45 }),
    said('twoDevices', { devices: 2, km: 3.4 }),
    said('twoDevices', { devices: 2, km: 0 }),
    said('shifted', {}),
    said('objection', { objections: 1, hours: 25 }),
    said('objection', { objections: 2, hours: 30 }),
  ]).toEqual([
    '上工中，已 2 小时 5 分 没有消息（最后 10:05）',
    '麦收有 12 台上工农机没有消息，最久 50 分钟，请查网络',
    '白天停着没有作业，已 2 小时',
    '麦收有 42 台农机白天停着，最久 3 小时 10 分',
    '属荥阳市，现在登封市，没有派单或调机',
    '属荥阳市，现已出市，没有派单或调机',
    '夏播按期完成的把握只有 31%，还剩 12,345 亩',
    '割后超过 48 小时没有播种：3 块 55 亩，最久 60 小时',
    '在修 6 台，其中 2 台还没人接手，最久等了 2.5 小时',
    '在修 6 台，其中 0 台还没人接手',
    '东站已交给调度员，等派活 45 分钟',
    '有 2 个终端同时上报，相距 3.4 公里，面积可能重复',
    '有 2 个终端在一处同时上报，面积可能重复',
    '位置像是 GCJ-02（火星坐标），作业落在地块外、不计亩数：请把终端改成 WGS-84',
    '机手的异议等了 25 小时，还没有答复',
    '2 条异议等了 30 小时，还没有答复',
  ]);
});

test('in English too, and a unit is called by its name there', () => {
  expect(said('silent', { minutes: 45, heardAt: AT }, alertEn)).toBe('on duty, and not heard for 45 min (last at 10:05)');
  expect(alertSubject(alert('chance', {}, 'division:410182:sow'), () => 'Xingyang')).toBe('Xingyang');
  expect(alertSubject(alert('idle', {}), () => 'Xingyang')).toBe('豫A·00001');
});

test('it leads to its machine, station, field or unit', () => {
  expect(alertPlace(alert('idle', {}))).toEqual({ division: '410182', drawer: { kind: 'machine', id: 'C1' } });
  expect(alertPlace(alert('station', {}, 'station:S1'))).toEqual({ division: '410182', drawer: { kind: 'station', id: 'S1' } });
  expect(alertPlace(alert('objection', {}, 'field:F1'))).toEqual({ division: '410182', drawer: { kind: 'field', id: 'F1' } });
  expect(alertPlace(alert('chance', {}, 'division:410182:sow'))).toEqual({ division: '410182', drawer: null });
});
