import { useSignal } from '@preact/signals';
import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';
import { entryWords } from '../language/entry.ts';
import '../style/form.css';

interface TextFieldParts {
  label: string;
  value: string;
  onText: (text: string) => void;
  hint?: string;
  /** What is wrong with it, in words. */
  problem?: string | null | undefined;
  input?: InputHTMLAttributes<HTMLInputElement>;
  /** Shown as dots. */
  masked?: boolean;
  children?: ComponentChildren;
}

/** A labelled line of text with its hint, or with what is wrong in the hint's place. */
export function TextField({ label, value, onText, hint, problem, input, masked = false, children }: TextFieldParts) {
  const id = useId();
  const attributes = { ...input, type: masked ? 'password' : 'text' } as InputHTMLAttributes<HTMLInputElement>;
  return (
    <div class="text-field">
      <label for={id}>{label}</label>
      <div class="text-field__line">
        <input
          id={id}
          value={value}
          maxLength={200}
          {...attributes}
          aria-invalid={problem ? true : undefined}
          aria-describedby={`${id}-note`}
          onInput={event => onText(event.currentTarget.value)}
        />
        {children}
      </div>
      <p id={`${id}-note`} class={problem ? 'text-field__problem' : 'text-field__hint'} role={problem ? 'alert' : undefined}>
        {problem ?? hint}
      </p>
    </div>
  );
}

/** A password that can be looked at: typed once, as who can see it need not repeat it. */
export function PasswordField(parts: Omit<TextFieldParts, 'label' | 'children' | 'masked'>) {
  const text = entryWords.value;
  const shown = useSignal(false);
  return (
    <TextField {...parts} label={text.password} masked={!shown.value}>
      <button
        type="button"
        class="button text-field__show"
        aria-pressed={shown.value}
        onClick={() => {
          shown.value = !shown.value;
        }}
      >
        {shown.value ? text.hide : text.show}
      </button>
    </TextField>
  );
}
