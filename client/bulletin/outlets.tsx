import { useSignal } from '@preact/signals';
import { plainLine } from '../../shared/plain-text.ts';
import { nameOf } from '../language/language.ts';
import type { PaperHead, Shown } from './paper-head.ts';
import { wechatText } from './wechat-text.ts';
import { bulletinWords } from './words.ts';
import { sheetsOf, workbookOf } from './workbook.ts';

/** Names of files hold no character that a file system or a browser could take for something else. */
const fileName = (text: string): string => plainLine(text).replace(/[\\/:*?"<>|]/g, '_');

async function saveWorkbook(shown: Shown, head: PaperHead): Promise<void> {
  const { words } = head;
  const version = shown.issuedAt === null ? words.fileDraft : words.fileVersion(shown.version);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await workbookOf(sheetsOf(shown, head)));
  link.download = `${fileName(words.file(nameOf(shown.content.total), shown.day, version))}.xlsx`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The ways out of the page: paper, workbook, and plain text for the groups. */
export function Outlets({ shown, head }: { shown: Shown; head: PaperHead }) {
  const text = bulletinWords.value;
  const copied = useSignal(false);
  const byHand = useSignal<string | null>(null);
  const copy = async () => {
    const message = wechatText(shown);
    copied.value = false;
    byHand.value = null;
    try {
      await navigator.clipboard.writeText(message);
      copied.value = true;
    } catch {
      // Over plain http, or refused: then by hand.
      byHand.value = message;
    }
  };
  return (
    <>
      <button type="button" class="button" onClick={() => void copy()}>
        {text.wechat}
      </button>
      <button type="button" class="button" onClick={() => window.print()}>
        {text.print}
      </button>
      <button type="button" class="button" onClick={() => void saveWorkbook(shown, head)}>
        {text.excel}
      </button>
      {copied.value && (
        <p class="bulletin__said" role="status">
          ✓ {text.copied}
        </p>
      )}
      {byHand.value !== null && (
        <label class="bulletin__byhand">
          <span>{text.copyByHand}</span>
          <textarea readOnly rows={8} value={byHand.value} onFocus={event => event.currentTarget.select()} />
        </label>
      )}
    </>
  );
}
