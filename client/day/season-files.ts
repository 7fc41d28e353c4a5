import type { FieldInput } from '../../shared/registry.ts';

/** What an administrator brings along on the first day, as files: two counties, three towns, one machine, one station, two fields. */
export interface SeasonFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const csv = (name: string, lines: readonly string[]): SeasonFile => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`),
});

/** Planted: 高村乡 64 mu, 王村镇 36, 大金店镇 100; the county 100, the city 200. Planned: 50, 30, 80. */
export const units = csv('units.csv', [
  '编码,名称,级别,上级编码,小麦种植面积（亩）,玉米计划面积（亩）',
  '410100,郑州市,市,,,',
  '410182,荥阳市,县级市,410100,,',
  '410182100,高村乡,乡,410182,64,50',
  '410182101,王村镇,镇,410182,36,30',
  '410185,登封市,县级市,410100,,',
  '410185100,大金店镇,镇,410185,100,80',
]);

export const machines = csv('machines.csv', [
  '农机编号,牌照,类型,行走方式,来源,所属单位,机手,电话,有终端,作业环节,幅宽（米）',
  'ZZ-1,豫01·00001,收割机,轮式,本地,410182,张师傅,13800001234,是,麦收,2.5',
]);

export const stations = csv('stations.csv', ['服务站编号,名称,所属单位,经度,纬度', 'S-1,高村乡三夏服务站,410182,113.41,34.705']);

export function fieldsFile(fields: readonly { id: string; polygon: FieldInput['polygon'] }[]): SeasonFile {
  const features = fields.map(({ id, polygon }) => ({
    type: 'Feature',
    properties: { fieldId: id, town: '高村乡', village: '官峪村', crop: '小麦' },
    geometry: polygon,
  }));
  return {
    name: 'fields.geojson',
    mimeType: 'application/geo+json',
    buffer: Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })),
  };
}
