import type { TerminalCounts } from '../../shared/terminal.ts';
import { areaWords } from '../language/area.ts';

const zh = {
  title: '定位终端',
  off: '本机没有开启终端端口。设置 JT808_PORT（例如 8808）后重启，终端才能连入。',
  listening: (port: number) => `终端服务器：本机地址，TCP 端口 ${port}（JT/T 808，2013 与 2019 版）`,
  phones: '手机也可装 Traccar Client 或 OsmAnd：服务器填本站地址加 /osmand，设备标识填该农机的令牌（npm run enrol）。',
  enrol: '登记终端',
  number: '终端号（通常是终端里的手机号）',
  machine: '装在哪台农机',
  machineHint: '输入号牌或机手查找',
  noMachine: '没有找到农机。先在“作业季设置”导入农机。',
  datum: '终端坐标系',
  data: { wgs84: 'WGS-84（多数终端）', gcj02: 'GCJ-02（已偏移）' },
  shifted: {
    wgs84:
      '坐标疑似 GCJ-02（火星坐标）：按 GCJ-02 反算后正好落在地块里，现有作业暂未计入地块。请用上面的表单以 GCJ-02 重新登记这个终端号。',
    gcj02: '坐标疑似偏移了两次：请核对终端坐标系，或这台农机是否还有别的设备在报位置。',
  },
  save: '登记',
  none: '还没有登记终端。登记后，终端连入时这里显示它最近的消息。',
  unknown: '来过但没有登记的终端',
  enrolThis: '登记这个',
  online: '已连接',
  offline: '未连接',
  from: (address: string) => `来自 ${address}`,
  enrolled: (who: string, when: string) => `${who} 登记于 ${when}`,
  remove: '取消登记',
  sure: '确认取消登记？它将不能再上传。',
  messages: '最近消息',
  noMessages: '程序启动以来没有消息',
  counts: {
    accepted: '已收',
    refused: '被拒',
    known: '重复',
    late: '补传',
    clockSteps: '时钟跳变',
    unusable: '无定位或损坏',
    offDuty: '下班丢弃',
  } satisfies Record<keyof TerminalCounts, string>,
  refused: (why: string) => `没有登记成功：${why}`,
};

const en: typeof zh = {
  title: 'Positioning terminals',
  off: 'The port for terminals is off. Set JT808_PORT (such as 8808) and start again; then terminals can connect.',
  listening: port => `Server for terminals: the address of this machine, TCP port ${port} (JT/T 808, editions 2013 and 2019)`,
  phones:
    'Phones can use Traccar Client or OsmAnd, too: server is the address of this site with /osmand, the device identifier is the token of the machine (npm run enrol).',
  enrol: 'Enrol a terminal',
  number: 'Number of the terminal (usually its phone number)',
  machine: 'Mounted on machine',
  machineHint: 'Type a plate or an operator',
  noMachine: 'No such machine. Import machines under "Season set-up" first.',
  datum: 'Its coordinates',
  data: { wgs84: 'WGS-84 (most terminals)', gcj02: 'GCJ-02 (shifted)' },
  shifted: {
    wgs84:
      'Its places look like GCJ-02: taken as such they would lie in the fields, and its work counts for none until then. Enrol this number again above, with GCJ-02.',
    gcj02: 'Its places look shifted twice: check its coordinates, and whether another device reports for the machine.',
  },
  save: 'Enrol',
  none: 'No terminal is enrolled yet. Once it is, its last messages show here when it connects.',
  unknown: 'Terminals that called without being enrolled',
  enrolThis: 'Enrol this one',
  online: 'connected',
  offline: 'not connected',
  from: address => `from ${address}`,
  enrolled: (who, when) => `enrolled by ${who}, ${when}`,
  remove: 'Take back',
  sure: 'Take the enrolment back? It can then send no more.',
  messages: 'Last messages',
  noMessages: 'No message since the program started',
  counts: {
    accepted: 'taken',
    refused: 'refused',
    known: 'sent again',
    late: 'sent late',
    clockSteps: 'clock steps',
    unusable: 'no place or damaged',
    offDuty: 'off duty',
  },
  refused: why => `Not enrolled: ${why}`,
};

export const terminalWords = areaWords(zh, en);
