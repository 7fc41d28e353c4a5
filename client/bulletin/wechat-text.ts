import { DateTime } from 'luxon';
import type { BulletinOperation, BulletinUnit } from '../../shared/bulletin.ts';
import { plainLine } from '../../shared/plain-text.ts';
import { ZONE } from '../../shared/season.ts';
import { mu, percent, tenThousandMu } from '../state/format.ts';
import { hasReception } from './bulletin-table.ts';
import type { Shown } from './paper-head.ts';

/** 22.5000 is said 22.5, as in 占种植面积220.56万亩. */
const short = (figure: string): string =>
  figure
    .replace(/,/g, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
const time = (at: number): string => DateTime.fromMillis(at, { zone: ZONE }).toFormat('M月d日H时m分').replace('时0分', '时');

/**
 * The bulletin as plain text, in the form in which it goes round: always Chinese, one line a county. What people wrote is one line each,
 * so that no remark can pass for a line of figures.
 */
export function wechatText(shown: Shown): string {
  const { total, units, remarks } = shown.content;
  const isCity = total.level === 'city';
  const area = (value: number) => (isCity ? `${tenThousandMu(value).replace(/,/g, '')}万亩` : `${mu(value).replace(/,/g, '')}亩`);
  const areaShort = (value: number) => (isCity ? `${short(tenThousandMu(value))}万亩` : `${short(mu(value))}亩`);
  const whole = isCity ? '全市' : plainLine(total.name);

  const harvest = total.harvest;
  const sow = total.sow;
  const share = (operation: BulletinOperation, base: string) =>
    operation.progress === null ? '' : `，占${base}${areaShort(operation.areaMu)}的${percent(operation.progress)}`;
  const rate = (name: string, operation: BulletinOperation) =>
    operation.machineRate === null ? '' : `，${name}${percent(operation.machineRate)}`;
  const out = (count: number | null, what: string) => (count === null ? '' : `，出动${what}${count}台`);

  const line = (unit: BulletinUnit, i: number) => {
    const remark = plainLine(remarks.units[unit.code] ?? '');
    const part = (verb: string, rateName: string, { doneMu, progress, machineRate, todayMu }: BulletinOperation) =>
      `${verb}${area(doneMu)}（${percent(progress)}），${rateName}${percent(machineRate)}，当日${area(todayMu)}`;
    return `${i + 1}. ${plainLine(unit.name)}：${part('收', '机收率', unit.harvest)}；${part('播', '机播率', unit.sow)}${remark === '' ? '' : `；${remark}`}`;
  };
  const general = plainLine(remarks.general);
  return [
    `【${plainLine(total.name)}“三夏”农机生产进度${shown.issuedAt === null ? '（草稿）' : shown.version > 1 ? `（更正，第${shown.version}版）` : ''}】`,
    ...(shown.demo ? ['（演示数据，非真实进度）'] : []),
    `截至${time(shown.asOf)}，${whole}已收小麦${area(harvest.doneMu)}${share(harvest, '种植面积')}${rate('机收率', harvest)}，当日收获${area(harvest.todayMu)}${out(total.machines.combines, '联合收割机')}。`,
    `夏播已播${area(sow.doneMu)}${share(sow, '计划面积')}${rate('机播率', sow)}，当日播种${area(sow.todayMu)}${out(total.machines.seeders, '播种机')}。`,
    ...receptionLine(shown),
    ...units.map(line),
    ...(general === '' ? [] : [`说明：${general}`]),
    ...(shown.reason === null ? [] : [`更正原因：${plainLine(shown.reason)}`]),
    ...(shown.issuedAt === null ? [] : [`签发：${plainLine(shown.author)} ${time(shown.issuedAt)}`]),
  ].join('\n');
}

/** One line, where anything of it was written down. */
function receptionLine({ content }: Shown): string[] {
  const { reception } = content.total;
  if (!reception || !hasReception(content)) return [];
  const { arrived, departed, present, permitsAll, trained, overhauled, accidents } = reception;
  return [
    `跨区机具当日到站${arrived}台，离开${departed}台，在站${present}台；累计发放跨区作业证${permitsAll}张；培训${trained}人，检修${overhauled}台；当日事故${accidents}起。`,
  ];
}
