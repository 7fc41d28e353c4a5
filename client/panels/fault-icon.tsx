import type { FaultKind } from '../../shared/repair.ts';

/** Line drawings on 24 × 24, in the colour of the text beside them. */
const lines: Record<FaultKind, string> = {
  // Cutter bar with its fingers, and the reel above.
  header: 'M2 15h20M4 15v4M8 15v4M12 15v4M16 15v4M20 15v4M5 11a7 7 0 0 1 14 0M12 11V4M12 11L7 6M12 11l5-5',
  // The drum with its beaters, grain falling out below.
  threshing:
    'M12 15a5.5 5.5 0 1 0 0-11a5.5 5.5 0 0 0 0 11zM12 4V1.5M12 9.5h.01M17.5 9.5H20M6.5 9.5H4M16 5.6l1.8-1.8M8 5.6L6.2 3.8M7 19v.01M12 18.5v.01M17 19v.01M9.5 22v.01M14.5 22v.01',
  // Block, cylinder head, fan.
  engine: 'M5 9h3V6h8v3h2l2 3v6h-3l-2 2H8l-3-3zM9 3h6M12 3v3M2 11v6M2 14h3M20 15h2',
  // Cylinder with its rod, and a drop.
  hydraulics: 'M3 17h11v5H3zM14 19.5h7M21 17.5v4M12 2c2.5 3.3 4 5.3 4 7.2a4 4 0 0 1-8 0C8 7.3 9.5 5.3 12 2z',
  // Two pulleys and the belt around them.
  transmission:
    'M7 21a5 5 0 1 0 0-10a5 5 0 0 0 0 10zM7 16h.01M18 9a3 3 0 1 0 0-6a3 3 0 0 0 0 6zM18 6h.01M3.7 12.2L16 3.8M10.3 19.7L20.7 7.3',
  // A wheel with treads.
  tyreOrTrack:
    'M12 21a9 9 0 1 0 0-18a9 9 0 0 0 0 18zM12 15.5a3.5 3.5 0 1 0 0-7a3.5 3.5 0 0 0 0 7zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M5.6 18.4l2.2-2.2M16.2 7.8l2.2-2.2',
  electrics: 'M13 2L4.5 13.5H11L10 22l8.5-11.5H12z',
  // A spanner.
  other: 'M14.7 6.3a4.5 4.5 0 0 1 5.8-2.4l-3 3 .300 2.3 2.3.300 2.3-2.3a4.5 4.5 0 0 1-6 5.2L8.5 20.3a2.3 2.3 0 0 1-3.3-3.3z',
};

/** What is broken, as a picture; the word always stands beside it. */
export const FaultIcon = ({ fault, size = 32 }: { fault: FaultKind; size?: number }) => (
  <svg class="fault-icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
    <path d={lines[fault]} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
  </svg>
);
