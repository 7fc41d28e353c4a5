/** Puts the text on the clipboard; false when the browser does not let us. Over plain http only the old way exists. */
export async function copyText(text: string): Promise<boolean> {
  const modern = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  return modern || copyBySelection(text);
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  // Inside an open dialog nothing outside of it can be selected.
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
