/** A plate as people type it: blanks, dots and dashes do not count, nor do small letters or wide ones. */
export const plainPlate = (plate: string): string =>
  plate
    .normalize('NFKC')
    .replace(/[\s.·•・‧∙\-_]/g, '')
    .toUpperCase();
