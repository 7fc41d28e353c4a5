/** Enough to recognise a number that one knows: 13800001234 → 138****1234. A short one shows nothing. */
export function maskedPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '').replace(/^(00)?86(?=1\d{10}$)/, '');
  if (phone === '') return '';
  return digits.length < 8 ? '****' : `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}

/** A state as it was written down, with every phone number in it masked. */
export function withoutPhones(state: unknown): unknown {
  if (Array.isArray(state)) return state.map(withoutPhones);
  if (typeof state !== 'object' || state === null) return state;
  return Object.fromEntries(
    Object.entries(state).map(([name, value]) => [
      name,
      /phone$/i.test(name) && typeof value === 'string' ? maskedPhone(value) : withoutPhones(value),
    ]),
  );
}
