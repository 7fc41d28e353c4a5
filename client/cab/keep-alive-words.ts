import { areaWords } from '../language/area.ts';

/** Menus differ from version to version: the steps say what to look for, and that names may differ. */
const zh = {
  title: '不让手机停掉定位',
  lead: '本页要一直开着、亮着，才有定位。换应用、锁屏、手机省电，都会缺记录。',
  all: '所有手机都要',
  allSteps: [
    '接上车充：亮屏一天，电池撑不住。',
    '作业时停在本页，不切到别的应用，不锁屏。',
    '关掉省电模式。',
    '设置 → 位置信息：打开，选“高精度”。',
  ],
  differ: '各版本菜单名称会有出入；找不到时，在“设置”里搜索引号里的词。',
  browser: '下面说的“浏览器”，是你打开本页用的那一个。',
  makes: [
    {
      name: '华为、荣耀',
      steps: [
        '设置 → 应用 → “应用启动管理” → 浏览器：关“自动管理”，打开“允许后台活动”。',
        '设置 → 电池：关“省电模式”。',
        '设置 → 显示 → “休眠”：选最长的时间。',
      ],
    },
    {
      name: '小米、红米',
      steps: [
        '设置 → 应用设置 → 应用管理 → 浏览器 → “省电策略”：选“无限制”。',
        '同一页打开“自启动”。',
        '设置 → 锁屏 → “自动锁屏”：选“永不”或最长。',
      ],
    },
    {
      name: 'OPPO、一加、realme',
      steps: [
        '设置 → 电池 → “应用耗电管理” → 浏览器：打开“允许后台运行”。',
        '设置 → 显示 → “自动息屏”：选最长的时间。',
        '在最近任务里下拉浏览器，点“锁定”。',
      ],
    },
    {
      name: 'vivo、iQOO',
      steps: [
        '设置 → 电池 → “后台耗电管理” → 浏览器：选“允许后台高耗电”。',
        '设置 → 显示 → “自动锁屏”：选最长的时间。',
        '在最近任务里把浏览器锁住。',
      ],
    },
    {
      name: 'iPhone',
      steps: [
        '设置 → 显示与亮度 → “自动锁定”：选“永不”（先关“低电量模式”）。',
        '设置 → 隐私与安全性 → 定位服务 → Safari 网站：选“使用期间”，打开“精确位置”。',
        '把本页“添加到主屏幕”，从那里打开。',
      ],
    },
  ],
  honest: '这些设置只能减少中断。屏幕一锁，手机浏览器就不给定位，哪种手机都一样。缺的时段会列在“缺记录”里，不会补成假的。',
};

const en: typeof zh = {
  title: 'Keep the phone recording',
  lead: 'There are positions only while this page is open and lit. Another app, a locked screen or battery saving leaves a gap.',
  all: 'On every phone',
  allSteps: [
    'Plug in a car charger: the battery does not last a day with the screen on.',
    'At work stay on this page: no other app, no locked screen.',
    'Switch battery saving off.',
    'Settings → Location: on, "high accuracy".',
  ],
  differ: 'Menu names differ between versions; if you cannot find one, search Settings for the words in quotes.',
  browser: '"Browser" below is the one in which you opened this page.',
  makes: [
    {
      name: 'Huawei, Honor',
      steps: [
        'Settings → Apps → "App launch" → browser: switch "Manage automatically" off, "Run in background" on.',
        'Settings → Battery: "Power saving mode" off.',
        'Settings → Display → "Sleep": the longest time.',
      ],
    },
    {
      name: 'Xiaomi, Redmi',
      steps: [
        'Settings → Apps → Manage apps → browser → "Battery saver": "No restrictions".',
        'On the same page switch "Autostart" on.',
        'Settings → Lock screen → "Sleep": "Never" or the longest.',
      ],
    },
    {
      name: 'OPPO, OnePlus, realme',
      steps: [
        'Settings → Battery → "App battery management" → browser: "Allow background activity".',
        'Settings → Display → "Auto screen off": the longest time.',
        'Among recent apps pull the browser down and "Lock" it.',
      ],
    },
    {
      name: 'vivo, iQOO',
      steps: [
        'Settings → Battery → "Background power consumption" → browser: allow high consumption.',
        'Settings → Display → "Screen timeout": the longest time.',
        'Lock the browser among recent apps.',
      ],
    },
    {
      name: 'iPhone',
      steps: [
        'Settings → Display & Brightness → "Auto-Lock": "Never" (switch "Low Power Mode" off first).',
        'Settings → Privacy & Security → Location Services → Safari Websites: "While Using", "Precise Location" on.',
        '"Add to Home Screen", and open it from there.',
      ],
    },
  ],
  honest:
    'This makes interruptions fewer, not none: once the screen is locked no phone gives its browser a position. What is missing is listed as gaps, and never filled in.',
};

export const keepAliveWords = areaWords(zh, en);
