import type { ComponentChildren } from 'preact';

/** A sum written out, one term a line. */
export const Sum = ({ children }: { children: ComponentChildren }) => (
  <table class="sum">
    <tbody>{children}</tbody>
  </table>
);

export function Term({
  name,
  note,
  isTotal = false,
  children,
}: {
  name: ComponentChildren;
  note?: string | undefined;
  isTotal?: boolean;
  children: ComponentChildren;
}) {
  return (
    <tr class={isTotal ? 'sum__total' : ''}>
      <td>
        {name}
        {note && <small>{note}</small>}
      </td>
      <td>{children}</td>
    </tr>
  );
}
