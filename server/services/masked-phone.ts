/** Enough to recognise a number that one knows: 13800001234 → 138****1234. A short one shows nothing. */
export function maskedPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '').replace(/^(00)?86(?=1\d{10}$)/, '');
  if (phone === '') return '';
  return digits.length < 8 ? '****' : `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}
