import { useSignal } from '@preact/signals';
import type { RegistryList } from '../../shared/registry-list.ts';
import { language } from '../language/language.ts';
import { Failure } from '../panels/message.tsx';
import { save, workbookOf } from './export-list.ts';
import { registryWords } from './words.ts';

/** What is seen, as a file: CSV from the server, a workbook made of it here. */
export function ExportButtons({ list, filter }: { list: RegistryList; filter: Record<string, string> }) {
  const text = registryWords.value;
  const failed = useSignal<'tooMany' | 'offline' | null>(null);
  const isBusy = useSignal(false);
  const address = (as: 'csv' | 'xlsx') =>
    `/api/v1/registry/${list}/file?${new URLSearchParams({ ...filter, as, language: language.value })}`;
  const workbook = async () => {
    failed.value = null;
    isBusy.value = true;
    try {
      const response = await fetch(address('xlsx'));
      if (response.ok) save(await workbookOf(await response.text()), `${text.lists[list]}.xlsx`);
      else failed.value = response.status === 400 ? 'tooMany' : 'offline';
    } catch {
      failed.value = 'offline';
    }
    isBusy.value = false;
  };
  return (
    <>
      <a class="button" href={address('csv')} download={`${text.lists[list]}.csv`}>
        {text.csv}
      </a>
      <button type="button" class="button" disabled={isBusy.value} onClick={() => void workbook()}>
        {text.xlsx}
      </button>
      {failed.value === 'tooMany' && (
        <p class="note note--late" role="alert">
          {text.tooMany}
        </p>
      )}
      {failed.value === 'offline' && <Failure code="offline" />}
    </>
  );
}
