/** A few choices side by side, one of them taken. */
export function Segments<Choice extends string>({
  label,
  choices,
  chosen,
  choose,
}: {
  label: string;
  choices: readonly { value: Choice; name: string }[];
  chosen: Choice;
  choose: (choice: Choice) => void;
}) {
  return (
    <fieldset class="segments" aria-label={label}>
      {choices.map(({ value, name }) => (
        <button type="button" key={value} aria-pressed={chosen === value} onClick={() => choose(value)}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}
