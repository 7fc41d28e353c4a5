interface TextRowParts {
  label: string;
  name: string;
  value: string;
  most: number;
  inputMode: 'text' | 'tel' | 'decimal';
  change: (value: string) => void;
}

/** One line of a form at a station: what it is, and the field to type it into. */
export function TextRow({ label, name, value, most, inputMode, change }: TextRowParts) {
  return (
    <label class="times__row">
      <span>{label}</span>
      <input
        class="station__input"
        name={name}
        inputMode={inputMode}
        maxLength={most}
        value={value}
        onInput={event => change(event.currentTarget.value)}
      />
    </label>
  );
}
