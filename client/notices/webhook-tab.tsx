import { useSignal } from '@preact/signals';
import type { RouteOutput } from '../../shared/rest.ts';
import { useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { whenText } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { Awaited } from '../panels/message.tsx';
import { TextField } from '../panels/text-field.tsx';
import { noticeWords } from './words.ts';

type Settings = RouteOutput<'webhook'>['webhook'];

/** Where events go out to, for the administrator. */
export function WebhookTab() {
  const { webhook: text } = noticeWords.value;
  const answer = useAnswer('webhook', {}).value;
  return (
    <section aria-label={noticeWords.value.tabs.webhook}>
      <p class="note">{text.lead}</p>
      <Awaited answer={answer}>
        {({ webhook }) => <WebhookForm settings={webhook} reload={answer.state === 'ready' ? answer.reload : () => undefined} />}
      </Awaited>
    </section>
  );
}

function WebhookForm({ settings, reload }: { settings: Settings; reload: () => void }) {
  const { webhook: text } = noticeWords.value;
  const url = useSignal(settings?.url ?? '');
  const isOn = useSignal(settings?.isOn ?? true);
  const newSecret = useSignal(false);
  const secret = useSignal<string | null>(null);
  const said = useSignal<{ text: string; isBad: boolean } | null>(null);
  const guarded = async (work: () => Promise<string>) => {
    said.value = null;
    try {
      said.value = { text: await work(), isBad: false };
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      said.value = { text: cause.code === 'invalid' ? text.bad : words.value.problems[cause.code], isBad: true };
    }
    reload();
  };
  const save = () =>
    guarded(async () => {
      const body = { url: url.value.trim(), isOn: isOn.value, newSecret: newSecret.value };
      const made = await ask('putWebhook', {}, { body });
      newSecret.value = false;
      secret.value = made.secret ?? secret.value;
      return text.saved;
    });
  const attempt = () =>
    guarded(async () => {
      said.value = { text: text.attempting, isBad: false };
      return text.result((await ask('tryWebhook', {}, { body: {} })).status);
    });
  return (
    <form
      class="form notices__compose notices__webhook"
      onSubmit={event => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        label={text.url}
        value={url.value}
        hint={text.urlHint}
        input={{ inputMode: 'url', maxLength: 500, required: true }}
        onText={typed => {
          url.value = typed;
        }}
      />
      <label class="notices__check">
        <input type="checkbox" checked={isOn.value} onChange={() => (isOn.value = !isOn.value)} />
        {text.isOn}
      </label>
      {settings && (
        <label class="notices__check">
          <input type="checkbox" checked={newSecret.value} onChange={() => (newSecret.value = !newSecret.value)} />
          {text.newSecret}
        </label>
      )}
      <div class="form__buttons">
        <button type="submit" class="button button--main">
          {text.save}
        </button>
        <button type="button" class="button" disabled={settings === null} onClick={() => void attempt()}>
          {text.attempt}
        </button>
      </div>
      {said.value && (
        <p class={said.value.isBad ? 'text-field__problem' : 'note'} role="status">
          {said.value.text}
        </p>
      )}
      {secret.value !== null && (
        <p class="note note--late">
          {text.secret}
          <br />
          <code class="notices__secret">{secret.value}</code>
        </p>
      )}
      <small>{stateOf(settings)}</small>
    </form>
  );
}

function stateOf(settings: Settings): string {
  const { webhook: text } = noticeWords.value;
  if (!settings) return text.none;
  const { waiting, lost, lastAt, lastStatus } = settings;
  const last = lastAt === null ? text.never : text.last(whenText(lastAt, Date.now()), lastStatus ?? '');
  return [last, text.waiting(waiting), ...(lost > 0 ? [text.lost(lost)] : [])].join(' · ');
}
