import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { permissions } from '../../shared/permissions.ts';
import { type RegistryList, type RegistryRow, registryLists } from '../../shared/registry-list.ts';
import type { PageParts } from '../app.tsx';
import { useAnswer } from '../connection/answer.ts';
import { PastChanges } from '../history/past-changes.tsx';
import { language, nameOf } from '../language/language.ts';
import { Awaited } from '../panels/message.tsx';
import { Modal } from '../panels/modal.tsx';
import { OfficePage } from '../panels/office-page.tsx';
import { ImportStep } from '../setup/import-step.tsx';
import '../setup/setup.css';
import '../history/history.css';
import '../style/form.css';
import { auditWords } from '../accounts/audit-words.ts';
import { ExportButtons } from './export-buttons.tsx';
import { ListGrid } from './list-grid.tsx';
import './registry.css';
import { registryWords } from './words.ts';

const WAIT_MS = 250;
const historyOf = { machines: 'machine', operators: 'machine', stations: 'station', permits: 'permit', contracts: 'request' } as const;

/** The lists behind the work: looked through, corrected in place, brought in from files and taken out. */
export function Registry({ session }: PageParts) {
  const text = registryWords.value;
  const list = useSignal<RegistryList>('machines');
  const typed = useSignal('');
  const q = useSignal('');
  const kind = useSignal('');
  const stamp = useSignal(0);
  const looked = useSignal<RegistryRow | null>(null);
  const importing = useSignal(false);
  const places = useAnswer('places', {}).value;
  useEffect(() => {
    // Not with every letter that is typed.
    const timer = setTimeout(() => {
      q.value = typed.value.trim();
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed.value]);
  const may = permissions[session.role];
  const isOfMachines = list.value === 'machines' || list.value === 'operators';
  const filter: Record<string, string> = { ...(q.value && { q: q.value }), ...(isOfMachines && kind.value && { kind: kind.value }) };
  const mayImport = may['registry:write'] !== 'none' && (list.value === 'machines' || list.value === 'stations');
  return (
    <OfficePage session={session} title={text.title} isWide>
      <div class="registry">
        <div class="registry__bar">
          {registryLists.map(one => (
            <button
              key={one}
              type="button"
              class="button"
              aria-pressed={list.value === one}
              onClick={() => {
                list.value = one;
              }}
            >
              {text.lists[one]}
            </button>
          ))}
        </div>
        <div class="registry__bar">
          <input
            class="form__input"
            type="search"
            placeholder={text.search}
            aria-label={text.search}
            value={typed.value}
            onInput={event => {
              typed.value = event.currentTarget.value;
            }}
          />
          {isOfMachines && (
            <select
              class="form__input"
              aria-label={text.kind}
              value={kind.value}
              onChange={event => {
                kind.value = event.currentTarget.value;
              }}
            >
              <option value="">{text.allKinds}</option>
              {['combine', 'seeder', 'tractor'].map(one => (
                <option key={one} value={one}>
                  {auditWords.value.values[one]}
                </option>
              ))}
            </select>
          )}
          {may['registry:export'] !== 'none' && <ExportButtons list={list.value} filter={filter} />}
          {mayImport && (
            <button
              type="button"
              class="button"
              onClick={() => {
                importing.value = true;
              }}
            >
              {text.importFile}
            </button>
          )}
        </div>
        <Awaited answer={places}>
          {({ divisions }) => {
            const names = new Map(divisions.map(division => [division.code, nameOf(division)]));
            return (
              <ListGrid
                key={`${list.value} ${language.value}`}
                list={list.value}
                filter={filter}
                stamp={stamp.value}
                units={names}
                onHistory={row => {
                  looked.value = row;
                }}
              />
            );
          }}
        </Awaited>
      </div>
      {looked.value && (
        <Modal
          title={text.history}
          onClose={() => {
            looked.value = null;
          }}
        >
          <div class="history">
            <PastChanges kind={historyOf[list.value]} id={looked.value.id} demo={session.demo} />
          </div>
        </Modal>
      )}
      {importing.value && (
        <Modal
          title={`${text.importFile} · ${text.lists[list.value]}`}
          onClose={() => {
            importing.value = false;
          }}
        >
          <ImportStep
            kind={list.value === 'stations' ? 'stations' : 'machines'}
            isRunning
            applied={() => {
              stamp.value++;
            }}
          />
        </Modal>
      )}
    </OfficePage>
  );
}
