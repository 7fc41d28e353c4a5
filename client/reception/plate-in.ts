/** A plate of farm machinery or of a lorry: a province, then letters and digits. */
const PLATE = /\p{Script=Han}[A-Z]?[\s·•・.-]?\d{0,2}[\s·•・.-]?[0-9A-Z]{5,7}(?![0-9A-Z])/u;

/** The plate that a scanned text holds; null: none that can be told from other letters. */
export const plateIn = (text: string): string | null => PLATE.exec(text.normalize('NFKC').toUpperCase())?.[0].trim() ?? null;
