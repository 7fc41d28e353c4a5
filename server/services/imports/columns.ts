/** One column of a table: its Chinese name heads the template; any of the names is understood, in any case, with or without a unit in brackets. */
export interface Column {
  key: string;
  names: readonly [chinese: string, english: string, ...others: string[]];
  /** The table is of no use without it. */
  needed?: true;
  example: string;
}

const unit = [
  { key: 'code', names: ['编码', 'code', '代码', '区划代码', '行政区划代码', '单位编码'], needed: true, example: '410182' },
  { key: 'name', names: ['名称', 'name', '单位', '单位名称', '中文名'], needed: true, example: '荥阳市' },
  { key: 'nameEn', names: ['英文名', 'English name', 'nameEn', 'name (en)'], example: 'Xingyang' },
  { key: 'level', names: ['级别', 'level', '层级'], needed: true, example: '县' },
  { key: 'parent', names: ['上级编码', 'parent', '上级', 'parent code', '上级单位'], needed: true, example: '410100' },
  { key: 'kind', names: ['类型', 'kind', '类别'], example: '行政区' },
  { key: 'plantedMu', names: ['小麦种植面积（亩）', 'planted mu', 'planted', '种植面积', '小麦面积'], example: '412000' },
  { key: 'plannedMu', names: ['玉米计划面积（亩）', 'planned mu', 'planned', '计划面积', '玉米面积', '秋播计划'], example: '398000' },
  { key: 'harvestFirst', names: ['开镰日期', 'harvest first day', '麦收开始'], example: '2027-05-29' },
  { key: 'harvestDeadline', names: ['麦收截止', 'harvest deadline', '麦收截止日期'], example: '2027-06-12' },
  { key: 'sowFirst', names: ['夏播开始', 'sow first day', '开播日期'], example: '2027-05-31' },
  { key: 'sowDeadline', names: ['夏播截止', 'sow deadline', '夏播截止日期'], example: '2027-06-25' },
] as const satisfies readonly Column[];

const machine = [
  { key: 'id', names: ['农机编号', 'id', 'machine', '编号', '机号'], example: 'ZZ-00123' },
  { key: 'plate', names: ['牌照', 'plate', '号牌', '车牌', '牌照号'], example: '豫01·12345' },
  { key: 'kind', names: ['类型', 'kind', '机具类型', '农机类型'], needed: true, example: '收割机' },
  { key: 'drive', names: ['行走方式', 'drive', '行走'], example: '轮式' },
  { key: 'origin', names: ['来源', 'origin', '本地外来'], example: '本地' },
  { key: 'division', names: ['所属单位', 'division', '单位', '所属区划', '单位编码'], needed: true, example: '410182' },
  { key: 'operatorName', names: ['机手', 'operator name', 'operator', '机手姓名'], example: '张三' },
  { key: 'operatorPhone', names: ['电话', 'phone', '联系电话', '手机'], example: '13800000000' },
  { key: 'hasTerminal', names: ['有终端', 'terminal', '终端', '北斗终端'], example: '是' },
  { key: 'operation', names: ['作业环节', 'operation', '作业'], example: '麦收' },
  { key: 'workingWidthM', names: ['幅宽（米）', 'working width m', 'width', '作业幅宽', '割幅'], example: '2.5' },
  { key: 'antennaForwardM', names: ['天线前置（米）', 'antenna forward m', 'antenna forward', '天线前置'], example: '-1.5' },
  { key: 'antennaRightM', names: ['天线右偏（米）', 'antenna right m', 'antenna right', '天线右偏'], example: '0' },
] as const satisfies readonly Column[];

const station = [
  { key: 'id', names: ['服务站编号', 'id', '编号'], needed: true, example: 'S-01' },
  { key: 'name', names: ['名称', 'name', '服务站', '站名'], needed: true, example: '高村乡三夏服务站' },
  { key: 'division', names: ['所属单位', 'division', '单位', '单位编码', '所属区划'], needed: true, example: '410182' },
  { key: 'lng', names: ['经度', 'lng', 'longitude', 'lon'], needed: true, example: '113.4012' },
  { key: 'lat', names: ['纬度', 'lat', 'latitude'], needed: true, example: '34.7031' },
] as const satisfies readonly Column[];

const contract = [
  { key: 'contract', names: ['合同编号', 'contract', '编号', '合同号'], needed: true, example: 'HT-2027-0001' },
  { key: 'division', names: ['单位', 'division', '所属单位', '乡镇', '单位编码', '所属区划'], needed: true, example: '高村乡' },
  { key: 'village', names: ['村', 'village', '村名', '行政村'], example: '官峪村' },
  { key: 'contactName', names: ['联系人', 'contact', '农户', '甲方'], example: '李四' },
  { key: 'contactPhone', names: ['电话', 'phone', '联系电话', '手机'], example: '13700000000' },
  { key: 'operation', names: ['作业环节', 'operation', '作业'], example: '麦收' },
  { key: 'areaMu', names: ['面积（亩）', 'area mu', 'mu', '面积', '亩数', '合同面积'], example: '120' },
  { key: 'fields', names: ['地块编号', 'fields', '地块'], example: '' },
  { key: 'from', names: ['开始日期', 'from', '开始'], example: '2027-06-04' },
  { key: 'to', names: ['结束日期', 'to', '结束', '截止日期'], example: '2027-06-08' },
  { key: 'pricePerMu', names: ['每亩价格（元）', 'price per mu', 'price', '单价', '每亩价格'], example: '60' },
  { key: 'trackedOnly', names: ['只要履带', 'tracked only', '履带'], example: '否' },
  { key: 'note', names: ['备注', 'note', '说明'], example: '' },
] as const satisfies readonly Column[];

const expected = [
  { key: 'plate', names: ['牌照', 'plate', '号牌', '车牌', '牌照号', '机具号牌'], needed: true, example: '皖12·34567' },
  { key: 'day', names: ['预计到达', 'expected day', 'day', '到达日期', '日期'], needed: true, example: '2027-06-05' },
  { key: 'station', names: ['接待站', 'station', '服务站', '站名', '服务站编号'], needed: true, example: 'S-01' },
  { key: 'kind', names: ['类型', 'kind', '机具类型', '农机类型'], example: '收割机' },
  { key: 'holder', names: ['机主', 'holder', '持证人', '机手', '姓名'], example: '张三' },
  { key: 'phone', names: ['电话', 'phone', '联系电话', '手机'], example: '13900000000' },
  { key: 'origin', names: ['来自', 'from', 'origin', '来源地', '省县'], example: '安徽省太和县' },
  { key: 'crew', names: ['人数', 'crew', '随行人数'], example: '2' },
] as const satisfies readonly Column[];

const trained = [
  { key: 'name', names: ['姓名', 'name', '学员'], needed: true, example: '张三' },
  { key: 'division', names: ['所属单位', 'division', '单位', '单位编码', '所属区划'], needed: true, example: '410182' },
  { key: 'subject', names: ['培训内容', 'subject', '内容', '课程'], needed: true, example: '收割机安全操作' },
  { key: 'day', names: ['培训日期', 'day', '日期'], needed: true, example: '2027-05-12' },
  { key: 'phone', names: ['电话', 'phone', '联系电话', '手机'], example: '13800000000' },
] as const satisfies readonly Column[];

const overhauled = [
  { key: 'plate', names: ['牌照', 'plate', '号牌', '车牌', '牌照号'], needed: true, example: '豫01·12345' },
  { key: 'division', names: ['所属单位', 'division', '单位', '单位编码', '所属区划'], needed: true, example: '410182' },
  { key: 'day', names: ['检修日期', 'day', '日期'], needed: true, example: '2027-05-10' },
  { key: 'kind', names: ['类型', 'kind', '机具类型', '农机类型'], example: '收割机' },
  { key: 'owner', names: ['机主', 'owner', '姓名'], example: '李四' },
  { key: 'workshop', names: ['检修单位', 'workshop', '维修点'], example: '高村农机维修点' },
] as const satisfies readonly Column[];

const operator = [
  { key: 'name', names: ['姓名', 'name', '机手', '机手姓名'], needed: true, example: '张三' },
  { key: 'phone', names: ['电话', 'phone', '联系电话', '手机'], example: '13800000000' },
  { key: 'machine', names: ['农机', 'machine', '号牌', '牌照', '车牌', 'plate', '农机编号'], needed: true, example: '豫01·12345' },
] as const satisfies readonly Column[];

const stock = [
  { key: 'part', names: ['配件编号', 'part', '编号', '图号'], example: 'DP-620' },
  { key: 'name', names: ['名称', 'name', '配件', '配件名称'], needed: true, example: '动刀片' },
  { key: 'unit', names: ['计量单位', 'unit', '单位'], example: '片' },
  { key: 'quantity', names: ['数量', 'quantity', '库存', '现有'], example: '40' },
  { key: 'minimum', names: ['最低库存', 'minimum', '下限'], example: '10' },
  { key: 'priceYuan', names: ['单价（元）', 'price yuan', 'price', '单价'], example: '18' },
] as const satisfies readonly Column[];

export const columnsOf = {
  ...{ units: unit, machines: machine, stations: station, contracts: contract },
  ...{ expected, trained, overhauled, stock, operators: operator },
} as const;
export type TableKind = keyof typeof columnsOf;
export type KeyOf<Kind extends TableKind> = (typeof columnsOf)[Kind][number]['key'];

/** So that 小麦种植面积（亩）, 小麦种植面积 and ｌｎｇ, Lng are one. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/[\s_\-·]/g, '');

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Header and one row as an example; with the mark by which spreadsheets know UTF-8. */
export function templateOf(kind: TableKind): string {
  const columns: readonly Column[] = columnsOf[kind];
  const lines = [columns.map(column => cell(column.names[0])), columns.map(column => cell(column.example))];
  return `\ufeff${lines.map(line => line.join(',')).join('\r\n')}\r\n`;
}
