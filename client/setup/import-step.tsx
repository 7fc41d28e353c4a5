import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import {
  type CoordinateSystem,
  type ImportReport,
  isGeo,
  type ListKind,
  type ReceptionList,
  receptionLists,
} from '../../shared/imports.ts';
import { ask } from '../connection/http.ts';
import { GroundChoice, GroundNote } from './ground-choice.tsx';
import { ImportFindings } from './import-findings.tsx';
import { problemText } from './problem-text.ts';
import { setupWords } from './words.ts';

/** As the server takes them. */
const mostMbOf = (kind: ListKind): number => (isOfReception(kind) ? 8 : 64);

type Doing =
  | { state: 'choosing' }
  | { state: 'busy'; what: string }
  | { state: 'checked'; file: File; report: ImportReport }
  | { state: 'applied'; report: ImportReport }
  | { state: 'failed'; why: string };

interface StepParts {
  kind: ListKind;
  applied: () => void;
  /** Into a season that runs, by whoever keeps the list of a division. */
  isRunning?: boolean;
  /** Where it goes, and where its template is, if not to the lists of the season. */
  other?: { send: (wish: { apply: string; name: string }, bytes: ArrayBuffer) => Promise<ImportReport>; template: string };
}

/** One list from a file: choose it, see what is wrong with it, import it. */
export function ImportStep({ kind, applied, isRunning = false, other }: StepParts) {
  const text = setupWords.value;
  const doing = useSignal<Doing>({ state: 'choosing' });
  const isTable = !isGeo(kind);
  const system = useSignal<CoordinateSystem>('file');
  const town = useSignal('');
  const send = async (file: File, apply: boolean) => {
    if (file.size > mostMbOf(kind) * 1024 * 1024) {
      doing.value = { state: 'failed', why: text.file.tooLarge(mostMbOf(kind)) };
      return;
    }
    const mb = (file.size / 1e6).toFixed(1);
    doing.value = { state: 'busy', what: apply ? text.file.applying(file.name) : text.file.checking(file.name, mb) };
    try {
      const bytes = await bytesOf(file);
      const ofGround: Record<string, string> = isTable ? {} : { system: system.value, town: kind === 'fields' ? town.value.trim() : '' };
      const wish = { apply: String(apply), name: file.name.slice(0, 200), ...ofGround };
      const report = other
        ? await other.send(wish, bytes)
        : isOfReception(kind)
          ? await ask('importReception', { list: kind, ...wish }, { file: bytes })
          : isRunning
            ? await ask('importRegistry', { list: kind, ...wish }, { file: bytes })
            : await ask('importFile', { kind, ...wish }, { file: bytes });
      doing.value = apply ? { state: 'applied', report } : { state: 'checked', file, report };
      if (apply) applied();
    } catch (cause) {
      doing.value = { state: 'failed', why: cause === UNREADABLE ? text.file.unreadable : problemText(cause) };
    }
  };
  const now = doing.value;
  return (
    <div class="import">
      <p>{text.kinds[kind].lead}</p>
      {isTable && (
        <p>
          <a
            class="link import__template"
            href={other?.template ?? `/api/v1${isOfReception(kind) ? '/reception' : ''}/imports/${kind}/template`}
            download={`${text.kinds[kind].title}.csv`}
          >
            {text.file.template}
          </a>
        </p>
      )}
      {!isTable && now.state !== 'busy' && <GroundChoice system={system} town={kind === 'fields' ? town : null} />}
      {now.state !== 'busy' && <FileChoice kind={kind} isTable={isTable} chosen={file => void send(file, false)} />}
      {now.state === 'busy' && (
        <p class="import__busy" role="status">
          {now.what}
        </p>
      )}
      {now.state === 'failed' && (
        <p class="note note--late" role="alert">
          {now.why}
        </p>
      )}
      {now.state === 'applied' && (
        <p class="note note--good" role="status">
          {text.report.applied(now.report.new, now.report.changed)}
        </p>
      )}
      {now.state === 'checked' && (
        <GroundNote
          report={now.report}
          again={towards => {
            system.value = towards;
            void send(now.file, false);
          }}
        />
      )}
      {now.state === 'checked' && <ImportFindings report={now.report} name={now.file.name} apply={() => void send(now.file, true)} />}
    </div>
  );
}

const isOfReception = (kind: ListKind): kind is ReceptionList => (receptionLists as readonly ListKind[]).includes(kind);

const UNREADABLE = Symbol('the file cannot be read');

/** Read here, so that a file that changed on the disk is told from a network that is gone. */
async function bytesOf(file: File): Promise<ArrayBuffer> {
  return file.arrayBuffer().catch(() => {
    throw UNREADABLE;
  });
}

function FileChoice({ kind, isTable, chosen }: { kind: ListKind; isTable: boolean; chosen: (file: File) => void }) {
  const text = setupWords.value;
  const over = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file) chosen(file);
    if (input.current) input.current.value = '';
  };
  return (
    <label
      class={`import__drop ${over.value ? 'import__drop--over' : ''}`}
      onDragOver={event => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => {
        over.value = false;
      }}
      onDrop={event => {
        event.preventDefault();
        over.value = false;
        take(event.dataTransfer?.files);
      }}
    >
      <strong>{text.file.drop(text.kinds[kind].file)}</strong>
      <small>{isTable ? text.file.encodings(mostMbOf(kind)) : text.file.geo}</small>
      <input
        ref={input}
        type="file"
        name={kind}
        accept={isTable ? '.csv,.txt,.tsv,text/csv' : '.zip,.kmz,.kml,.gpx,.geojson,.json,application/geo+json'}
        onChange={event => take(event.currentTarget.files)}
      />
    </label>
  );
}
