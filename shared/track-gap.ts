import * as z from 'zod';

/** What a phone knows of a time on duty without a position: the screen was locked, the page was not open, or the sky was not seen. */
export const phoneGapCauses = ['locked', 'closed', 'noPosition'] as const;
export type PhoneGapCause = (typeof phoneGapCauses)[number];

/**
 * What is told of it to a dispatcher besides: positions that a full phone gave up, positions that were too far off, off duty, still on duty
 * but nothing has come since, and nobody knows why.
 */
export const trackGapCauses = [...phoneGapCauses, 'thinned', 'refused', 'offDuty', 'waiting', 'unknown'] as const;
export type TrackGapCause = (typeof trackGapCauses)[number];

const instant = z.number().min(0).max(8.64e15);

export const trackGapSchema = z.object({ from: instant, to: instant, cause: z.enum(trackGapCauses) });
export type TrackGap = z.infer<typeof trackGapSchema>;

/** As a phone tells it; the id is made there, so that a retry is the same gap. */
export const phoneGapSchema = trackGapSchema.extend({ id: z.uuid(), cause: z.enum(phoneGapCauses) });
export type PhoneGap = z.infer<typeof phoneGapSchema>;
