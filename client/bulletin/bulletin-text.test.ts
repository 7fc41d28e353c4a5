import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { smallBulletin } from '../../shared/bulletin.fixture.ts';
import { cutOff } from '../../shared/season.ts';
import { cellText, comparedTable, progressTable } from './bulletin-table.ts';
import { changeLine } from './change-line.ts';
import { paperHead, shownIssued } from './paper-head.ts';
import { chinese, chinesePaper } from './phrases.ts';
import { wechatText } from './wechat-text.ts';
import { sheetsOf, workbookOf } from './workbook.ts';

const nameOf = (unit: { name: string }) => unit.name;
const words = { words: chinesePaper, phrases: chinese, nameOf };
const shown = shownIssued(smallBulletin);
const hostile = '=HYPERLINK("http://x","点")';

/** The files in a zip, from its central directory. */
function unzipped(bytes: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  for (let at = bytes.indexOf('PK\u0001\u0002', 0, 'latin1'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 4, 'latin1')) {
    const [method, size, nameLength, local] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt32LE(at + 42),
    ];
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + size);
    files.set(bytes.toString('utf8', at + 46, at + 46 + nameLength), (method === 0 ? packed : inflateRawSync(packed)).toString('utf8'));
  }
  return files;
}
const workbook = async (bulletin = shown) =>
  unzipped(Buffer.from(await (await workbookOf(sheetsOf(bulletin, paperHead(bulletin, words)))).arrayBuffer()));

describe('the printed table', () => {
  test('is in 万亩 with four decimals for the city, rates with two, a dash where there is none', () => {
    const { rows, inWan } = progressTable(shown.content, chinesePaper, nameOf);
    expect(rows.map(row => row.map(cell => cellText(cell, inWan)).join(' | '))).toEqual([
      // 263/300, 250/263; 50/270, 45/50
      '荥阳市 | 0.0300 | 0.0263 | 0.0250 | 87.67% | 95.06% | 0.0121 | 0.0270 | 0.0050 | 0.0045 | 18.52% | 90.00% | 0.0050 | 2 | 1 | 0 | ',
      '登封市 | 0.0040 | 0.0030 | 0.0030 | 75.00% | 100.00% | 0.0012 | 0.0030 | 0.0000 | 0.0000 | 0.00% | — | 0.0000 | 1 | 0 | 1 | 山区地块，收尾较慢',
      // 293/340, 280/293; 50/300
      '合计 | 0.0340 | 0.0293 | 0.0280 | 86.18% | 95.56% | 0.0133 | 0.0300 | 0.0050 | 0.0045 | 16.67% | 90.00% | 0.0050 | 3 | 1 | 1 | ',
    ]);
  });
  test('has both sources side by side, with their gap and the share of terminals', () => {
    const { rows, inWan } = comparedTable(shown.content, chinesePaper, nameOf);
    expect(rows.map(row => row.map(cell => cellText(cell, inWan)).join(' | '))).toEqual([
      '荥阳市 | 25.00% | 0.0000 | 0.0256 | 0.0013 | −0.0256 | 已封顶 | 0.0000 | 0.0045 | 0.0005 | −0.0045 | ',
      '登封市 | 100.00% | 0.0030 | 0.0000 | 0.0000 | 0.0030 |  | 0.0000 | 0.0000 | 0.0000 | 0.0000 | ',
      '合计 | 50.00% | 0.0030 | 0.0256 | 0.0013 | −0.0226 | 已封顶 | 0.0000 | 0.0045 | 0.0005 | −0.0045 | ',
    ]);
  });
  test('is in mu with one decimal for a county', () => {
    const content = { ...shown.content, total: { ...shown.content.total, level: 'county' as const } };
    const { rows, inWan } = progressTable(content, chinesePaper, nameOf);
    expect(rows[2].slice(0, 4).map(cell => cellText(cell, inWan))).toEqual(['合计', '340.0', '293.0', '280.0']);
  });
});

describe('the text for WeChat', () => {
  test('is the bulletin in the form in which it goes round', () => {
    expect(wechatText(shown).split('\n')).toEqual([
      '【郑州市“三夏”农机生产进度】',
      '截至6月6日17时，全市已收小麦0.0293万亩，占种植面积0.034万亩的86.18%，机收率95.56%，当日收获0.0133万亩，出动联合收割机3台。',
      '夏播已播0.0050万亩，占计划面积0.03万亩的16.67%，机播率90.00%，当日播种0.0050万亩，出动播种机1台。',
      '1. 荥阳市：收0.0263万亩（87.67%），机收率95.06%，当日0.0121万亩；播0.0050万亩（18.52%），机播率90.00%，当日0.0050万亩',
      '2. 登封市：收0.0030万亩（75.00%），机收率100.00%，当日0.0012万亩；播0.0000万亩（0.00%），机播率—，当日0.0000万亩；山区地块，收尾较慢',
      '说明：今日晴，抢收正当时。',
      '签发：李调度 6月6日17时1分',
    ]);
  });
  test('has a line of reception where there was any', () => {
    const counts = { arrived: 4, departed: 1, present: 3, permits: 2, permitsAll: 12, accidents: 1, trained: 80, overhauled: 45 };
    const total = { ...shown.content.total, reception: counts };
    expect(wechatText({ ...shown, content: { ...shown.content, total } }).split('\n')[3]).toBe(
      '跨区机具当日到站4台，离开1台，在站3台；累计发放跨区作业证12张；培训80人，检修45台；当日事故1起。',
    );
  });
  test('of 9 June 2023 reads as it was printed', () => {
    const total = structuredClone(shown.content.total);
    Object.assign(total.harvest, {
      areaMu: 2_205_600,
      doneMu: 2_154_618,
      progress: 2_154_618 / 2_205_600,
      machineRate: 2_146_796 / 2_154_618,
    });
    const printed = { ...shown, asOf: cutOff('2023-06-09'), content: { ...shown.content, total, units: [] } };
    expect(wechatText(printed).split('\n')[1]).toMatch(
      /^截至6月9日17时，全市已收小麦215.4618万亩，占种植面积220.56万亩的97.69%，机收率99.64%，/,
    );
  });
  test('keeps its lines whatever people wrote, and says when it is a draft, a correction or a demonstration', () => {
    const [one, other] = shown.content.units;
    const remarks = { general: '一\r\n2. 假县：收9万亩\u2028\u202e三', units: { [one.code]: '甲\n乙\u0000' } };
    const content = { ...shown.content, units: [{ ...one, name: '荥\n阳' }, other], remarks };
    const lines = wechatText({ ...shown, demo: true, version: 2, reason: '漏\n报', author: '李\n调度', content }).split('\n');
    expect(lines).toHaveLength(9);
    expect([lines[0], lines[1], lines[6], lines[7]]).toEqual([
      '【郑州市“三夏”农机生产进度（更正，第2版）】',
      '（演示数据，非真实进度）',
      '说明：一 2. 假县：收9万亩 三',
      '更正原因：漏 报',
    ]);
    expect(lines[4]).toMatch(/^1\. 荥 阳：收.*；甲 乙$/);
    expect(wechatText({ ...shown, issuedAt: null }).split('\n')[0]).toBe('【郑州市“三夏”农机生产进度（草稿）】');
  });
});

describe('the workbook', () => {
  test('has a sheet of reception per unit on days that had any', () => {
    const reception = { arrived: 4, departed: 1, present: 3, permits: 2, permitsAll: 12, accidents: 1, trained: 80, overhauled: 45 };
    const { total, units } = shown.content;
    const content = { ...shown.content, total: { ...total, reception }, units: [{ ...units[0], reception }, units[1]] };
    const sheets = sheetsOf({ ...shown, content }, paperHead(shown, words));
    expect([sheets.length, sheetsOf(shown, paperHead(shown, words)).length]).toEqual([3, 2]);
    const values = sheets[2].data!.slice(3, 7).map(row => row.map(cell => (cell as { value?: unknown } | null)?.value ?? null));
    expect(values).toEqual([
      ['单位', '当日到站', '当日离开', '在站', '当日发证', '累计发证', '当日事故', '已培训（人）', '已检修（台）'],
      ['荥阳市', 4, 1, 3, 2, 12, 1, 80, 45],
      ['登封市', '—', '—', '—', '—', '—', '—', '—', '—'],
      ['合计', 4, 1, 3, 2, 12, 1, 80, 45],
    ]);
  });
  test('has figures as numbers with formats, as they are printed', () => {
    const [{ data }] = sheetsOf(shown, paperHead(shown, words));
    const values = (row: number) => data![row].map(cell => (cell as { value?: unknown } | null)?.value ?? null);
    expect(values(0)).toEqual(['郑州市“三夏”农机生产进度通报']);
    expect(values(1)).toEqual(['截至 2027年6月6日 17:00　第 1 版　面积单位：万亩']);
    expect(values(4)).toEqual([
      '荥阳市',
      0.03,
      0.0263,
      0.025,
      0.8767,
      0.9506,
      0.0121,
      0.027,
      0.005,
      0.0045,
      0.1852,
      0.9,
      0.005,
      2,
      1,
      0,
      '',
    ]);
    expect(values(5)).toEqual(['登封市', 0.004, 0.003, 0.003, 0.75, 1, 0.0012, 0.003, 0, 0, 0, '—', 0, 1, 0, 1, '山区地块，收尾较慢']);
    expect(data![4].slice(1, 5).map(cell => (cell as { format: string }).format)).toEqual([
      '#,##0.0000',
      '#,##0.0000',
      '#,##0.0000',
      '0.00%',
    ]);
    expect(values(7)).toEqual(['备注：今日晴，抢收正当时。']);
  });

  test('is a workbook whose numbers are numbers', async () => {
    const sheet = (await workbook()).get('xl/worksheets/sheet1.xml')!;
    expect(sheet).toMatch(/<c r="C5" s="\d+"><v>0.0263<\/v><\/c>/);
    expect(sheet).not.toContain('<f');
  });

  test('holds hostile text as text: no formula, no markup, no characters that break the file', async () => {
    const [one, other] = shown.content.units;
    const texts = [hostile, '+1+1', '-1', '@SUM(A1)', '<script>alert(1)</script>', 'a\u0000\u0007\ud800b', ']]>'];
    const content = {
      ...shown.content,
      units: [
        { ...one, name: hostile },
        { ...other, name: '@SUM(A1)' },
      ],
      remarks: { general: texts.join('\n'), units: { [one.code]: '=1+1', [other.code]: '+cmd|x' } },
    };
    const files = await workbook({ ...shown, author: '=author', reason: '-reason', content });
    const strings = files.get('xl/sharedStrings.xml')!;
    for (const [name, xml] of files) {
      if (!name.startsWith('xl/worksheets/')) continue;
      expect(xml).not.toMatch(/<f[ >]/);
      expect(xml).not.toContain('HYPERLINK');
    }
    expect(strings).toContain('=HYPERLINK(');
    expect(strings).toContain('&lt;script&gt;');
    expect(strings).not.toContain('<script');
    expect([...strings].some(character => character < ' ' && character !== '\n')).toBe(false);
  });
});

test('a change is said in one line', () => {
  const change = { code: '410182', name: '荥阳市', operation: 'harvest' as const };
  expect(changeLine({ ...change, figure: 'doneMu', before: 263, after: 261 }, chinese)).toBe('荥阳市 收获 累计：263.0 → 261.0 亩');
  expect(changeLine({ ...change, figure: 'progress', before: 0.8767, after: null }, chinese)).toBe('荥阳市 收获 进度：87.67% → —');
  expect(changeLine({ ...change, operation: null, figure: 'remark', before: '', after: '甲\n乙' }, chinese)).toBe(
    '荥阳市 备注：（空） → 甲 乙',
  );
  expect(changeLine({ ...change, operation: null, figure: 'unit', before: null, after: '荥阳市' }, chinese)).toBe('荥阳市：新增单位');
});
