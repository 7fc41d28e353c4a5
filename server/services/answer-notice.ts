import type { ObjectionShown } from '../../shared/claim.ts';
import type { NoticeInput } from '../../shared/notice.ts';

const operationName = { harvest: '收获', sow: '播种' } as const;
const KEPT_MS = 3 * 24 * 3_600_000;

/** The answer to an objection as a notice to its operator. Like every notice it is in Chinese, whatever the page's language. */
export function answerNotice(objection: ObjectionShown): Omit<NoticeInput, 'id'> {
  const { division, machine, village, operation, day, measuredNowMu, decisions } = objection;
  const { verdict, agreedMu, reason, at } = decisions.at(-1)!;
  const measured = `实测 ${measuredNowMu.toFixed(1)} 亩`;
  const said = {
    upheld: `同意，按 ${(agreedMu ?? 0).toFixed(1)} 亩结算（${measured}）`,
    refused: `不改，按${measured}`,
    measureAgain: '将重新测量，请等待',
  }[verdict];
  const text = `异议答复：${village} ${day.slice(5)} ${operationName[operation]}：${said}。理由：${reason}`;
  return { division, kinds: [], machines: [machine], order: null, isSevere: false, text: text.slice(0, 300), until: at + KEPT_MS };
}
