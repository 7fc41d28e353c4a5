import { encode } from 'uqr';

/** Four modules of white around it, as the standard asks: cheap cameras do not find it otherwise. */
const QUIET = 4;

/** A QR code of the text; black on white in every skin, as readers expect it. */
export function QrCode({ text, label, size = 220 }: { text: string; label: string; size?: number }) {
  const { data, size: modules } = encode(text, { ecc: 'M', border: QUIET });
  const runs = data.map((row, y) => row.map((black, x) => (black ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('');
  return (
    <svg
      class="qr-code"
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`0 0 ${modules} ${modules}`}
      shape-rendering="crispEdges"
    >
      <rect width={modules} height={modules} fill="#ffffff" />
      <path d={runs} fill="#000000" />
    </svg>
  );
}
