const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** A run's length in base 32, five bits a letter, lowest first; the sixth bit says that another letter follows. */
const MORE = 32;

/** Classes 0..7 cell by cell, as text: for each run its class and its length. A few hundred letters for a usual field. */
export function packRuns(cells: Uint8Array): string {
  const letters: string[] = [];
  for (let at = 0; at < cells.length; ) {
    const kind = cells[at];
    let end = at + 1;
    while (end < cells.length && cells[end] === kind) end++;
    let left = (end - at) * 8 + kind;
    for (; left >= MORE; left = Math.floor(left / MORE)) letters.push(ALPHABET[(left % MORE) + MORE]);
    letters.push(ALPHABET[left]);
    at = end;
  }
  return letters.join('');
}

/** @throws RangeError when the text does not describe exactly so many cells */
export function unpackRuns(text: string, count: number): Uint8Array {
  const cells = new Uint8Array(count);
  let at = 0;
  let value = 0;
  let scale = 1;
  for (const letter of text) {
    const digit = ALPHABET.indexOf(letter);
    if (digit < 0) throw new RangeError(`cells: ${letter} is no digit`);
    value += (digit % MORE) * scale;
    scale *= MORE;
    if (digit >= MORE) continue;
    const end = at + Math.floor(value / 8);
    if (end > count) throw new RangeError(`cells: more than ${count}`);
    cells.fill(value % 8, at, end);
    at = end;
    value = 0;
    scale = 1;
  }
  if (at !== count || scale !== 1) throw new RangeError(`cells: ${at} in place of ${count}`);
  return cells;
}
