import type { RegistryRow } from '../../../shared/registry-list.ts';

const zhColumns: Record<string, string> = {
  plate: '牌照',
  id: '编号',
  kind: '类型',
  drive: '行走方式',
  origin: '来源',
  division: '所属单位',
  operatorName: '机手',
  operatorPhone: '电话',
  operation: '作业环节',
  workingWidthM: '幅宽（米）',
  hasTerminal: '有终端',
  name: '名称',
  lng: '经度',
  lat: '纬度',
  number: '证号',
  holder: '持证人',
  destination: '去向',
  firstDay: '开始日期',
  lastDay: '结束日期',
  state: '状态',
  contract: '合同编号',
  village: '村',
  contactName: '联系人',
  contactPhone: '联系电话',
  areaMu: '面积（亩）',
  pricePerMu: '每亩价（元）',
};
const zhValues: Record<string, string> = {
  combine: '收割机',
  seeder: '播种机',
  tractor: '拖拉机',
  wheeled: '轮式',
  tracked: '履带式',
  home: '本地',
  crossRegion: '跨区',
  harvest: '麦收',
  sow: '夏播',
  none: '无',
  applied: '已申请',
  issued: '已发证',
  refused: '不批',
  revoked: '已撤销',
};
const ofChoice = new Set(['kind', 'drive', 'origin', 'operation', 'state']);

/** How a file names columns and values: as the import reads them again. */
export function cellWords(language: 'zh' | 'en', unitName: (code: string) => string) {
  const isZh = language === 'zh';
  return {
    column: (column: string): string => (isZh ? (zhColumns[column] ?? column) : column),
    cell(column: string, value: RegistryRow['cells'][string]): string {
      if (value === null) return '';
      if (typeof value === 'boolean') return value ? (isZh ? '是' : 'yes') : isZh ? '否' : 'no';
      if (column === 'division') return unitName(String(value));
      return isZh && ofChoice.has(column) ? (zhValues[value] ?? String(value)) : String(value);
    },
  };
}
