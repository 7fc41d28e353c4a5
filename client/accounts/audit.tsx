import { useSignal } from '@preact/signals';
import type { RouteName } from '../../shared/rest.ts';
import type { PageParts } from '../app.tsx';
import { words } from '../language/language.ts';
import { Failure, Quiet } from '../panels/message.tsx';
import { OfficePage } from '../panels/office-page.tsx';
import '../style/form.css';
import { AuditTable } from './audit-table.tsx';
import { auditWords } from './audit-words.ts';
import './accounts.css';
import './audit.css';
import { type AuditFilter, parametersOf, useAudit } from './use-audit.ts';

const everything: AuditFilter = { object: '', person: '', action: '', day: '' };

/** Who did what, when and from where, and what it was before. */
export function Audit({ session }: PageParts) {
  const text = auditWords.value;
  const filter = useSignal(everything);
  const { state, more, retry } = useAudit(filter.value);
  const isFiltered = Object.values(filter.value).some(value => value !== '');
  return (
    <OfficePage
      session={session}
      title={text.title}
      tools={
        <a class="button accounts__invite" href={`/api/v1/audit/file?${new URLSearchParams(parametersOf(filter.value))}`} download>
          {text.exportCsv}
        </a>
      }
    >
      <Filters
        filter={filter.value}
        actions={state.actions}
        onChange={change => {
          filter.value = { ...filter.value, ...change };
        }}
        onClear={
          isFiltered
            ? () => {
                filter.value = everything;
              }
            : null
        }
      />
      {state.failed && <Failure code={state.failed} retry={retry} />}
      {state.loading && state.events.length === 0 && <Quiet>{words.value.loading}</Quiet>}
      {!state.loading && !state.failed && state.events.length === 0 && <Quiet>{isFiltered ? text.noMatch : text.empty}</Quiet>}
      {state.events.length > 0 && (
        <>
          <AuditTable events={state.events} demo={session.demo} />
          {state.next === null ? (
            <Quiet>{text.end}</Quiet>
          ) : (
            <button type="button" class="button audit__more" disabled={state.loading} onClick={more}>
              {text.more}
            </button>
          )}
        </>
      )}
    </OfficePage>
  );
}

interface FiltersParts {
  filter: AuditFilter;
  actions: readonly string[];
  onChange: (change: Partial<AuditFilter>) => void;
  /** Null: nothing is filtered. */
  onClear: (() => void) | null;
}

function Filters({ filter, actions, onChange, onClear }: FiltersParts) {
  const text = auditWords.value;
  const line = (name: 'person' | 'object', placeholder: string) => (
    <label>
      {text[name]}
      <input
        class="form__input"
        type="search"
        value={filter[name]}
        placeholder={placeholder}
        onInput={event => onChange({ [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <div class="audit__filters">
      {line('person', '')}
      {line('object', text.objectHint)}
      <label>
        {text.action}
        <select class="form__input" value={filter.action} onChange={event => onChange({ action: event.currentTarget.value })}>
          <option value="">{text.allActions}</option>
          {actions.map(action => (
            <option key={action} value={action}>
              {text.actions[action as RouteName] ?? action}
            </option>
          ))}
        </select>
      </label>
      <label>
        {text.day}
        <input class="form__input" type="date" value={filter.day} onInput={event => onChange({ day: event.currentTarget.value })} />
      </label>
      {onClear && (
        <button type="button" class="button" onClick={onClear}>
          {text.clear}
        </button>
      )}
    </div>
  );
}
