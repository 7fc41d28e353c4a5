/** A choice that this browser made before, if it still is one. Storage may be closed to the page: then nothing was chosen. */
export function recall<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
  const stored = storage()?.getItem(name);
  return choices.find(choice => choice === stored);
}

export function remember(name: string, choice: string): void {
  storage()?.setItem(name, choice);
}

/** Reading `localStorage` throws where the browser forbids it; preferences then last as long as the page. */
function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
